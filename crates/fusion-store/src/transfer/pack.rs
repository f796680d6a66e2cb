//! Packing: one sealed file with a whole case or a selection of it, under keys of its own, signed by this computer.
//!
//! The snapshot lies encrypted in the scratch folder of the case while the package is written. What leaves is logged
//! before the package gets its name.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use fusion_model::{ObservationId, RecordId, SourceId, StreamDigest, Timestamp};
use zeroize::Zeroizing;

use super::archive::Writer;
use super::manifest::{self, Entry, Extent, Manifest, Sort, TravelKeys};
use super::partial::{PartialFile, Scratch};
use super::sealing::Sealing;
use super::snapshot::{self, Snapshot};
use super::totals::CaseTotals;
use super::{Watch, go_on, measure};
use crate::case::Case;
use crate::change::{Change, Stamp};
use crate::error::{Error, Result};
use crate::keys::CaseKeys;
use crate::secret::Key;
use crate::tables::copy::{self, CopyEntry, CopyKind};
use crate::vault::Vault;

/// Says what to pack, for whom, and why.
#[derive(Debug)]
pub struct PackOrder<'a> {
    /// Who can open it.
    pub sealing: &'a Sealing,
    /// Only this part of it; `None` for the whole case.
    pub selection: Option<&'a Selection>,
    /// Why it leaves the case.
    pub reason: &'a str,
    /// Who packs it, and when.
    pub stamp: &'a Stamp,
}

/// Names a part of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Observations that come along.
    pub observations: BTreeSet<ObservationId>,
    /// Records that they were selected for: judgements and notes about these alone come along.
    pub records: BTreeSet<RecordId>,
}

/// Describes a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFacts {
    /// Random identity of the case in it.
    pub case_id: [u8; 16],
    /// Name of the case.
    pub name: String,
    /// How much of the case is in it.
    pub extent: Extent,
    /// When it was packed, by the sender's clock.
    pub at: Timestamp,
    /// Who packed it, in the sender's words.
    pub sender: String,
    /// Public key that signed it.
    pub signed_by: [u8; 32],
    /// What it holds.
    pub totals: CaseTotals,
    /// Digest of its manifest.
    pub digest: [u8; 32],
}

impl PackageFacts {
    pub(super) fn new(manifest: &Manifest, digest: [u8; 32], signed_by: [u8; 32]) -> Self {
        Self {
            case_id: manifest.case_id,
            name: manifest.name.clone(),
            extent: manifest.extent,
            at: manifest.at,
            sender: manifest.sender.clone(),
            signed_by,
            totals: manifest.totals.clone(),
            digest,
        }
    }
}

/// Holds what goes into a package, ready to be written.
pub(super) struct Parcel {
    pub(super) case_id: [u8; 16],
    pub(super) extent: Extent,
    pub(super) keys: CaseKeys,
    pub(super) master: Key,
    pub(super) database: PathBuf,
    pub(super) holds: Snapshot,
}

impl Case {
    /// Writes a sealed package to the new file `file`, and logs that it left.
    pub fn pack(&self, file: &Path, order: &PackOrder<'_>, watch: &dyn Watch) -> Result<PackageFacts> {
        self.require_write()?;
        if order.reason.trim().is_empty() {
            return Err(Error::conflict("what leaves the case needs a reason"));
        }
        let machine = self
            .machine()
            .ok_or_else(|| Error::conflict("this computer has no identity to sign with"))?;
        let identity = machine.identity()?;
        let output = PartialFile::beside(file)?;
        let scratch = Scratch::in_folder(&self.folder.scratch())?;
        let parcel = match order.selection {
            None => self.whole(&scratch, watch)?,
            Some(wanted) => self.selection(&scratch, wanted, order, watch)?,
        };
        let originals = self.measure_originals(&parcel, watch)?;
        let manifest = self.describe(&parcel, &originals, order)?;
        let text = manifest.encode();
        if text.len() as u64 > manifest::MAX_LEN {
            return Err(Error::conflict(
                "the case has too many originals for one package; pack a selection",
            ));
        }
        let digest = Manifest::digest(Sort::Package, text.as_bytes());
        let signature = manifest::sign(&identity, &digest);

        let hashed = Hashed::new(BufWriter::with_capacity(256 * 1024, output.file()?));
        let mut writer = Writer::new(order.sealing.seal(hashed)?);
        writer.entry("manifest", text.as_bytes())?;
        writer.entry("manifest.sig", signature.as_bytes())?;
        let total: u64 = manifest.files.iter().map(|entry| entry.measured.size).sum();
        let mut done = 0;
        let sources = std::iter::once(&parcel.database).chain(originals.iter().map(|(path, _)| path));
        for (entry, path) in manifest.files.iter().zip(sources) {
            let mut input = File::open(path).map_err(Error::io("reading a file to pack"))?;
            writer.stream(&entry.name, entry.measured, &mut input, &mut |read| {
                go_on(watch, "sealing the package", done + read, total)
            })?;
            done += entry.measured.size;
        }
        let sealed = writer.finish()?.finish().map_err(Error::io("writing a package"))?;
        let (mut buffered, sha256) = sealed.finish();
        buffered.flush().map_err(Error::io("writing a package"))?;
        drop(buffered);
        self.transact(|connection| {
            copy::insert(
                connection,
                &CopyEntry {
                    kind: CopyKind::Package,
                    at: order.stamp.at,
                    digest,
                    place: file.display().to_string(),
                    destroyed: false,
                },
            )
        })?;
        let leaving = Change::Disclose {
            what: format!("pack {}", parcel.extent.id()),
            object: sha256,
            reason: order.reason.to_owned(),
        };
        self.apply(&leaving, order.stamp)?;
        output.keep()?;
        Ok(PackageFacts::new(&manifest, digest, identity.public_key()))
    }

