//! What opens the case: slots, the printed recovery code, colleagues' keys, the two-secret mode.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use super::case::{OpenCaseView, open_view};
use crate::auto_lock::LockReason;
use crate::bench::Workbench;
use crate::error::{ApiError, Code};
use crate::open_case::OpenCase;
use crate::progress::{Progress, Unwatched};
use crate::router::{Command, command};

/// Caps what is read of a file with a key, a code or a kit.
const SECRET_FILE_LIMIT: usize = 64 * 1024;

/// Asks what opens the case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysListRequest {}

/// Shows what opens the case; nothing secret.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeysView {
    /// The slots, oldest first.
    pub slots: Vec<SlotView>,
    /// `standard`, or `high` when a passphrase opens only together with this computer's keyring.
    pub mode: String,
    /// Number of the key file's rewrite.
    pub epoch: u64,
    /// Whether the previous key file is still kept, because nobody has opened the case with the new one yet.
    pub previous_kept: bool,
}

/// Shows one way into the case.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SlotView {
    /// Number of the slot.
    pub id: u32,
    /// `passphrase`, `two-secret`, `recovery`, `keyring` or `colleague`.
    pub kind: String,
    /// What its maker wrote beside it, e.g. a colleague's name; may be empty.
    pub label: String,
    /// What guessing costs, in words, e.g. `Argon2id, 256 MiB, 3 passes, 4 lanes`; empty where nothing is guessed.
    pub cost: String,
    /// Public part of a colleague's key (`age1…`); empty for other kinds.
    pub recipient: String,
    /// Whether it may be removed now; the last way in by passphrase, recovery code or colleague may not.
    pub removable: bool,
}

