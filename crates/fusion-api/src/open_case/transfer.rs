//! Copies of the case on the bench: backups, packages, and cases that come in as either.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use fusion_model::{RecordId, Timestamp};
pub use fusion_store::BackupPlan;
use fusion_store::{
    Arrival, BackupEntry, BackupState, CaseTotals, KdfProfile, Machine, MergeReport, MergeState, PackOrder,
    PackageFacts, PackageKey, Sealing, Selection, Unlock, Watch,
};
use zeroize::Zeroizing;

use super::{CaseKey, Extent, OpenCase, secret, stamp};
use crate::clock;
use crate::commands::backup::BackupView;
use crate::commands::share::{IdentityView, MergeRowView, MergeView, PackageView};
use crate::error::{ApiError, Code};
use crate::progress::{Progress, Unwatched};

/// After so long without a backup somebody should know: a day, and an hour for a late start.
const OVERDUE_MS: i64 = 25 * 60 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Changes are left to settle for so long before a backup is made of them.
const SETTLE_MS: i64 = 30 * 60 * 1000;

/// How the backups of a case stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupStanding {
    /// Where they go and whether by themselves.
    pub plan: BackupPlan,
    /// When one last succeeded.
    pub last_success: Option<Timestamp>,
    /// Whether none succeeded for 25 hours.
    pub overdue: bool,
    /// Whether one should be made by itself now.
    pub due: bool,
}

/// What opens a package; wiped when dropped.
pub enum PackageOpener {
    /// The identity of this computer.
    Here,
    /// An age identity (`AGE-SECRET-KEY-…`).
    Identity(Zeroizing<String>),
    /// The passphrase of the package.
    Passphrase(Zeroizing<String>),
}

/// What is packed, for whom, and why.
pub struct PackWish {
    /// Public keys (`age1…`) that open it.
    pub recipients: Vec<String>,
    /// Passphrase that opens it, where there are no recipients.
    pub passphrase: Zeroizing<String>,
    /// Records that it is about; none for the whole case.
    pub records: BTreeSet<RecordId>,
    /// Why it leaves the case.
    pub reason: String,
}

impl OpenCase {
    /// Returns how the backups stand.
    pub fn backup_standing(&self) -> Result<BackupStanding, ApiError> {
        let memory = self.store.backup_memory();
        let now = clock::wall();
        let age = |since: Timestamp| now.0.saturating_sub(since.0);
        let reference = memory.last_success.or(memory.since);
        let reference = match reference {
            Some(at) => at,
            None => self.store.created_at()?,
        };
        let wanted = memory.plan.automatic && memory.plan.folder.is_some() && self.writable();
        let due = wanted
            && match memory.last_success {
                None => true,
                Some(at) => {
                    age(at) >= DAY_MS || age(at) < 0 || (age(at) >= SETTLE_MS && self.store.changed_since_backup()?)
                }
            };
        Ok(BackupStanding {
            overdue: age(reference) > OVERDUE_MS,
            plan: memory.plan,
            last_success: memory.last_success,
            due,
        })
    }

    /// Says what is wrong with the backups; empty when nothing is.
    pub fn backup_alert(&self) -> Result<String, ApiError> {
        let standing = self.backup_standing()?;
        Ok(match (standing.overdue, standing.last_success, standing.plan.folder) {
            (false, _, _) => String::new(),
            (true, None, None) => "No backup of this case was ever made on this computer.".to_owned(),
            (true, None, Some(_)) => "No backup has succeeded since a folder was chosen.".to_owned(),
            (true, Some(at), _) => format!("The last backup succeeded on {}.", at.iso_day()),
        })
    }

    /// Chooses where backups go and whether they are made by themselves.
    pub fn plan_backups(&self, plan: BackupPlan) -> Result<(), ApiError> {
        Ok(self.store.plan_backups(plan, clock::wall())?)
    }

    /// Lists the backups below `folder`, latest first, with their places.
    pub fn backups(&self, folder: &Path) -> Result<Vec<BackupEntry>, ApiError> {
        Ok(self.store.backups(folder, clock::wall())?)
    }

