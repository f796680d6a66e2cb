//! Unpacking: a package becomes a case of its own, or nothing.
//!
//! Every name on disk is computed here; the package only says how many files there are and what is in them. What was
//! received is checked against the manifest byte by byte, then the database against the schema of this program, then
//! its counts, roots and originals against the manifest. Only then does the folder get its name.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write as _};
use std::path::Path;

use age::stream::StreamReader;
use zeroize::Zeroizing;

use super::archive::{Reader, damaged};
use super::manifest::{self, Entry, Manifest, Sort};
use super::pack::{PackageFacts, same_names};
use super::partial::Partial;
use super::restore::Arrival;
use super::sealing::{self, PackageKey};
use super::totals::CaseTotals;
use super::{Watch, go_on};
use crate::case::Case;
use crate::database::{self, Purpose};
use crate::error::{Error, Result};
use crate::folder::CaseFolder;
use crate::hex;
use crate::keys::{CaseKeys, KdfProfile, KeyFile};
use crate::migrations;
use crate::secret::{Key, Passphrase};
use crate::tables::{meta, source};
use crate::vault::Vault;
use crate::whereabouts;

/// Caps what a package may unpack to.
const MAX_UNPACKED: u64 = 20 * 1024 * 1024 * 1024;

/// Returns what is in a package, as far as its sender says; nothing is unpacked.
pub fn inspect(file: &Path, key: PackageKey<'_>) -> Result<PackageFacts> {
    Ok(Received::open(file, key)?.facts())
}

