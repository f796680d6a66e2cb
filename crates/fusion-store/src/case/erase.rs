//! Erasing evidence for good: the one exception to "evidence is append-only".
//!
//! Rows lose content and salt and keep their leaves, so every root and every chain still verifies; what people wrote
//! about records of which nothing is left goes with its salts; originals are written anew without the passages, under
//! fresh keys, and the old files and keys are gone. What was derived is dropped first, so that a stop in between leaves
//! no copy of it behind. The erasure is remembered on this computer, and carried out again in every older copy of the
//! case that is opened here for writing.

mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use aho_corasick::AhoCorasick;
use fusion_model::{
    ContentHasher, Locator, Observation, ObservationId, Property, RawStatement, RecordId, SourceId, Timestamp,
    ValueType,
};
use rusqlite::Connection;

use super::Case;
use crate::change::{Change, Stamp};
use crate::database;
use crate::erasure::{Erasure, ErasurePlan};
use crate::error::{Error, Result};
use crate::ledger::Ledger;
use crate::secret::random;
use crate::tables::source::{self, Erased, SourceRow};
use crate::tables::{erasure, kept_secret, observation, warning};
use crate::vault::{Passages, VaultEntry};

/// Shortest value that is looked for outside of its passage.
const SHORTEST_WORD: usize = 5;

/// Holds what an erasure comes to in one source.
struct Touched {
    row: SourceRow,
    gone: BTreeSet<ObservationId>,
    places: BTreeSet<Locator>,
    /// What is taken out of the original; `None` when the source goes whole.
    passages: Option<Passages>,
}

/// Holds of what the observations that go speak, whether or not others do, too.
#[derive(Default)]
struct Gone {
    records: BTreeSet<RecordId>,
    /// Values that tell somebody apart.
    words: BTreeSet<String>,
}

/// Holds what an erasure comes to in the case.
#[derive(Default)]
struct Layout {
    touched: Vec<Touched>,
    texts: texts::Texts,
}

impl Layout {
    fn plan(&self) -> ErasurePlan {
        let mut plan = ErasurePlan {
            texts: self.texts.len(),
            ..ErasurePlan::default()
        };
        for touched in &self.touched {
            plan.observation_count += touched.gone.len() as u64;
            match &touched.passages {
                None => plan.sources.push(touched.row.source.id),
                Some(passages) => {
                    plan.observations.extend(&touched.gone);
                    if touched.row.original().is_some() {
                        plan.originals_lost += u64::from(passages.is_everything());
                        plan.rewritten += u64::from(!passages.is_everything());
                    }
                }
            }
        }
        plan
    }
}

impl Case {
    /// Finds every observation, of withdrawn sources too, that speaks of one of `records`.
    pub fn observations_of(&self, records: &BTreeSet<RecordId>) -> Result<Vec<ObservationId>> {
        let mut found = Vec::new();
        observation::walk_every_source(&self.connection(), |id, content| {
            if records_of(id, &content).any(|record| records.contains(&record)) {
                found.push(id);
            }
        })?;
        Ok(found)
    }

    /// Says what erasing whole sources and single observations would take. Each original is read once.
    pub fn plan_erasure(&self, sources: &[SourceId], observations: &[ObservationId]) -> Result<ErasurePlan> {
        let mut layout = self.lay_out(sources, observations)?;
        self.survey(&mut layout)?;
        Ok(layout.plan())
    }

    /// Erases a whole source.
    pub fn erase_source(&self, source: SourceId, reason: &str, stamp: &Stamp) -> Result<ErasurePlan> {
        self.erase(&[source], &[], reason, stamp)
    }

    /// Erases observations out of their sources; a source of which nothing is left goes whole.
    pub fn erase_observations(
        &self,
        observations: &[ObservationId],
        reason: &str,
        stamp: &Stamp,
    ) -> Result<ErasurePlan> {
        self.erase(&[], observations, reason, stamp)
    }

    /// Erases whole sources and single observations, durably, and says what went. Cannot be taken back.
    pub fn erase(
        &self,
        sources: &[SourceId],
        observations: &[ObservationId],
        reason: &str,
        stamp: &Stamp,
    ) -> Result<ErasurePlan> {
        self.require_write()?;
        if reason.trim().is_empty() {
            return Err(Error::conflict("erasing needs a reason"));
        }
        let layout = self.lay_out(sources, observations)?;
        if layout.touched.is_empty() {
            return Err(Error::Missing {
                what: "evidence to erase",
            });
        }
        let erasure = Erasure {
            id: random()?,
            at: stamp.at,
            sources: sources.to_vec(),
            observations: observations.to_vec(),
        };
        let plan = self.carry_out(&erasure, layout, &[], reason, stamp)?;
        self.remember_erasures()?;
        Ok(plan)
    }

