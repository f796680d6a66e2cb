//! A fusion after verdicts: one for many.
//!
//! Whoever goes through the queue gives a verdict every few seconds, and a fusion may take longer than that. So a
//! verdict asks for a fusion and does not wait for it: at most one runs and one is awaited, and the awaited one begins
//! as soon as nothing was said for a moment. A verdict that comes before it has begun to read is in it; one that comes
//! later asks for the next.

use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::{Extent, OpenCase};
use crate::error::{ApiError, Code};
use crate::jobs::{JobResult, Jobs};
use crate::progress::Progress;

/// Silence after which the verdicts so far are fused.
const QUIET: Duration = Duration::from_millis(700);
/// Nobody waits longer for a first result, however fast verdicts come.
const LONGEST: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

/// The fusion that is awaited and has not begun to read.
#[derive(Debug, Default)]
pub(super) struct Awaited {
    job: Option<u64>,
    asked: Option<Instant>,
}

impl OpenCase {
    /// Has what changed fused soon, and returns the number of the job that will.
    pub(crate) fn fuse_soon(self: &Arc<Self>, jobs: &Arc<Jobs>) -> u64 {
        let mut awaited = self.awaited.lock().unwrap_or_else(PoisonError::into_inner);
        awaited.asked = Some(Instant::now());
        if let Some(job) = awaited.job {
            return job;
        }
        let case = Arc::clone(self);
        let job = jobs.start("fuse", move |progress| {
            let text = case.fuse_when_quiet(progress)?;
            Ok(JobResult { text, import: None })
        });
        awaited.job = Some(job);
        job
    }

    fn fuse_when_quiet(&self, progress: &dyn Progress) -> Result<String, ApiError> {
        let begun = Instant::now();
        while begun.elapsed() < LONGEST && !self.is_quiet() {
            if progress.report("more verdicts may come", 0, 0) == ControlFlow::Break(()) {
                self.begin_awaited();
                return Err(ApiError::new(
                    Code::Cancelled,
                    "fusing was stopped; the verdicts are recorded",
                ));
            }
            std::thread::sleep(PAUSE);
        }
        let _one_at_a_time = self.fusing.lock().unwrap_or_else(PoisonError::into_inner);
        self.begin_awaited();
        self.fuse_alone(Extent::WhatChanged, progress)
    }

    fn is_quiet(&self) -> bool {
        let awaited = self.awaited.lock().unwrap_or_else(PoisonError::into_inner);
        awaited.asked.is_none_or(|asked| asked.elapsed() >= QUIET)
    }

    /// From here on a verdict asks for another fusion.
    fn begin_awaited(&self) {
        self.awaited.lock().unwrap_or_else(PoisonError::into_inner).job = None;
    }
}
