//! Changing what opens a case: adding, removing and replacing slots, and writing the file that says so.
//!
//! Every change is one rewrite with the next epoch. What was before stays on disk until the new file has opened the
//! case; see [`KeyFile::settle`].

use zeroize::Zeroizing;

use super::colleague::{self, Envelope};
use super::header::Header;
use super::kdf::KdfProfile;
use super::kit::Kit;
use super::recovery::RecoveryCode;
use super::slot::{self, Binding, Opener, Slot};
use super::unlock::{Given, KeySource, Unlock, keyring_key, recovery_key, two_secret_key};
use super::wrap::Wrapped;
use super::{KeyFile, KeyMode, Recovery, SlotKind, file, kind_of};
use crate::error::{Error, Result};
use crate::secret::{Key, Passphrase, random};

/// How many changes ahead of the database an unread file's epoch is believed.
const PLAUSIBLE: u64 = 1_000;

impl KeyFile {
    /// Replaces every slot with a passphrase by one for `next`.
    pub(crate) fn change_passphrase(&mut self, next: &Passphrase, profile: KdfProfile) -> Result<()> {
        let slot = self.guessable_slot(next, profile, "")?;
        self.rewrite(slot, |kept| kept.opener.profile().is_none())
    }

    /// Replaces the slot that `present` opens by one for `next`.
    pub(crate) fn replace_passphrase(
        &mut self,
        present: &Passphrase,
        next: &Passphrase,
        profile: KdfProfile,
    ) -> Result<()> {
        let (former, label) = self.slot_of(present)?;
        let slot = self.guessable_slot(next, profile, &label)?;
        self.rewrite(slot, |kept| kept.id != former)
    }

    /// Adds a slot for one more passphrase; in the high mode, together with this computer's keyring.
    pub(crate) fn add_passphrase(&mut self, passphrase: &Passphrase, label: &str, profile: KdfProfile) -> Result<()> {
        let slot = self.guessable_slot(passphrase, profile, label)?;
        self.rewrite(slot, |_| true)
    }

    /// Draws a recovery code with its kit; a former code stops opening the key file.
    pub(crate) fn add_recovery(&mut self) -> Result<Recovery> {
        let code = RecoveryCode::random()?;
        let slot = self.recovery_slot(&code)?;
        self.rewrite(slot, |kept| kept.opener != Opener::Recovery)?;
        Ok(Recovery {
            code: code.text(),
            kit: Zeroizing::new(Kit::make(&self.header, &self.master, &code)?.block()),
        })
    }

    /// Adds a slot for a colleague's public age key; the same key twice replaces its slot.
    pub(crate) fn add_colleague(&mut self, recipient: &str, label: &str) -> Result<()> {
        let (envelope, sealed) = Envelope::seal(recipient)?;
        let salt = random()?;
        let key = colleague::wrapping_key(&sealed, &salt)?;
        let recipient = envelope.recipient.clone();
        let slot = self.new_slot(Opener::Colleague(envelope), salt, label, &key)?;
        self.rewrite(slot, |kept| match &kept.opener {
            Opener::Colleague(envelope) => envelope.recipient != recipient,
            _ => true,
        })
    }

    /// Removes a slot, unless something would be left that nobody can open.
    pub(crate) fn remove_slot(&mut self, id: u16) -> Result<()> {
        let slot = self.header.slots.iter().find(|slot| slot.id == id);
        let slot = slot.ok_or(Error::Missing { what: "key" })?;
        if let Some(reason) = self.kept_because(slot) {
            return Err(Error::conflict(reason));
        }
        if slot.opener == Opener::Keyring {
            return self.forget();
        }
        let mut next = self.header.clone();
        next.slots.retain(|slot| slot.id != id);
        self.replace(next)
    }

