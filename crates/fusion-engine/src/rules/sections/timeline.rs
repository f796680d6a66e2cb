//! Section `timeline`: patterns in time.

use crate::rules::schema::section;

section! {
    /// Says which patterns in time are worth a word.
    Timeline {
        /// Days of silence above which a gap is shown.
        max_gap_days: count in 1 to 36_500 = 30;
        /// Detector of bursts.
        bursts: sub(Bursts) = built_in;
        /// Days of silence after which an entity counts as dormant.
        dormancy_days: count in 1 to 36_500 = 180 / 120;
        /// Creations that make a spree.
        spree_events: count in 2 to 10_000 = 3;
        /// Days within which the creations of a spree lie.
        spree_days: count in 1 to 3_650 = 7;
        /// Timed events below which hours of the day imply no home zone.
        min_hour_events: count in 1 to 1_000_000 = 24;
        /// Busiest entities for which hours and weekdays are counted by themselves.
        hour_entities: count in 0 to 100_000 = 200;
        /// Gaps and bursts kept at most.
        kept_patterns: count in 1 to 1_000_000 = 2_000;
        /// Whether contradictions between intervals are looked for.
        contradictions: flag = true;
    }
}

section! {
    /// Tunes the scan for bursts: the densest window against the entity's own rate.
    Bursts {
        /// Events that make a burst at least.
        min_events: count in 3 to 100_000 = 4 / 5;
        /// Widest window that is tried, in hours; narrower ones are halves of it down to one hour.
        max_window_hours: count in 1 to 8_760 = 168;
        /// How unlikely the window must be under an even rate, as a share of certainty.
        min_strength: share in 5_000 to 10_000 = 9_900 / 9_990;
    }
}
