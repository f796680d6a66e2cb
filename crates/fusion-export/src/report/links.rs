//! Links of one entity, grouped by the kind of the other end, and its events.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Relation, RelationKind, Snapshot};
use fusion_model::{EntityId, EntityKind};

use super::notes::Notebook;
use super::{Cited, LinkGroup, LinkRow, Listed, MOST_LINKS, words};

/// Order of the groups: what a reader looks for first.
const GROUP_ORDER: &[EntityKind] = &[
    EntityKind::Account,
    EntityKind::Email,
    EntityKind::Phone,
    EntityKind::Wallet,
    EntityKind::Iban,
    EntityKind::Breach,
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Chat,
    EntityKind::Domain,
    EntityKind::Ip,
    EntityKind::Url,
    EntityKind::Document,
    EntityKind::FileHash,
    EntityKind::Token,
];

/// Groups the links of `entity`, strongest first.
pub(super) fn groups(snapshot: &Snapshot, entity: EntityId, notebook: &mut Notebook<'_>) -> Vec<LinkGroup> {
    let mut by_kind: BTreeMap<EntityKind, Vec<(&Relation, &str)>> = BTreeMap::new();
    for relation in &snapshot.relations {
        let Some(other) = other_end(relation, entity).and_then(|id| snapshot.entity(id)) else {
            continue;
        };
        by_kind.entry(other.kind).or_default().push((relation, &other.label));
    }
    let mut groups = Vec::new();
    for kind in GROUP_ORDER {
        let Some(mut links) = by_kind.remove(kind) else {
            continue;
        };
        links.sort_by(|(a, _), (b, _)| b.score.cmp(&a.score).then(a.id.cmp(&b.id)));
        let ends: BTreeSet<EntityId> = links
            .iter()
            .filter_map(|(relation, _)| other_end(relation, entity))
            .collect();
        let rows = links
            .iter()
            .map(|(relation, label)| row(relation, label, entity, notebook));
        groups.push(LinkGroup {
            kind: *kind,
            ends: ends.len(),
            links: Listed::new(rows, MOST_LINKS),
        });
    }
    groups
}

fn row(relation: &Relation, label: &str, entity: EntityId, notebook: &mut Notebook<'_>) -> LinkRow {
    let (forward, backward) = words::link_words(relation.kind);
    let mut detail: Vec<String> = relation.span.iter().map(words::when).collect();
    detail.extend(relation.amounts.iter().cloned());
    LinkRow {
        end: other_end(relation, entity).unwrap_or(entity),
        other: label.to_owned(),
        relation: if relation.from == entity { forward } else { backward }.to_owned(),
        score: words::percent(relation.score),
        grade: relation.grade.text(),
        count: relation.count,
        detail: detail.join("; "),
        why: Cited {
            text: relation.why.clone(),
            notes: notebook.cite(&relation.statements),
        },
    }
}

/// Returns the other end of a relation that touches `entity`.
pub(super) fn other_end(relation: &Relation, entity: EntityId) -> Option<EntityId> {
    if relation.from == entity {
        Some(relation.to)
    } else if relation.to == entity {
        Some(relation.from)
    } else {
        None
    }
}

/// Returns the entity and what it owns or uses: its events are read as events of the entity.
pub(super) fn entity_and_belongings(snapshot: &Snapshot, entity: EntityId) -> BTreeSet<EntityId> {
    let belongings = snapshot
        .relations
        .iter()
        .filter(|relation| relation.from == entity && matches!(relation.kind, RelationKind::Owns | RelationKind::Uses))
        .map(|relation| relation.to);
    belongings.chain([entity]).collect()
}