/// Unpacks a package as a new case at exactly `target`, opened by `passphrase`.
///
/// It keeps the identity of the case that it was packed from and goes on as another copy of it.
pub fn unpack(
    (file, key): (&Path, PackageKey<'_>),
    target: &Path,
    (passphrase, profile): (&Passphrase, KdfProfile),
    arrival: Arrival<'_>,
    watch: &dyn Watch,
) -> Result<PackageFacts> {
    if passphrase.is_empty() {
        return Err(Error::EmptyPassphrase);
    }
    whereabouts::require_own(target, arrival.machine)?;
    let partial = Partial::beside(target)?;
    let received = Received::open(file, key)?;
    let facts = received.facts();
    let folder = CaseFolder::at(partial.path());
    let contents = received.receive(&folder, watch)?;
    let held = (facts.case_id, contents.epoch);
    let keys = (contents.master, &contents.keys.fingerprint);
    let key_file = KeyFile::adopt(&folder.keys(), held, keys, (passphrase, profile))?;
    key_file.save()?;
    let reason = format!("unpacked from the package {}", hex::encode(&facts.digest));
    let case = Case::arrived(folder, key_file, arrival.machine, &reason, arrival.stamp)?;
    case.close()?;
    partial.keep()?;
    Ok(facts)
}

/// Holds a package whose manifest was read and whose files follow.
pub(super) struct Received {
    manifest: Manifest,
    digest: [u8; 32],
    signed_by: [u8; 32],
    stream: Reader<StreamReader<BufReader<File>>>,
}

/// Holds what was received of a package and found sound.
pub(super) struct Contents {
    pub(super) master: Key,
    pub(super) keys: CaseKeys,
    pub(super) epoch: u64,
}

impl Received {
    /// Opens a package and reads its manifest.
    pub(super) fn open(file: &Path, key: PackageKey<'_>) -> Result<Self> {
        let mut stream = Reader::new(sealing::open(file, key)?);
        let bytes = Zeroizing::new(stream.small("manifest", manifest::MAX_LEN)?);
        let signature = stream.small("manifest.sig", manifest::MAX_SIGNATURE_LEN)?;
        let digest = Manifest::digest(Sort::Package, &bytes);
        let signed_by = manifest::signer(&signature, &digest);
        let signed_by = signed_by.ok_or_else(|| damaged("its manifest is not what was signed", "manifest.sig"))?;
        let manifest = Manifest::decode(Sort::Package, &bytes);
        let manifest = manifest.ok_or_else(|| damaged("it does not read as a manifest", "manifest"))?;
        check_list(&manifest.files)?;
        Ok(Self {
            manifest,
            digest,
            signed_by,
            stream,
        })
    }

    /// Returns what the manifest says.
    pub(super) fn facts(&self) -> PackageFacts {
        PackageFacts::new(&self.manifest, self.digest, self.signed_by)
    }

    /// Writes the files into the empty folder of a case to be, and checks them.
    pub(super) fn receive(mut self, folder: &CaseFolder, watch: &dyn Watch) -> Result<Contents> {
        let total: u64 = self.manifest.files.iter().map(|entry| entry.measured.size).sum();
        fs::create_dir(folder.vault()).map_err(Error::io("making a vault"))?;
        let mut done = 0;
        for entry in &self.manifest.files {
            // Chosen here from two forms that were checked before: nothing of a name reaches the disk unchecked.
            let place = match entry.name.strip_prefix("vault/") {
                Some(digits) => folder.vault().join(digits),
                None => folder.evidence(),
            };
            let file = File::create_new(&place).map_err(Error::io("unpacking"))?;
            let mut out = BufWriter::with_capacity(256 * 1024, file);
            self.stream.stream(&entry.name, entry.measured, &mut out, &mut |read| {
                go_on(watch, "unpacking", done + read, total)
            })?;
            out.flush().map_err(Error::io("unpacking"))?;
            out.get_ref().sync_all().map_err(Error::io("unpacking"))?;
            done += entry.measured.size;
        }
        self.stream.finish()?;
        let travelling = self.manifest.keys.as_ref();
        let travelling = travelling.ok_or_else(|| damaged("it holds no keys", "manifest"))?;
        let master = Key::take(Zeroizing::new(*travelling.master).as_mut())?;
        let fingerprint = Key::take(Zeroizing::new(*travelling.fingerprint).as_mut())?;
        let keys = CaseKeys::derive(&master, &self.manifest.case_id, fingerprint)?;
        go_on(watch, "checking what was unpacked", 0, 0)?;
        let epoch = check_contents(folder, &keys, &self.manifest).map_err(|error| match error {
            Error::Damaged { .. } | Error::Database(_) => {
                damaged("its database is not what a case holds", "evidence.db")
            }
            other => other,
        })?;
        Ok(Contents { master, keys, epoch })
    }
}

/// Checks names, number and sizes of what will follow.
fn check_list(files: &[Entry]) -> Result<()> {
    let Some((database, originals)) = files.split_first() else {
        return Err(damaged("it lists no database", "manifest"));
    };
    if database.name != "evidence.db" {
        return Err(damaged("it lists something else than a case holds", &database.name));
    }
    let mut names = BTreeSet::new();
    for entry in originals {
        if !manifest::is_vault_name(&entry.name) {
            return Err(damaged("it lists something else than a case holds", &entry.name));
        }
        if !names.insert(&entry.name) {
            return Err(damaged("it lists a file twice", &entry.name));
        }
    }
    let sizes = files.iter().map(|entry| entry.measured.size);
    match sizes.reduce(u64::saturating_add) {
        Some(size) if size > MAX_UNPACKED => Err(damaged("it would unpack to more than 20 GiB", "manifest")),
        _ => Ok(()),
    }
}

/// Checks the received database: schema, identity, counts, roots, originals. Returns the epoch it has seen.
fn check_contents(folder: &CaseFolder, keys: &CaseKeys, manifest: &Manifest) -> Result<u64> {
    let path = folder.evidence();
    refuse_a_header_in_the_clear(&path)?;
    let mut connection = database::open(&path, &keys.evidence, Purpose::Write)?;
    migrations::require_known(migrations::version(&connection)?)?;
    migrations::require_schema(&connection)?;
    migrations::migrate(&mut connection)?;
    if meta::get(&connection, meta::CASE_ID)? != manifest.case_id {
        return Err(Error::damaged("the database belongs to another case"));
    }
    if CaseTotals::of(&connection)? != manifest.totals {
        return Err(damaged("counts or roots are not those of its manifest", "evidence.db"));
    }
    let rows = source::list(&connection)?;
    let originals = rows
        .iter()
        .filter_map(|row| row.original())
        .map(|original| original.sha256)
        .collect();
    let vault = Vault::new(folder.vault(), keys);
    let listed = manifest.files.get(1..).unwrap_or_default();
    if !same_names(listed, &originals, &vault)? {
        return Err(damaged(
            "it lists originals that belong to no source, or lacks some",
            "manifest",
        ));
    }
    let epoch = meta::number(&connection, meta::EPOCH)?;
    connection.close().map_err(|(_, error)| Error::from(error))?;
    Ok(epoch)
}

/// Refuses a database that would lie plain on disk.
fn refuse_a_header_in_the_clear(path: &Path) -> Result<()> {
    let mut start = [0; 16];
    let file = File::open(path).map_err(Error::io("reading what was unpacked"))?;
    let read = file
        .take(16)
        .read(&mut start)
        .map_err(Error::io("reading what was unpacked"))?;
    if read == 16 && start != *b"SQLite format 3\0" {
        Ok(())
    } else {
        Err(Error::damaged("the database is not encrypted"))
    }
}
