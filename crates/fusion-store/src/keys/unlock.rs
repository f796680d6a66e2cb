//! What is given to open a case, held against the slots of its kind.

use super::colleague::{self, Identities};
use super::header::Header;
use super::keyring::Keyring;
use super::recovery::RecoveryCode;
use super::slot::{Opener, Slot};
use super::{SlotKind, wrap};
use crate::error::{Error, Result};
use crate::secret::{Key, Passphrase};

/// Says what a case is opened with.
#[derive(Debug, Clone, Copy)]
pub enum Unlock<'a> {
    /// Its passphrase.
    Passphrase(&'a Passphrase),
    /// The secret in the system keyring.
    Keyring,
    /// The printed recovery code.
    Recovery(&'a Passphrase),
    /// A colleague's age identity (`AGE-SECRET-KEY-…`).
    Colleague(&'a Passphrase),
}

/// Says how a case came open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenedBy {
    /// What sort of slot opened it.
    pub kind: SlotKind,
    /// Which key file it was found in.
    pub file: KeySource,
}

/// Says which key file opened a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySource {
    /// `case.keys`.
    Present,
    /// The one kept from before the last change, because the present one did not open.
    Previous,
    /// None: the printed kit took its place.
    Kit,
}

/// Holds what was given, read and ready to be tried.
pub(super) enum Given<'a> {
    Passphrase(&'a Passphrase),
    Keyring,
    Recovery(RecoveryCode),
    Colleague(Identities),
}

impl<'a> Given<'a> {
    /// Reads what was given; what cannot be a code or key at all is refused in words.
    pub(super) fn read(unlock: Unlock<'a>) -> Result<Self> {
        Ok(match unlock {
            Unlock::Passphrase(passphrase) => Self::Passphrase(passphrase),
            Unlock::Keyring => Self::Keyring,
            Unlock::Recovery(code) => Self::Recovery(RecoveryCode::parse(code)?),
            Unlock::Colleague(identity) => Self::Colleague(Identities::parse(identity)?),
        })
    }

    /// Tries the slots of the right kind, one after the other.
    pub(super) fn open(&self, header: &Header, keyring: &dyn Keyring) -> Result<(u16, Key)> {
        // The keyring is asked once, and only where a slot needs it.
        let needs_keyring = |slot: &Slot| match self {
            Self::Passphrase(_) => matches!(slot.opener, Opener::TwoSecret(_)),
            Self::Keyring => slot.opener == Opener::Keyring,
            Self::Recovery(_) | Self::Colleague(_) => false,
        };
        let secret = if header.slots.iter().any(needs_keyring) {
            Some(keyring.fetch(&header.case_id)?)
        } else if matches!(self, Self::Keyring) {
            return Err(Error::NoKeyring {
                why: "this case was not remembered".to_owned(),
            });
        } else {
            None
        };
        for slot in &header.slots {
            let Some(key) = self.key_for(slot, secret.as_ref())? else {
                continue;
            };
            if let Some(master) = slot.unwrap_master(&header.case_id, &key)? {
                return Ok((slot.id, master));
            }
        }
        match self {
            Self::Keyring => Err(Error::NoKeyring {
                why: "its secret belongs to an older key file".to_owned(),
            }),
            _ => Err(Error::WrongKey),
        }
    }

    fn key_for(&self, slot: &Slot, secret: Option<&Key>) -> Result<Option<Key>> {
        match (self, &slot.opener, secret) {
            (Self::Passphrase(passphrase), Opener::Passphrase(profile), _) => {
                profile.derive(passphrase, &slot.salt).map(Some)
            }
            (Self::Passphrase(passphrase), Opener::TwoSecret(profile), Some(secret)) => {
                let stretched = profile.derive(passphrase, &slot.salt)?;
                two_secret_key(&stretched, secret, &slot.salt).map(Some)
            }
            (Self::Keyring, Opener::Keyring, Some(secret)) => keyring_key(secret, &slot.salt).map(Some),
            (Self::Recovery(code), Opener::Recovery, _) => recovery_key(code, &slot.salt).map(Some),
            (Self::Colleague(identities), Opener::Colleague(envelope), _) => envelope
                .open(identities)
                .map(|sealed| colleague::wrapping_key(&sealed, &slot.salt))
                .transpose(),
            _ => Ok(None),
        }
    }
}

/// Turns the secret of the keyring into the key of its slot.
pub(super) fn keyring_key(secret: &Key, salt: &[u8]) -> Result<Key> {
    wrap::derive(secret, salt, "fusion keyring slot v1")
}

/// Turns the recovery code into the key of its slot.
pub(super) fn recovery_key(code: &RecoveryCode, salt: &[u8]) -> Result<Key> {
    code.wrapping_key(salt, "fusion recovery slot v1")
}

/// Turns a stretched passphrase and the secret of the keyring into the key of their slot.
pub(super) fn two_secret_key(stretched: &Key, secret: &Key, salt: &[u8]) -> Result<Key> {
    wrap::derive_from_both(stretched, secret, salt, "fusion two-secret slot v1")
}
