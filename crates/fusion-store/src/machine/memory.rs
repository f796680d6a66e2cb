//! What this computer remembers of one copy of a case: the newest head of custody it has seen, and how it was closed.
//!
//! A file of digests, named and authenticated under a key of the case, so that nobody without that key can forge one
//! or tell whose it is. It is written after the case itself, so it never knows more than the case; a file that fails
//! its check is reported, not believed.
//!
//! Layout: magic 8, version 2, packed body, HMAC-SHA256 32.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use fusion_model::codec::{self, Pack};

use super::Machine;
use crate::error::{Error, Result};
use crate::hex;
use crate::keys::keyed_digest;
use crate::secret::{Key, random};

const MAGIC: &[u8; 10] = b"FUSNHEAD\x01\x00";
const MAC_LEN: usize = 32;
/// More than a million events need.
const MAX_LEN: u64 = 64 * 1024 * 1024;

/// How many of the newest events are remembered one by one.
const RECENT: u64 = 256;
/// Of the older ones, every so many is.
const SPARSE: u64 = 1_000;

/// Holds what is remembered of one copy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Memory {
    /// Events by number with their digests, in order: the newest, and before them every thousandth.
    events: Vec<(u64, [u8; 32])>,
    /// How the database was left when the case was closed; none while it is open, or was not closed.
    pub(crate) seal: Option<Seal>,
}

/// Holds how a database was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seal {
    /// Its size in bytes.
    pub(crate) size: u64,
    /// Tags of its pages, in order.
    pub(crate) digest: [u8; 32],
}

impl Memory {
    /// Returns number and digest of the newest event that was seen.
    pub(crate) fn head(&self) -> Option<(u64, [u8; 32])> {
        self.events.last().copied()
    }

    /// Returns the events that are remembered, in order.
    pub(crate) fn events(&self) -> &[(u64, [u8; 32])] {
        &self.events
    }

    /// Takes the next event.
    pub(crate) fn see(&mut self, seq: u64, digest: [u8; 32]) {
        self.events.push((seq, digest));
        let aged = seq.saturating_sub(RECENT);
        // At most one event leaves the recent ones with each that comes.
        let first_recent = self.events.partition_point(|(known, _)| *known < aged);
        if first_recent > 0 && !self.events[first_recent - 1].0.is_multiple_of(SPARSE) {
            self.events.remove(first_recent - 1);
        }
    }

    fn pack(&self) -> Vec<u8> {
        let mut body = MAGIC.to_vec();
        self.events.pack(&mut body);
        self.seal.as_ref().map(|seal| (seal.size, seal.digest)).pack(&mut body);
        body
    }

    fn unpack(body: &[u8]) -> Option<Self> {
        let mut rest = body.strip_prefix(MAGIC)?;
        let events = Vec::unpack(&mut rest).ok()?;
        let seal: Option<(u64, [u8; 32])> = codec::from_bytes(rest).ok()?;
        Some(Self {
            events,
            seal: seal.map(|(size, digest)| Seal { size, digest }),
        })
    }
}

/// Says what was found where a memory would lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Remembered {
    /// Nothing: this copy was never seen here, or the memory was lost.
    Nothing,
    /// A file that is not what was written.
    Garbled,
    /// What was seen.
    Seen(Memory),
}

/// Names the place of one memory.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    pub(crate) machine: &'a Machine,
    pub(crate) key: &'a Key,
    pub(crate) instance: u64,
}

