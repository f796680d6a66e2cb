//! The clocks that custody goes by: the wall, the time since this computer started, and which start that was.
//!
//! A wall clock can be set to anything; the time since the start cannot be set back. An event that carries both shows
//! where the wall was moved. This is the only place of the store that reads a clock, and tests put their own in its
//! place. The clock of results (`SOURCE_DATE_EPOCH`) never reaches custody, but that it is in force is noted.

use std::fmt;
use std::fs;
use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use fusion_model::{Timestamp, sha256};

use crate::secret::random;

/// Environment variable by which a host fixes the clock of results.
const RESULTS_CLOCK: &str = "SOURCE_DATE_EPOCH";

/// Holds what all clocks said at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockReading {
    /// The wall clock.
    pub wall: Timestamp,
    /// Milliseconds since this computer (or, where that is not known, this process) started, sleep included.
    pub since_start_ms: u64,
    /// Names that start; equal only within one.
    pub start: [u8; 16],
    /// What else is to be said of the clocks; empty when nothing is.
    pub remark: &'static str,
}

/// Reads the clocks of a computer.
pub trait Clocks: fmt::Debug + Send + Sync {
    /// Reads all of them at once.
    fn read(&self) -> ClockReading;
}

/// Reads the clocks of the computer that this runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClocks;

impl Clocks for SystemClocks {
    fn read(&self) -> ClockReading {
        let (since_start_ms, start) = since_start();
        ClockReading {
            wall: wall(),
            since_start_ms,
            start,
            remark: if std::env::var_os(RESULTS_CLOCK).is_some() {
                "results clock fixed"
            } else {
                ""
            },
        }
    }
}

/// Returns the name of the present start of this computer, or of this process where that is not known.
pub(crate) fn start() -> [u8; 16] {
    since_start().1
}

fn wall() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Returns the time since the computer started and the name of that start; falls back to those of this process.
fn since_start() -> (u64, [u8; 16]) {
    static BOOT: OnceLock<Option<[u8; 16]>> = OnceLock::new();
    static PROCESS: OnceLock<(Instant, [u8; 16])> = OnceLock::new();
    let boot = BOOT.get_or_init(|| {
        let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        // Only the digest is kept, so that two cases do not name the same computer in clear.
        first_half(sha256(format!("fusion boot {}", id.trim()).as_bytes()))
    });
    match (boot, uptime()) {
        (Some(boot), Some(ms)) => (ms, *boot),
        _ => {
            let (began, name) = PROCESS.get_or_init(|| (Instant::now(), random().unwrap_or_default()));
            (u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX), *name)
        }
    }
}

fn uptime() -> Option<u64> {
    let text = fs::read_to_string("/proc/uptime").ok()?;
    let (secs, rest) = text.split_whitespace().next()?.split_once('.')?;
    let hundredths: u64 = rest.get(..2)?.parse().ok()?;
    Some(secs.parse::<u64>().ok()? * 1000 + hundredths * 10)
}

fn first_half(digest: [u8; 32]) -> Option<[u8; 16]> {
    digest[..16].try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_since_the_start_grows_within_one_start() {
        let (first, second) = (SystemClocks.read(), SystemClocks.read());
        assert_eq!(first.start, second.start);
        assert!(first.since_start_ms <= second.since_start_ms);
        assert!(first.wall.0 > 1_700_000_000_000);
    }
}
