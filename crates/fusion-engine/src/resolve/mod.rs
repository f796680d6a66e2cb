//! Resolve: which records are one thing.
//!
//! Identifiers are entities by their cleaned value; each described kind (person, organisation, place, document) is
//! resolved on its own by the crate `fusion-resolve`, which sees plain values. What is of a case happens here: values
//! are gathered from evidence with the statements that say them, verdicts are put before it, its decisions follow the
//! rules of judgement, and what came of it is put into words. The result is a function of the sets of records, verdicts
//! and rules: no order, clock or earlier result is read. It must not know relations, risk or screens. It fails only by
//! being refused (pair budget) or stopped.

mod compared;
mod crowd;
mod decide;
mod findings;
mod footing;
mod gather;
mod model;
mod render;
mod verdicts;

use std::collections::BTreeMap;

use fusion_model::derived::PairScore;
use fusion_model::{EntityId, EntityKind, Judgement, JudgementState, RecordId};

use crate::cleaned::Cleaned;
use crate::resolution::{Cluster, Resolution};
use crate::rules::Rules;
use crate::watch::{Progress, Stopped, Unwatched, Watch};

pub use footing::Footing;
pub(crate) use footing::Told;
pub use model::model;

use compared::Compared;
pub(crate) use verdicts::Verdicts;

/// The kinds that are resolved by what is said of them.
pub(crate) const DESCRIBED: [EntityKind; 4] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Document,
];

/// Holds the records of each described kind as they were compared.
pub(crate) type Crowds = BTreeMap<EntityKind, Compared>;

/// Resolves records into entities. Where the rules refuse the run, every described record stays by itself and a note
/// says so.
pub fn resolve(cleaned: &Cleaned, judgements: &[Judgement], rules: &Rules) -> Resolution {
    resolve_keeping(cleaned, judgements, rules).0
}

/// As [`resolve`], and keeps what was compared, so that more can be asked.
pub(crate) fn resolve_keeping(cleaned: &Cleaned, judgements: &[Judgement], rules: &Rules) -> (Resolution, Crowds) {
    let mut crowds = Crowds::new();
    let model = model(rules);
    let resolved = resolve_with(
        (cleaned, judgements, rules),
        &Unwatched,
        &mut |kind, verdicts, progress| Compared::once(cleaned, kind, &model, verdicts, progress),
        &mut |compared| {
            crowds.insert(compared.kind(), compared);
        },
    );
    let resolution = resolved.unwrap_or_else(|stopped| {
        let mut alone = identified(cleaned);
        for (id, record) in cleaned
            .records
            .iter()
            .filter(|(_, record)| record.kind.identity().is_none())
        {
            enter(&mut alone, record.kind, vec![*id]);
        }
        alone.notes.push(render::note(
            "resolve",
            format!("Every record stays by itself: {stopped}."),
        ));
        for kind in DESCRIBED {
            crowds
                .entry(kind)
                .or_insert_with(|| Compared::unresolved(cleaned, kind, &model));
        }
        alone
    });
    (resolution, crowds)
}

/// Resolves records into entities, telling `watch` how far it is.
pub(crate) fn resolve_watched(
    cleaned: &Cleaned,
    judgements: &[Judgement],
    rules: &Rules,
    watch: &dyn Watch,
) -> Result<Resolution, Stopped> {
    let model = model(rules);
    resolve_with(
        (cleaned, judgements, rules),
        watch,
        &mut |kind, verdicts, progress| Compared::once(cleaned, kind, &model, verdicts, progress),
        &mut drop,
    )
}

/// As [`resolve_watched`], with the same result: follows what stands on the footing, and leaves there what the next run can
/// follow. After an error the footing is empty.
pub(crate) fn resolve_onto(
    footing: &mut Footing,
    (cleaned, told): (&Cleaned, Told),
    judgements: &[Judgement],
    rules: &Rules,
    watch: &dyn Watch,
) -> Result<Resolution, Stopped> {
    let model = model(rules);
    let mut step = footing.step(cleaned, told, &model);
    let mut left = footing.emptied(&model);
    let resolution = resolve_with(
        (cleaned, judgements, rules),
        watch,
        &mut |kind, verdicts, progress| step.compare(cleaned, kind, &model, verdicts, progress),
        &mut |compared| left.keep(compared),
    )?;
    *footing = left;
    Ok(resolution)
}

