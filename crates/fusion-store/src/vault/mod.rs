//! The originals: every imported file, compressed, encrypted, and hashed again at each read.
//!
//! A file of the vault is named by a keyed digest of its content, so names reveal nothing and the same content is
//! kept once. Its own random key is wrapped by the vault key and stored in the row of its source: destroying that
//! row destroys the original. Files without a row are leftovers of killed imports and are swept at the next open.

mod chunks;
mod quote;
mod redact;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use fusion_model::SourceId;
use ring::digest::{Context, SHA256};
use zstd::stream::read::Decoder;
use zstd::stream::write::Encoder;

pub use quote::Quote;
pub(crate) use redact::Passages;

use crate::error::{Error, Result};
use crate::hex;
use crate::keys::{CaseKeys, Wrapped, keyed_digest};
use crate::secret::{Key, random};
use chunks::{ChunkOpener, ChunkSealer};

const LEVEL: i32 = 3;
/// What looks back further than 8 MiB was not compressed here; more memory is not given to it.
const WINDOW_LOG: u32 = 23;
const PART: &str = "part";

/// Names an original that lies in the vault and waits for its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultEntry {
    /// Digest of the content: the id of the source it will be.
    pub sha256: SourceId,
    /// Size of the content in bytes.
    pub size: u64,
    pub(crate) key: Vec<u8>,
}

/// Holds the place and the keys of the originals.
pub(crate) struct Vault<'a> {
    folder: PathBuf,
    keys: &'a CaseKeys,
}

/// Holds an original that was written under a passing name.
pub(crate) struct Pending {
    pub(crate) entry: VaultEntry,
    part: PathBuf,
}

impl<'a> Vault<'a> {
    /// Names the vault in `folder`.
    pub(crate) fn new(folder: PathBuf, keys: &'a CaseKeys) -> Self {
        Self { folder, keys }
    }

    /// Returns where the original of `source` lies.
    pub(crate) fn place(&self, source: &SourceId) -> PathBuf {
        let name = keyed_digest(&self.keys.names, &[&source.0]);
        self.folder.join(hex::encode(&name[..16]))
    }

    fn context(source: &SourceId) -> Vec<u8> {
        [b"fusion vault file v1".as_slice(), &source.0].concat()
    }

    /// Wraps the key of an original anew, for a vault with the keys `to`.
    pub(crate) fn rewrap(&self, source: &SourceId, key: &[u8], to: &CaseKeys) -> Result<Vec<u8>> {
        let context = Self::context(source);
        let unwrapped = Wrapped::from_bytes(key)
            .map(|wrapped| wrapped.open(&self.keys.vault, &context))
            .transpose()?
            .flatten();
        let unwrapped = unwrapped.ok_or_else(|| Error::damaged("the key of an original does not unwrap"))?;
        Ok(Wrapped::seal(&unwrapped, &to.vault, &context)?.to_bytes().to_vec())
    }

    /// Tells whether the original of `source` lies in the vault.
    pub(crate) fn holds(&self, source: &SourceId) -> bool {
        self.place(source).is_file()
    }

    /// Streams `reader` into a new file under a passing name.
    pub(crate) fn take_in(&self, reader: &mut dyn Read) -> Result<Pending> {
        let part = self.folder.join(format!("{}.{PART}", hex::encode(&random::<16>()?)));
        let pending = self.write_part(&part, |intake| intake.take_all(reader));
        if pending.is_err() {
            // Best effort: what stays is swept at the next open.
            let _ = fs::remove_file(&part);
        }
        pending
    }

    /// Writes what is kept of an original under a passing name; `None` when nothing is.
    pub(crate) fn redact(&self, entry: &VaultEntry, passages: &mut Passages) -> Result<Option<Pending>> {
        passages.survey(&mut self.open(entry)?)?;
        if passages.is_everything() {
            return Ok(None);
        }
        let part = self.folder.join(format!("{}.{PART}", hex::encode(&random::<16>()?)));
        let pending = self.write_part(&part, |intake| passages.copy_without(&mut self.open(entry)?, intake));
        if pending.is_err() {
            // Best effort: what stays is swept at the next open.
            let _ = fs::remove_file(&part);
        }
        pending.map(Some)
    }