    /// Carries out what this computer, or another copy whose log was taken over, has erased and this copy has not.
    pub(crate) fn replay_erasures(&self) -> Result<()> {
        for (erasure, rows) in &self.pending_erasures()? {
            self.follow(erasure, rows)?;
        }
        self.remember_erasures()
    }

    /// Carries out what another copy of the case has erased, where this one has not: while it still knows of what.
    pub(crate) fn follow_erasures(&self, theirs: &[Erasure]) -> Result<()> {
        let done = erasure::names(&self.connection())?;
        theirs
            .iter()
            .filter(|erasure| !done.contains(&erasure.id))
            .try_for_each(|erasure| self.follow(erasure, &[]))
    }

    fn follow(&self, erasure: &Erasure, restated: &[SourceId]) -> Result<()> {
        let layout = self.lay_out(&erasure.sources, &erasure.observations)?;
        let stamp = Stamp {
            author: "register of erasures".to_owned(),
            at: erasure.at,
        };
        self.carry_out(erasure, layout, restated, "erased in another copy of this case", &stamp)
            .map(drop)
    }

    /// Returns erasures that are known of and not carried out here, each with the sources whose rows it restates.
    pub(crate) fn pending_erasures(&self) -> Result<Vec<(Erasure, Vec<SourceId>)>> {
        let mut known = BTreeMap::new();
        for remembered in self.remembered_erasures()? {
            known.insert(remembered.id, (remembered, Vec::new()));
        }
        for operation in self.ledger()?.in_order() {
            if let Some((logged, rows)) = logged_erasure(&operation.change, operation.at) {
                known.insert(logged.id, (logged, rows));
            }
        }
        let done = erasure::names(&self.connection())?;
        known.retain(|id, _| !done.contains(id));
        Ok(known.into_values().collect())
    }

    fn remembered_erasures(&self) -> Result<Vec<Erasure>> {
        match self.machine() {
            Some(machine) => machine.erasures(&self.case_id(), &self.keys.fingerprint),
            None => Ok(Vec::new()),
        }
    }

    /// Adds what was carried out here to what this computer remembers.
    fn remember_erasures(&self) -> Result<()> {
        let Some(machine) = self.machine() else { return Ok(()) };
        let here = erasure::list(&self.connection())?;
        let mut all: BTreeMap<[u8; 16], Erasure> = BTreeMap::new();
        for remembered in self.remembered_erasures()? {
            all.insert(remembered.id, remembered);
        }
        let before = all.len();
        for done in here {
            all.entry(done.id).or_insert(done);
        }
        if all.len() == before {
            return Ok(());
        }
        let all: Vec<Erasure> = all.into_values().collect();
        machine.remember_erasures(&self.case_id(), &self.keys.fingerprint, &all)
    }

    /// Finds what goes, source by source.
    fn lay_out(&self, sources: &[SourceId], observations: &[ObservationId]) -> Result<Layout> {
        let mut layout = Layout::default();
        let mut gone = Gone::default();
        {
            let connection = self.connection();
            let mut wanted: BTreeMap<SourceId, BTreeSet<ObservationId>> = BTreeMap::new();
            for id in observations {
                if let Some(holder) = observation::holder(&connection, *id)? {
                    wanted.entry(holder).or_default().insert(*id);
                }
            }
            let whole: BTreeSet<SourceId> = sources.iter().copied().collect();
            for id in &whole {
                wanted.entry(*id).or_default();
            }
            for (id, chosen) in wanted {
                let found = source::find(&connection, &id)?.filter(|row| row.erased != Erased::Whole);
                let Some(row) = found else { continue };
                let goes = |id: &ObservationId| whole.contains(&row.source.id) || chosen.contains(id);
                let (gone, places, passages) = look_into(&connection, &row, goes, &mut gone)?;
                let passages = passages.filter(|_| !whole.contains(&row.source.id));
                layout.touched.push(Touched {
                    row,
                    gone,
                    places,
                    passages,
                });
            }
        }
        layout.texts = self.texts_to_erase(&layout.touched, gone)?;
        Ok(layout)
    }

    /// Reads the originals, to know which can be rewritten.
    fn survey(&self, layout: &mut Layout) -> Result<()> {
        for touched in &mut layout.touched {
            if let (Some(passages), Some(entry)) = (&mut touched.passages, touched.row.original()) {
                passages.survey(&mut self.vault().open(&entry)?)?;
            }
        }
        Ok(())
    }