impl Place<'_> {
    fn file(&self, ending: &str) -> Result<PathBuf> {
        let name = keyed_digest(self.key, &[b"name", &self.instance.to_le_bytes()]);
        self.machine
            .place(&format!("heads/{}{ending}", hex::encode(&name[..16])))
    }

    fn mac(&self, body: &[u8]) -> [u8; MAC_LEN] {
        keyed_digest(self.key, &[b"memory", &self.instance.to_le_bytes(), body])
    }

    /// Reads what is remembered.
    pub(crate) fn load(&self) -> Result<Remembered> {
        let Some(bytes) = read(&self.file("")?)? else {
            return Ok(Remembered::Nothing);
        };
        let parts = bytes.len().checked_sub(MAC_LEN).map(|at| bytes.split_at(at));
        let memory = parts
            .filter(|(body, mac)| self.mac(body).as_slice() == *mac)
            .and_then(|(body, _)| Memory::unpack(body))
            .filter(|memory| memory.head().is_some());
        Ok(memory.map_or(Remembered::Garbled, Remembered::Seen))
    }

    /// Puts `memory` in the place of what was remembered before.
    pub(crate) fn store(&self, memory: &Memory) -> Result<()> {
        let mut bytes = memory.pack();
        bytes.extend_from_slice(&self.mac(&bytes));
        replace(&self.file("")?, &bytes)
    }

    /// Reads the page tags that a seal speaks of; none when they are missing or others.
    pub(crate) fn load_tags(&self, seal: &Seal) -> Result<Option<Vec<u8>>> {
        let tags = read(&self.file(".pages")?)?;
        Ok(tags.filter(|tags| fusion_model::sha256(tags) == seal.digest))
    }

    /// Keeps page tags.
    pub(crate) fn store_tags(&self, tags: &[u8]) -> Result<()> {
        replace(&self.file(".pages")?, tags)
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    let reading = "reading what this computer remembers of the case";
    match fs::metadata(path) {
        Ok(facts) if facts.len() > MAX_LEN => Ok(Some(Vec::new())),
        Ok(_) => fs::read(path).map(Some).map_err(Error::io(reading)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(reading)(error)),
    }
}

/// Writes beside, syncs and renames. The rename itself is not synced: losing it leaves the memory before, which a case
/// that has gone on still agrees with.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let writing = "writing what this computer remembers of the case";
    let beside = path.with_extension(hex::encode(&random::<8>()?));
    let written = File::create_new(&beside)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What stays behind is never read.
        let _ = fs::remove_file(&beside);
    }
    written.map_err(Error::io(writing))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn seen(count: u64) -> Memory {
        let mut memory = Memory::default();
        for seq in 1..=count {
            memory.see(seq, [u8::try_from(seq % 251).unwrap(); 32]);
        }
        memory
    }

    #[test]
    fn the_newest_events_and_every_thousandth_are_remembered() {
        let memory = seen(5_300);
        let numbers: Vec<u64> = memory.events().iter().map(|(seq, _)| *seq).collect();
        assert_eq!(numbers[..5], [1000, 2000, 3000, 4000, 5000]);
        assert_eq!(numbers[5..], (5_044..=5_300).collect::<Vec<_>>());
        assert_eq!(memory.head().unwrap().0, 5_300);
    }

    #[test]
    fn a_memory_comes_back_and_none_that_was_touched_is_believed() {
        let folder = tempfile::tempdir().unwrap();
        let (machine, key) = (Machine::at(folder.path()), Key::random().unwrap());
        let place = Place {
            machine: &machine,
            key: &key,
            instance: 7,
        };
        assert_eq!(place.load().unwrap(), Remembered::Nothing);
        let mut memory = seen(3);
        memory.seal = Some(Seal {
            size: 8192,
            digest: [9; 32],
        });
        place.store(&memory).unwrap();
        assert_eq!(place.load().unwrap(), Remembered::Seen(memory));
        let file = place.file("").unwrap();
        let sound = fs::read(&file).unwrap();
        for at in 0..sound.len() {
            let mut bytes = sound.clone();
            bytes[at] ^= 1;
            fs::write(&file, bytes).unwrap();
            assert_eq!(place.load().unwrap(), Remembered::Garbled, "byte {at}");
        }
        for length in 0..sound.len() {
            fs::write(&file, &sound[..length]).unwrap();
            assert_eq!(place.load().unwrap(), Remembered::Garbled, "{length} bytes");
        }
        let other = Place { instance: 8, ..place };
        assert_eq!(other.load().unwrap(), Remembered::Nothing);
        fs::write(other.file("").unwrap(), sound).unwrap();
        assert_eq!(other.load().unwrap(), Remembered::Garbled);
    }
}
