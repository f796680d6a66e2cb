//! Keys of copies: a backup or package has a master key of its own, so that destroying that key ends the copy alone.

use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::header::Header;
use super::{CaseKeys, FINGERPRINT_CONTEXT, KdfProfile, KeyFile, KeySource, OpenedBy, Wrapped, file, wrap};
use crate::error::Result;
use crate::secret::{Key, Passphrase};

impl CaseKeys {
    /// Derives the working keys of the case `case_id` from its master key.
    pub(crate) fn derive(master: &Key, case_id: &[u8; 16], fingerprint: Key) -> Result<Self> {
        let derive = |label| wrap::derive(master, case_id, label);
        Ok(Self {
            evidence: derive("fusion evidence.db v1")?,
            derived: derive("fusion derived.db v1")?,
            vault: derive("fusion vault v1")?,
            names: derive("fusion vault names v1")?,
            backup: derive("fusion backup keys v1")?,
            memory: derive("fusion outside head v1")?,
            fingerprint,
        })
    }
}

impl KeyFile {
    /// Makes the key file of a case that arrives with its own keys, opened by `passphrase` alone. Nothing is written
    /// until [`KeyFile::save`].
    pub(crate) fn adopt(
        path: &Path,
        (case_id, epoch): ([u8; 16], u64),
        (master, fingerprint): (Key, &Key),
        (passphrase, profile): (&Passphrase, KdfProfile),
    ) -> Result<Self> {
        let header = Header {
            case_id,
            epoch,
            fingerprint: Wrapped::seal(fingerprint, &master, FINGERPRINT_CONTEXT)?,
            slots: Vec::new(),
        };
        Self::with_passphrase(path, header, master, passphrase, profile)
    }

    /// Opens another copy of this key file, earlier or later, by the master key that both share.
    pub(crate) fn sibling(&self, path: &Path) -> Result<Self> {
        let bytes = file::read(path)?;
        let header = Header::decode(&bytes)?;
        let master = Key::take(Zeroizing::new(*self.master.bytes()).as_mut())?;
        header.authenticate(&bytes, &master)?;
        Ok(Self {
            path: path.to_owned(),
            header,
            master,
            opened_by: OpenedBy {
                file: KeySource::Present,
                ..self.opened_by
            },
            keyring: Arc::clone(&self.keyring),
        })
    }

    /// Returns the bytes of the file as they stand on disk.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>> {
        file::read(&self.path)
    }
}