    fn carry_out(
        &self,
        erasure: &Erasure,
        mut layout: Layout,
        restated: &[SourceId],
        reason: &str,
        stamp: &Stamp,
    ) -> Result<ErasurePlan> {
        if !layout.touched.is_empty() {
            self.clear_derived()?;
            self.remove_safety_copies()?;
        }
        let mut kept = Vec::new();
        for touched in &mut layout.touched {
            kept.push(self.rewrite_original(touched)?);
        }
        let plan = layout.plan();
        let former: Vec<VaultEntry> = layout
            .touched
            .iter()
            .filter_map(|touched| touched.row.original())
            .collect();
        self.transact(|connection| {
            for (touched, kept) in layout.touched.iter().zip(&kept) {
                empty(connection, touched, kept.as_ref())?;
            }
            layout.texts.erase(connection)?;
            let changed = layout.touched.iter().map(|touched| touched.row.source.id);
            let rows = row_digests(connection, changed.chain(restated.iter().copied()).collect())?;
            if !rows.is_empty() {
                let change = Change::Erase {
                    erasure: erasure.id,
                    sources: plan.sources.clone(),
                    observations: plan.observations.clone(),
                    rows,
                    reason: reason.to_owned(),
                };
                self.log(connection, &change, stamp)?;
            }
            erasure::insert(connection, erasure)
        })?;
        self.forget_read_texts();
        self.remove_unreferenced(&former)?;
        let emptied = database::empty_log(&self.connection())?;
        Ok(ErasurePlan {
            lingers: !emptied,
            ..plan
        })
    }

    /// Writes what is kept of an original under a fresh key; `None` when nothing is.
    fn rewrite_original(&self, touched: &mut Touched) -> Result<Option<VaultEntry>> {
        let (Some(passages), Some(entry)) = (&mut touched.passages, touched.row.original()) else {
            return Ok(None);
        };
        let vault = self.vault();
        let Some(pending) = vault.redact(&entry, passages)? else {
            return Ok(None);
        };
        // Another source may keep the very same bytes; then both share the file and its key.
        let awaiting = self.awaiting.lock().unwrap_or_else(PoisonError::into_inner);
        let id = pending.entry.sha256;
        let rows = source::list(&self.connection())?;
        let shared = rows
            .iter()
            .filter_map(SourceRow::original)
            .find(|other| other.sha256 == id);
        let waiting = awaiting.get(&id).map(|key| VaultEntry {
            key: key.clone(),
            ..pending.entry.clone()
        });
        match shared.or(waiting).filter(|_| vault.holds(&id)) {
            Some(present) => {
                vault.discard(pending)?;
                Ok(Some(present))
            }
            None => vault.keep(pending).map(Some),
        }
    }

    /// Removes files of the vault that no source names any more.
    pub(crate) fn remove_unreferenced(&self, former: &[VaultEntry]) -> Result<()> {
        let awaiting = self.awaiting.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = source::list(&self.connection())?;
        let named: BTreeSet<SourceId> = rows
            .iter()
            .filter_map(SourceRow::original)
            .map(|entry| entry.sha256)
            .chain(awaiting.keys().copied())
            .collect();
        former
            .iter()
            .filter(|entry| !named.contains(&entry.sha256))
            .try_for_each(|entry| self.vault().remove(entry))
    }

    /// Lets go of texts that were read before they were erased.
    fn forget_read_texts(&self) {
        *self.ledger.lock().unwrap_or_else(PoisonError::into_inner) = Ledger::default();
    }
}

/// Empties the rows of one source that go.
fn empty(connection: &Connection, touched: &Touched, kept: Option<&VaultEntry>) -> Result<()> {
    let number = touched.row.number;
    let missing = missing(touched);
    let Some(passages) = &touched.passages else {
        observation::erase_source(connection, number)?;
        kept_secret::erase_source(connection, number)?;
        warning::remove(connection, number, |_| true)?;
        return source::set_erased(connection, number, Erased::Whole, None, &missing);
    };
    for id in &touched.gone {
        observation::erase(connection, number, *id)?;
        kept_secret::erase(connection, number, *id)?;
    }
    warning::remove(connection, number, |warned| {
        let in_passage = warned.locator.line().is_some_and(|line| passages.holds_line(line));
        in_passage || touched.places.contains(&warned.locator)
    })?;
    source::set_erased(connection, number, Erased::Passages, kept, &missing)
}

