//! From the first to the last dated support.

use fusion_model::{EntityId, Property, TimeSpan, ValueType};

use crate::lookup::Lookup;

/// Joins intervals into the one that covers them all; it is as precise as the coarser of its two ends.
pub(crate) fn hull(spans: impl IntoIterator<Item = TimeSpan>) -> Option<TimeSpan> {
    let mut spans = spans.into_iter();
    let first = spans.next()?;
    let (early, late, zone_known) = spans.fold((first, first, first.zone_known), |(early, late, zone_known), next| {
        let early = if (next.start, next.precision) < (early.start, early.precision) {
            next
        } else {
            early
        };
        let late = if (next.end, next.precision) > (late.end, late.precision) {
            next
        } else {
            late
        };
        (early, late, zone_known && next.zone_known)
    });
    Some(TimeSpan {
        start: early.start,
        end: late.end,
        precision: early.precision.min(late.precision),
        zone_known,
    })
}

/// Returns when an entity was seen: its own dated statements and those of its links; a birth is no sighting.
pub(super) fn seen(lookup: &Lookup<'_>, entity: EntityId, own: &[usize]) -> Option<TimeSpan> {
    let of_links = lookup.links_at(entity).flat_map(|link| link.statements.iter().copied());
    let dated = own.iter().copied().chain(of_links).filter_map(|at| {
        let statement = lookup.statement(at)?;
        let counts = statement.property.value_type() == ValueType::Date && statement.property != Property::BirthDate;
        statement.value.as_ref().ok()?.span.filter(|_| counts)
    });
    hull(dated)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use fusion_model::{Precision, Timestamp};

    fn span(start: i64, end: i64, precision: Precision, zone_known: bool) -> TimeSpan {
        TimeSpan {
            start: Timestamp(start),
            end: Timestamp(end),
            precision,
            zone_known,
        }
    }

    #[test]
    fn a_hull_is_as_precise_as_its_coarser_end() {
        let day = span(10, 20, Precision::Day, true);
        let second = span(40, 41, Precision::Second, true);
        let local = span(12, 13, Precision::Second, false);
        assert_eq!(hull([day, second]), Some(span(10, 41, Precision::Day, true)));
        assert_eq!(hull([second, local, day]), hull([day, local, second]));
        assert!(!hull([day, local]).unwrap().zone_known);
        assert_eq!(hull([]), None);
    }
}
