//! The name of a result: a hash of everything it depends on, taken without reading a single observation.
//!
//! A source is named by the hash of its bytes, so the cards of the live sources stand for all their observations.
//! Of a judgement only the pair and the verdict count, of a correction only the statement and the text; who gave it,
//! when and why changes no result.

use std::collections::BTreeSet;

use fusion_model::derived::Revision;
use fusion_model::property::tables_digest;
use fusion_model::{ContentHasher, Correction, Evidence, Judgement, Source, SourceId, Timestamp, codec};

use crate::rules::Rules;

/// Names the engine and the version of its arithmetic; part of the revision.
pub const ENGINE: &str = concat!("fusion-engine ", env!("CARGO_PKG_VERSION"));

/// Holds the small parts of the evidence that a revision is made of.
#[derive(Debug, Clone, Copy)]
pub struct RevisionParts<'a> {
    /// Name of the case; it stands in the snapshot.
    pub case_name: &'a str,
    /// Default region for phone numbers.
    pub region: &'a str,
    /// Live sources.
    pub sources: &'a [Source],
    /// Live judgements.
    pub judgements: &'a [Judgement],
    /// Live corrections.
    pub corrections: &'a [Correction],
    /// Live sources of which observations were erased, each with a digest of the set of these.
    pub erased: &'a [(SourceId, [u8; 32])],
}

impl<'a> From<&'a Evidence> for RevisionParts<'a> {
    fn from(evidence: &'a Evidence) -> Self {
        Self {
            case_name: &evidence.case_name,
            region: &evidence.region,
            sources: &evidence.sources,
            judgements: &evidence.judgements,
            corrections: &evidence.corrections,
            erased: &evidence.erased,
        }
    }
}

/// Names the result that [`fuse`](crate::fuse) makes of this evidence under `rules` on the day of `now`.
pub fn revision<'a>(parts: impl Into<RevisionParts<'a>>, rules: &Rules, now: Timestamp) -> Revision {
    let parts = parts.into();
    let sources: BTreeSet<Vec<u8>> = parts.sources.iter().map(codec::to_bytes).collect();
    let verdicts: BTreeSet<_> = parts
        .judgements
        .iter()
        .map(|judgement| (judgement.left, judgement.right, judgement.verdict))
        .collect();
    let mut hasher = ContentHasher::new("revision");
    hasher.text(ENGINE).part(&tables_digest()).part(&rules.digest());
    hasher
        .text(parts.case_name)
        .text(parts.region)
        .number(as_of(now).days().unsigned_abs());
    hasher.number(sources.len() as u64);
    for source in &sources {
        hasher.part(source);
    }
    hasher.number(verdicts.len() as u64);
    for (left, right, verdict) in &verdicts {
        hasher.part(&left.0).part(&right.0).text(verdict.id());
    }
    let corrections: BTreeSet<_> = parts.corrections.iter().collect();
    // A case without corrections keeps the name that it had before there were any.
    if !corrections.is_empty() {
        hasher.text("corrections").number(corrections.len() as u64);
    }
    for correction in &corrections {
        hasher
            .part(&correction.observation.0)
            .part(&correction.statement.0)
            .text(&correction.text);
    }
    if !parts.erased.is_empty() {
        hasher.text("erased").number(parts.erased.len() as u64);
        for (source, missing) in parts.erased {
            hasher.part(&source.0).part(missing);
        }
    }
    Revision(hasher.finish())
}

/// Names what cleaning makes of this evidence: two of one name come to the same records, whatever people judged since.
pub(crate) fn evidence_state(parts: RevisionParts<'_>) -> [u8; 32] {
    let sources: BTreeSet<Vec<u8>> = parts.sources.iter().map(codec::to_bytes).collect();
    let corrections: BTreeSet<_> = parts.corrections.iter().collect();
    let mut hasher = ContentHasher::new("evidence-state");
    hasher
        .part(&tables_digest())
        .text(parts.region)
        .number(sources.len() as u64);
    for source in &sources {
        hasher.part(source);
    }
    hasher.number(corrections.len() as u64);
    for correction in &corrections {
        hasher
            .part(&correction.observation.0)
            .part(&correction.statement.0)
            .text(&correction.text);
    }
    hasher.number(parts.erased.len() as u64);
    for (source, missing) in parts.erased {
        hasher.part(&source.0).part(missing);
    }
    hasher.finish()
}

/// Returns the moment that results are drawn for: the last of the day, so that a day has one result.
pub fn as_of(now: Timestamp) -> Timestamp {
    let end = now.days().saturating_add(1).saturating_mul(Timestamp::DAY_MS);
    Timestamp(end.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use fusion_model::{Correction, EntityKind, Grade, ObservationId, Property, StatementId, Timestamp, Verdict};

    use super::{as_of, revision};
    use crate::fixture::{Case, id, record};
    use crate::rules::Rules;

    fn case() -> Case {
        let said = [(Property::Name, "Mara Ellison")];
        Case::default()
            .file("a", vec![vec![record(EntityKind::Person, "mara", &said)]])
            .file("b", vec![vec![record(EntityKind::Person, "piet", &said)]])
            .judged(id("mara"), id("piet"), Verdict::Same)
    }

    #[test]
    fn everything_a_result_depends_on_changes_the_revision_and_nothing_else_does() {
        let (rules, now) = (Rules::shipped(), Timestamp::from_secs(1_700_000_000));
        let base = revision(&case().evidence, &rules, now);
        let changed = |change: &dyn Fn(&mut Case)| {
            let mut other = case();
            change(&mut other);
            revision(&other.evidence, &rules, now) != base
        };
        assert!(changed(&|case| case.evidence.region = "NL".to_owned()));
        assert!(changed(&|case| case.evidence.sources.truncate(1)));
        assert!(changed(&|case| case.evidence.judgements.clear()));
        let corrected = |text: &str| {
            let mut other = case();
            other.evidence.corrections.push(Correction {
                observation: ObservationId([1; 16]),
                statement: StatementId([2; 16]),
                text: text.to_owned(),
            });
            revision(&other.evidence, &rules, now)
        };
        assert!(corrected("a") != base && corrected("a") != corrected("b"));
        assert!(changed(
            &|case| case.evidence.sources[0].grade = Grade::parse("B2").unwrap_or(Grade::UNKNOWN)
        ));
        assert!(!changed(&|case| case.evidence.sources.reverse()));
        assert!(!changed(
            &|case| case.evidence.judgements[0].reason = "another".to_owned()
        ));
        assert!(
            !changed(&|case| case.evidence.observations.clear()),
            "observations are named by their source"
        );
        let mut strict = rules.clone();
        strict.entity_resolution.rounds = 3;
        assert_ne!(revision(&case().evidence, &strict, now), base);
        assert_ne!(
            revision(&case().evidence, &rules, Timestamp(now.0 + Timestamp::DAY_MS)),
            base
        );
    }

    #[test]
    fn a_day_has_one_moment() {
        let noon = Timestamp(19_000 * Timestamp::DAY_MS + 43_200_000);
        assert_eq!(as_of(noon).days(), 19_000);
        assert_eq!(as_of(as_of(noon)), as_of(noon));
    }
}
