//! Hours and weekdays of instants, UTC.

use fusion_model::Timestamp;

/// Returns the weekday, 0 = Monday.
pub(super) fn weekday(at: Timestamp) -> usize {
    // 1970-01-01 was a Thursday.
    (at.days() + 3).rem_euclid(7) as usize
}

/// Returns the hour of the day, 0–23.
pub(super) fn hour(at: Timestamp) -> usize {
    (at.0.rem_euclid(Timestamp::DAY_MS) / 3_600_000) as usize
}

#[cfg(test)]
mod tests {
    use fusion_model::Timestamp;

    use super::{hour, weekday};

    #[test]
    fn instants_fall_on_their_hour_and_weekday() {
        for (secs, expected) in [
            (0, (3, 0)),
            (-1, (2, 23)),
            (951_827_400, (1, 12)),
            (1_709_164_800, (3, 0)),
            (1_728_086_399, (4, 23)),
        ] {
            let at = Timestamp::from_secs(secs);
            assert_eq!((weekday(at), hour(at)), expected, "{secs}");
        }
    }
}
