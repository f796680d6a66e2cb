//! Long work beside the window: tokio runs it, a stream tells of it, a flag stops it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::broadcast;

use crate::commands::import::ImportRunView;
use crate::commands::job::JobEvent;
use crate::error::{ApiError, Code};
use crate::progress::Progress;

const EVENT_GAP: Duration = Duration::from_millis(50);
const EVENT_BACKLOG: usize = 1024;

/// Runs and remembers jobs.
#[derive(Debug)]
pub struct Jobs {
    runtime: tokio::runtime::Runtime,
    events: broadcast::Sender<JobEvent>,
    known: Mutex<BTreeMap<u64, Known>>,
    next: AtomicU64,
}

#[derive(Debug, Clone)]
struct Known {
    event: JobEvent,
    stop: Arc<AtomicBool>,
}

/// What a job hands back when it ends well.
#[derive(Debug, Default)]
pub struct JobResult {
    /// In words.
    pub text: String,
    /// Outcomes of an import.
    pub import: Option<ImportRunView>,
}

impl Jobs {
    /// Starts the runtime.
    pub fn new() -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("fusion-job")
            .build()?;
        let (events, _) = broadcast::channel(EVENT_BACKLOG);
        Ok(Self {
            runtime,
            events,
            known: Mutex::default(),
            next: AtomicU64::new(1),
        })
    }

    /// Listens to all jobs from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<JobEvent> {
        self.events.subscribe()
    }

    /// Starts a job and returns its number.
    pub fn start<W>(self: &Arc<Self>, kind: &str, work: W) -> u64
    where
        W: FnOnce(&dyn Progress) -> Result<JobResult, ApiError> + Send + 'static,
    {
        let job = self.next.fetch_add(1, Ordering::Relaxed);
        let stop = Arc::new(AtomicBool::new(false));
        let event = JobEvent {
            job,
            kind: kind.to_owned(),
            state: "running".to_owned(),
            text: String::new(),
            done: 0,
            total: 0,
            import: None,
            error: None,
        };
        self.remember(event.clone(), &stop);
        let jobs = Arc::clone(self);
        self.runtime.spawn_blocking(move || {
            let watch = Watch {
                jobs: &jobs,
                event: event.clone(),
                stop: Arc::clone(&stop),
                last: Mutex::new(None),
            };
            let outcome = work(&watch);
            jobs.note(ended(event, outcome));
        });
        job
    }

    /// Asks a job to stop.
    pub fn cancel(&self, job: u64) -> Result<(), ApiError> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known
            .get(&job)
            .ok_or_else(|| ApiError::not_found(format!("job: {job}")))?;
        found.stop.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Asks every job to stop.
    pub fn stop_all(&self) {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .values()
            .for_each(|known| known.stop.store(true, Ordering::Relaxed));
    }

    /// Tells whether a job runs.
    pub fn are_running(&self) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.values().any(|known| known.event.state == "running")
    }

    /// Forgets what every job said: their words name evidence, and the case they worked on is closed.
    pub fn forget(&self) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Returns the last word of every job, latest first.
    pub fn list(&self) -> Vec<JobEvent> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.values().rev().map(|known| known.event.clone()).collect()
    }

    fn remember(&self, event: JobEvent, stop: &Arc<AtomicBool>) {
        let known = Known {
            event: event.clone(),
            stop: Arc::clone(stop),
        };
        self.known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(event.job, known);
        self.tell(event);
    }

    /// Notes what a job says, unless it was forgotten meanwhile.
    fn note(&self, event: JobEvent) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get_mut(&event.job) {
            known.event = event.clone();
        }
        drop(known);
        self.tell(event);
    }

    fn tell(&self, event: JobEvent) {
        // Nobody listening is fine: the list keeps the last word.
        let _ = self.events.send(event);
    }
}

fn ended(mut event: JobEvent, outcome: Result<JobResult, ApiError>) -> JobEvent {
    match outcome {
        Ok(result) => {
            event.state = "done".to_owned();
            event.text = result.text;
            event.import = result.import;
        }
        Err(error) if error.code == Code::Cancelled => {
            event.state = "cancelled".to_owned();
            event.text = error.message;
        }
        Err(error) => {
            event.state = "failed".to_owned();
            event.text.clone_from(&error.message);
            event.error = Some(error.view());
        }
    }
    event
}

struct Watch<'a> {
    jobs: &'a Jobs,
    event: JobEvent,
    stop: Arc<AtomicBool>,
    last: Mutex<Option<(Instant, String)>>,
}

impl Progress for Watch<'_> {
    fn report(&self, text: &str, done: u64, total: u64) -> ControlFlow<()> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last
            .as_ref()
            .is_none_or(|(at, said)| at.elapsed() >= EVENT_GAP || said != text);
        if due {
            *last = Some((Instant::now(), text.to_owned()));
            let event = JobEvent {
                text: text.to_owned(),
                done,
                total,
                ..self.event.clone()
            };
            self.jobs.note(event);
        }
        if self.stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}
