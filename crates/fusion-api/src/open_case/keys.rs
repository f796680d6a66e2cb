//! What opens the case on the bench: shown in words, added, changed and taken away.

use std::path::Path;

use fusion_store::{CaseFolder, CopyKind, KdfProfile, KeyMode, KeySource, Machine, SlotInfo, SlotKind};
use zeroize::Zeroizing;

use super::transfer::Watched;
use super::{Extent, OpenCase, secret, stamp};
use crate::clock;
use crate::commands::keys::{KeysView, RecoveryView, SlotView};
use crate::error::{ApiError, Code};
use crate::progress::Progress;

impl OpenCase {
    /// Opens a case by its printed kit and code, and gives it a new key file with a new passphrase.
    pub fn recover(
        folder: &Path,
        kit: Zeroizing<String>,
        code: Zeroizing<String>,
        next: Zeroizing<String>,
        machine: &Machine,
    ) -> Result<Self, ApiError> {
        let (kit, code, next) = (secret(kit), secret(code), secret(next));
        let store = CaseFolder::recover(folder, &kit, &code, &next, KdfProfile::standard(), Some(machine))?;
        Self::assemble(store)
    }

    /// Shows what opens the case.
    pub fn keys(&self) -> KeysView {
        let mode = match self.store.key_mode() {
            KeyMode::Standard => "standard",
            KeyMode::High => "high",
        };
        KeysView {
            slots: self.store.slots().iter().map(slot).collect(),
            mode: mode.to_owned(),
            epoch: self.store.key_epoch(),
            previous_kept: self.store.previous_keys_kept(),
        }
    }

    /// Says what was odd about the keys at this opening; empty when nothing was.
    pub fn keys_note(&self) -> String {
        let text = match (self.store.opened_by().file, self.writable()) {
            (KeySource::Previous, true) => {
                "The newest key file did not open the case, so the one before it did and is in force again: \
                 the last change of keys is undone."
            }
            (KeySource::Previous, false) => {
                "The newest key file did not open the case, but the one before it did; \
                 it comes into force again when the case is opened for writing."
            }
            (KeySource::Kit, _) => {
                "The case was opened by its printed kit and has a new key file: it opens by the new passphrase and by \
                 the recovery code; colleagues and keyrings have to be added again."
            }
            (KeySource::Present, _) => "",
        };
        text.to_owned()
    }

    /// Replaces the passphrase `present`; without one, every passphrase, where another key opened the case.
    pub fn change_passphrase(
        &self,
        present: Zeroizing<String>,
        next: Zeroizing<String>,
        reason: &str,
    ) -> Result<(), ApiError> {
        let (next, profile) = (secret(next), KdfProfile::standard());
        let by_another_key = matches!(self.store.opened_by().kind, SlotKind::Recovery | SlotKind::Colleague);
        let outcome = if present.is_empty() && by_another_key {
            self.store
                .change_keys(&stamp(), reason)
                .change_passphrase(&next, profile)
        } else {
            self.store
                .change_keys(&stamp(), reason)
                .replace_passphrase(&secret(present), &next, profile)
        };
        outcome.map_err(refused)
    }

    /// Puts the case under a new master key that `next` opens; the present passphrase must be given, unless another key
    /// opened the case. Returns the new recovery code and page where there was one.
    pub fn change_master_key(
        &mut self,
        present: Zeroizing<String>,
        next: Zeroizing<String>,
        reason: &str,
        progress: &dyn Progress,
    ) -> Result<Option<(String, String)>, ApiError> {
        let by_another_key = matches!(self.store.opened_by().kind, SlotKind::Recovery | SlotKind::Colleague);
        if !(present.is_empty() && by_another_key) {
            self.store.require_passphrase(&secret(present)).map_err(refused)?;
        }
        let next = secret(next);
        let opener = (&next, KdfProfile::standard());
        let changed = self
            .store
            .change_master_key(opener, reason, &stamp(), &Watched(progress));
        let recovery = changed.map_err(refused)?;
        // The cache went with its key.
        self.fuse(Extent::Everything, progress)?;
        Ok(recovery.map(|recovery| (recovery.code.to_string(), kit_page(self.name(), &recovery.kit))))
    }

    /// Tells whether the databases of the case were let go of and could not be opened again.
    pub fn is_shut(&self) -> bool {
        self.store.head().is_err()
    }

    /// Names the backups that the former passphrases still open.
    pub fn backups_of_before(&self) -> Result<Vec<String>, ApiError> {
        let made = self.store.copies()?.into_iter();
        let readable = made.filter(|copy| copy.kind == CopyKind::Backup && !copy.destroyed);
        Ok(readable.map(|copy| copy.place).collect())
    }