    fn whole(&self, scratch: &Scratch, watch: &dyn Watch) -> Result<Parcel> {
        let case_id = self.case_id();
        let (master, keys) = self.travel_keys(&case_id)?;
        let database = scratch.path().join("evidence.db");
        let live = self.folder.evidence();
        let holds = snapshot::take((&live, &self.keys), (&database, &keys), watch)?;
        Ok(Parcel {
            case_id,
            extent: Extent::Whole,
            keys,
            master,
            database,
            holds,
        })
    }

    /// Draws a master key for a copy and derives the copy's keys; secrets still match those of this case.
    pub(super) fn travel_keys(&self, case_id: &[u8; 16]) -> Result<(Key, CaseKeys)> {
        let master = Key::random()?;
        let fingerprint = Key::take(Zeroizing::new(*self.keys.fingerprint.bytes()).as_mut())?;
        let keys = CaseKeys::derive(&master, case_id, fingerprint)?;
        Ok((master, keys))
    }

    fn measure_originals(&self, parcel: &Parcel, watch: &dyn Watch) -> Result<Vec<(PathBuf, Entry)>> {
        let (vault, theirs) = (self.vault(), Vault::new(PathBuf::new(), &parcel.keys));
        let total = parcel.holds.originals.len() as u64;
        let mut originals = Vec::new();
        for (done, original) in (0u64..).zip(&parcel.holds.originals) {
            go_on(watch, "measuring the originals", done, total)?;
            let path = vault.place(original);
            if !path.is_file() {
                return Err(Error::damaged("an original is missing from the vault"));
            }
            let entry = Entry {
                name: manifest::vault_name(&theirs.place(original))?,
                measured: measure(&path)?,
            };
            originals.push((path, entry));
        }
        // By name, so that the order gives nothing away of the order of the digests.
        originals.sort_by(|left, right| left.1.name.cmp(&right.1.name));
        Ok(originals)
    }

    fn describe(&self, parcel: &Parcel, originals: &[(PathBuf, Entry)], order: &PackOrder<'_>) -> Result<Manifest> {
        let mut files = vec![Entry {
            name: "evidence.db".to_owned(),
            measured: measure(&parcel.database)?,
        }];
        files.extend(originals.iter().map(|(_, entry)| entry.clone()));
        Ok(Manifest {
            sort: Sort::Package,
            case_id: parcel.case_id,
            name: self.name().to_owned(),
            at: order.stamp.at,
            extent: parcel.extent,
            sender: order.stamp.author.clone(),
            totals: parcel.holds.totals.clone(),
            keys: Some(TravelKeys {
                master: Zeroizing::new(*parcel.master.bytes()),
                fingerprint: Zeroizing::new(*parcel.keys.fingerprint.bytes()),
            }),
            files,
        })
    }
}

/// Digests what is written through it.
struct Hashed<W> {
    out: W,
    digest: StreamDigest,
}

impl<W: Write> Hashed<W> {
    fn new(out: W) -> Self {
        Self {
            out,
            digest: StreamDigest::new(),
        }
    }

    fn finish(self) -> (W, [u8; 32]) {
        (self.out, self.digest.finish())
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.digest.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Tells whether two lists name the same originals.
pub(super) fn same_names(listed: &[Entry], originals: &BTreeSet<SourceId>, vault: &Vault<'_>) -> Result<bool> {
    let expected: Result<BTreeSet<String>> = originals
        .iter()
        .map(|original| manifest::vault_name(&vault.place(original)))
        .collect();
    let listed: BTreeSet<String> = listed.iter().map(|entry| entry.name.clone()).collect();
    Ok(listed == expected?)
}