    /// Makes a backup below `folder` and lets old ones go.
    pub fn back_up(&self, folder: &Path, progress: &dyn Progress) -> Result<BackupEntry, ApiError> {
        let entry = self.store.back_up(folder, &stamp(), &Watched(progress))?;
        self.store.rotate_backups(folder, clock::wall())?;
        Ok(entry)
    }

    /// Restores a backup to a passing folder and compares it; the answer is what is wrong, or nothing.
    pub fn test_backup(&self, entry: &BackupEntry, progress: &dyn Progress) -> Result<Option<String>, ApiError> {
        Ok(self.store.test_backup(entry, clock::wall(), &Watched(progress))?.wrong)
    }

    /// Finds the backup of this case at `path`.
    pub fn backup_at(&self, path: &Path) -> Result<BackupEntry, ApiError> {
        let folder = path.parent().and_then(Path::parent).unwrap_or(Path::new("."));
        let found = self.backups(folder)?.into_iter().find(|entry| entry.path == path);
        found.ok_or_else(|| ApiError::not_found("backup of this case"))
    }

    /// Finds the observations that say something of `records`, whatever names them.
    fn selected(&self, records: BTreeSet<RecordId>) -> Result<Selection, ApiError> {
        let picture = self.picture()?;
        let said = picture.snapshot.statements.iter();
        let of_them = said.filter(|statement| records.contains(&statement.record));
        Ok(Selection {
            observations: of_them.map(|statement| statement.observation).collect(),
            records,
        })
    }

    /// Writes a sealed package to `file`.
    pub fn pack(&self, file: &Path, wish: PackWish, progress: &dyn Progress) -> Result<PackageView, ApiError> {
        let sealing = if wish.recipients.is_empty() {
            Sealing::Passphrase(secret(wish.passphrase))
        } else {
            Sealing::Recipients(wish.recipients)
        };
        let selection = (!wish.records.is_empty())
            .then(|| self.selected(wish.records))
            .transpose()?;
        let stamp = stamp();
        let order = PackOrder {
            sealing: &sealing,
            selection: selection.as_ref(),
            reason: &wish.reason,
            stamp: &stamp,
        };
        let facts = self.store.pack(file, &order, &Watched(progress))?;
        Ok(package_view(&facts, self.store.machine()))
    }
}

impl OpenCase {
    /// Says what merging the package at `file` would do.
    pub fn compare(&self, file: &Path, opener: &PackageOpener, machine: &Machine) -> Result<MergeView, ApiError> {
        let report = with_key(opener, machine, |key| {
            Ok(self.store.compare_package((file, key), &Watched(&Unwatched))?)
        })?;
        Ok(merge_view(&report, machine))
    }

    /// Merges the package at `file` and brings everything derived up to date.
    pub fn merge(
        &self,
        file: &Path,
        opener: &PackageOpener,
        machine: &Machine,
        progress: &dyn Progress,
    ) -> Result<MergeView, ApiError> {
        let report = with_key(opener, machine, |key| {
            Ok(self.store.merge_package((file, key), &stamp(), &Watched(progress))?)
        })?;
        self.fuse(Extent::WhatChanged, progress)?;
        Ok(merge_view(&report, machine))
    }
}

fn merge_view(report: &MergeReport, machine: &Machine) -> MergeView {
    MergeView {
        package: package_view(&report.package, Some(machine)),
        rows: report
            .rows
            .iter()
            .map(|row| MergeRowView {
                state: row.state.id().to_owned(),
                kind: row.kind.clone(),
                text: row.text.clone(),
                here: row.here.clone(),
            })
            .collect(),
        new: report.count(MergeState::New),
        same: report.count(MergeState::Same),
        conflicts: report.count(MergeState::Conflict),
    }
}

/// Restores the backup at `backup` as a new case at exactly `target`.
pub fn restore(
    backup: &Path,
    key: CaseKey,
    target: &Path,
    machine: &Machine,
    progress: &dyn Progress,
) -> Result<CaseTotals, ApiError> {
    let stamp = stamp();
    let arrival = Arrival {
        stamp: &stamp,
        machine: Some(machine),
    };
    let run = |unlock: Unlock<'_>| fusion_store::restore(backup, unlock, target, arrival, &Watched(progress));
    Ok(match key {
        CaseKey::Keyring => run(Unlock::Keyring)?,
        CaseKey::Passphrase(text) => run(Unlock::Passphrase(&secret(text)))?,
        CaseKey::Recovery(text) => run(Unlock::Recovery(&secret(text)))?,
        CaseKey::Colleague(text) => run(Unlock::Colleague(&secret(text)))?,
    })
}

