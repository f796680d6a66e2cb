//! Merging a colleague's package: what is new, the same, in conflict; then all of it in one transaction.
//!
//! Only copies of one case merge, since only they share identities, secrets and the beginnings of their logs. Operations
//! are taken over as they stand; the order that all copies agree on decides every contradiction, so merging A into B and
//! B into A comes to the same. A source that both hold in different readings keeps the reading that was imported last in
//! that order. The package lies encrypted in the scratch folder while it is looked at. What was done in a selection of the
//! case comes home in a way of its own.

mod selection;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fusion_model::{OperationId, RecordId, SourceId, StatementId, Verdict};
use rusqlite::Connection;

use super::pack::PackageFacts;
use super::partial::Scratch;
use super::sealing::PackageKey;
use super::unpack::Received;
use super::{Watch, copy_file, go_on};
use crate::case::{Case, records_of, source_of};
use crate::change::{Change, Stamp};
use crate::database::{self, Purpose};
use crate::error::{Error, Result};
use crate::folder::CaseFolder;
use crate::hex;
use crate::keys::CaseKeys;
use crate::secret::random;
use crate::state::{LiveState, Operation, fold};
use crate::tables::custody::{ABOUT_OPERATION, Event};
use crate::tables::operation::{self, LogEntry};
use crate::tables::source::{self, SourceRow};
use crate::tables::{erasure, observation, transplant};
use crate::vault::Vault;
use crate::verify::logged_digests;

/// Says how a thing of the package stands to the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MergeState {
    /// The case does not hold it.
    New,
    /// The case holds something that contradicts it.
    Conflict,
    /// The case holds it.
    Same,
}

impl MergeState {
    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Conflict => "conflict",
            Self::Same => "same",
        }
    }
}

/// Describes one thing of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRow {
    /// How it stands to the case.
    pub state: MergeState,
    /// `source`, or the sort of an operation.
    pub kind: String,
    /// What it is, in words.
    pub text: String,
    /// What stands here, where it contradicts; empty otherwise.
    pub here: String,
}

/// Says what merging a package would do, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeReport {
    /// The package.
    pub package: PackageFacts,
    /// New first, then conflicts, then what is the same.
    pub rows: Vec<MergeRow>,
}

impl MergeReport {
    /// Counts the rows in a state.
    pub fn count(&self, state: MergeState) -> u64 {
        self.rows.iter().filter(|row| row.state == state).count() as u64
    }
}

