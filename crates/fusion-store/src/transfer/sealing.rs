//! Who can open a package: age recipients, or a passphrase, around the whole stream.

use std::fs::File;
use std::io::{BufReader, Read, Seek as _, SeekFrom, Write};
use std::path::Path;
use std::str::FromStr as _;

use age::secrecy::SecretString;
use age::stream::{StreamReader, StreamWriter};
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};

use super::archive::damaged;
use crate::error::{Error, Result};
use crate::machine::Machine;
use crate::secret::Passphrase;

/// Work of a passphrase: 2^18 rounds of scrypt, 256 MiB.
const WORK: u8 = 18;
/// More work than this is refused: 2^20 rounds, 1 GiB.
const MAX_WORK: u8 = 20;
/// The header of an age file ends within this, even for hundreds of recipients.
const MAX_HEADER: u64 = 64 * 1024;
const MAX_RECIPIENTS: usize = 64;
const MAX_IDENTITIES: usize = 8;

/// Says who can open a package.
#[derive(Debug)]
pub enum Sealing {
    /// Whoever holds the private part of one of these public keys, `age1…`.
    Recipients(Vec<String>),
    /// Whoever knows the passphrase.
    Passphrase(Passphrase),
}

/// Says what a package is opened with.
#[derive(Debug, Clone, Copy)]
pub enum PackageKey<'a> {
    /// The identity of this computer.
    Machine(&'a Machine),
    /// A file with age identities (`AGE-SECRET-KEY-…`).
    Identity(&'a Passphrase),
    /// The passphrase.
    Passphrase(&'a Passphrase),
}

impl Sealing {
    /// Starts the sealed stream.
    pub(super) fn seal<W: Write>(&self, out: W) -> Result<StreamWriter<W>> {
        let refused = |_| Error::Crypto {
            what: "sealing a package",
        };
        let encryptor = match self {
            Self::Passphrase(passphrase) => {
                if passphrase.is_empty() {
                    return Err(Error::EmptyPassphrase);
                }
                let mut recipient = scrypt::Recipient::new(secret(passphrase)?);
                recipient.set_work_factor(WORK);
                Encryptor::with_recipients(std::iter::once(&recipient as _)).map_err(refused)?
            }
            Self::Recipients(keys) => {
                let recipients = recipients(keys)?;
                Encryptor::with_recipients(recipients.iter().map(|recipient| recipient as _)).map_err(refused)?
            }
        };
        encryptor.wrap_output(out).map_err(Error::io("writing a package"))
    }
}

fn recipients(keys: &[String]) -> Result<Vec<x25519::Recipient>> {
    if keys.is_empty() || keys.len() > MAX_RECIPIENTS {
        return Err(Error::conflict("a package needs a passphrase or 1 to 64 recipients"));
    }
    keys.iter()
        .map(|key| {
            x25519::Recipient::from_str(key.trim())
                .map_err(|_| Error::conflict(format!("this is no public age key; it begins with age1: {key}")))
        })
        .collect()
}

/// Opens the sealed stream of the file at `path`.
pub(super) fn open(path: &Path, key: PackageKey<'_>) -> Result<StreamReader<BufReader<File>>> {
    let reading = "opening a package";
    let mut file = File::open(path).map_err(Error::io(reading))?;
    let mut start = Vec::new();
    (&mut file)
        .take(MAX_HEADER)
        .read_to_end(&mut start)
        .map_err(Error::io(reading))?;
    let begins = start.starts_with(b"age-encryption.org/v1\n") && start.windows(5).any(|bytes| bytes == b"\n--- ");
    if !begins {
        return Err(damaged("it does not begin as a package", "header"));
    }
    file.seek(SeekFrom::Start(0)).map_err(Error::io(reading))?;
    let decryptor = Decryptor::new(BufReader::with_capacity(256 * 1024, file)).map_err(translate)?;
    let by_passphrase = decryptor.is_scrypt();
    match key {
        PackageKey::Passphrase(passphrase) if by_passphrase => {
            let mut identity = scrypt::Identity::new(secret(passphrase)?);
            identity.set_max_work_factor(MAX_WORK);
            decryptor.decrypt(std::iter::once(&identity as _)).map_err(translate)
        }
        PackageKey::Machine(machine) if !by_passphrase => {
            let identity = machine.identity()?;
            decryptor
                .decrypt(std::iter::once(identity.opener() as _))
                .map_err(translate)
        }
        PackageKey::Identity(text) if !by_passphrase => {
            let identities = identities(text)?;
            let all = identities.iter().map(|identity| identity as _);
            decryptor.decrypt(all).map_err(translate)
        }
        _ => Err(Error::WrongPackageKey),
    }
}

fn identities(text: &Passphrase) -> Result<Vec<x25519::Identity>> {
    let none = || Error::conflict("there is no age key in this file; it begins with AGE-SECRET-KEY-1");
    let text = std::str::from_utf8(text.bytes()).map_err(|_| none())?;
    let found: Vec<_> = text
        .lines()
        .filter_map(|line| x25519::Identity::from_str(line.trim()).ok())
        .take(MAX_IDENTITIES)
        .collect();
    if found.is_empty() { Err(none()) } else { Ok(found) }
}

fn secret(passphrase: &Passphrase) -> Result<SecretString> {
    let text = std::str::from_utf8(passphrase.bytes()).map_err(|_| Error::WrongPackageKey)?;
    Ok(SecretString::from(text.to_owned()))
}

fn translate(error: DecryptError) -> Error {
    match error {
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            Error::WrongPackageKey
        }
        DecryptError::ExcessiveWork { .. } => damaged("it asks for more work than any honest package", "header"),
        DecryptError::Io(error)
            if error.kind() != std::io::ErrorKind::UnexpectedEof && error.kind() != std::io::ErrorKind::InvalidData =>
        {
            Error::io("opening a package")(error)
        }
        _ => damaged("it does not begin as a package", "header"),
    }
}
