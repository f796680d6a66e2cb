//! Events that one record states by itself: born, created, seen, breached.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{EventKind, Participant, RelationKind, Role};
use fusion_model::{Credibility, EntityId, EntityKind, Property, SourceId, Statement, StatementId, TimeSpan};

use super::Labels;
use super::words::quoted;
use crate::cleaned::{CleanLink, Cleaned};
use crate::resolution::Resolution;

/// Holds an event as one source tells it.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) kind: EventKind,
    pub(super) happened: TimeSpan,
    /// Those who make the event what it is; the same in every telling of it.
    pub(super) core: BTreeSet<Participant>,
    /// Those who are known to take part besides.
    pub(super) others: BTreeSet<Participant>,
    /// What tells events of the same participants apart: transaction, amount, message text.
    pub(super) detail: String,
    /// Whether one source may tell the same event in several places.
    pub(super) repeats: Repeats,
    pub(super) text: String,
    pub(super) source: SourceId,
    pub(super) statements: BTreeSet<StatementId>,
}

/// Says whether two tellings of one source can be one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeats {
    /// A state of things, said as often as one likes (a birth, a creation, a transaction with its hash).
    One,
    /// An act: twice in one source is two acts (two like messages in one minute).
    Each,
}

/// Makes drafts of the dated statements of records.
pub(super) fn of_statements(cleaned: &Cleaned, resolution: &Resolution, labels: &Labels) -> Vec<Draft> {
    let around = Around::new(cleaned, resolution);
    let mut drafts = Vec::new();
    for (record, clean) in &cleaned.records {
        let Some(entity) = resolution.entity_of.get(record).copied() else {
            continue;
        };
        for statement in clean.statements.iter().filter_map(|at| cleaned.statements.get(*at)) {
            // A value that stands for a thing of its own is listed there as well; its dates are not that thing's.
            if statement.record == *record {
                drafts.extend(of_statement(statement, entity, clean.kind, &around, labels));
            }
        }
    }
    drafts
}

fn of_statement(
    statement: &Statement,
    entity: EntityId,
    kind: EntityKind,
    around: &Around,
    labels: &Labels,
) -> Option<Draft> {
    let happened = statement.value.as_ref().ok()?.span?;
    let name = format!(
        "{} {}",
        kind.label(),
        quoted(labels.get(&entity).map_or("", String::as_str))
    );
    let (event, text) = match statement.property {
        Property::BirthDate => (EventKind::Born, format!("{name} was born")),
        Property::CreatedAt => (EventKind::Created, format!("{name} was created")),
        Property::LastSeenAt => (EventKind::Seen, format!("{name} was last seen active")),
        Property::BreachDate => (EventKind::Breached, format!("data leaked in {name}")),
        Property::PublishedAt if kind == EntityKind::Breach => (EventKind::Other, format!("{name} became known")),
        Property::PublishedAt => (EventKind::Other, format!("{name} was published")),
        Property::HappenedAt => (EventKind::Other, format!("{name} is dated")),
        Property::EndedAt => (EventKind::Other, format!("{name} ended")),
        _ => return None,
    };
    let others: BTreeSet<Participant> = match event {
        EventKind::Breached => around
            .exposed
            .get(&entity)
            .into_iter()
            .flatten()
            .map(|entity| part(*entity, Role::Target))
            .collect(),
        EventKind::Created | EventKind::Seen => around
            .owners
            .get(&entity)
            .into_iter()
            .flatten()
            .map(|entity| part(*entity, Role::Actor))
            .collect(),
        _ => BTreeSet::new(),
    };
    Some(Draft {
        kind: event,
        happened,
        core: BTreeSet::from([part(entity, Role::Subject)]),
        others,
        detail: if event == EventKind::Other {
            statement.property.id().to_owned()
        } else {
            String::new()
        },
        repeats: Repeats::One,
        text,
        source: statement.source,
        statements: BTreeSet::from([statement.id]),
    })
}

/// Makes a participant.
pub(super) fn part(entity: EntityId, role: Role) -> Participant {
    Participant { entity, role }
}

/// Knows who stands behind an account and who is exposed in a breach.
pub(super) struct Around {
    /// Owners of an entity, by links that are not doubtful.
    pub(super) owners: BTreeMap<EntityId, BTreeSet<EntityId>>,
    exposed: BTreeMap<EntityId, BTreeSet<EntityId>>,
}

impl Around {
    pub(super) fn new(cleaned: &Cleaned, resolution: &Resolution) -> Self {
        let mut around = Self {
            owners: BTreeMap::new(),
            exposed: BTreeMap::new(),
        };
        for link in cleaned.links.iter().filter(|link| is_sound(link)) {
            let (Some(from), Some(to)) = (resolution.entity_of.get(&link.from), resolution.entity_of.get(&link.to))
            else {
                continue;
            };
            match link.kind {
                RelationKind::Owns if from != to => {
                    around.owners.entry(*to).or_default().insert(*from);
                }
                RelationKind::ExposedIn => {
                    around.exposed.entry(*to).or_default().insert(*from);
                }
                _ => {}
            }
        }
        around
    }
}

fn is_sound(link: &CleanLink) -> bool {
    !matches!(link.grade.credibility, Credibility::Doubtful | Credibility::Improbable)
}
