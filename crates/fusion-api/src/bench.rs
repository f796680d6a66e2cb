//! The workbench: at most one open case, its picture, its jobs, and the places a host has shown.
//!
//! Every host (window, command line) makes one and calls the command functions with it. Questions are answered from
//! the picture; only imports, verdicts and exports touch the case itself, one at a time.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use crate::auto_lock::{AutoLock, LockReason};
use crate::error::{ApiError, Code};
use crate::handles::Handles;
use crate::jobs::Jobs;
use crate::open_case::OpenCase;
use crate::recent::RecentCases;

/// How long questions that were asked before may hold a case.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where a host keeps things outside cases.
#[derive(Debug, Clone)]
pub struct Places {
    /// Folder new cases are created in when no other is picked.
    pub cases: PathBuf,
    /// Folder for the recent list and other settings of this machine; holds no evidence.
    pub settings: PathBuf,
    /// Folder for what this computer remembers of cases: seen heads of custody, the keys of whoever works here.
    pub state: PathBuf,
}

impl Places {
    /// Reads `FUSION_CASES_DIR`, `XDG_CONFIG_HOME`, `XDG_STATE_HOME` and `HOME`; falls back to the present folder.
    pub fn of_user() -> Self {
        let variable = |name: &str| {
            std::env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        let home = variable("HOME").or_else(|| variable("USERPROFILE")).unwrap_or_default();
        let cases = variable("FUSION_CASES_DIR").unwrap_or_else(|| home.join("Fusion Cases"));
        let config = variable("XDG_CONFIG_HOME")
            .or_else(|| variable("APPDATA"))
            .unwrap_or_else(|| home.join(".config"));
        let state = variable("XDG_STATE_HOME")
            .or_else(|| variable("LOCALAPPDATA"))
            .unwrap_or_else(|| home.join(".local").join("state"));
        Self {
            cases,
            settings: config.join("fusion-workbench"),
            state: state.join("fusion-workbench"),
        }
    }
}

/// Holds everything a host works with.
#[derive(Debug)]
pub struct Workbench {
    /// Places on disk the host has shown.
    pub handles: Handles,
    /// Long work.
    pub jobs: Arc<Jobs>,
    /// Where cases and settings live.
    pub places: Places,
    /// Cases opened before.
    pub recent: RecentCases,
    /// When the open case locks itself.
    pub auto_lock: AutoLock,
    open: Mutex<Option<Arc<OpenCase>>>,
    /// Why cases are written to where they should not lie; empty when they are not.
    anyway: Mutex<String>,
    /// The case that was locked last, for as long as a job holds it.
    locked: Mutex<Weak<OpenCase>>,
    /// Whether somebody makes the backups that make themselves.
    pub(crate) watched: AtomicBool,
}

impl Workbench {
    /// Makes an empty workbench.
    pub fn new(places: Places) -> Result<Arc<Self>, ApiError> {
        let jobs =
            Jobs::new().map_err(|error| ApiError::new(Code::Failed, format!("threads cannot be started: {error}")))?;
        Ok(Arc::new(Self {
            handles: Handles::default(),
            jobs: Arc::new(jobs),
            recent: RecentCases::new(&places.settings),
            auto_lock: AutoLock::new(&places.settings),
            places,
            open: Mutex::new(None),
            anyway: Mutex::default(),
            locked: Mutex::default(),
            watched: AtomicBool::new(false),
        }))
    }

    /// Names what this computer remembers of cases.
    pub fn machine(&self) -> fusion_store::Machine {
        let tool = format!("fusion {} engine {}", env!("CARGO_PKG_VERSION"), fusion_engine::ENGINE);
        let anyway = self.anyway.lock().unwrap_or_else(PoisonError::into_inner).clone();
        fusion_store::Machine::at(&self.places.state)
            .with_tool(tool)
            .writing_anyway(anyway)
    }

    /// Lets cases opened from here on be written to on network and synchronised folders, and says why; an empty reason
    /// ends that.
    pub fn write_anyway(&self, reason: &str) {
        reason.clone_into(&mut *self.anyway.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Returns the open case.
    pub fn case(&self) -> Result<Arc<OpenCase>, ApiError> {
        self.try_case().ok_or_else(no_case)
    }

    /// Returns the open case, if there is one.
    pub fn try_case(&self) -> Option<Arc<OpenCase>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Works on the open case while nobody else does: whoever asks for it meanwhile waits.
    pub(crate) fn alone<T>(&self, work: impl FnOnce(&mut OpenCase) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let busy = || ApiError::new(Code::Failed, "something still works on the case").hint("wait for it, or stop it");
        if self.jobs.are_running() {
            return Err(busy());
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let case = open.as_mut().ok_or_else(no_case)?;
        // Questions that were asked before end soon; new ones wait for the lock.
        let begun = Instant::now();
        while Arc::get_mut(case).is_none() && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(10));
        }
        work(Arc::get_mut(case).ok_or_else(busy)?)
    }

    /// Puts a case on the bench in place of the one before.
    pub fn put(&self, mut case: OpenCase) -> Arc<OpenCase> {
        self.auto_lock.note_use();
        case.auto_lock_minutes = self.auto_lock.shared_minutes();
        let case = Arc::new(case);
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&case));
        case
    }

    /// Stops what runs, closes the case and tells the host of it; the keys go with the last job that lets go.
    pub fn lock(&self, reason: LockReason) {
        self.jobs.stop_all();
        let open = self.take();
        self.jobs.forget();
        if let Some(open) = open {
            *self.locked.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(&open);
            drop(open);
            self.auto_lock.tell(reason);
        }
    }

    /// Tells whether every job has let go of the case that was locked last, so that its files are shut.
    pub fn has_let_go(&self) -> bool {
        self.locked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .strong_count()
            == 0
    }

    /// Takes the case off the bench; its keys are wiped when the last job lets go of it.
    pub fn take(&self) -> Option<Arc<OpenCase>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

fn no_case() -> ApiError {
    ApiError::new(Code::NoCase, "no case is open").hint("open or create a case first")
}