impl Case {
    /// Says what merging the package would do; nothing is changed.
    pub fn compare_package(&self, package: (&Path, PackageKey<'_>), watch: &dyn Watch) -> Result<MergeReport> {
        self.guest(package, watch)?.compare(self)
    }

    /// Merges the package, durably, in one transaction, and says what it brought.
    pub fn merge_package(
        &self,
        package: (&Path, PackageKey<'_>),
        stamp: &Stamp,
        watch: &dyn Watch,
    ) -> Result<MergeReport> {
        let guest = self.guest(package, watch)?;
        let report = guest.compare(self)?;
        if guest.kin == Kin::Selection {
            guest.bring_home(self, stamp, watch)?;
            return Ok(report);
        }
        // Before anything is taken over: this copy still knows what was said of whom.
        self.follow_erasures(&erasure::list(&guest.connection)?)?;
        guest.merge_into(self, stamp, watch)?;
        // What came along that was erased here.
        self.replay_erasures()?;
        Ok(report)
    }

    /// Lays a package out in the scratch folder of the case.
    fn guest(&self, (file, key): (&Path, PackageKey<'_>), watch: &dyn Watch) -> Result<Guest> {
        self.require_write()?;
        let received = Received::open(file, key)?;
        let facts = received.facts();
        let scratch = Scratch::in_folder(&self.folder.scratch())?;
        let folder = CaseFolder::at(scratch.path());
        let contents = received.receive(&folder, watch)?;
        let same_keys = contents.keys.fingerprint.bytes() == self.keys.fingerprint.bytes();
        let connection = database::open(&folder.evidence(), &contents.keys.evidence, Purpose::Read)?;
        let kin = if facts.case_id == self.case_id() {
            Kin::Copy
        } else if same_keys && selection::is_of(&connection, &self.case_id())? {
            Kin::Selection
        } else {
            return Err(Error::conflict(
                "the package holds another case; unpack it as a case of its own",
            ));
        };
        if !same_keys {
            return Err(Error::conflict(
                "the package claims to be of this case and holds other keys",
            ));
        }
        Ok(Guest {
            kin,
            connection,
            folder,
            keys: contents.keys,
            facts,
            _scratch: scratch,
        })
    }
}

/// Says how the case of a package is related to the open one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kin {
    /// A copy of it, with its log.
    Copy,
    /// A selection of it, with a log of its own.
    Selection,
}

/// Holds the case of a package beside the open one.
struct Guest {
    kin: Kin,
    connection: Connection,
    folder: CaseFolder,
    keys: CaseKeys,
    facts: PackageFacts,
    // Last, so that the database is closed before its folder goes.
    _scratch: Scratch,
}

impl Guest {
    fn operations(&self) -> Result<Vec<Operation>> {
        let mut operations: Vec<Operation> = operation::list(&self.connection)?
            .into_iter()
            .map(|logged| logged.operation)
            .collect();
        operations.sort_by_key(Operation::place);
        Ok(operations)
    }

    fn compare(&self, case: &Case) -> Result<MergeReport> {
        let mut rows = match self.kin {
            Kin::Selection => self.compare_selection(case)?,
            Kin::Copy => {
                let mut rows = self.compare_sources(case)?;
                rows.extend(self.compare_operations(case)?);
                rows
            }
        };
        rows.sort_by_key(|row| row.state);
        Ok(MergeReport {
            package: self.facts.clone(),
            rows,
        })
    }

    fn compare_sources(&self, case: &Case) -> Result<Vec<MergeRow>> {
        let ours = by_id(source::list(&case.connection())?);
        let mut rows = Vec::new();
        for theirs in source::list(&self.connection)? {
            let own = ours.get(&theirs.source.id);
            let state = match own {
                None => MergeState::New,
                Some(own) if own.digest() == theirs.digest() => MergeState::Same,
                Some(own) if self.same_reading(case, own, &theirs)? => MergeState::Same,
                Some(_) => MergeState::Conflict,
            };
            let here = own.filter(|_| state == MergeState::Conflict).map(describe_source);
            rows.push(MergeRow {
                state,
                kind: "source".to_owned(),
                text: describe_source(&theirs),
                here: here.unwrap_or_default(),
            });
        }
        Ok(rows)
    }

    /// Tells whether two rows say the same and differ only in the salts of their commitments.
    fn same_reading(&self, case: &Case, own: &SourceRow, theirs: &SourceRow) -> Result<bool> {
        if own.erased != theirs.erased || own.observations != theirs.observations || own.source != theirs.source {
            return Ok(false);
        }
        let here = transplant::content(&case.connection(), own.number)?;
        Ok(here == transplant::content(&self.connection, theirs.number)?)
    }

    fn compare_operations(&self, case: &Case) -> Result<Vec<MergeRow>> {
        let theirs = self.operations()?;
        let (known, here) = {
            let ledger = case.ledger()?;
            let known: BTreeSet<OperationId> = ledger.in_order().map(|operation| operation.id).collect();
            (known, Standing::of(ledger.state().as_ref()))
        };
        let mut rows = Vec::new();
        let mut same = 0u64;
        for operation in &theirs {
            // Imports are told as sources.
            if matches!(operation.change, Change::Import { .. }) {
                continue;
            }
            if known.contains(&operation.id) {
                same += 1;
                continue;
            }
            let contradicted = here.contradicts(&operation.change);
            rows.push(MergeRow {
                state: if contradicted.is_some() {
                    MergeState::Conflict
                } else {
                    MergeState::New
                },
                kind: kind(&operation.change).to_owned(),
                text: describe(operation),
                here: contradicted.unwrap_or_default(),
            });
        }
        if same > 0 {
            rows.push(MergeRow {
                state: MergeState::Same,
                kind: "operation".to_owned(),
                text: format!("{same} changes that both copies hold"),
                here: String::new(),
            });
        }
        // What they have in force decides, not what they took back since.
        let in_force = fold(theirs.iter());
        rows.retain(|row| row.kind != "rules" || row.state != MergeState::Conflict || in_force.rules.is_some());
        Ok(rows)
    }

    fn merge_into(&self, case: &Case, stamp: &Stamp, watch: &dyn Watch) -> Result<()> {
        let entries = operation::entries(&self.connection)?;
        let ours = by_id(source::list(&case.connection())?);
        let mut coming = Vec::new();
        let theirs = source::list(&self.connection)?;
        let total = theirs.len() as u64;
        for (done, row) in (0u64..).zip(theirs) {
            go_on(watch, "bringing the originals", done, total)?;
            let key = self.bring_original(case, ours.get(&row.source.id), &row)?;
            coming.push((row, key));
        }
        case.transact(|connection| {
            let known: BTreeSet<OperationId> = operation::entries(connection)?.iter().map(|entry| entry.id).collect();
            operation::adopt(connection, &entries)?;
            for entry in entries.iter().filter(|entry| !known.contains(&entry.id)) {
                witness(case, connection, entry)?;
            }
            let placed = self.place_sources(connection, &ours, &coming)?;
            self.keep_erased(
                connection,
                &placed,
                entries.iter().filter(|entry| !known.contains(&entry.id)),
            )?;
            let event = Event::new("merge").about("copy", &self.facts.digest);
            case.witness(
                connection,
                &event.change(&[], &self.facts.totals.root).by(&stamp.author, ""),
            )
        })?;
        let brought: Vec<_> = coming.iter().filter_map(|(row, _)| row.original()).collect();
        case.remove_unreferenced(&brought)?;
        database::checkpoint(&case.connection())
    }

    /// Keeps away what was erased in the case and not in the package: new texts about it lose their words at once, and
    /// where a source was `placed` with it, the erasure is to be carried out again.
    fn keep_erased<'a>(
        &self,
        connection: &Connection,
        placed: &BTreeSet<SourceId>,
        new: impl Iterator<Item = &'a LogEntry>,
    ) -> Result<()> {
        let theirs = erasure::names(&self.connection)?;
        let mut gone = BTreeSet::new();
        let mut sources = BTreeSet::new();
        for erasure in erasure::list(connection)?
            .iter()
            .filter(|one| !theirs.contains(&one.id))
        {
            let mut came_back = false;
            for id in &erasure.sources {
                sources.insert(*id);
                came_back |= placed.contains(id);
            }
            for id in &erasure.observations {
                gone.insert(*id);
                came_back |= observation::holder(connection, *id)?.is_some_and(|holder| placed.contains(&holder));
            }
            if came_back {
                erasure::remove(connection, &erasure.id)?;
            }
        }
        let mut lost = BTreeSet::new();
        for row in source::list(&self.connection)? {
            let whole = sources.contains(&row.source.id);
            observation::walk_source(&self.connection, row.number, |id, content| {
                if whole || gone.contains(&id) {
                    lost.extend(records_of(id, &content));
                }
            })?;
        }
        if lost.is_empty() && sources.is_empty() {
            return Ok(());
        }
        observation::walk_every_source(connection, |id, content| {
            for record in records_of(id, &content) {
                lost.remove(&record);
            }
        })?;
        for entry in new {
            let change = entry.operation()?.change;
            let of_source = source_of(&change).is_some_and(|source| sources.contains(&source));
            let corrects = matches!(&change, Change::Edit { observation, .. } if gone.contains(observation));
            if of_source || corrects || change.records().iter().any(|record| lost.contains(record)) {
                operation::erase_texts(connection, entry.id)?;
            }
        }
        Ok(())
    }

    /// Copies an original that will be needed; returns its key, wrapped for the vault of the case.
    ///
    /// A file without a row, should the merge fail, is swept at the next open.
    fn bring_original(&self, case: &Case, own: Option<&SourceRow>, theirs: &SourceRow) -> Result<Vec<u8>> {
        let Some(original) = theirs.original() else {
            return Ok(Vec::new());
        };
        if let Some(present) = own.and_then(SourceRow::original)
            && present.sha256 == original.sha256
            && case.vault().holds(&present.sha256)
        {
            return Ok(present.key);
        }
        let vault = Vault::new(self.folder.vault(), &self.keys);
        let to = case.vault().place(&original.sha256);
        let part = to.with_extension(hex::encode(&random::<8>()?));
        copy_file(&vault.place(&original.sha256), &part)?;
        fs::rename(&part, &to).map_err(Error::io("naming an original in the vault"))?;
        crate::folder::sync_parent(&to)?;
        vault.rewrap(&original.sha256, &original.key, &case.keys)
    }

    /// Puts the sources in place that the merged log says, and names them.
    fn place_sources(
        &self,
        connection: &Connection,
        ours: &BTreeMap<SourceId, SourceRow>,
        coming: &[(SourceRow, Vec<u8>)],
    ) -> Result<BTreeSet<SourceId>> {
        let logged = logged_digests(connection)?;
        let mut placed = BTreeSet::new();
        for (theirs, key) in coming {
            let id = theirs.source.id;
            let own = ours.get(&id);
            let wanted = logged.get(&id);
            if own.is_some_and(|own| wanted == Some(&own.digest())) {
                continue;
            }
            if wanted != Some(&theirs.digest()) {
                return Err(Error::conflict(format!(
                    "neither copy holds source {} as the merged log says",
                    id.short()
                )));
            }
            if let Some(own) = own {
                source::remove(connection, own.number)?;
            }
            transplant::source((&self.connection, theirs.number), connection, key)?;
            placed.insert(id);
        }
        Ok(placed)
    }
}

/// Records that an operation of another copy was taken over.
fn witness(case: &Case, connection: &Connection, entry: &LogEntry) -> Result<()> {
    let object = [entry.id.instance.to_le_bytes(), entry.id.counter.to_le_bytes()].concat();
    let event = Event::new("take-over").about(ABOUT_OPERATION, &object);
    case.witness(connection, &event.change(&[], &entry.digest))
}

fn by_id(rows: Vec<SourceRow>) -> BTreeMap<SourceId, SourceRow> {
    rows.into_iter().map(|row| (row.source.id, row)).collect()
}

/// What is in force here and could be contradicted.
struct Standing {
    verdicts: BTreeMap<(RecordId, RecordId), Verdict>,
    edits: BTreeMap<StatementId, String>,
    rules: Option<String>,
    region: Option<String>,
}

impl Standing {
    fn of(state: &LiveState) -> Self {
        let verdicts = state.judgements.iter();
        Self {
            verdicts: verdicts
                .map(|judgement| ((judgement.left, judgement.right), judgement.verdict))
                .collect(),
            edits: state
                .edits
                .iter()
                .map(|(statement, edit)| (*statement, edit.text.clone()))
                .collect(),
            rules: state.rules.clone(),
            region: state.region.clone(),
        }
    }

