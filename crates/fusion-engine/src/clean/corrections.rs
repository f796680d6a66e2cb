//! Corrections: what a person says that a statement should say takes the place of what its source says.
//!
//! The statement keeps its id, since an id says where something stands and not what it says; the source's own text
//! stays beside the new one. Secrets cannot be corrected, and a correction of a statement that is not there does
//! nothing: its evidence may come back.

use std::collections::BTreeMap;

use fusion_model::{Correction, ObservationId, Property, RawStatement, StatementId, StoredObservation, ValueType};

/// Holds the texts that people put in place of others, by observation.
pub(super) struct Corrections<'a> {
    by_observation: BTreeMap<ObservationId, BTreeMap<StatementId, &'a str>>,
}

impl<'a> Corrections<'a> {
    /// Sorts corrections; of two of one statement the one that sorts last holds, so that no order decides.
    pub(super) fn of(corrections: &'a [Correction]) -> Self {
        let mut by_observation: BTreeMap<ObservationId, BTreeMap<StatementId, &str>> = BTreeMap::new();
        for correction in corrections.iter().filter(|correction| !correction.text.is_empty()) {
            let texts = by_observation.entry(correction.observation).or_default();
            let text = texts.entry(correction.statement).or_default();
            *text = (*text).max(correction.text.as_str());
        }
        Self { by_observation }
    }

    /// Corrects an observation and returns what the source said in the statements that changed.
    pub(super) fn apply(&self, observation: &mut StoredObservation) -> BTreeMap<StatementId, String> {
        let mut replaced = BTreeMap::new();
        let Some(texts) = self.by_observation.get(&observation.id) else {
            return replaced;
        };
        let content = &mut observation.content;
        let records = content.records.iter_mut().map(|record| &mut record.statements);
        let links = content.links.iter_mut().map(|link| &mut link.statements);
        for (slot, statements) in (0u32..).zip(records.chain(links)) {
            let ids = statement_ids(observation.id, slot, statements);
            for (id, statement) in ids.into_iter().zip(statements) {
                if let Some(text) = texts.get(&id)
                    && can_be_corrected(statement.property)
                    && statement.original != *text
                {
                    replaced.insert(id, std::mem::replace(&mut statement.original, (*text).to_owned()));
                }
            }
        }
        replaced
    }
}

/// Tells whether what a statement says may be corrected: a secret is kept sealed, and nobody could tell what changed.
pub fn can_be_corrected(property: Property) -> bool {
    property.value_type() != ValueType::Secret
}

/// Names the statements of one record or link, in their order.
pub(super) fn statement_ids(observation: ObservationId, slot: u32, said: &[RawStatement]) -> Vec<StatementId> {
    let mut met: BTreeMap<&str, u32> = BTreeMap::new();
    let mut ids = Vec::with_capacity(said.len());
    for raw in said {
        let index = met.entry(raw.path.as_str()).or_default();
        ids.push(StatementId::new(observation, slot, &raw.path, *index));
        *index += 1;
    }
    ids
}