    /// Says why a slot may not go; `None` when it may.
    pub(super) fn kept_because(&self, slot: &Slot) -> Option<&'static str> {
        let others = |wanted: fn(SlotKind) -> bool| {
            let others = self.header.slots.iter().filter(|other| other.id != slot.id);
            others.map(kind_of).any(wanted)
        };
        let high = self.mode() == KeyMode::High;
        if !others(|kind| kind != SlotKind::Keyring) {
            Some("this is the last way into the case")
        } else if high && slot.opener == Opener::Recovery {
            Some("the high mode needs its recovery code: a lost keyring would be a lost case")
        } else if high && !others(|kind| kind == SlotKind::TwoSecret) && kind_of(slot) == SlotKind::TwoSecret {
            Some("this is the last passphrase of the high mode; choose the standard mode instead")
        } else {
            None
        }
    }

    /// Switches between the modes; the passphrase in force stays the passphrase, others and the keyring slot go.
    pub(crate) fn set_mode(&mut self, mode: KeyMode, passphrase: &Passphrase, profile: KdfProfile) -> Result<()> {
        if self.mode() == mode {
            return Err(Error::conflict("the case is in this mode already"));
        }
        if mode == KeyMode::High && !self.header.slots.iter().any(|slot| slot.opener == Opener::Recovery) {
            return Err(Error::conflict(
                "the high mode needs a recovery code first: without one, a lost keyring is a lost case",
            ));
        }
        let (_, label) = self.slot_of(passphrase)?;
        let slot = match mode {
            KeyMode::High => self.two_secret_slot(passphrase, profile, &label)?,
            KeyMode::Standard => self.passphrase_slot(passphrase, profile, &label)?,
        };
        self.rewrite(slot, |kept| {
            kept.opener.profile().is_none() && kept.opener != Opener::Keyring
        })
    }

    /// Puts a random secret into the system keyring and adds the slot it opens.
    pub(crate) fn remember(&mut self) -> Result<()> {
        if self.mode() == KeyMode::High {
            return Err(Error::conflict(
                "in the high mode the keyring opens the case only together with the passphrase",
            ));
        }
        let secret = Key::random()?;
        self.keyring.store(&self.header.case_id, &secret)?;
        let salt = random()?;
        let slot = self.new_slot(Opener::Keyring, salt, "", &keyring_key(&secret, &salt)?)?;
        self.rewrite(slot, |kept| kept.opener != Opener::Keyring)
    }

    /// Removes the keyring slot, then the secret.
    pub(crate) fn forget(&mut self) -> Result<()> {
        if self.mode() == KeyMode::High {
            return Err(Error::conflict(
                "in the high mode this computer's keyring holds half of the key; choose the standard mode first",
            ));
        }
        let mut next = self.header.clone();
        next.slots.retain(|slot| slot.opener != Opener::Keyring);
        if next.slots.len() != self.header.slots.len() {
            self.replace(next)?;
        }
        self.keyring.remove(&self.header.case_id)
    }

    /// Writes the file as it stands.
    pub(crate) fn save(&self) -> Result<()> {
        file::write_atomically(&self.path, &self.header.encode(&self.master)?)
    }

    /// Ends the time in which two key files open the case: what opened it just now is in force.
    ///
    /// A previous file or a kit is written as the present one, with an epoch beyond everything the case has `seen` and
    /// beyond the file that did not open.
    pub(crate) fn settle(&mut self, seen: u64) -> Result<()> {
        if self.opened_by.file != KeySource::Present {
            let failed = file::read(&self.path).and_then(|bytes| Header::decode(&bytes));
            let failed = failed
                .ok()
                .filter(|failed| failed.epoch <= seen.saturating_add(PLAUSIBLE));
            let beyond = failed.map_or(seen, |failed| failed.epoch.max(seen));
            self.header.epoch = self.header.epoch.max(beyond).saturating_add(1);
            self.save()?;
        }
        file::drop_previous(&self.path)
    }

    fn rewrite(&mut self, slot: Slot, keep: impl Fn(&Slot) -> bool) -> Result<()> {
        let mut next = self.header.clone();
        next.slots.retain(keep);
        next.slots.push(slot);
        self.replace(next)
    }

    fn replace(&mut self, mut next: Header) -> Result<()> {
        next.epoch = self.header.epoch.saturating_add(1);
        let bytes = next.encode(&self.master)?;
        file::keep_previous(&self.path)?;
        file::write_atomically(&self.path, &bytes)?;
        self.header = next;
        Ok(())
    }

    /// Returns number and label of the slot that `passphrase` opens.
    pub(super) fn slot_of(&self, passphrase: &Passphrase) -> Result<(u16, String)> {
        let given = Given::read(Unlock::Passphrase(passphrase))?;
        let (id, _) = given.open(&self.header, self.keyring.as_ref())?;
        let slot = self.header.slots.iter().find(|slot| slot.id == id);
        Ok((id, slot.map(|slot| slot.label.clone()).unwrap_or_default()))
    }

    fn guessable_slot(&self, passphrase: &Passphrase, profile: KdfProfile, label: &str) -> Result<Slot> {
        match self.mode() {
            KeyMode::Standard => self.passphrase_slot(passphrase, profile, label),
            KeyMode::High => self.two_secret_slot(passphrase, profile, label),
        }
    }

    pub(super) fn passphrase_slot(&self, passphrase: &Passphrase, profile: KdfProfile, label: &str) -> Result<Slot> {
        let salt = random()?;
        let key = stretch(passphrase, profile, &salt)?;
        self.new_slot(Opener::Passphrase(profile), salt, label, &key)
    }

    pub(super) fn two_secret_slot(&self, passphrase: &Passphrase, profile: KdfProfile, label: &str) -> Result<Slot> {
        let secret = self.keyring.fetch_or_draw(&self.header.case_id)?;
        let salt = random()?;
        let stretched = stretch(passphrase, profile, &salt)?;
        let key = two_secret_key(&stretched, &secret, &salt)?;
        self.new_slot(Opener::TwoSecret(profile), salt, label, &key)
    }

    pub(super) fn recovery_slot(&self, code: &RecoveryCode) -> Result<Slot> {
        let salt = random()?;
        self.new_slot(Opener::Recovery, salt, "", &recovery_key(code, &salt)?)
    }

    pub(super) fn new_slot(&self, opener: Opener, salt: [u8; 16], label: &str, by: &Key) -> Result<Slot> {
        let highest = self.header.slots.iter().map(|slot| slot.id).max().unwrap_or(0);
        let id = highest
            .checked_add(1)
            .ok_or_else(|| Error::conflict("the numbers of the keys are used up"))?;
        let label = slot::label(label)?;
        let context = slot::context(Binding::Second, &self.header.case_id, id, &opener, &salt, &label);
        Ok(Slot {
            id,
            binding: Binding::Second,
            opener,
            salt,
            label,
            wrapped: Wrapped::seal(&self.master, by, &context)?,
        })
    }
}

fn stretch(passphrase: &Passphrase, profile: KdfProfile, salt: &[u8; 16]) -> Result<Key> {
    if passphrase.is_empty() {
        return Err(Error::EmptyPassphrase);
    }
    profile.derive(passphrase, salt)
}
