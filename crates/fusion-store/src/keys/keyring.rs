//! The system keyring: a convenience slot, never the only one.
//!
//! The entry is named by the random case id, so it gives no case name away. Any failure of the keyring means "ask
//! for the passphrase"; a missing entry never leads to a new key. Calls may block on the session bus, so each runs
//! on a thread of its own.

use std::thread;

use keyring::Entry;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::hex;
use crate::secret::Key;

const SERVICE: &str = "fusion-workbench";

/// Keeps one secret a case.
pub(super) trait Keyring: Send + Sync {
    /// Reads the secret of the case; `None` when there is none.
    fn find(&self, case_id: &[u8; 16]) -> Result<Option<Key>>;

    /// Writes the secret of the case.
    fn put(&self, case_id: &[u8; 16], secret: &Key) -> Result<()>;

    /// Removes the secret of the case; one that is not there is as good as removed.
    fn remove(&self, case_id: &[u8; 16]) -> Result<()>;

    /// Reads the secret of the case, which must be there.
    fn fetch(&self, case_id: &[u8; 16]) -> Result<Key> {
        self.find(case_id)?.ok_or_else(|| translate(keyring::Error::NoEntry))
    }

    /// Writes the secret of the case and reads it back.
    fn store(&self, case_id: &[u8; 16], secret: &Key) -> Result<()> {
        self.put(case_id, secret)?;
        if self.fetch(case_id)?.bytes() == secret.bytes() {
            Ok(())
        } else {
            Err(Error::NoKeyring {
                why: "it did not keep what was written".to_owned(),
            })
        }
    }

    /// Reads the secret of the case, or draws and keeps one.
    fn fetch_or_draw(&self, case_id: &[u8; 16]) -> Result<Key> {
        if let Some(secret) = self.find(case_id)? {
            return Ok(secret);
        }
        let secret = Key::random()?;
        self.store(case_id, &secret)?;
        Ok(secret)
    }
}

/// The keyring of the user's session.
pub(super) struct SystemKeyring;

impl Keyring for SystemKeyring {
    fn find(&self, case_id: &[u8; 16]) -> Result<Option<Key>> {
        let found = with_entry(case_id, |entry| match entry.get_secret() {
            Err(keyring::Error::NoEntry) => Ok(None),
            other => other.map(|secret| Some(Zeroizing::new(secret))),
        })?;
        let read = found.map(|mut secret| Key::take(&mut secret)).transpose();
        read.map_err(|_| Error::NoKeyring {
            why: "its entry for this case is not a key".to_owned(),
        })
    }

    fn put(&self, case_id: &[u8; 16], secret: &Key) -> Result<()> {
        with_entry(case_id, |entry| entry.set_secret(secret.bytes()))
    }

    fn remove(&self, case_id: &[u8; 16]) -> Result<()> {
        with_entry(case_id, |entry| match entry.delete_credential() {
            Err(keyring::Error::NoEntry) => Ok(()),
            other => other,
        })
    }
}

/// Asks the keyring for an entry that nobody writes; an orderly "no such entry" is the answer of one that works.
pub(super) fn probe() -> Result<()> {
    with_entry(&[0; 16], |entry| match entry.get_secret() {
        Ok(_) | Err(keyring::Error::NoEntry) => Ok(()),
        Err(error) => Err(error),
    })
}

fn with_entry<T: Send>(case_id: &[u8; 16], call: impl FnOnce(&Entry) -> keyring::Result<T> + Send) -> Result<T> {
    let name = hex::encode(case_id);
    let outcome = thread::scope(|scope| {
        scope
            .spawn(move || Entry::new(SERVICE, &name).and_then(|entry| call(&entry)))
            .join()
    });
    match outcome {
        Ok(result) => result.map_err(translate),
        Err(_) => Err(Error::NoKeyring {
            why: "its library failed".to_owned(),
        }),
    }
}

fn translate(error: keyring::Error) -> Error {
    let why = match error {
        keyring::Error::PlatformFailure(_) => "this session has none",
        keyring::Error::NoStorageAccess(_) => "it is locked",
        keyring::Error::NoEntry => "it holds none for this case",
        _ => "it refused",
    };
    Error::NoKeyring { why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_of_the_keyring_means_ask_for_the_passphrase() {
        let errors = [
            keyring::Error::PlatformFailure("no bus".into()),
            keyring::Error::NoStorageAccess("locked".into()),
            keyring::Error::NoEntry,
            keyring::Error::BadEncoding(vec![1]),
        ];
        for error in errors {
            assert_eq!(translate(error).code(), "no-keyring");
        }
    }
}