    /// Says what here contradicts a change; nothing when nothing does.
    fn contradicts(&self, change: &Change) -> Option<String> {
        match change {
            Change::Judge {
                left, right, verdict, ..
            } => {
                let here = self.verdicts.get(&(*left, *right)).filter(|here| *here != verdict)?;
                Some(format!("verdict {} here", here.id()))
            }
            Change::Edit { statement, text, .. } => {
                let here = self.edits.get(statement).filter(|here| *here != text)?;
                Some(format!("corrected to \"{here}\" here"))
            }
            Change::Rules { text } => {
                let here = self.rules.as_ref().filter(|here| *here != text);
                here.map(|_| "rules of its own here".to_owned())
            }
            Change::Region { region } => {
                let here = self.region.as_ref().filter(|here| *here != region)?;
                Some(format!("region {here} here"))
            }
            _ => None,
        }
    }
}

fn describe_source(row: &SourceRow) -> String {
    format!(
        "{}, read as {}: {} observations",
        row.source.name, row.source.format, row.observations
    )
}

fn kind(change: &Change) -> &'static str {
    match change {
        Change::Judge { .. } => "judgement",
        Change::Rules { .. } => "rules",
        other => other.kind(),
    }
}

fn describe(operation: &Operation) -> String {
    let what = match &operation.change {
        Change::Judge {
            left,
            right,
            verdict,
            reason,
        } => format!(
            "verdict {} on {} and {}: {reason}",
            verdict.id(),
            left.short(),
            right.short()
        ),
        Change::Note { record, text } => format!("note on {}: {text}", record.short()),
        Change::Tag { records, mark, tag } => format!("tag {tag} {} on {} records", mark.id(), records.len()),
        Change::Edit {
            statement,
            text,
            reason,
            ..
        } => format!("correction of statement {} to \"{text}\": {reason}", statement.short()),
        Change::Split { leaving, reason, .. } => format!("split of {} records: {reason}", leaving.len()),
        Change::Withdraw { source, reason } => format!("withdrawal of source {}: {reason}", source.short()),
        Change::Grade { source, grade } => format!("grade {} for source {}", grade.text(), source.short()),
        Change::Region { region } => format!("region {region}"),
        Change::Retract { operation } => format!("taking back of {operation}"),
        Change::Disclose { what, reason, .. } => format!("{what}: {reason}"),
        other => other.kind().to_owned(),
    };
    format!("{what} ({}, {})", operation.author, operation.at.iso())
}
