//! The case on the bench: the store, the rules in force, and the picture drawn from them.
//!
//! Reading never waits for a job: it uses the picture. Fusing is done by one at a time, outside any lock on the
//! store, and puts a new picture in place at its end. What it resolved stays for the next to follow, so that a verdict or a
//! few rows cost what they touch; whoever asks for everything has it worked out from nothing.

mod annotate;
mod custody;
mod erasing;
mod fusing;
mod history;
mod keys;
mod measuring;
mod moved;
mod soon;
pub mod transfer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use fusion_engine::resolve::Footing;
use fusion_engine::rules::Rules;
use fusion_engine::{Explanation, Subject};
use fusion_model::derived::Snapshot;
use fusion_model::{
    Evidence, FindingId, Judgement, Locator, OperationId, RecordId, SourceId, Timestamp, Verdict, Warning,
};
use fusion_store::{
    Access, AlertState, Case, CaseFolder, Change, DerivedTotals, KdfProfile, Machine, NewCase, SearchHit, Stamp, Unlock,
};
use zeroize::Zeroizing;

pub(crate) use custody::file_of;
pub use history::LogWish;

use crate::clock;
use crate::commands::case::Mode;
use crate::commands::log::RulesShowView;
use crate::error::{ApiError, Code};
use crate::picture::Picture;
use crate::progress::Unwatched;
use crate::view::SourceView;
use crate::view::draw::{self, SourceState};

/// Says how much is computed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Nothing when nothing has changed.
    WhatChanged,
    /// Everything.
    Everything,
}

impl From<bool> for Extent {
    fn from(full: bool) -> Self {
        if full { Self::Everything } else { Self::WhatChanged }
    }
}

/// What a case is opened with; wiped when dropped.
#[derive(Clone)]
pub enum CaseKey {
    /// Its passphrase.
    Passphrase(Zeroizing<String>),
    /// The system keyring.
    Keyring,
    /// The printed recovery code.
    Recovery(Zeroizing<String>),
    /// A colleague's age identity (`AGE-SECRET-KEY-…`).
    Colleague(Zeroizing<String>),
}

impl From<Zeroizing<String>> for CaseKey {
    /// An empty passphrase means the keyring.
    fn from(passphrase: Zeroizing<String>) -> Self {
        if passphrase.is_empty() {
            Self::Keyring
        } else {
            Self::Passphrase(passphrase)
        }
    }
}

/// What the check at opening found.
#[derive(Debug, Clone)]
pub struct Custody {
    /// `verified`, `unverified`, `behind` or `damaged`.
    pub verdict: &'static str,
    /// In words.
    pub text: String,
}

/// Holds an open case.
pub struct OpenCase {
    pub(crate) store: Case,
    rules: RwLock<Arc<Rules>>,
    picture: RwLock<Option<Arc<Picture>>>,
    loading: Mutex<()>,
    fusing: Mutex<()>,
    /// What the last fusion resolved, for the next to follow; goes with the case.
    footing: Mutex<Footing>,
    awaited: Mutex<soon::Awaited>,
    unaided: Mutex<measuring::Unaided>,
    former: Mutex<history::Former>,
    /// Why it was opened for reading although writing was asked for.
    refusal: OnceLock<String>,
    /// Minutes without use after which the host locks the case; 0 for never.
    pub(crate) auto_lock_minutes: Arc<AtomicU64>,
}

impl std::fmt::Debug for OpenCase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpenCase(..)")
    }
}

impl OpenCase {
    /// Tells whether `folder` holds a case.
    pub fn is_case(folder: &Path) -> bool {
        CaseFolder::at(folder).is_case()
    }

    /// Refuses a folder that holds no case.
    pub fn refuse_what_is_no_case(folder: &Path) -> Result<(), ApiError> {
        if Self::is_case(folder) {
            return Ok(());
        }
        Err(
            ApiError::new(Code::Failed, format!("there is no case at {}", folder.display()))
                .hint("create one with `fusion new`"),
        )
    }

    /// Creates a case in exactly `folder`.
    pub fn create(
        folder: &Path,
        passphrase: Zeroizing<String>,
        name: &str,
        region: &str,
        machine: &Machine,
    ) -> Result<Self, ApiError> {
        if let Some(parent) = folder.parent() {
            std::fs::create_dir_all(parent).map_err(|error| {
                ApiError::new(
                    Code::Failed,
                    format!("cannot be created: {error}: {}", parent.display()),
                )
            })?;
        }
        let new = NewCase {
            name: name.to_owned(),
            region: region.to_owned(),
            created_at: clock::now(),
            profile: KdfProfile::standard(),
        };
        Self::assemble(CaseFolder::create_on(folder, &secret(passphrase), new, Some(machine))?)
    }

