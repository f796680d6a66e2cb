//! Drawing a new master key: what opened the case is made anew for it, as far as that needs no secret of somebody else.
//!
//! Colleagues' keys are sealed to again, and the secret in the keyring serves again. Passphrases all go but the one that
//! is given; a recovery code is drawn anew. The fingerprint key stays, or equal secrets would no longer match.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::colleague::{self, Envelope};
use super::header::Header;
use super::kit::Kit;
use super::recovery::RecoveryCode;
use super::slot::Opener;
use super::unlock::keyring_key;
use super::{
    FINGERPRINT_CONTEXT, KdfProfile, KeyFile, KeyMode, KeySource, OpenedBy, Recovery, SlotKind, Wrapped, file,
};
use crate::error::{Error, Result};
use crate::secret::{Key, Passphrase, random};

/// Holds a key file for a new master key; nothing of it is written yet.
pub(crate) struct Renewed {
    pub(crate) file: KeyFile,
    /// The new code, where there was one before.
    pub(crate) recovery: Option<Recovery>,
}

impl KeyFile {
    /// Draws a new master key and makes the key file for it, which opens by `next`.
    pub(crate) fn renew(&self, next: &Passphrase, profile: KdfProfile) -> Result<Renewed> {
        let fingerprint = self.header.fingerprint.open(&self.master, FINGERPRINT_CONTEXT)?;
        let fingerprint = fingerprint.ok_or_else(|| Error::damaged("the fingerprint key does not unwrap"))?;
        let master = Key::random()?;
        let mode = self.mode();
        let mut file = Self {
            path: self.path.clone(),
            header: Header {
                case_id: self.header.case_id,
                epoch: self.header.epoch.saturating_add(1),
                fingerprint: Wrapped::seal(&fingerprint, &master, FINGERPRINT_CONTEXT)?,
                slots: Vec::new(),
            },
            master,
            opened_by: OpenedBy {
                kind: match mode {
                    KeyMode::Standard => SlotKind::Passphrase,
                    KeyMode::High => SlotKind::TwoSecret,
                },
                file: KeySource::Present,
            },
            keyring: Arc::clone(&self.keyring),
        };
        let slot = match mode {
            KeyMode::Standard => file.passphrase_slot(next, profile, "")?,
            KeyMode::High => file.two_secret_slot(next, profile, "")?,
        };
        file.header.slots.push(slot);
        let mut code = None;
        for former in &self.header.slots {
            let salt = random()?;
            let slot = match &former.opener {
                Opener::Colleague(envelope) => {
                    let (envelope, sealed) = Envelope::seal(&envelope.recipient)?;
                    let key = colleague::wrapping_key(&sealed, &salt)?;
                    file.new_slot(Opener::Colleague(envelope), salt, &former.label, &key)?
                }
                Opener::Keyring => match self.keyring.fetch(&self.header.case_id) {
                    Ok(secret) => file.new_slot(Opener::Keyring, salt, "", &keyring_key(&secret, &salt)?)?,
                    // A convenience that cannot be reached now can be added again.
                    Err(_) => continue,
                },
                Opener::Recovery => {
                    let drawn = RecoveryCode::random()?;
                    let slot = file.recovery_slot(&drawn)?;
                    code = Some(drawn);
                    slot
                }
                Opener::Passphrase(_) | Opener::TwoSecret(_) => continue,
            };
            file.header.slots.push(slot);
        }
        let recovery = code.map(|code| {
            Ok::<_, Error>(Recovery {
                kit: Zeroizing::new(Kit::make(&file.header, &file.master, &code)?.block()),
                code: code.text(),
            })
        });
        Ok(Renewed {
            recovery: recovery.transpose()?,
            file,
        })
    }

    /// Refuses a passphrase that does not open the case.
    pub(crate) fn require_passphrase(&self, passphrase: &Passphrase) -> Result<()> {
        self.slot_of(passphrase).map(drop)
    }

    /// Returns the bytes of the file for the place where it is to lie.
    pub(crate) fn encode(&self) -> Result<Vec<u8>> {
        self.header.encode(&self.master)
    }

    /// Reads the number of the rewrite that a key file claims to be, without opening it.
    pub(crate) fn claimed_epoch(path: &std::path::Path) -> Result<u64> {
        Ok(Header::decode(&file::read(path)?)?.epoch)
    }
}
