//! Progress on a terminal: one line on standard error, redrawn; nothing elsewhere.

use std::io::Write as _;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use fusion_api::progress::Progress;

use crate::output::Output;

const REDRAW: Duration = Duration::from_millis(100);

/// Draws progress.
pub struct Line {
    draws: bool,
    last: Mutex<Option<Instant>>,
}

impl Line {
    /// Draws only where somebody looks.
    pub fn new(output: &Output) -> Self {
        Self {
            draws: output.draws_progress(),
            last: Mutex::new(None),
        }
    }
}

impl Progress for Line {
    fn report(&self, text: &str, done: u64, total: u64) -> ControlFlow<()> {
        if let (true, Ok(mut last)) = (self.draws, self.last.lock())
            && last.is_none_or(|at| at.elapsed() >= REDRAW)
        {
            *last = Some(Instant::now());
            let share = (done * 100)
                .checked_div(total)
                .map(|percent| format!(" {percent} %"))
                .unwrap_or_default();
            // A closed standard error is no reason to stop the work.
            let _ = write!(std::io::stderr().lock(), "\r\x1b[K{text}{share}");
        }
        ControlFlow::Continue(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.draws {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[K");
        }
    }
}
