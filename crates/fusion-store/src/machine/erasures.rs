//! Erasures that this computer remembers, so that a backup or a package from before cannot bring anything back.
//!
//! One file a case, named and sealed under keys of the case, so that it says nothing to anybody else. It holds ids and
//! instants. Losing it loses the memory, not the erasures.

use std::fs::{self, File};
use std::io::Write as _;

use fusion_model::codec;

use super::Machine;
use crate::erasure::Erasure;
use crate::error::{Error, Result};
use crate::hex;
use crate::keys::keyed_digest;
use crate::sealed;
use crate::secret::{Key, random};

const CONTEXT: &[u8] = b"fusion erasure register v1";

/// Largest register that is read.
const MOST_BYTES: u64 = 256 << 20;

impl Machine {
    /// Returns what is remembered of erasures in the case with `case_id`, whose fingerprint key is `root`.
    pub(crate) fn erasures(&self, case_id: &[u8], root: &Key) -> Result<Vec<Erasure>> {
        let reading = "reading the register of erasures";
        let path = self.register(case_id, root)?;
        match fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io(reading)(error)),
            Ok(found) if found.len() > MOST_BYTES => return Err(broken()),
            Ok(_) => {}
        }
        let bytes = fs::read(&path).map_err(Error::io(reading))?;
        let plain = sealed::open(&sealed::subkey(root, "erasure register")?, CONTEXT, &bytes)?.ok_or_else(broken)?;
        codec::from_bytes(&plain).map_err(|_| broken())
    }

    /// Remembers `erasures` of a case in place of what was remembered before.
    pub(crate) fn remember_erasures(&self, case_id: &[u8], root: &Key, erasures: &[Erasure]) -> Result<()> {
        let writing = "writing the register of erasures";
        let path = self.register(case_id, root)?;
        let plain = codec::to_bytes(&erasures.to_vec());
        let bytes = sealed::seal(&sealed::subkey(root, "erasure register")?, CONTEXT, &plain)?;
        let beside = path.with_extension(hex::encode(&random::<8>()?));
        let mut file = File::create_new(&beside).map_err(Error::io(writing))?;
        file.write_all(&bytes).map_err(Error::io(writing))?;
        file.sync_all().map_err(Error::io(writing))?;
        fs::rename(&beside, &path).map_err(Error::io(writing))?;
        crate::folder::sync_parent(&path)
    }

    fn register(&self, case_id: &[u8], root: &Key) -> Result<std::path::PathBuf> {
        let name = keyed_digest(root, &[b"fusion erasure register name", case_id]);
        self.place(&format!("erasures/{}", hex::encode(&name[..16])))
    }
}

fn broken() -> Error {
    Error::conflict("the register of erasures on this computer is damaged; move it away to open the case")
}
