//! Clean: the live evidence as records, links and statements with cleaned values.
//!
//! One walk over all observations gives every statement its id and its cleaned value, joins what several
//! observations say of one record, and names the things that values stand for: a record of a kind identified
//! exactly *is* its cleaned value, and an e-mail said of a person is a thing of its own with a link to it.
//!
//! It must not know rules, scores or other stages, and it must not depend on the order of any list of the
//! evidence. It never fails: a value that cannot be cleaned keeps its original text and its reason, a record whose
//! identity cannot be cleaned stands by its key, and both are counted in a note.

mod corrections;
mod draft;
mod implied;
mod known;
mod notes;
mod secrets;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::mem;

use fusion_model::derived::SourceCard;
use fusion_model::{CleanContext, Evidence, ObservationId, Source, SourceId, StoredObservation, codec};

use crate::cleaned::Cleaned;
use corrections::Corrections;
pub use corrections::can_be_corrected;
use draft::Draft;
pub(crate) use secrets::is_comparable as is_comparable_secret;

/// Cleans the live evidence.
pub fn clean(evidence: &Evidence) -> Cleaned {
    let sources = live_sources(evidence);
    let observations = live_observations(evidence, &sources);
    let said = observations.values().map(|stored| statements_in(stored)).sum();
    gather(evidence, &sources, said, observations.into_values().cloned())
}

/// Cleans the live evidence and uses it up: its observations are gone afterwards, so that no text is held twice.
pub(crate) fn clean_taking(evidence: &mut Evidence) -> Cleaned {
    let mut observations = mem::take(&mut evidence.observations);
    let sources = live_sources(evidence);
    observations.retain(|stored| sources.contains_key(&stored.source));
    observations.sort_unstable_by(|left, right| {
        left.id.cmp(&right.id).then_with(|| match left == right {
            true => Ordering::Equal,
            false => codec::to_bytes(&left.content).cmp(&codec::to_bytes(&right.content)),
        })
    });
    observations.dedup_by_key(|stored| stored.id);
    let said = observations.iter().map(statements_in).sum();
    gather(evidence, &sources, said, observations.into_iter())
}

/// Gathers observations, which come by id and each once, into one draft of `said` statements.
fn gather(
    evidence: &Evidence,
    sources: &BTreeMap<SourceId, &Source>,
    said: usize,
    observations: impl Iterator<Item = StoredObservation>,
) -> Cleaned {
    let context = CleanContext {
        region: evidence.region.clone(),
    };
    let corrections = Corrections::of(&evidence.corrections);
    let mut draft = Draft::new(&context, said);
    let mut cards: BTreeMap<SourceId, SourceCard> = sources
        .iter()
        .map(|(id, source)| {
            (
                *id,
                SourceCard {
                    source: (*source).clone(),
                    observations: 0,
                    statements: 0,
                },
            )
        })
        .collect();
    for mut observation in observations {
        let Some(card) = cards.get_mut(&observation.source) else {
            continue;
        };
        let before = draft.statement_count();
        let replaced = corrections.apply(&mut observation);
        draft.add(observation, &card.source);
        draft.note_source_texts(before, replaced);
        card.observations += 1;
        card.statements += (draft.statement_count() - before) as u64;
    }
    draft.finish(cards.into_values().collect())
}

fn statements_in(stored: &StoredObservation) -> usize {
    let of_records = stored.content.records.iter().map(|record| record.statements.len());
    let of_links = stored.content.links.iter().map(|link| link.statements.len());
    of_records.chain(of_links).sum()
}

/// Returns the sources by id; of two cards with one id the one that packs smaller, so that no order decides.
fn live_sources(evidence: &Evidence) -> BTreeMap<SourceId, &Source> {
    let mut live: BTreeMap<SourceId, &Source> = BTreeMap::new();
    for source in &evidence.sources {
        live.entry(source.id)
            .and_modify(|kept| {
                if *kept != source && codec::to_bytes(source) < codec::to_bytes(*kept) {
                    *kept = source;
                }
            })
            .or_insert(source);
    }
    live
}

/// Returns the observations of live sources by id, each once.
fn live_observations<'a>(
    evidence: &'a Evidence,
    sources: &BTreeMap<SourceId, &Source>,
) -> BTreeMap<ObservationId, &'a StoredObservation> {
    let mut live: BTreeMap<ObservationId, &StoredObservation> = BTreeMap::new();
    for stored in evidence
        .observations
        .iter()
        .filter(|stored| sources.contains_key(&stored.source))
    {
        live.entry(stored.id)
            .and_modify(|kept| {
                if *kept != stored && codec::to_bytes(&stored.content) < codec::to_bytes(&kept.content) {
                    *kept = stored;
                }
            })
            .or_insert(stored);
    }
    live
}

#[cfg(test)]
mod tests;