    /// Opens the case in `folder` and holds it against what `machine` remembers of it.
    pub fn open(folder: &Path, key: CaseKey, mode: Mode, machine: &Machine) -> Result<Self, ApiError> {
        let access = match mode {
            Mode::Read => Access::Read,
            Mode::Write => Access::Write,
        };
        let unlocked = |unlock: Unlock<'_>| Case::open_on(folder, unlock, access, Some(machine));
        let store = match key {
            CaseKey::Keyring => unlocked(Unlock::Keyring)?,
            CaseKey::Passphrase(text) => unlocked(Unlock::Passphrase(&secret(text)))?,
            CaseKey::Recovery(text) => unlocked(Unlock::Recovery(&secret(text)))?,
            CaseKey::Colleague(text) => unlocked(Unlock::Colleague(&secret(text)))?,
        };
        Self::assemble(store)
    }

    fn assemble(store: Case) -> Result<Self, ApiError> {
        let rules = rules_in_force(&store)?;
        Ok(Self {
            store,
            rules: RwLock::new(Arc::new(rules)),
            picture: RwLock::new(None),
            loading: Mutex::new(()),
            fusing: Mutex::new(()),
            footing: Mutex::default(),
            awaited: Mutex::default(),
            unaided: Mutex::default(),
            former: Mutex::default(),
            refusal: OnceLock::new(),
            auto_lock_minutes: Arc::default(),
        })
    }

    /// Returns the picture: read from the cache at the first call, or drawn where nothing derived is stored.
    pub fn picture(&self) -> Result<Arc<Picture>, ApiError> {
        if let Some(picture) = self.present_picture() {
            return Ok(picture);
        }
        let one_loads = self.loading.lock().unwrap_or_else(PoisonError::into_inner);
        if self.present_picture().is_none()
            && let Some(snapshot) = self.cached(Case::load_snapshot)?
        {
            let loaded = Arc::new(Picture::new(Arc::new(snapshot)));
            // One that was fused meanwhile is newer.
            self.picture
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .get_or_insert(loaded);
        }
        drop(one_loads);
        if self.present_picture().is_none() {
            self.fuse(Extent::Everything, &Unwatched)?;
        }
        self.present_picture()
            .ok_or_else(|| ApiError::new(Code::Failed, "nothing could be derived"))
    }

    /// Returns how much is derived, without reading all of it; draws the first picture where nothing is stored.
    pub fn totals(&self) -> Result<DerivedTotals, ApiError> {
        match self.cached(Case::derived_totals)? {
            Some(totals) => Ok(totals),
            None => Ok(DerivedTotals::of(&self.picture()?.snapshot)),
        }
    }

    /// Uses the cache; one that is damaged is thrown away first, since all of it can be derived again.
    fn cached<T>(&self, use_it: impl Fn(&Case) -> fusion_store::Result<T>) -> Result<T, ApiError> {
        match use_it(&self.store) {
            Err(error) if error.code() == "damaged" => {
                self.store.renew_derived()?;
                Ok(use_it(&self.store)?)
            }
            outcome => Ok(outcome?),
        }
    }

    /// Reads a page out of the cache; a damaged one is derived again first.
    pub(crate) fn page<T>(&self, read: impl Fn(&Case) -> fusion_store::Result<T>) -> Result<T, ApiError> {
        self.totals()?;
        match read(&self.store) {
            Err(error) if error.code() == "damaged" => {
                self.store.renew_derived()?;
                self.fuse(Extent::Everything, &Unwatched)?;
                Ok(read(&self.store)?)
            }
            outcome => Ok(outcome?),
        }
    }