/// Gathers and resolves the records of one kind.
type Comparing<'a> = dyn FnMut(EntityKind, &Verdicts, Progress<'_>) -> Result<Compared, Stopped> + 'a;

fn resolve_with(
    (cleaned, judgements, rules): (&Cleaned, &[Judgement], &Rules),
    watch: &dyn Watch,
    compare: &mut Comparing<'_>,
    keep: &mut dyn FnMut(Compared),
) -> Result<Resolution, Stopped> {
    let verdicts = Verdicts::of(judgements);
    let mut resolution = identified(cleaned);
    let progress = Progress::new(watch, "resolve");
    for kind in DESCRIBED {
        progress.at(0, 1)?;
        let compared = compare(kind, &verdicts, progress)?;
        let outcome = compared.crowd(cleaned).report(&compared.ended(), &verdicts, progress)?;
        keep(compared);
        for group in outcome.groups {
            enter(&mut resolution, kind, group);
        }
        resolution.pairs.extend(outcome.pairs);
        resolution.joins.extend(outcome.joins);
        resolution.findings.extend(outcome.findings);
        resolution.notes.extend(outcome.notes);
    }
    let (found, notes) = findings::of_verdicts(cleaned, &verdicts, &resolution);
    resolution.findings.extend(found);
    resolution.notes.extend(notes);
    keep_best(&mut resolution.pairs, rules.entity_resolution.kept_pairs as usize);
    // Findings on the same statements are one; which of them is told must not depend on the order they were found in.
    resolution
        .findings
        .sort_by(|one, other| (one.id, &one.text, one.entity).cmp(&(other.id, &other.text, other.entity)));
    resolution.findings.dedup_by_key(|finding| finding.id);
    Ok(resolution)
}

/// Makes an entity of every record that is identified by its value.
fn identified(cleaned: &Cleaned) -> Resolution {
    let mut resolution = Resolution::default();
    for (id, record) in cleaned
        .records
        .iter()
        .filter(|(_, record)| record.kind.identity().is_some())
    {
        enter(&mut resolution, record.kind, vec![*id]);
    }
    resolution
}

/// Enters an entity; `records` are ascending and not empty.
fn enter(resolution: &mut Resolution, kind: EntityKind, records: Vec<RecordId>) {
    let Some(smallest) = records.first().copied() else {
        return;
    };
    let id = EntityId::from(smallest);
    resolution.entity_of.extend(records.iter().map(|record| (*record, id)));
    resolution.entities.insert(id, Cluster { kind, records });
}

/// Sorts by descending score, then ids, and drops the weakest rejected pairs above the cap; nothing else is dropped.
fn keep_best(pairs: &mut Vec<PairScore>, cap: usize) {
    use fusion_model::derived::PairDecision::Rejected;
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.left, pair.right));
    let decided = pairs.iter().filter(|pair| pair.decision != Rejected).count();
    let mut room = cap.saturating_sub(decided);
    pairs.retain(|pair| {
        let keep = pair.decision != Rejected || room > 0;
        room -= usize::from(keep && pair.decision == Rejected);
        keep
    });
}

/// Scores two records that need not be candidates of each other, and says why they are or are not one.
pub(crate) fn pair_on_demand(
    crowds: &Crowds,
    cleaned: &Cleaned,
    resolution: &Resolution,
    state: JudgementState,
    (left, right): (RecordId, RecordId),
) -> PairScore {
    let kind = |record: RecordId| cleaned.records.get(&record).map(|record| record.kind);
    let same_entity = resolution.entity_of.get(&left) == resolution.entity_of.get(&right);
    kind(left)
        .filter(|one| kind(right) == Some(*one))
        .and_then(|kind| crowds.get(&kind))
        .and_then(|compared| compared.crowd(cleaned).on_demand((left, right), same_entity, state))
        .unwrap_or_else(|| render::never_one(left, right, kind(left), kind(right), state))
}

/// Returns the entity that holds a record.
pub(crate) fn entity_of(entities: &BTreeMap<RecordId, EntityId>, record: RecordId) -> Option<EntityId> {
    entities.get(&record).copied()
}

#[cfg(test)]
mod tests;