    fn write_part(&self, part: &Path, fill: impl FnOnce(&mut Intake) -> Result<()>) -> Result<Pending> {
        let key = Key::random()?;
        let mut intake = Intake::begin(part, &key)?;
        fill(&mut intake)?;
        let (sha256, size) = intake.finish()?;
        let wrapped = Wrapped::seal(&key, &self.keys.vault, &Self::context(&sha256))?;
        let entry = VaultEntry {
            sha256,
            size,
            key: wrapped.to_bytes().to_vec(),
        };
        Ok(Pending {
            entry,
            part: part.to_owned(),
        })
    }

    /// Gives a pending file its lasting name.
    pub(crate) fn keep(&self, pending: Pending) -> Result<VaultEntry> {
        let place = self.place(&pending.entry.sha256);
        fs::rename(&pending.part, &place).map_err(Error::io("naming an original in the vault"))?;
        crate::folder::sync_parent(&place)?;
        Ok(pending.entry)
    }

    /// Throws a pending file away, because its content is already there.
    pub(crate) fn discard(&self, pending: Pending) -> Result<()> {
        fs::remove_file(&pending.part).map_err(Error::io("removing a copy from the vault"))
    }

    /// Removes the file that `entry` names, if it is there.
    pub(crate) fn remove(&self, entry: &VaultEntry) -> Result<()> {
        match fs::remove_file(self.place(&entry.sha256)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::io("removing an original from the vault")(error))
            }
            _ => crate::folder::sync_parent(&self.place(&entry.sha256)),
        }
    }

    /// Opens the original of a source; its digest is checked when the end is reached.
    pub(crate) fn open(&self, entry: &VaultEntry) -> Result<OriginalReader> {
        let file = File::open(self.place(&entry.sha256)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::damaged("an original is missing from the vault"),
            _ => Error::io("opening an original in the vault")(error),
        })?;
        let unwrapped = Wrapped::from_bytes(&entry.key)
            .map(|wrapped| wrapped.open(&self.keys.vault, &Self::context(&entry.sha256)))
            .transpose()?
            .flatten();
        let key = unwrapped.ok_or_else(|| Error::damaged("the key of an original does not unwrap"))?;
        let reading = "reading an original";
        let mut decoder = Decoder::new(ChunkOpener::new(file, &key)?).map_err(Error::io(reading))?;
        decoder.window_log_max(WINDOW_LOG).map_err(Error::io(reading))?;
        Ok(OriginalReader {
            inner: decoder,
            digest: Some(Context::new(&SHA256)),
            expected: entry.clone(),
            read: 0,
        })
    }

    /// Removes every file that belongs to none of `known`, and returns how many there were.
    pub(crate) fn sweep(&self, known: &[SourceId]) -> Result<u64> {
        let sweeping = "sweeping the vault";
        let kept: BTreeSet<PathBuf> = known.iter().map(|source| self.place(source)).collect();
        let mut swept = 0;
        for entry in fs::read_dir(&self.folder).map_err(Error::io(sweeping))? {
            let path = entry.map_err(Error::io(sweeping))?.path();
            if path.is_file() && !kept.contains(&path) {
                fs::remove_file(&path).map_err(Error::io(sweeping))?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

/// Takes an original in: hashed, compressed, encrypted, written.
struct Intake {
    encoder: Encoder<'static, ChunkSealer<io::BufWriter<File>>>,
    digest: Context,
    size: u64,
}

const WRITING: &str = "writing to the vault";

impl Intake {
    fn begin(part: &Path, key: &Key) -> Result<Self> {
        let file = File::create_new(part).map_err(Error::io(WRITING))?;
        let sealer = ChunkSealer::new(io::BufWriter::new(file), key)?;
        Ok(Self {
            encoder: Encoder::new(sealer, LEVEL).map_err(Error::io(WRITING))?,
            digest: Context::new(&SHA256),
            size: 0,
        })
    }

    fn take_all(&mut self, reader: &mut dyn Read) -> Result<()> {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(count) => self.write_all(&buffer[..count]).map_err(Error::io(WRITING))?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::io("reading the original")(error)),
            }
        }
    }

    /// Makes the file durable and returns digest and size of the content.
    fn finish(self) -> Result<(SourceId, u64)> {
        let sealer = self.encoder.finish().map_err(Error::io(WRITING))?;
        let mut buffered = sealer.finish().map_err(Error::io(WRITING))?;
        buffered.flush().map_err(Error::io(WRITING))?;
        buffered.get_ref().sync_all().map_err(Error::io(WRITING))?;
        let mut sha256 = SourceId([0; 32]);
        sha256.0.copy_from_slice(self.digest.finish().as_ref());
        Ok((sha256, self.size))
    }
}

