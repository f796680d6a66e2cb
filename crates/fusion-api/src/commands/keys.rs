//! What opens the case: slots, the printed recovery code, colleagues' keys, the two-secret mode.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::pending;
use crate::bench::Workbench;
use crate::error::ApiError;
use crate::router::{Command, command};

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
}

/// Asks for a new printed recovery code; a former one stops working.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysAddRecoveryRequest {}

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
}

/// Asks to take a way in away.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysRemoveRequest {
    /// Number of the slot.
    pub id: u32,
}

/// Asks for the standard or the two-secret mode.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeysModeRequest {
    /// `standard` or `high`.
    pub mode: String,
    /// The passphrase in force; wiped after use.
    pub passphrase: String,
}

pub(crate) const COMMANDS: &[Command] = &[
    command!("keys.list", Read, "What opens the case.", KeysListRequest => KeysView, list),
    command!("keys.changePassphrase", Write, "Replaces the passphrase; the database is not rewritten.", KeysChangePassphraseRequest => KeysView, change_passphrase),
    command!("keys.addRecovery", Write, "Makes the printed recovery code and shows it once.", KeysAddRecoveryRequest => RecoveryView, add_recovery),
    command!("keys.addColleague", Write, "Lets a colleague's age key open the case.", KeysAddColleagueRequest => KeysView, add_colleague),
    command!("keys.remove", Write, "Takes a way in away.", KeysRemoveRequest => KeysView, remove),
    command!("keys.mode", Write, "Switches between the standard and the two-secret mode.", KeysModeRequest => KeysView, mode),
];

/// Returns what opens the case.
pub fn list(_bench: &Arc<Workbench>, _request: KeysListRequest) -> Result<KeysView, ApiError> {
    pending("keys.list")
}

/// Replaces the passphrase.
pub fn change_passphrase(_bench: &Arc<Workbench>, _request: KeysChangePassphraseRequest) -> Result<KeysView, ApiError> {
    pending("keys.changePassphrase")
}

/// Makes the printed recovery code.
pub fn add_recovery(_bench: &Arc<Workbench>, _request: KeysAddRecoveryRequest) -> Result<RecoveryView, ApiError> {
    pending("keys.addRecovery")
}

/// Lets a colleague's key open the case.
pub fn add_colleague(_bench: &Arc<Workbench>, _request: KeysAddColleagueRequest) -> Result<KeysView, ApiError> {
    pending("keys.addColleague")
}

/// Takes a way in away.
pub fn remove(_bench: &Arc<Workbench>, _request: KeysRemoveRequest) -> Result<KeysView, ApiError> {
    pending("keys.remove")
}

/// Switches between the standard and the two-secret mode.
pub fn mode(_bench: &Arc<Workbench>, _request: KeysModeRequest) -> Result<KeysView, ApiError> {
    pending("keys.mode")
}
