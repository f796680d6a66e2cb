//! The engine's `now`: `SOURCE_DATE_EPOCH` where it is set, the wall clock otherwise.
//!
//! Only derived results, acquired-at stamps and report dates follow the override; the custody log always uses the
//! real clock and records that an override was in force.

use std::time::{SystemTime, UNIX_EPOCH};

use fusion_model::Timestamp;

/// Environment variable that fixes the clock, in whole seconds since 1970.
pub const EPOCH_VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// Returns the instant that results are computed as of.
pub fn now() -> Timestamp {
    override_secs().map_or_else(wall, Timestamp::from_secs)
}

/// Returns the real time.
pub fn wall() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn override_secs() -> Option<i64> {
    std::env::var(EPOCH_VARIABLE).ok()?.trim().parse().ok()
}