/// Asks for another passphrase; the present one must be given.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysChangePassphraseRequest {
    /// The passphrase in force; wiped after use.
    pub present: String,
    /// The new one; wiped after use.
    pub next: String,
    /// Why, for the log; may be missing.
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Asks for a new master key: for when a passphrase leaked together with a copy of the case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysRotateRequest {
    /// The passphrase in force; wiped after use.
    pub present: String,
    /// The new one; wiped after use.
    pub next: String,
    /// Why, for the log; may be missing.
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Shows what a new master key came to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeysRotatedView {
    /// What opens the case now.
    pub keys: KeysView,
    /// The new recovery code, shown this once, where there was one before.
    pub code: Option<String>,
    /// The new page to print, where there was one before.
    pub kit: Option<String>,
    /// Backups from before, which the former passphrases still open.
    pub backups: Vec<String>,
    /// What else is to be known and done, in words.
    pub text: String,
}

/// Asks for a new printed recovery code; a former one stops working.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysAddRecoveryRequest {
    /// Why, for the log; may be missing.
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Shows a recovery code, this once.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RecoveryView {
    /// The code in groups, with its checksum.
    pub code: String,
    /// The page to print: what it opens, how, where to keep it; carries its own wrapped key.
    pub kit: String,
    /// What opens the case now.
    pub keys: KeysView,
}

/// Asks to let a colleague's key open the case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysAddColleagueRequest {
    /// Public key, `age1…`.
    pub recipient: String,
    /// Whose it is.
    pub label: String,
    /// Why, for the log; may be missing.
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Asks to take a way in away.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysRemoveRequest {
    /// Number of the slot.
    pub id: u32,
    /// Why, for the log; may be missing.
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Asks for the standard or the two-secret mode.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysModeRequest {
    /// `standard` or `high`.
    pub mode: String,
    /// The passphrase in force; wiped after use.
    pub passphrase: String,
    /// Why, for the log; may be missing.
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Asks for one more passphrase.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysAddPassphraseRequest {
    /// The passphrase; wiped after use.
    pub passphrase: String,
    /// Whose it is; may be empty.
    pub label: String,
    /// Why, for the log; may be missing.
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Asks to open a case by its printed kit and code, and to give it a new key file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysRecoverRequest {
    /// Handle of the case's folder.
    pub handle: String,
    /// Handle of a file with the kit.
    pub kit: String,
    /// The recovery code; wiped after use.
    pub code: String,
    /// The new passphrase; wiped after use.
    pub next: String,
}

pub(crate) const COMMANDS: &[Command] = &[
    command!("keys.list", Read, "What opens the case.", KeysListRequest => KeysView, list),
    command!("keys.changePassphrase", Write, "Replaces the passphrase; the database is not rewritten.", KeysChangePassphraseRequest => KeysView, change_passphrase),
    command!("keys.rotate", Write, "Puts the case under a new master key; the database is encrypted anew.", KeysRotateRequest => KeysRotatedView, rotate),
    command!("keys.addPassphrase", Write, "Adds one more passphrase.", KeysAddPassphraseRequest => KeysView, add_passphrase),
    command!("keys.addRecovery", Write, "Makes the printed recovery code and shows it once.", KeysAddRecoveryRequest => RecoveryView, add_recovery),
    command!("keys.addColleague", Write, "Lets a colleague's age key open the case.", KeysAddColleagueRequest => KeysView, add_colleague),
    command!("keys.remove", Write, "Takes a way in away.", KeysRemoveRequest => KeysView, remove),
    command!("keys.mode", Write, "Switches between the standard and the two-secret mode.", KeysModeRequest => KeysView, mode),
    command!("keys.recover", Write, "Opens a case by its printed kit and code, with a new key file.", KeysRecoverRequest => OpenCaseView, recover),
];

fn why(reason: &Option<String>) -> &str {
    reason.as_deref().unwrap_or_default().trim()
}

/// Returns what opens the case.
pub fn list(bench: &Arc<Workbench>, _request: KeysListRequest) -> Result<KeysView, ApiError> {
    Ok(bench.case()?.keys())
}

/// Replaces the passphrase; an empty present one is taken where recovery code or colleague's key opened the case.
pub fn change_passphrase(bench: &Arc<Workbench>, request: KeysChangePassphraseRequest) -> Result<KeysView, ApiError> {
    let (present, next) = (Zeroizing::new(request.present), Zeroizing::new(request.next));
    let case = bench.case()?;
    case.change_passphrase(present, next, why(&request.reason))?;
    Ok(case.keys())
}

/// Puts the case under a new master key.
pub fn rotate(bench: &Arc<Workbench>, request: KeysRotateRequest) -> Result<KeysRotatedView, ApiError> {
    rotate_watched(bench, request, &Unwatched)
}

/// Puts the case under a new master key, telling how far it has come.
pub fn rotate_watched(
    bench: &Arc<Workbench>,
    request: KeysRotateRequest,
    progress: &dyn Progress,
) -> Result<KeysRotatedView, ApiError> {
    let (present, next) = (Zeroizing::new(request.present), Zeroizing::new(request.next));
    let outcome = bench.alone(|case| {
        let recovery = case.change_master_key(present, next, why(&request.reason), progress)?;
        let backups = case.backups_of_before()?;
        let mut text = "The case has a new master key. Former passphrases, recovery codes and printed pages open only \
                        copies from before; no change here can reach those."
            .to_owned();
        if !backups.is_empty() {
            text.push_str(" Make a new backup, then let the former ones go.");
        }
        let (code, kit) = recovery.unzip();
        Ok(KeysRotatedView {
            keys: case.keys(),
            code,
            kit,
            backups,
            text,
        })
    });
    if outcome.is_err() && bench.case().is_ok_and(|case| case.is_shut()) {
        // It failed after it was decided on; the next opening finishes it.
        bench.lock(LockReason::Asked);
    }
    outcome
}

/// Adds one more passphrase.
pub fn add_passphrase(bench: &Arc<Workbench>, request: KeysAddPassphraseRequest) -> Result<KeysView, ApiError> {
    let passphrase = Zeroizing::new(request.passphrase);
    let case = bench.case()?;
    case.add_passphrase(passphrase, &request.label, why(&request.reason))?;
    Ok(case.keys())
}

/// Makes the printed recovery code.
pub fn add_recovery(bench: &Arc<Workbench>, request: KeysAddRecoveryRequest) -> Result<RecoveryView, ApiError> {
    bench.case()?.add_recovery(why(&request.reason))
}

/// Lets a colleague's key open the case.
pub fn add_colleague(bench: &Arc<Workbench>, request: KeysAddColleagueRequest) -> Result<KeysView, ApiError> {
    let case = bench.case()?;
    case.add_colleague(&request.recipient, &request.label, why(&request.reason))?;
    Ok(case.keys())
}

/// Takes a way in away.
pub fn remove(bench: &Arc<Workbench>, request: KeysRemoveRequest) -> Result<KeysView, ApiError> {
    let case = bench.case()?;
    case.remove_key(request.id, why(&request.reason))?;
    Ok(case.keys())
}

/// Switches between the standard and the two-secret mode.
pub fn mode(bench: &Arc<Workbench>, request: KeysModeRequest) -> Result<KeysView, ApiError> {
    let passphrase = Zeroizing::new(request.passphrase);
    let case = bench.case()?;
    case.set_key_mode(&request.mode, passphrase, why(&request.reason))?;
    Ok(case.keys())
}

/// Opens a case by its printed kit and code, with a new key file.
pub fn recover(bench: &Arc<Workbench>, request: KeysRecoverRequest) -> Result<OpenCaseView, ApiError> {
    let (code, next) = (Zeroizing::new(request.code), Zeroizing::new(request.next));
    let folder = bench.handles.path(&request.handle)?;
    let kit = read_secret_file(&bench.handles.path(&request.kit)?)?;
    open_view(&*recover_folder(bench, &folder, kit, code, next)?)
}

/// Opens the case in `folder` by its printed kit and code, and puts it on the bench.
pub fn recover_folder(
    bench: &Arc<Workbench>,
    folder: &Path,
    kit: Zeroizing<String>,
    code: Zeroizing<String>,
    next: Zeroizing<String>,
) -> Result<Arc<OpenCase>, ApiError> {
    drop(bench.take());
    let case = bench.put(OpenCase::recover(folder, kit, code, next, &bench.machine())?);
    super::backup::keep_watch(bench);
    // The list is a convenience; a case that opened must not fail because the list could not be written.
    let _ = bench.recent.note(folder);
    Ok(case)
}

/// Reads a small text file with a key, code or kit in it.
pub fn read_secret_file(path: &Path) -> Result<Zeroizing<String>, ApiError> {
    let unreadable =
        |why: &str| ApiError::new(Code::Failed, format!("the file with the key {why}: {}", path.display()));
    let mut text = Zeroizing::new(String::with_capacity(SECRET_FILE_LIMIT));
    let mut file = File::open(path)
        .map_err(|error| unreadable(&format!("cannot be read: {error}")))?
        .take(SECRET_FILE_LIMIT as u64 + 1);
    file.read_to_string(&mut text).map_err(|_| unreadable("is not text"))?;
    if text.len() > SECRET_FILE_LIMIT {
        return Err(unreadable("is far too large"));
    }
    Ok(text)
}
