//! A selection: what speaks of some records, as a small case of its own.
//!
//! A log with gaps would prove nothing, so a selection does not pretend to be the case: it has an identity and a log
//! of its own, which begins by naming the case and the head of custody that it was taken from. Rows keep their salts
//! and leaves. A source of which only some rows are selected travels without its original, since that would show the
//! others. Judgements, notes and corrections come along when everything they speak of does, with their authors and
//! times. Secrets still match those of the case.

use std::collections::BTreeSet;

use fusion_model::{RecordId, SourceId};
use rusqlite::{Connection, TransactionBehavior};

use super::manifest::Extent;
use super::pack::{PackOrder, Parcel, Selection};
use super::partial::Scratch;
use super::snapshot::{self, Snapshot};
use super::totals::CaseTotals;
use super::{Watch, go_on};
use crate::case::Case;
use crate::change::{Change, Stamp};
use crate::database::{self, Purpose};
use crate::error::{Error, Result};
use crate::keys::CaseKeys;
use crate::migrations;
use crate::secret::random;
use crate::state::Operation;
use crate::tables::custody::{self, ABOUT_OPERATION, Event, Recorder};
use crate::tables::{meta, observation, operation, source, transplant};

/// What was asked for, and the sources that turned out to hold some of it.
struct Chosen<'a> {
    wanted: &'a Selection,
    sources: BTreeSet<SourceId>,
}

impl Chosen<'_> {
    fn holds(&self, record: &RecordId) -> bool {
        self.wanted.records.contains(record)
    }

    /// Tells whether everything that a change speaks of is selected.
    fn covers(&self, change: &Change) -> bool {
        match change {
            Change::Judge { left, right, .. } => self.holds(left) && self.holds(right),
            Change::Note { record, .. } => self.holds(record),
            Change::Tag { records, .. } => records.iter().all(|record| self.holds(record)),
            Change::Edit { observation, .. } => self.wanted.observations.contains(observation),
            Change::Split { leaving, staying, .. } => leaving.iter().chain(staying).all(|record| self.holds(record)),
            Change::Grade { source, .. } => self.sources.contains(source),
            Change::Rules { .. } | Change::Region { .. } => true,
            _ => false,
        }
    }
}

impl Case {
    /// Builds the selection in the scratch folder.
    pub(super) fn selection(
        &self,
        scratch: &Scratch,
        wanted: &Selection,
        order: &PackOrder<'_>,
        watch: &dyn Watch,
    ) -> Result<Parcel> {
        let case_id = random()?;
        let (master, keys) = self.travel_keys(&case_id)?;
        let database = scratch.path().join("evidence.db");
        let mut target = database::open(&database, &keys.evidence, Purpose::Create)?;
        migrations::migrate(&mut target)?;
        let reading = database::open(&self.folder.evidence(), &self.keys.evidence, Purpose::Read)?;
        reading.execute_batch("BEGIN")?;
        let transaction = target.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let instance = u64::from_le_bytes(random()?);
        let writing = Writing {
            case: self,
            reading: &reading,
            target: &transaction,
            keys: &keys,
            instance,
        };
        writing.found(&case_id, order)?;
        let mut chosen = Chosen {
            wanted,
            sources: BTreeSet::new(),
        };
        writing.sources(&mut chosen, watch)?;
        if chosen.sources.is_empty() {
            return Err(Error::conflict("no evidence speaks of what was selected"));
        }
        writing.operations(&chosen)?;
        transaction.commit()?;
        let holds = Snapshot {
            totals: CaseTotals::of(&target)?,
            originals: source::list(&target)?
                .iter()
                .filter_map(|row| row.original())
                .map(|original| original.sha256)
                .collect(),
        };
        snapshot::settle(target)?;
        Ok(Parcel {
            case_id,
            extent: Extent::Selection,
            keys,
            master,
            database,
            holds,
        })
    }
}

