//! Restoring a backup, and rehearsing it.
//!
//! A restored case is the case as it was, under the keys it had: every passphrase, recovery code and colleague that
//! opened it then opens it again. Everything is compared with the manifest on the way; nothing is ever overwritten.
//! A test does the same into a passing folder, checks the whole case there, and removes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fusion_model::Timestamp;
use zeroize::Zeroizing;

use super::backup::{self, BackupEntry};
use super::manifest::{self, Entry, Manifest};
use super::partial::Partial;
use super::totals::CaseTotals;
use super::{Measured, Watch, copy_file, go_on, measure, read_small, snapshot, write_file};
use crate::case::{Access, Case};
use crate::change::Stamp;
use crate::error::{Error, Result};
use crate::folder::CaseFolder;
use crate::hex;
use crate::keys::{CaseKeys, KeyFile, Unlock, Wrapped};
use crate::machine::Machine;
use crate::secret::Key;
use crate::vault::Vault;
use crate::whereabouts;

const MAX_KEYS: u64 = 64 * 1024;

/// Says what the test of a backup found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupTest {
    /// When it was made, by the clock of the host.
    pub at: Timestamp,
    /// The first thing found wrong; `None` when the backup restores to what was backed up.
    pub wrong: Option<String>,
    /// What was restored, where it could be.
    pub totals: CaseTotals,
}

/// Restores the backup at `backup` as a new case at exactly `target`; it goes on as another copy of the case.
pub fn restore(
    backup: &Path,
    unlock: Unlock<'_>,
    target: &Path,
    arrival: Arrival<'_>,
    watch: &dyn Watch,
) -> Result<CaseTotals> {
    whereabouts::require_own(target, arrival.machine)?;
    let partial = Partial::beside(target)?;
    let opened = Opened::new(backup, |path| KeyFile::open(path, unlock))?;
    opened.rebuild(partial.path(), Placing::Copy, watch)?;
    let folder = CaseFolder::at(partial.path());
    let key_file = opened.key_file.sibling(&folder.keys())?;
    let reason = format!("restored from the backup {}", hex::encode(&opened.digest));
    let restored = Case::arrived(folder, key_file, arrival.machine, &reason, arrival.stamp)?;
    restored.close()?;
    partial.keep()?;
    Ok(opened.manifest.totals)
}

/// Says where a copy arrives and who brings it in.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// Who brings it in, and when.
    pub stamp: &'a Stamp,
    /// The computer it arrives on.
    pub machine: Option<&'a Machine>,
}

impl Case {
    /// Restores a backup of this case to a passing folder beside it, checks everything, and remembers the outcome.
    pub fn test_backup(&self, entry: &BackupEntry, now: Timestamp, watch: &dyn Watch) -> Result<BackupTest> {
        // Only says which key is needed; whoever changes it makes a backup untestable here, never whole.
        let master_epoch = self.master_epoch()?;
        if KeyFile::claimed_epoch(&entry.path.join("case.keys")).is_ok_and(|epoch| epoch < master_epoch) {
            return Err(Error::conflict(
                "the backup was made before the master key of the case was changed; only a passphrase of then opens it",
            ));
        }
        let outcome = self.rehearse(&entry.path, watch);
        let wrong = match &outcome {
            Ok(()) => None,
            // These say something of this computer or of the person at it, nothing of the backup.
            Err(Error::Stopped | Error::DiskFull) => return Err(outcome.err().unwrap_or(Error::Stopped)),
            Err(error) => Some(error.to_string()),
        };
        let said = wrong.clone().unwrap_or_default();
        self.remember_of_backups(|memory| {
            memory.tests.insert(entry.digest, (now, said));
        })?;
        Ok(BackupTest {
            at: now,
            wrong,
            totals: entry.totals.clone(),
        })
    }

    fn rehearse(&self, backup: &Path, watch: &dyn Watch) -> Result<()> {
        let partial = Partial::beside(&backup.with_extension("test"))?;
        let opened = Opened::new(backup, |path| self.key_file().sibling(path))?;
        opened.rebuild(partial.path(), Placing::Link, watch)?;
        go_on(watch, "checking what was restored", 0, 0)?;
        let folder = CaseFolder::at(partial.path());
        let key_file = self.key_file().sibling(&folder.keys())?;
        let restored = Self::unlocked(folder, Access::Read, None, key_file, None)?;
        let report = restored.verify();
        if let Some(bad) = report.first_bad() {
            return Err(Error::damaged_backup(bad));
        }
        let totals = CaseTotals::of(&restored.connection())?;
        opened.compare(&totals)
    }
}

