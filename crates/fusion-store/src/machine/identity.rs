//! The keys of whoever works on this computer: one signs checkpoints and packages, one opens packages sent here.
//!
//! They belong to a person, not to a case; a case enrols the public part. The file is readable by its owner only and
//! is not wrapped by a passphrase, so it says *which computer signed*, as far as that computer was its owner's.

use std::fmt;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::str::FromStr as _;

use age::secrecy::ExposeSecret as _;
use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::hex;
use crate::secret::random;

const FIRST_LINE: &str = "fusion identity 1";

/// Holds the signing key and the age key of whoever works here.
pub struct Identity {
    signing: Ed25519KeyPair,
    opening: age::x25519::Identity,
}

impl Identity {
    /// Reads the file at `path`; draws keys and writes it where there is none.
    pub(super) fn load_or_draw(path: &Path) -> Result<Self> {
        if !path.exists() {
            Self::draw(path)?;
        }
        let text = fs::read_to_string(path).map_err(Error::io("reading the identity of this computer"))?;
        Self::parse(&Zeroizing::new(text))
            .ok_or_else(|| Error::conflict("the identity file of this computer is damaged"))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let document = Zeroizing::new(hex::decode(lines.next()?)?);
        Some(Self {
            signing: Ed25519KeyPair::from_pkcs8(&document).ok()?,
            opening: age::x25519::Identity::from_str(lines.next()?).ok()?,
        })
    }

    /// Writes fresh keys; of two programs that do so at once, the first to finish wins.
    fn draw(path: &Path) -> Result<()> {
        let writing = "writing the identity of this computer";
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())?;
        let signing = Zeroizing::new(hex::encode(document.as_ref()));
        let opening = age::x25519::Identity::generate().to_string();
        let text = Zeroizing::new(format!(
            "{FIRST_LINE}\n{}\n{}\n",
            signing.as_str(),
            opening.expose_secret()
        ));
        let beside = path.with_extension(hex::encode(&random::<8>()?));
        let mut file = private_file(&beside).map_err(Error::io(writing))?;
        file.write_all(text.as_bytes()).map_err(Error::io(writing))?;
        file.sync_all().map_err(Error::io(writing))?;
        let linked = fs::hard_link(&beside, path);
        fs::remove_file(&beside).map_err(Error::io(writing))?;
        match linked {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(Error::io(writing)(error)),
            _ => crate::folder::sync_parent(path),
        }
    }

    /// Returns the public signing key.
    pub fn public_key(&self) -> [u8; 32] {
        let mut key = [0; 32];
        key.copy_from_slice(self.signing.public_key().as_ref());
        key
    }

    /// Signs `message`.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.signing.sign(message).as_ref());
        signature
    }

    /// Returns the public key that colleagues pack for, `age1…`.
    pub fn recipient(&self) -> String {
        self.opening.to_public().to_string()
    }

    /// Returns the key that opens what was packed for this computer.
    #[allow(dead_code, reason = "packages use it")]
    pub(crate) fn opener(&self) -> &age::x25519::Identity {
        &self.opening
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(..)")
    }
}

/// Tells whether `signature` over `message` was made with the private part of `public_key`.
pub(crate) fn verifies(public_key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public_key)
        .verify(message, signature)
        .is_ok()
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<File> {
    File::create_new(path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::Machine;
    use super::*;

    #[test]
    fn the_same_keys_come_back_and_sign() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::at(folder.path().join("state"));
        let (first, again) = (machine.identity().unwrap(), machine.identity().unwrap());
        assert_eq!(first.public_key(), again.public_key());
        assert_eq!(first.recipient(), again.recipient());
        let signature = first.sign(b"head");
        assert!(verifies(&again.public_key(), b"head", &signature));
        assert!(!verifies(&again.public_key(), b"heaD", &signature));
        assert_eq!(fs::read_dir(folder.path().join("state")).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_the_identity() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        Machine::at(folder.path()).identity().unwrap();
        let mode = fs::metadata(folder.path().join("identity"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0);
    }
}