/// What a selection is read from and written to.
struct Writing<'a> {
    case: &'a Case,
    reading: &'a Connection,
    target: &'a Connection,
    keys: &'a CaseKeys,
    instance: u64,
}

impl Writing<'_> {
    /// Writes the settings and the first events.
    fn found(&self, case_id: &[u8; 16], order: &PackOrder<'_>) -> Result<()> {
        for name in [meta::NAME, meta::REGION, meta::CREATED_AT] {
            meta::set(self.target, name, &meta::get(self.reading, name)?)?;
        }
        meta::set(self.target, meta::CASE_ID, case_id)?;
        meta::set(self.target, meta::INSTANCE, &self.instance.to_le_bytes())?;
        meta::set(self.target, meta::EPOCH, &1u64.to_le_bytes())?;
        self.witness(&Event::new("create").about("case", case_id))?;
        let parent = meta::get(self.reading, meta::CASE_ID)?;
        let head = CaseTotals::of(self.reading)?.custody_head;
        let selected = Event::new(custody::SELECT).about("case", &parent).change(&head, &[]);
        self.witness(&selected.by(&order.stamp.author, order.reason))
    }

    fn witness(&self, event: &Event<'_>) -> Result<()> {
        let recorder = self
            .case
            .machine()
            .map_or_else(Recorder::default, crate::Machine::recorder);
        custody::record(self.target, &recorder, event)
    }

    fn sources(&self, chosen: &mut Chosen<'_>, watch: &dyn Watch) -> Result<()> {
        let state = self.case.state()?;
        let rows = source::list(self.reading)?;
        let total = rows.len() as u64;
        for (done, row) in (0u64..).zip(rows) {
            go_on(watch, "selecting the evidence", done, total)?;
            if !state.sources.get(&row.source.id).is_some_and(|standing| standing.live) {
                continue;
            }
            let mut wanted = observation::ids(self.reading, row.number)?;
            wanted.retain(|id| chosen.wanted.observations.contains(id));
            if wanted.is_empty() {
                continue;
            }
            if wanted.len() as u64 == row.observations {
                let key = match row.original() {
                    Some(original) => self.case.vault().rewrap(&original.sha256, &original.key, self.keys)?,
                    None => Vec::new(),
                };
                transplant::source((self.reading, row.number), self.target, &key)?;
            } else {
                transplant::part((self.reading, row.number), self.target, &wanted)?;
            }
            chosen.sources.insert(row.source.id);
        }
        Ok(())
    }

    /// Restates the imports of what was selected, and then what people said of it.
    fn operations(&self, chosen: &Chosen<'_>) -> Result<()> {
        let rows = source::list(self.target)?;
        let (imports, said): (Vec<Operation>, Vec<Operation>) = {
            let ledger = self.case.ledger()?;
            let in_force = ledger
                .in_order()
                .filter(|operation| !ledger.is_retracted(operation.id))
                .cloned();
            in_force.partition(|operation| matches!(operation.change, Change::Import { .. }))
        };
        for row in &rows {
            let imported = imports
                .iter()
                .rev()
                .find(|operation| matches!(operation.change, Change::Import { source, .. } if source == row.source.id));
            let imported = imported.ok_or(Error::Missing {
                what: "import of a source",
            })?;
            let change = Change::Import {
                source: row.source.id,
                digest: row.digest(),
                observations: row.observations,
            };
            self.restate(&change, imported)?;
        }
        said.iter()
            .filter(|operation| chosen.covers(&operation.change))
            .try_for_each(|operation| self.restate(&operation.change, operation))
    }

    fn restate(&self, change: &Change, as_said: &Operation) -> Result<()> {
        let stamp = Stamp {
            author: as_said.author.clone(),
            at: as_said.at,
        };
        let (id, digest) = operation::append(self.target, self.instance, change, &stamp)?;
        let object = [id.instance.to_le_bytes(), id.counter.to_le_bytes()].concat();
        self.witness(
            &Event::new(change.kind())
                .about(ABOUT_OPERATION, &object)
                .change(&[], &digest),
        )
    }
}
