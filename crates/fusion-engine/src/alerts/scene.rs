//! What conditions look at, indexed by entity.

use std::collections::BTreeMap;

use fusion_model::derived::{Burst, Event, Finding, FindingKind, Relation, Snapshot};
use fusion_model::property::{fold, letters_and_digits};
use fusion_model::{EntityId, FindingId, Property, RecordId, Statement};

use crate::rules::Rules;

/// Properties whose text is searched for keywords.
const TEXTS: &[Property] = &[
    Property::Text,
    Property::Bio,
    Property::Note,
    Property::Tag,
    Property::Title,
    Property::Occupation,
];

/// Indexes a snapshot.
pub(super) struct Scene<'s> {
    pub(super) relations: BTreeMap<EntityId, Vec<&'s Relation>>,
    pub(super) findings: BTreeMap<EntityId, Vec<&'s Finding>>,
    pub(super) bursts: BTreeMap<EntityId, Vec<&'s Burst>>,
    events: BTreeMap<FindingId, &'s Event>,
    /// Texts written by or said of an entity, folded into words.
    texts: BTreeMap<EntityId, Vec<(Vec<String>, &'s Statement)>>,
}

impl<'s> Scene<'s> {
    pub(super) fn new(snapshot: &'s Snapshot, rules: &Rules) -> Self {
        let mut scene = Self {
            relations: BTreeMap::new(),
            findings: BTreeMap::new(),
            bursts: BTreeMap::new(),
            events: snapshot.events.iter().map(|event| (event.id, event)).collect(),
            texts: BTreeMap::new(),
        };
        for relation in &snapshot.relations {
            scene.relations.entry(relation.from).or_default().push(relation);
            if relation.to != relation.from {
                scene.relations.entry(relation.to).or_default().push(relation);
            }
        }
        for finding in &snapshot.findings {
            if let Some(entity) = finding.entity {
                scene.findings.entry(entity).or_default().push(finding);
            }
        }
        for burst in &snapshot.timeline.bursts {
            if let Some(entity) = burst.entity {
                scene.bursts.entry(entity).or_default().push(burst);
            }
        }
        // Folding every text is the dear part, so it is done only when a condition asks for it.
        if rules
            .alerts
            .conditions
            .iter()
            .any(|condition| condition.enabled && condition.when == "keyword")
        {
            let entity_of: BTreeMap<RecordId, EntityId> =
                snapshot.records.iter().map(|card| (card.id, card.entity)).collect();
            for statement in snapshot
                .statements
                .iter()
                .filter(|statement| TEXTS.contains(&statement.property))
            {
                if let Some(entity) = entity_of.get(&statement.record) {
                    scene
                        .texts
                        .entry(*entity)
                        .or_default()
                        .push((words(&statement.original), statement));
                }
            }
        }
        scene
    }

    /// Returns the contradictions of an entity.
    pub(super) fn contradictions(&self, entity: EntityId) -> impl Iterator<Item = &'s Finding> + '_ {
        let found = self.findings.get(&entity).into_iter().flatten();
        found
            .copied()
            .filter(|finding| finding.kind == FindingKind::Contradiction)
    }

    /// Returns an event by id.
    pub(super) fn event(&self, id: FindingId) -> Option<&'s Event> {
        self.events.get(&id).copied()
    }

    /// Returns the texts of an entity that hold `keyword` as whole words.
    pub(super) fn texts_with(&self, entity: EntityId, keyword: &[String]) -> Vec<&'s Statement> {
        let texts = self.texts.get(&entity).map(Vec::as_slice).unwrap_or_default();
        let holds =
            |words: &[String]| !keyword.is_empty() && words.windows(keyword.len()).any(|window| window == keyword);
        texts
            .iter()
            .filter(|(words, _)| holds(words))
            .map(|(_, statement)| *statement)
            .collect()
    }
}

/// Folds a text into its words.
pub(super) fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Folds a name or key so that spacing, punctuation and letter case do not tell two writings apart.
pub(super) fn key(text: &str) -> String {
    letters_and_digits(text)
}