/// Returns what is in a package, as its sender says.
pub fn inspect(file: &Path, opener: &PackageOpener, machine: &Machine) -> Result<PackageView, ApiError> {
    let facts = with_key(opener, machine, |key| Ok(fusion_store::inspect(file, key)?))?;
    Ok(package_view(&facts, Some(machine)))
}

/// Unpacks a package as a new case at exactly `target`, opened by `passphrase`.
pub fn unpack(
    (file, opener): (&Path, &PackageOpener),
    target: &Path,
    passphrase: Zeroizing<String>,
    machine: &Machine,
    progress: &dyn Progress,
) -> Result<PackageView, ApiError> {
    let (stamp, chosen) = (stamp(), secret(passphrase));
    let arrival = Arrival {
        stamp: &stamp,
        machine: Some(machine),
    };
    let opened_by = (&chosen, KdfProfile::standard());
    let facts = with_key(opener, machine, |key| {
        Ok(fusion_store::unpack(
            (file, key),
            target,
            opened_by,
            arrival,
            &Watched(progress),
        )?)
    })?;
    Ok(package_view(&facts, Some(machine)))
}

/// Returns this computer's public keys.
pub fn identity(machine: &Machine) -> Result<IdentityView, ApiError> {
    let identity = machine.identity()?;
    Ok(IdentityView {
        recipient: identity.recipient(),
        signing_key: hex(&identity.public_key()[..8]),
    })
}

/// Shows a backup under `handle`.
pub fn backup_view(handle: String, entry: &BackupEntry) -> BackupView {
    let (state, text) = match &entry.state {
        BackupState::Untested => ("untested", "Not tested yet.".to_owned()),
        BackupState::Whole => ("whole", "Restored to scratch and found whole.".to_owned()),
        BackupState::Damaged(wrong) => ("damaged", wrong.clone()),
        BackupState::Destroyed => ("destroyed", "Its key was destroyed; nobody can read it.".to_owned()),
    };
    BackupView {
        handle,
        at: entry.at.iso(),
        kept_as: entry.kept.map_or("", fusion_store::Kept::id).to_owned(),
        size: entry.size,
        sources: entry.totals.sources,
        observations: entry.totals.observations,
        state: state.to_owned(),
        text,
    }
}

pub(super) fn with_key<T>(
    opener: &PackageOpener,
    machine: &Machine,
    run: impl FnOnce(PackageKey<'_>) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    match opener {
        PackageOpener::Here => run(PackageKey::Machine(machine)),
        PackageOpener::Identity(text) => run(PackageKey::Identity(&secret(text.clone()))),
        PackageOpener::Passphrase(text) => run(PackageKey::Passphrase(&secret(text.clone()))),
    }
}

pub(super) fn package_view(facts: &PackageFacts, machine: Option<&Machine>) -> PackageView {
    let own = machine
        .and_then(|machine| machine.identity().ok())
        .map(|identity| identity.public_key());
    PackageView {
        name: facts.name.clone(),
        extent: facts.extent.id().to_owned(),
        at: facts.at.iso(),
        sender: facts.sender.clone(),
        signed_by: hex(&facts.signed_by[..8]),
        sender_known: own == Some(facts.signed_by),
        sources: facts.totals.sources,
        observations: facts.totals.observations,
        operations: facts.totals.operations,
        original_bytes: facts.totals.original_bytes,
        code: hex(&facts.totals.custody_head[..8]),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lets the store report to a host.
pub(super) struct Watched<'a>(pub(super) &'a dyn Progress);

impl Watch for Watched<'_> {
    fn report(&self, stage: &str, done: u64, total: u64) -> ControlFlow<()> {
        self.0.report(stage, done, total)
    }
}

/// Refuses to go on without a folder.
pub(crate) fn no_folder() -> ApiError {
    ApiError::new(Code::Usage, "no folder for backups was chosen").hint("choose one on another disk")
}
