//! Signed notes: a text, a blank line, and lines of who signed it (the C2SP formats `signed-note` and `tlog-checkpoint`).
//!
//! A signature line names a key; the key itself comes from elsewhere: from the signers that a case has enrolled, or
//! from a receipt that carries it, which then says only that whoever holds that key wrote it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fusion_model::sha256;

use crate::hex;
use crate::machine::{Identity, verifies};

/// Starts a signature line.
const DASH: &str = "\u{2014} ";
/// Ed25519, by the list of the format.
const ALGORITHM: u8 = 1;

/// Returns the name that a key signs under.
pub(crate) fn key_name(public_key: &[u8; 32]) -> String {
    format!("fusion-workbench/{}", hex::encode(&public_key[..8]))
}

fn key_id(name: &str, public_key: &[u8; 32]) -> [u8; 4] {
    let digest = sha256(&[name.as_bytes(), b"\n", &[ALGORITHM], public_key].concat());
    [digest[0], digest[1], digest[2], digest[3]]
}

/// Signs a text that ends in a newline.
pub(crate) fn sign(text: &str, identity: &Identity) -> String {
    let key = identity.public_key();
    let name = key_name(&key);
    let signature = [&key_id(&name, &key)[..], &identity.sign(text.as_bytes())].concat();
    format!("{text}\n{DASH}{name} {}\n", STANDARD.encode(signature))
}

/// Returns the signed text when `note` carries a sound signature by `public_key`.
pub(crate) fn open<'note>(note: &'note str, public_key: &[u8; 32]) -> Option<&'note str> {
    let end = note.rfind("\n\n")? + 1;
    let (text, signatures) = note.split_at(end);
    let name = key_name(public_key);
    let signed = signatures.lines().any(|line| {
        let parts = line.strip_prefix(DASH).and_then(|line| line.split_once(' '));
        let bytes = parts
            .filter(|(signer, _)| *signer == name)
            .and_then(|(_, signature)| STANDARD.decode(signature).ok());
        bytes
            .as_deref()
            .and_then(|bytes| bytes.strip_prefix(&key_id(&name, public_key)))
            .is_some_and(|signature| verifies(public_key, text.as_bytes(), signature))
    });
    signed.then_some(text)
}

/// Holds what a checkpoint says: so many events come to this root, and the last of them is this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    pub(crate) case_id: [u8; 16],
    pub(crate) size: u64,
    pub(crate) root: [u8; 32],
    pub(crate) head: [u8; 32],
}

impl Checkpoint {
    /// Writes the text that is signed; the line after the root is an extension of ours.
    pub(crate) fn text(&self) -> String {
        format!(
            "fusion-workbench/case/{}\n{}\n{}\nhead {}\n",
            hex::encode(&self.case_id),
            self.size,
            STANDARD.encode(self.root),
            hex::encode(&self.head)
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::machine::Machine;

    #[test]
    fn a_note_opens_by_the_key_that_signed_it_and_unchanged_only() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let signer = Machine::at(here.path()).identity().unwrap();
        let other = Machine::at(there.path()).identity().unwrap();
        let text = Checkpoint {
            case_id: [7; 16],
            size: 12,
            root: [1; 32],
            head: [2; 32],
        }
        .text();
        assert_eq!(text.lines().count(), 4);
        let note = sign(&text, &signer);
        assert_eq!(open(&note, &signer.public_key()), Some(text.as_str()));
        assert_eq!(open(&note, &other.public_key()), None);
        for at in 0..note.len() {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            assert_eq!(open(&changed, &signer.public_key()), None, "byte {at}");
        }
    }
}
