//! When an open case locks itself: after a time without use, and when the computer went to sleep.
//!
//! A running job counts as use. Sleep is seen twice: the host may be told of it by the system beforehand and calls
//! [`Workbench::lock`]; and the watch compares the wall clock with the steady one, which stands still while the
//! computer sleeps. A wall clock that was put forward looks the same and locks, too: better once too often.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::broadcast;

use crate::bench::Workbench;
use crate::error::{ApiError, Code};

const DEFAULT_MINUTES: u64 = 10;
const MOST_MINUTES: u64 = 240;
const SLEPT: Duration = Duration::from_secs(5);
const TICK: Duration = Duration::from_millis(500);
const BACKLOG: usize = 16;

/// Says why a case was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockReason {
    /// Somebody asked for it.
    Asked,
    /// Nobody had used it for the chosen time.
    Unused,
    /// The computer went to sleep, or woke up.
    Slept,
    /// The screen was locked.
    ScreenLocked,
}

impl LockReason {
    /// Returns the word that the start page knows it by.
    pub fn id(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Unused => "unused",
            Self::Slept => "slept",
            Self::ScreenLocked => "screen",
        }
    }

    /// Returns the reason with this word.
    pub fn with_id(id: &str) -> Option<Self> {
        let all = [Self::Asked, Self::Unused, Self::Slept, Self::ScreenLocked];
        all.into_iter().find(|reason| reason.id() == id)
    }
}

/// Knows how long a case may lie unused, and when it was used last.
#[derive(Debug)]
pub struct AutoLock {
    file: PathBuf,
    minutes: Arc<AtomicU64>,
    used: Mutex<Instant>,
    locks: broadcast::Sender<LockReason>,
}

impl AutoLock {
    /// Reads the choice from the settings folder; one that cannot be read counts as none made.
    pub fn new(settings: &Path) -> Self {
        let file = settings.join("auto-lock-minutes");
        let chosen = std::fs::read_to_string(&file).ok();
        let minutes = chosen
            .and_then(|text| text.trim().parse().ok())
            .filter(|minutes| *minutes <= MOST_MINUTES)
            .unwrap_or(DEFAULT_MINUTES);
        Self {
            file,
            minutes: Arc::new(AtomicU64::new(minutes)),
            used: Mutex::new(Instant::now()),
            locks: broadcast::channel(BACKLOG).0,
        }
    }

    /// Returns the minutes without use after which a case locks; 0 for never.
    pub fn minutes(&self) -> u64 {
        self.minutes.load(Ordering::Relaxed)
    }

    /// Returns the minutes as a case shows them, kept up to date.
    pub(crate) fn shared_minutes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.minutes)
    }

    /// Chooses other minutes, for this and every later run.
    pub fn choose(&self, minutes: u64) -> Result<(), ApiError> {
        if minutes > MOST_MINUTES {
            return Err(ApiError::usage(format!("not 0 to {MOST_MINUTES} minutes: {minutes}")));
        }
        let kept = self
            .file
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&self.file, format!("{minutes}\n")));
        kept.map_err(|error| ApiError::new(Code::Failed, format!("the choice cannot be kept: {error}")))?;
        self.minutes.store(minutes, Ordering::Relaxed);
        self.note_use();
        Ok(())
    }

    /// Notes that somebody works.
    pub fn note_use(&self) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Hears of every case that is locked from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<LockReason> {
        self.locks.subscribe()
    }

    /// Tells that a case was locked.
    pub(crate) fn tell(&self, reason: LockReason) {
        // Nobody listening is fine: the command line has no window to shut.
        let _ = self.locks.send(reason);
    }

    fn unused(&self, now: Instant) -> Duration {
        now.saturating_duration_since(*self.used.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What both clocks said at one moment.
#[derive(Debug, Clone, Copy)]
struct Reading {
    wall: SystemTime,
    steady: Instant,
}

impl Reading {
    fn now() -> Self {
        Self {
            wall: SystemTime::now(),
            steady: Instant::now(),
        }
    }
}

/// Starts the thread that locks the case of `bench` in time; it ends with the workbench.
pub fn watch(bench: &Arc<Workbench>) -> std::io::Result<()> {
    let bench = Arc::downgrade(bench);
    let work = move || {
        let mut before = Reading::now();
        loop {
            thread::sleep(TICK);
            let Some(bench) = bench.upgrade() else { return };
            let now = Reading::now();
            if bench.jobs.are_running() {
                bench.auto_lock.note_use();
            }
            let unused = bench.auto_lock.unused(now.steady);
            if let Some(reason) = due(before, now, unused, bench.auto_lock.minutes())
                && bench.try_case().is_some()
            {
                bench.lock(reason);
            }
            before = now;
        }
    };
    thread::Builder::new()
        .name("fusion-auto-lock".to_owned())
        .spawn(work)
        .map(drop)
}

/// Decides whether a case is to be locked.
fn due(before: Reading, now: Reading, unused: Duration, minutes: u64) -> Option<LockReason> {
    let steady = now.steady.saturating_duration_since(before.steady);
    // A wall clock that was put back says nothing about sleep.
    let wall = now.wall.duration_since(before.wall).unwrap_or_default();
    if wall.saturating_sub(steady) > SLEPT {
        return Some(LockReason::Slept);
    }
    (minutes > 0 && unused >= Duration::from_secs(minutes * 60)).then_some(LockReason::Unused)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_case_locks_after_its_time_and_after_sleep() {
        let before = Reading::now();
        let after = |steady: u64, wall: i64| Reading {
            steady: before.steady + Duration::from_secs(steady),
            wall: if wall < 0 {
                before.wall - Duration::from_secs(wall.unsigned_abs())
            } else {
                before.wall + Duration::from_secs(wall.unsigned_abs())
            },
        };
        let rows = [
            (after(1, 1), 599, 10, None),
            (after(1, 1), 600, 10, Some(LockReason::Unused)),
            (after(1, 1), 100_000, 0, None),
            (after(1, 6), 0, 10, None),
            (after(1, 7), 0, 10, Some(LockReason::Slept)),
            (after(1, 90_000), 0, 0, Some(LockReason::Slept)),
            (after(90, 90), 0, 10, None),
            (after(1, -90_000), 0, 10, None),
        ];
        for (number, (now, unused, minutes, expected)) in rows.into_iter().enumerate() {
            let found = due(before, now, Duration::from_secs(unused), minutes);
            assert_eq!(found, expected, "row {number}");
        }
    }

    #[test]
    fn the_choice_outlives_the_program_and_nonsense_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("settings");
        assert_eq!(AutoLock::new(&settings).minutes(), 10);
        AutoLock::new(&settings).choose(0).unwrap();
        assert_eq!(AutoLock::new(&settings).minutes(), 0);
        assert_eq!(AutoLock::new(&settings).choose(241).unwrap_err().code, Code::Usage);
        std::fs::write(settings.join("auto-lock-minutes"), "a while").unwrap();
        assert_eq!(AutoLock::new(&settings).minutes(), 10);
    }
}
