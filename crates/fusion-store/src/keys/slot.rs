//! One way to the master key: what opens it, and the bytes its wrap is bound to.
//!
//! A slot made by the first version of the file keeps the narrower binding it was wrapped with, because the key that
//! would wrap it anew is not at hand when the file is rewritten.

use super::colleague::Envelope;
use super::kdf::KdfProfile;
use super::wrap::Wrapped;
use crate::error::{Error, Result};
use crate::secret::Key;

/// Longest label, in bytes.
pub(crate) const MAX_LABEL: usize = 64;

/// Says what opens a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Opener {
    /// A passphrase, stretched with these parameters.
    Passphrase(KdfProfile),
    /// A random secret kept in the system keyring.
    Keyring,
    /// A printed recovery code.
    Recovery,
    /// A colleague's age key.
    Colleague(Envelope),
    /// A passphrase together with the secret in the system keyring.
    TwoSecret(KdfProfile),
}

impl Opener {
    /// Returns the number of the kind in the file.
    pub(super) fn kind(&self) -> u8 {
        match self {
            Self::Passphrase(_) => 1,
            Self::Keyring => 2,
            Self::Recovery => 3,
            Self::Colleague(_) => 4,
            Self::TwoSecret(_) => 5,
        }
    }

    /// Returns the parameters of what can be guessed.
    pub(super) fn profile(&self) -> Option<KdfProfile> {
        match self {
            Self::Passphrase(profile) | Self::TwoSecret(profile) => Some(*profile),
            Self::Keyring | Self::Recovery | Self::Colleague(_) => None,
        }
    }

    fn envelope(&self) -> (&str, &[u8]) {
        match self {
            Self::Colleague(envelope) => (&envelope.recipient, &envelope.sealed),
            _ => ("", &[]),
        }
    }
}

/// Says which version of the file a wrap is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binding {
    /// Version, case, slot, kind, parameters and salt.
    First,
    /// The same, with label, recipient and envelope.
    Second,
}

impl Binding {
    pub(super) fn version(self) -> u16 {
        match self {
            Self::First => 1,
            Self::Second => 2,
        }
    }
}

/// Holds one way to the master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) id: u16,
    pub(crate) binding: Binding,
    pub(crate) opener: Opener,
    pub(crate) salt: [u8; 16],
    pub(crate) label: String,
    pub(crate) wrapped: Wrapped,
}

impl Slot {
    /// Unwraps the master key; `None` when `by` is not the key of this slot in this case.
    pub(super) fn unwrap_master(&self, case_id: &[u8; 16], by: &Key) -> Result<Option<Key>> {
        let context = context(self.binding, case_id, self.id, &self.opener, &self.salt, &self.label);
        self.wrapped.open(by, &context)
    }

    /// Writes the slot as version 2 of the file does.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let (recipient, sealed) = self.opener.envelope();
        write_parameters(out, self.id, &self.opener, &self.salt);
        out.extend_from_slice(&self.binding.version().to_le_bytes());
        for part in [self.label.as_bytes(), recipient.as_bytes(), sealed] {
            write_part(out, part);
        }
        out.extend_from_slice(&self.wrapped.to_bytes());
    }
}

/// Returns the bytes that a slot's wrap is bound to.
pub(super) fn context(
    binding: Binding,
    case_id: &[u8; 16],
    id: u16,
    opener: &Opener,
    salt: &[u8; 16],
    label: &str,
) -> Vec<u8> {
    let mut context = Vec::with_capacity(128);
    context.extend_from_slice(super::header::MAGIC);
    context.extend_from_slice(&binding.version().to_le_bytes());
    context.extend_from_slice(case_id);
    write_parameters(&mut context, id, opener, salt);
    if binding == Binding::Second {
        let (recipient, sealed) = opener.envelope();
        for part in [label.as_bytes(), recipient.as_bytes(), sealed] {
            write_part(&mut context, part);
        }
    }
    context
}

fn write_parameters(out: &mut Vec<u8>, id: u16, opener: &Opener, salt: &[u8; 16]) {
    let (memory, passes, lanes) = opener.profile().map_or((0, 0, 0), |profile| profile.parameters());
    out.extend_from_slice(&id.to_le_bytes());
    out.push(opener.kind());
    for number in [memory, passes, lanes] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(salt);
}

fn write_part(out: &mut Vec<u8>, part: &[u8]) {
    // Every part is below its cap, which is far below what two bytes count.
    out.extend_from_slice(&u16::try_from(part.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend_from_slice(part);
}

/// Checks what somebody wrote beside a slot.
pub(super) fn label(text: &str) -> Result<String> {
    let text = text.trim();
    if text.len() > MAX_LABEL {
        return Err(Error::conflict("the label is longer than 64 bytes"));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::conflict("the label holds control characters"));
    }
    Ok(text.to_owned())
}