    fn present_picture(&self) -> Option<Arc<Picture>> {
        self.picture.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells whether evidence, judgements or rules changed since everything was derived.
    pub fn is_stale(&self) -> Result<bool, ApiError> {
        let totals = self.totals()?;
        let present = revision(&self.store.evidence_outline()?, &self.rules(), totals.as_of);
        Ok(totals.revision != present)
    }

    /// As [`Self::is_stale`], but derives nothing: where no results are kept, none are old. A former day is shown as it was.
    pub fn shows_former_results(&self) -> Result<bool, ApiError> {
        if self.store.as_of().is_some() {
            return Ok(false);
        }
        let Some(totals) = self.cached(Case::derived_totals)? else {
            return Ok(false);
        };
        let present = revision(&self.store.evidence_outline()?, &self.rules(), totals.as_of);
        Ok(totals.revision != present)
    }

    /// Tells whether evidence, judgements or rules changed since this snapshot was derived.
    pub(crate) fn is_beyond(&self, snapshot: &Snapshot) -> Result<bool, ApiError> {
        Ok(snapshot.revision != revision(&self.store.evidence_outline()?, &self.rules(), snapshot.as_of))
    }

    /// Returns the rules in force.
    pub fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows the rules in force and where they come from.
    pub fn show_rules(&self) -> Result<RulesShowView, ApiError> {
        match self.store.state()?.rules.as_deref() {
            Some(kept) if !kept.is_empty() => crate::rules::show_kept(&self.rules(), kept),
            _ => Ok(crate::rules::show(&self.rules())),
        }
    }

    /// Puts other rules in force for this opening of the case.
    pub fn set_rules(&self, rules: Rules) -> Result<(), ApiError> {
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(rules);
        Ok(())
    }

    /// Explains two records or entities under the present evidence and rules.
    pub fn explain(&self, left: Subject, right: Subject) -> Result<Explanation, ApiError> {
        let evidence = self.store.evidence()?;
        fusion_engine::explain(&evidence, &self.rules(), left, right)
            .map_err(|error| ApiError::usage(error.to_string()).hint(error.hint()))
    }

    /// Returns the name of the case.
    pub fn name(&self) -> &str {
        self.store.name()
    }

    /// Returns the region for phone numbers.
    pub fn region(&self) -> Result<String, ApiError> {
        Ok(self.store.region()?)
    }

    /// Tells whether this opening may write.
    pub fn writable(&self) -> bool {
        self.store.access() == Access::Write && self.store.as_of().is_none()
    }

    /// Returns the folder of the case.
    pub fn folder(&self) -> &Path {
        self.store.folder().root()
    }

    /// Says whether a keyring answers, and if not, why.
    pub fn keyring_state() -> String {
        match fusion_store::keyring_answers() {
            Ok(()) => "available".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    /// Returns the folder that exports go to when no place is picked.
    pub fn exports_folder(&self) -> PathBuf {
        let root = self.store.folder().root();
        let stem = root
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        root.with_file_name(format!("{stem} exports"))
    }

    /// Returns all sources, withdrawn ones too.
    pub fn sources(&self) -> Result<Vec<SourceView>, ApiError> {
        let entries = self.store.sources()?;
        Ok(entries
            .iter()
            .map(|entry| {
                let state = if entry.live {
                    SourceState::Live
                } else {
                    SourceState::Withdrawn
                };
                draw::source(&entry.source, entry.observations, entry.statements, state)
            })
            .collect())
    }

    /// Finds a source by its id or the unambiguous start of it.
    pub fn source_id(&self, text: &str) -> Result<SourceId, ApiError> {
        let entries = self.store.sources()?;
        let wanted = text.trim().to_ascii_lowercase();
        let found: Vec<SourceId> = entries
            .iter()
            .map(|entry| entry.source.id)
            .filter(|id| !wanted.is_empty() && id.to_string().starts_with(&wanted))
            .collect();
        match found.as_slice() {
            [id] => Ok(*id),
            [] => Err(ApiError::not_found(format!("source: {text}"))),
            _ => Err(ApiError::new(
                Code::Ambiguous,
                format!("{} sources start like this: {text}", found.len()),
            )),
        }
    }

    /// Returns the stored warnings of a source.
    pub fn warnings(&self, source: SourceId) -> Result<Vec<Warning>, ApiError> {
        Ok(self.store.warnings(source)?)
    }

    /// Returns live judgements.
    pub fn judgements(&self) -> Result<Vec<Judgement>, ApiError> {
        Ok(self.store.judgements()?)
    }

    /// Records a verdict and returns its operation.
    pub fn judge(
        &self,
        left: RecordId,
        right: RecordId,
        verdict: Verdict,
        reason: &str,
    ) -> Result<OperationId, ApiError> {
        Ok(self.store.judge((left, right), verdict, reason, &stamp())?)
    }

    /// Takes a verdict back and returns the operation that does; what it came to is fused later.
    pub fn take_verdict_back(&self, operation: &str) -> Result<OperationId, ApiError> {
        let id = self.operation_id(operation)?;
        if !matches!(self.store.operation(id)?.change, Change::Judge { .. }) {
            return Err(
                ApiError::usage(format!("not a verdict: {operation}")).hint("`fusion undo` takes anything back")
            );
        }
        Ok(self.store.retract(id, &stamp())?)
    }

    /// Takes an import back.
    pub fn withdraw(&self, source: SourceId, reason: &str) -> Result<(), ApiError> {
        self.store.withdraw(source, reason, &stamp())?;
        Ok(())
    }

    /// Returns the state and closing reason of every alert somebody has touched.
    pub fn alert_states(&self) -> Result<BTreeMap<FindingId, (String, String)>, ApiError> {
        let state = self.store.state()?;
        Ok(state
            .alerts
            .iter()
            .map(|(id, mark)| (*id, (mark.state.id().to_owned(), mark.reason.clone())))
            .collect())
    }

    /// Changes the state of an alert.
    pub fn set_alert(&self, alert: FindingId, state: &str, reason: &str) -> Result<(), ApiError> {
        let state = AlertState::from_id(state).ok_or_else(|| ApiError::usage(format!("unknown state: {state}")))?;
        self.store.apply(
            &Change::AlertState {
                alert,
                state,
                reason: reason.to_owned(),
            },
            &stamp(),
        )?;
        Ok(())
    }

    /// Returns hits of the full-text index.
    pub fn search(&self, query: &str, limit: u64) -> Result<Vec<SearchHit>, ApiError> {
        self.page(|store| store.search(query, limit))
    }

    /// Returns original lines and logs that they were read.
    pub fn quote(&self, source: SourceId, first: u64, count: u64, reason: &str) -> Result<Vec<String>, ApiError> {
        let locator = Locator::Pointer {
            pointer: String::new(),
            line: first,
        };
        let quote = self.store.quote(source, &locator, reason, &stamp())?;
        Ok(quote
            .text
            .lines()
            .take(count as usize)
            .map(|line| line.chars().take(2000).collect())
            .collect())
    }

    /// Logs that something left the case.
    pub fn log_export(&self, format: &str, sha256: &[u8; 32], reason: &str) -> Result<(), ApiError> {
        self.store.log_export(format, sha256, reason, &stamp())?;
        Ok(())
    }
}

/// Says who acts and when, for the log.
pub(crate) fn stamp() -> Stamp {
    let user = ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok());
    Stamp {
        author: user
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "analyst".to_owned()),
        at: clock::wall(),
    }
}

/// Reads the rules in force: those of the case, on the day that is shown, unless the environment names others.
fn rules_in_force(store: &Case) -> Result<Rules, ApiError> {
    match (std::env::var_os(crate::rules::FILE_VARIABLE), &store.state()?.rules) {
        (None, Some(text)) if !text.is_empty() => Ok(crate::rules::parse_kept(text)?.0),
        _ => crate::rules::read(None),
    }
}

fn secret(passphrase: Zeroizing<String>) -> fusion_store::Passphrase {
    fusion_store::Passphrase::new(passphrase.as_str().to_owned())
}

fn revision(outline: &Evidence, rules: &Rules, now: Timestamp) -> fusion_model::derived::Revision {
    fusion_engine::revision(outline, rules, now)
}

impl From<fusion_store::Error> for ApiError {
    fn from(error: fusion_store::Error) -> Self {
        let code = match error.code() {
            "wrong-key" | "no-keyring" | "wrong-package-key" => Code::WrongKey,
            "damaged" | "damaged-package" | "damaged-backup" => Code::Damaged,
            "behind" => Code::Behind,
            "stopped" => Code::Cancelled,
            "busy" => Code::Busy,
            "erased" => Code::NotFound,
            "read-only" | "read-only-medium" | "not-own-disk" => Code::ReadOnly,
            "missing" => Code::NotFound,
            "empty-passphrase" | "exists" | "conflict" | "looking-back" | "kdf-range" => Code::Usage,
            _ => Code::Failed,
        };
        let hint = error.hint().unwrap_or_default();
        Self::new(code, error.to_string()).hint(hint)
    }
}