/// Returns the digest of the set of observations that are missing since: the same in whatever order they went.
fn missing(touched: &Touched) -> [u8; 32] {
    let mut set = touched.row.missing.unwrap_or_default();
    for id in &touched.gone {
        let mut hasher = ContentHasher::new("missing observation");
        hasher.part(&id.0);
        for (byte, own) in set.iter_mut().zip(hasher.finish()) {
            *byte ^= own;
        }
    }
    set
}

fn row_digests(connection: &Connection, sources: BTreeSet<SourceId>) -> Result<Vec<(SourceId, [u8; 32])>> {
    let mut digests = Vec::new();
    for id in sources {
        if let Some(row) = source::find(connection, &id)? {
            digests.push((id, row.digest()));
        }
    }
    Ok(digests)
}

/// Reads the rows of a source: which go, where they stand, and what is to be taken out of the original (`None` when
/// nothing of the source is left).
type Seen = (BTreeSet<ObservationId>, BTreeSet<Locator>, Option<Passages>);

fn look_into(
    connection: &Connection,
    row: &SourceRow,
    goes: impl Fn(&ObservationId) -> bool,
    lost: &mut Gone,
) -> Result<Seen> {
    let (mut gone, mut places) = (BTreeSet::new(), BTreeSet::new());
    let (mut staying, mut words) = (Vec::new(), BTreeSet::new());
    observation::walk_source(connection, row.number, |id, content| {
        if goes(&id) {
            lost.records.extend(records_of(id, &content));
            words.extend(statements_of(&content).filter_map(word));
            places.insert(content.locator);
            gone.insert(id);
        } else {
            staying.push(content.locator);
        }
    })?;
    lost.words.extend(words.iter().cloned());
    if staying.is_empty() {
        return Ok((gone, places, None));
    }
    let words = only_said_there(connection, row.number, &gone, words.into_iter().collect())?;
    let places_in_order: Vec<Locator> = places.iter().cloned().collect();
    let passages = Passages::new(&places_in_order, &staying, words);
    Ok((gone, places, Some(passages)))
}

/// Keeps of `words` those that no observation which stays says, alone or inside of another text.
fn only_said_there(
    connection: &Connection,
    number: i64,
    gone: &BTreeSet<ObservationId>,
    words: Vec<String>,
) -> Result<Vec<String>> {
    let search = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(&words)
        .map_err(|_| Error::conflict("too much is to be erased at once"))?;
    let mut said = vec![false; words.len()];
    observation::walk_source(connection, number, |id, content| {
        if !gone.contains(&id) {
            for statement in statements_of(&content) {
                for found in search.find_overlapping_iter(&statement.original) {
                    said[found.pattern().as_usize()] = true;
                }
            }
        }
    })?;
    Ok(words
        .into_iter()
        .zip(said)
        .filter(|(_, said)| !said)
        .map(|(word, _)| word)
        .collect())
}

/// Returns the text of a statement if it tells somebody apart.
fn word(statement: &RawStatement) -> Option<String> {
    let tells_apart = match statement.property.value_type() {
        ValueType::Date
        | ValueType::Count
        | ValueType::Amount
        | ValueType::Country
        | ValueType::Flag
        | ValueType::Text
        | ValueType::Secret => false,
        _ => statement.property != Property::BreachName,
    };
    let text = statement.original.trim();
    (tells_apart && text.chars().count() >= SHORTEST_WORD).then(|| text.to_owned())
}

pub(crate) fn statements_of(content: &Observation) -> impl Iterator<Item = &RawStatement> {
    let records = content.records.iter().flat_map(|record| &record.statements);
    records.chain(content.links.iter().flat_map(|link| &link.statements))
}

pub(crate) fn records_of(id: ObservationId, content: &Observation) -> impl Iterator<Item = RecordId> {
    let slots = (0u32..).zip(&content.records);
    slots.map(move |(slot, record)| RecordId::new(&record.key, id, slot))
}

/// Returns the source that a change speaks of as a whole.
pub(crate) fn source_of(change: &Change) -> Option<SourceId> {
    match change {
        Change::Withdraw { source, .. } => Some(*source),
        Change::Disclose { object, .. } => Some(SourceId(*object)),
        _ => None,
    }
}

fn logged_erasure(change: &Change, at: Timestamp) -> Option<(Erasure, Vec<SourceId>)> {
    let Change::Erase {
        erasure,
        sources,
        observations,
        rows,
        ..
    } = change
    else {
        return None;
    };
    let logged = Erasure {
        id: *erasure,
        at,
        sources: sources.clone(),
        observations: observations.clone(),
    };
    Some((logged, rows.iter().map(|(source, _)| *source).collect()))
}

#[cfg(test)]
mod tests;