/// Says how originals get into a rebuilt case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placing {
    /// As copies of their own.
    Copy,
    /// As links where that is possible: the rebuilt case is removed soon.
    Link,
}

/// Holds a backup whose keys are known.
struct Opened {
    root: PathBuf,
    manifest: Manifest,
    digest: [u8; 32],
    key_file: KeyFile,
    /// Keys of the case as it was.
    keys: CaseKeys,
    /// Keys of the backup.
    own: CaseKeys,
}

impl Opened {
    fn new(root: &Path, unlock: impl FnOnce(&Path) -> Result<KeyFile>) -> Result<Self> {
        let (manifest, digest) = backup::read_manifest(root)?;
        let wrapped = match read_small(&root.join("backup.key"), MAX_KEYS) {
            Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::damaged_backup(
                    "its key was destroyed, so nothing can be restored from it",
                ));
            }
            other => other?,
        };
        let key_file = unlock(&root.join("case.keys"))?;
        if key_file.case_id() != manifest.case_id {
            return Err(Error::damaged_backup("its key file belongs to another case"));
        }
        let keys = key_file.case_keys()?;
        let master = Wrapped::from_bytes(&wrapped)
            .map(|wrapped| wrapped.open(&keys.backup, &backup::key_context(&manifest.case_id)))
            .transpose()?
            .flatten();
        let master = master.ok_or_else(|| Error::damaged_backup("its key does not unwrap"))?;
        let fingerprint = Key::take(Zeroizing::new(*keys.fingerprint.bytes()).as_mut())?;
        Ok(Self {
            root: root.to_owned(),
            own: CaseKeys::derive(&master, &manifest.case_id, fingerprint)?,
            manifest,
            digest,
            key_file,
            keys,
        })
    }

    /// Builds the case as it was in the empty folder `into`, comparing everything with the manifest.
    fn rebuild(&self, into: &Path, placing: Placing, watch: &dyn Watch) -> Result<()> {
        let files: BTreeMap<&str, Measured> = self
            .manifest
            .files
            .iter()
            .map(|Entry { name, measured }| (name.as_str(), *measured))
            .collect();
        let expect = |name: &str, found: Measured| match files.get(name) {
            Some(expected) if *expected == found => Ok(()),
            Some(_) => Err(Error::damaged_backup(format!("{name} is not what was written"))),
            None => Err(Error::damaged_backup(format!("{name} is not in its manifest"))),
        };
        go_on(watch, "checking the backup", 0, 0)?;
        for name in ["backup.key", "evidence.db"] {
            expect(name, measure(&self.root.join(name))?)?;
        }
        let folder = CaseFolder::at(into);
        let key_bytes = read_small(&self.root.join("case.keys"), MAX_KEYS)?;
        write_file(&folder.keys(), &key_bytes)?;
        expect("case.keys", measure(&folder.keys())?)?;
        let from = self.root.join("evidence.db");
        let copied = snapshot::take((&from, &self.own), (&folder.evidence(), &self.keys), watch)?;
        self.compare(&copied.totals)?;
        fs::create_dir(folder.vault()).map_err(Error::io("making the vault of a restored case"))?;
        let theirs = Vault::new(self.root.join("vault"), &self.own);
        let ours = Vault::new(folder.vault(), &self.keys);
        let total = copied.originals.len() as u64;
        if files.len() as u64 != total + 3 {
            return Err(Error::damaged_backup(
                "it lists originals that belong to no source, or lacks some",
            ));
        }
        for (done, original) in (0u64..).zip(&copied.originals) {
            go_on(watch, "copying the originals", done, total)?;
            let (from, to) = (theirs.place(original), ours.place(original));
            let linked = placing == Placing::Link && fs::hard_link(&from, &to).is_ok();
            let measured = if linked { measure(&to)? } else { copy_file(&from, &to)? };
            expect(&manifest::vault_name(&from)?, measured)?;
        }
        Ok(())
    }

    fn compare(&self, found: &CaseTotals) -> Result<()> {
        if *found == self.manifest.totals {
            Ok(())
        } else {
            Err(Error::damaged_backup("counts or roots are not those of its manifest"))
        }
    }
}
