//! Making backups, listing them, and letting old ones go.
//!
//! ```text
//! DESTINATION/<name>-<8 hex of the case id>/<UTC stamp>.fusionbackup/
//!   case.keys      as in the case at that time: what opened the case opens the backup
//!   backup.key     master key of this backup, wrapped by the case's; destroying this file ends the backup
//!   evidence.db    snapshot under that key
//!   vault/…        originals; a hard link where an earlier backup holds the same bytes
//!   manifest       digests of all files, counts, root, head of custody
//!   manifest.sig   by the computer that made it
//! ```
//!
//! A listing reads the manifests only; whether a backup is whole is what a test says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fusion_model::Timestamp;
use zeroize::Zeroizing;

use super::manifest::{self, Entry, Extent, Manifest, Sort};
use super::partial::Partial;
use super::totals::CaseTotals;
use super::{
    BackupPlan, Kept, Measured, Rotated, Watch, copy_file, go_on, measure, read_small, rotate, snapshot, write_file,
};
use crate::case::Case;
use crate::change::Stamp;
use crate::error::{Error, Result};
use crate::hex;
use crate::keys::{CaseKeys, Wrapped};
use crate::secret::Key;
use crate::tables::copy::{self, CopyEntry, CopyKind};
use crate::tables::custody::Event;
use crate::vault::Vault;

const ENDING: &str = "fusionbackup";

/// Says what is known of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupState {
    /// Nobody has tested it on this computer.
    Untested,
    /// The last test found it whole.
    Whole,
    /// The last test, or the listing, found it damaged.
    Damaged(String),
    /// Its key was destroyed.
    Destroyed,
}

/// Describes one backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupEntry {
    /// Its folder.
    pub path: PathBuf,
    /// When it was made.
    pub at: Timestamp,
    /// Digest of its manifest.
    pub digest: [u8; 32],
    /// What it holds.
    pub totals: CaseTotals,
    /// Bytes of its files; those shared with other backups too.
    pub size: u64,
    /// What is known of it.
    pub state: BackupState,
    /// When it was tested last.
    pub tested_at: Option<Timestamp>,
    /// Why it is kept; `None` when the next rotation lets it go.
    pub kept: Option<Kept>,
}

impl Case {
    /// Makes a backup below `destination`, durably, and returns what it holds.
    pub fn back_up(&self, destination: &Path, stamp: &Stamp, watch: &dyn Watch) -> Result<BackupEntry> {
        self.require_write()?;
        let machine = self
            .machine()
            .ok_or_else(|| Error::conflict("this computer has no identity to sign with"))?;
        let identity = machine.identity()?;
        let home = self.backup_home(destination);
        let target = home.join(format!("{}.{ENDING}", compact(stamp.at)));
        let partial = Partial::beside(&target)?;
        let place = |name: &str| partial.path().join(name);

        let case_id = self.case_id();
        // Held until the snapshot is taken, so that key file and database are of one epoch.
        let key_file = self.key_file();
        let master = Key::random()?;
        let fingerprint = Key::take(Zeroizing::new(*self.keys.fingerprint.bytes()).as_mut())?;
        let keys = CaseKeys::derive(&master, &case_id, fingerprint)?;
        write_file(&place("case.keys"), &key_file.bytes()?)?;
        let wrapped = Wrapped::seal(&master, &self.keys.backup, &key_context(&case_id))?;
        write_file(&place("backup.key"), &wrapped.to_bytes())?;
        let live = (self.folder.evidence(), &self.keys);
        let copied = snapshot::take((&live.0, live.1), (&place("evidence.db"), &keys), watch)?;
        drop(key_file);

        let mut files = Vec::new();
        for name in ["case.keys", "backup.key", "evidence.db"] {
            files.push(Entry {
                name: name.to_owned(),
                measured: measure(&place(name))?,
            });
        }
        let folder = place("vault");
        fs::create_dir(&folder).map_err(Error::io("making the folder of a backup"))?;
        let (vault, own) = (self.vault(), Vault::new(folder, &keys));
        let earlier = self.newest_originals(&home);
        let total = copied.originals.len() as u64;
        for (done, original) in (0u64..).zip(&copied.originals) {
            go_on(watch, "copying the originals", done, total)?;
            let to = own.place(original);
            let measured = link_or_copy(&vault.place(original), &to, &earlier)?;
            files.push(Entry {
                name: manifest::vault_name(&to)?,
                measured,
            });
        }
        let manifest = Manifest {
            sort: Sort::Backup,
            case_id,
            name: self.name().to_owned(),
            at: stamp.at,
            extent: Extent::Whole,
            sender: stamp.author.clone(),
            totals: copied.totals,
            keys: None,
            files,
        };
        let text = manifest.encode();
        let digest = Manifest::digest(Sort::Backup, text.as_bytes());
        write_file(&place("manifest"), text.as_bytes())?;
        write_file(&place("manifest.sig"), manifest::sign(&identity, &digest).as_bytes())?;
        self.transact(|connection| {
            copy::insert(
                connection,
                &CopyEntry {
                    kind: CopyKind::Backup,
                    at: stamp.at,
                    digest,
                    place: target.display().to_string(),
                    destroyed: false,
                },
            )?;
            let event = Event::new("backup")
                .about("copy", &digest)
                .change(&[], &manifest.totals.root);
            self.witness(connection, &event.by(&stamp.author, ""))
        })?;
        partial.keep()?;
        let operations = manifest.totals.operations;
        self.remember_of_backups(|memory| {
            memory.last_success = Some(stamp.at);
            memory.operations = operations;
        })?;
        Ok(entry(target, &manifest, digest, BackupState::Untested))
    }