impl Write for Intake {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.encoder.write_all(bytes)?;
        self.digest.update(bytes);
        self.size += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.encoder.flush()
    }
}

/// Reads an original, and fails at its end if the content is not what was acquired.
pub struct OriginalReader {
    inner: Decoder<'static, io::BufReader<ChunkOpener<File>>>,
    digest: Option<Context>,
    expected: VaultEntry,
    read: u64,
}

impl OriginalReader {
    /// Returns the size of the original in bytes.
    pub fn size(&self) -> u64 {
        self.expected.size
    }
}

impl Read for OriginalReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        if out.is_empty() {
            return Ok(0);
        }
        self.read += count as u64;
        let changed = || io::Error::new(io::ErrorKind::InvalidData, "an original is not what was acquired");
        if self.read > self.expected.size {
            return Err(changed());
        }
        if count > 0 {
            if let Some(digest) = &mut self.digest {
                digest.update(&out[..count]);
            }
        } else if let Some(digest) = self.digest.take()
            && digest.finish().as_ref() != self.expected.sha256.0
        {
            return Err(changed());
        }
        Ok(count)
    }
}

/// Tells damage of the vault from trouble of the system.
pub(crate) fn read_error(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => Error::io("reading an original")(error),
        _ => Error::damaged("an original in the vault is not what was acquired"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::keys::CaseKeys;

    #[test]
    fn a_crafted_original_gets_no_more_memory_than_ours_need() {
        let folder = tempfile::tempdir().unwrap();
        let (master, fingerprint) = (Key::random().unwrap(), Key::random().unwrap());
        let keys = CaseKeys::derive(&master, &[7; 16], fingerprint).unwrap();
        let vault = Vault::new(folder.path().to_owned(), &keys);
        let content = vec![7; 1_000];
        let sha256 = SourceId::of_content(&content);
        for (window, opens) in [(WINDOW_LOG, true), (27, false)] {
            let key = Key::random().unwrap();
            let file = File::create(vault.place(&sha256)).unwrap();
            let mut encoder = Encoder::new(ChunkSealer::new(file, &key).unwrap(), LEVEL).unwrap();
            encoder.window_log(window).unwrap();
            encoder.write_all(&content).unwrap();
            encoder.finish().unwrap().finish().unwrap();
            let wrapped = Wrapped::seal(&key, &keys.vault, &Vault::context(&sha256)).unwrap();
            let entry = VaultEntry {
                sha256,
                size: content.len() as u64,
                key: wrapped.to_bytes().to_vec(),
            };
            let mut read = Vec::new();
            let outcome = vault.open(&entry).unwrap().read_to_end(&mut read);
            assert_eq!(outcome.is_ok(), opens, "window of 2^{window}: {outcome:?}");
            assert_eq!(read == content, opens);
        }
    }
}