    /// Adds one more passphrase.
    pub fn add_passphrase(&self, passphrase: Zeroizing<String>, label: &str, reason: &str) -> Result<(), ApiError> {
        let passphrase = secret(passphrase);
        let added = self
            .store
            .change_keys(&stamp(), reason)
            .add_passphrase(&passphrase, label, KdfProfile::standard());
        added.map_err(refused)
    }

    /// Draws the recovery code and lays out the page to print.
    pub fn add_recovery(&self, reason: &str) -> Result<RecoveryView, ApiError> {
        let recovery = self
            .store
            .change_keys(&stamp(), reason)
            .add_recovery()
            .map_err(refused)?;
        Ok(RecoveryView {
            code: recovery.code.to_string(),
            kit: kit_page(self.name(), &recovery.kit),
            keys: self.keys(),
        })
    }

    /// Lets a colleague's age key open the case.
    pub fn add_colleague(&self, recipient: &str, label: &str, reason: &str) -> Result<(), ApiError> {
        self.store
            .change_keys(&stamp(), reason)
            .add_colleague(recipient, label)
            .map_err(refused)
    }

    /// Takes a way in away.
    pub fn remove_key(&self, id: u32, reason: &str) -> Result<(), ApiError> {
        let number = u16::try_from(id).map_err(|_| ApiError::not_found(format!("key: {id}")))?;
        self.store
            .change_keys(&stamp(), reason)
            .remove_slot(number)
            .map_err(refused)
    }

    /// Switches between the standard and the two-secret mode.
    pub fn set_key_mode(&self, mode: &str, passphrase: Zeroizing<String>, reason: &str) -> Result<(), ApiError> {
        let mode = match mode {
            "standard" => KeyMode::Standard,
            "high" => KeyMode::High,
            other => return Err(ApiError::usage(format!("unknown mode: {other}")).hint("standard or high")),
        };
        let passphrase = secret(passphrase);
        let switched = self
            .store
            .change_keys(&stamp(), reason)
            .set_key_mode(mode, &passphrase, KdfProfile::standard());
        switched.map_err(refused)
    }

    /// Keeps a key in the system keyring.
    pub fn remember(&self, reason: &str) -> Result<(), ApiError> {
        self.store
            .change_keys(&stamp(), reason)
            .remember_in_keyring()
            .map_err(refused)
    }

    /// Takes the key out of the system keyring.
    pub fn forget(&self, reason: &str) -> Result<(), ApiError> {
        self.store.change_keys(&stamp(), reason).forget().map_err(refused)
    }
}

/// Tells a keyring that cannot help from a key that does not open: the case is open already.
fn refused(error: fusion_store::Error) -> ApiError {
    match error.code() {
        "no-keyring" => ApiError::new(Code::Failed, error.to_string())
            .hint("start and unlock the keyring of this desktop (a Secret Service); the other keys work without it"),
        _ => error.into(),
    }
}

fn slot(info: &SlotInfo) -> SlotView {
    let kind = match info.kind {
        SlotKind::Passphrase => "passphrase",
        SlotKind::Keyring => "keyring",
        SlotKind::Recovery => "recovery",
        SlotKind::Colleague => "colleague",
        SlotKind::TwoSecret => "two-secret",
    };
    let cost = info.profile.map(|profile| {
        let (memory, passes, lanes) = profile.parameters();
        format!("Argon2id, {} MiB, {passes} passes, {lanes} lanes", memory / 1024)
    });
    SlotView {
        id: info.id.into(),
        kind: kind.to_owned(),
        label: info.label.clone(),
        cost: cost.unwrap_or_default(),
        recipient: info.recipient.clone(),
        removable: info.kept_because.is_none(),
    }
}

fn kit_page(name: &str, block: &str) -> String {
    let day: String = clock::wall().iso().chars().take(10).collect();
    format!(
        "FUSION WORKBENCH: RECOVERY KIT\n\n\
         Case:  {name}\n\
         Made:  {day}\n\n\
         This page and the recovery code open the case together, even when its file case.keys is lost.\n\
         Neither opens anything alone. Keep them in two places, and neither beside the case.\n\n\
         With case.keys in place, the code is enough: choose \"recovery code\" where the passphrase is asked,\n\
         or give the code in a file with --recovery-file. Without it: fusion keys CASE recover --kit THIS-FILE\n\n\
         A newer kit does not end this one. Destroy this page when you make another.\n\n\
         {block}"
    )
}