    /// Lists the backups of this case below `destination`, latest first, with the reason why each is kept at `now`.
    pub fn backups(&self, destination: &Path, now: Timestamp) -> Result<Vec<BackupEntry>> {
        let memory = self.backup_memory();
        let mut entries = Vec::new();
        for path in folders(&self.backup_home(destination))? {
            // A folder without a manifest that reads as one is not a backup and is left alone.
            let Ok((manifest, digest)) = read_manifest(&path) else {
                continue;
            };
            if manifest.case_id != self.case_id() {
                continue;
            }
            let tested = memory.tests.get(&digest);
            let state = match tested {
                _ if !path.join("backup.key").is_file() => BackupState::Destroyed,
                None => BackupState::Untested,
                Some((_, wrong)) if wrong.is_empty() => BackupState::Whole,
                Some((_, wrong)) => BackupState::Damaged(wrong.clone()),
            };
            let mut entry = entry(path, &manifest, digest, state);
            entry.tested_at = tested.map(|(at, _)| *at);
            entries.push(entry);
        }
        entries.sort_by(|left, right| right.at.cmp(&left.at).then_with(|| right.path.cmp(&left.path)));
        let rotated: Vec<Rotated> = entries
            .iter()
            .map(|entry| Rotated {
                at: entry.at,
                whole: entry.state == BackupState::Whole,
            })
            .collect();
        for (entry, kept) in entries.iter_mut().zip(rotate(now, &rotated)) {
            entry.kept = kept;
        }
        Ok(entries)
    }

    /// Lets go of the backups that nothing keeps: their keys first, then their folders. Returns how many went.
    pub fn rotate_backups(&self, destination: &Path, now: Timestamp) -> Result<u64> {
        self.require_write()?;
        let mut gone = 0;
        for entry in self.backups(destination, now)? {
            if entry.kept.is_none() {
                self.destroy_backup(&entry)?;
                fs::remove_dir_all(&entry.path).map_err(Error::io("removing an old backup"))?;
                gone += 1;
            }
        }
        Ok(gone)
    }

    /// Destroys the key of a backup, after which nobody can read it.
    pub fn destroy_backup(&self, entry: &BackupEntry) -> Result<()> {
        self.require_write()?;
        match fs::remove_file(entry.path.join("backup.key")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::io("destroying the key of a backup")(error));
            }
            _ => {}
        }
        self.transact(|connection| {
            copy::destroy(connection, &entry.digest)?;
            let event = Event::new("destroy-backup").about("copy", &entry.digest);
            self.witness(connection, &event.change(&entry.totals.root, &[]))
        })?;
        self.remember_of_backups(|memory| {
            memory.tests.remove(&entry.digest);
        })
    }

    /// Tells whether anything was changed since the last backup from this computer.
    pub fn changed_since_backup(&self) -> Result<bool> {
        let memory = self.backup_memory();
        let operations = CaseTotals::of(&self.connection())?.operations;
        Ok(memory.last_success.is_none() || memory.operations != operations)
    }

    /// Lists the copies that were ever made of this case, latest first.
    pub fn copies(&self) -> Result<Vec<CopyEntry>> {
        copy::list(&self.connection())
    }

    /// Returns where backups go from this computer.
    pub fn backup_plan(&self) -> BackupPlan {
        self.backup_memory().plan
    }

    /// Returns the folder of this case's backups below `destination`.
    pub(super) fn backup_home(&self, destination: &Path) -> PathBuf {
        let name: String = self
            .name()
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || c == ' ' || c == '_' {
                    c
                } else {
                    '-'
                }
            })
            .take(60)
            .collect();
        destination.join(format!("{}-{}", name.trim(), hex::encode(&self.case_id()[..4])))
    }

    /// Returns the originals of the newest earlier backup by size and digest.
    fn newest_originals(&self, home: &Path) -> BTreeMap<(u64, [u8; 32]), PathBuf> {
        let mut newest: Option<(PathBuf, Manifest)> = None;
        for path in folders(home).unwrap_or_default() {
            let Ok((manifest, _)) = read_manifest(&path) else {
                continue;
            };
            if newest.as_ref().is_none_or(|(_, known)| known.at < manifest.at) {
                newest = Some((path, manifest));
            }
        }
        let Some((path, manifest)) = newest else {
            return BTreeMap::new();
        };
        let originals = manifest
            .files
            .iter()
            .filter(|entry| manifest::is_vault_name(&entry.name));
        originals
            .map(|entry| ((entry.measured.size, entry.measured.sha256), path.join(&entry.name)))
            .collect()
    }
}

/// Returns what the master key of a backup is bound to.
pub(super) fn key_context(case_id: &[u8; 16]) -> Vec<u8> {
    [b"fusion backup key v1".as_slice(), case_id].concat()
}

/// Reads the manifest of a backup, as far as its signature vouches for it.
pub(super) fn read_manifest(path: &Path) -> Result<(Manifest, [u8; 32])> {
    let bytes = read_small(&path.join("manifest"), manifest::MAX_LEN)?;
    let signature = read_small(&path.join("manifest.sig"), manifest::MAX_SIGNATURE_LEN)?;
    let digest = Manifest::digest(Sort::Backup, &bytes);
    if manifest::signer(&signature, &digest).is_none() {
        return Err(Error::damaged_backup("its manifest is not what was signed"));
    }
    let manifest = Manifest::decode(Sort::Backup, &bytes);
    let manifest = manifest.ok_or_else(|| Error::damaged_backup("its manifest does not read as one"))?;
    Ok((manifest, digest))
}

/// Puts the bytes of `from` at `to`: as a link to the same bytes in an earlier backup, else as a copy.
fn link_or_copy(from: &Path, to: &Path, earlier: &BTreeMap<(u64, [u8; 32]), PathBuf>) -> Result<Measured> {
    let metadata = fs::metadata(from).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::damaged("an original is missing from the vault"),
        _ => Error::io("reading an original to copy")(error),
    })?;
    let known_size = earlier
        .range((metadata.len(), [0; 32])..=(metadata.len(), [255; 32]))
        .next()
        .is_some();
    if known_size {
        let measured = measure(from)?;
        let same = earlier.get(&(measured.size, measured.sha256));
        // The link is read, too: one to rotten bytes would carry the rot from backup to backup.
        if let Some(same) = same
            && measure(same).is_ok_and(|there| there == measured)
            && fs::hard_link(same, to).is_ok()
        {
            return Ok(measured);
        }
    }
    copy_file(from, to)
}

fn folders(home: &Path) -> Result<Vec<PathBuf>> {
    let listing = "listing the backups";
    let entries = match fs::read_dir(home) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io(listing)(error)),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry.map_err(Error::io(listing))?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) && path.is_dir() {
            folders.push(path);
        }
    }
    Ok(folders)
}

fn entry(path: PathBuf, manifest: &Manifest, digest: [u8; 32], state: BackupState) -> BackupEntry {
    BackupEntry {
        path,
        at: manifest.at,
        digest,
        totals: manifest.totals.clone(),
        size: manifest.files.iter().map(|entry| entry.measured.size).sum(),
        state,
        tested_at: None,
        kept: None,
    }
}

/// Writes an instant as part of a file name: `20231114T221320123Z`.
fn compact(at: Timestamp) -> String {
    at.iso().chars().filter(|c| c.is_ascii_alphanumeric()).collect()
}
