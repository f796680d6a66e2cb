//! Events that a dated link states: transfers, messages, joinings, sightings.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{EventKind, RelationKind, Role};
use fusion_model::{EntityId, ObservationId, Property, Statement, TimeSpan};

use super::Labels;
use super::draft::{Around, Draft, Repeats, part};
use super::words::quoted;
use crate::cleaned::{CleanLink, Cleaned, Implied};
use crate::resolution::Resolution;

/// Makes drafts of the dated links.
pub(super) fn of_links(cleaned: &Cleaned, resolution: &Resolution, labels: &Labels) -> Vec<Draft> {
    let around = Around::new(cleaned, resolution);
    let mut mentioned: BTreeMap<ObservationId, BTreeSet<EntityId>> = BTreeMap::new();
    let mut told: BTreeSet<ObservationId> = BTreeSet::new();
    for link in &cleaned.links {
        match link.kind {
            RelationKind::Mentions => {
                mentioned
                    .entry(link.observation)
                    .or_default()
                    .extend(resolution.entity_of.get(&link.to));
            }
            RelationKind::Messaged => {
                told.insert(link.observation);
            }
            _ => {}
        }
    }
    let mut drafts = Vec::new();
    for link in cleaned.links.iter().filter(|link| link.implied == Implied::Stated) {
        // A mention inside a message is part of the message.
        if link.kind == RelationKind::Mentions && told.contains(&link.observation) {
            continue;
        }
        let mut link_drafts = of_link(cleaned, resolution, labels, link);
        for draft in &mut link_drafts {
            if link.kind == RelationKind::Messaged {
                let named = mentioned.get(&link.observation).into_iter().flatten();
                draft.others.extend(named.map(|entity| part(*entity, Role::Mentioned)));
            }
            let owners: Vec<_> = draft
                .core
                .iter()
                .filter(|participant| matches!(participant.role, Role::Actor | Role::Target))
                .flat_map(|participant| {
                    let owners = around.owners.get(&participant.entity).into_iter().flatten();
                    owners.map(|owner| part(*owner, participant.role)).collect::<Vec<_>>()
                })
                .collect();
            draft.others.extend(owners);
        }
        drafts.append(&mut link_drafts);
    }
    drafts
}

fn of_link(cleaned: &Cleaned, resolution: &Resolution, labels: &Labels, link: &CleanLink) -> Vec<Draft> {
    let (Some(from), Some(to)) = (
        resolution.entity_of.get(&link.from).copied(),
        resolution.entity_of.get(&link.to).copied(),
    ) else {
        return Vec::new();
    };
    let said: Vec<&Statement> = link
        .statements
        .iter()
        .filter_map(|at| cleaned.statements.get(*at))
        .collect();
    let name = |entity: EntityId| quoted(labels.get(&entity).map_or("", String::as_str));
    said.iter()
        .filter_map(|dated| Some((dated, dated.value.as_ref().ok()?.span?)))
        .filter_map(|(dated, happened)| {
            let telling = Telling {
                link,
                said: &said,
                dated,
                from,
                to,
                from_name: name(from),
                to_name: name(to),
            };
            telling.draft(happened)
        })
        .collect()
}

struct Telling<'a> {
    link: &'a CleanLink,
    said: &'a [&'a Statement],
    dated: &'a Statement,
    from: EntityId,
    to: EntityId,
    from_name: String,
    to_name: String,
}

impl Telling<'_> {
    fn draft(&self, happened: TimeSpan) -> Option<Draft> {
        let (from, to) = (&self.from_name, &self.to_name);
        let property = self.dated.property;
        let (kind, roles, text) = match (self.link.kind, property) {
            (_, Property::BirthDate | Property::PublishedAt) => return None,
            (RelationKind::Paid, Property::HappenedAt) => {
                let amount = self
                    .value(Property::Amount)
                    .unwrap_or_else(|| "an unnamed amount".to_owned());
                (
                    EventKind::Transfer,
                    (Role::Actor, Role::Target),
                    format!("{from} moved {amount} to {to}"),
                )
            }
            (RelationKind::Messaged, Property::HappenedAt) => {
                let text = self
                    .value(Property::Text)
                    .map_or_else(|| "a message".to_owned(), |text| quoted(&text));
                (
                    EventKind::Message,
                    (Role::Actor, Role::Venue),
                    format!("{from} wrote {text} in {to}"),
                )
            }
            (RelationKind::MemberOf | RelationKind::OfficerOf, Property::CreatedAt | Property::HappenedAt) => (
                EventKind::Joined,
                (Role::Actor, Role::Venue),
                format!("{from} joined {to}"),
            ),
            (RelationKind::LocatedAt | RelationKind::CoLocated, Property::HappenedAt | Property::LastSeenAt) => (
                EventKind::Seen,
                (Role::Subject, Role::Venue),
                format!("{from} was at {to}"),
            ),
            (RelationKind::ExposedIn, Property::BreachDate | Property::HappenedAt) => {
                // The breach is the event; that this one is exposed in it makes it a participant, not another event.
                return Some(Draft {
                    others: BTreeSet::from([part(self.from, Role::Target)]),
                    core: BTreeSet::from([part(self.to, Role::Subject)]),
                    ..self.fill(EventKind::Breached, happened, format!("data leaked in breach {to}"))
                });
            }
            (RelationKind::Owns, Property::CreatedAt) => {
                return Some(Draft {
                    core: BTreeSet::from([part(self.to, Role::Subject)]),
                    others: BTreeSet::from([part(self.from, Role::Actor)]),
                    ..self.fill(EventKind::Created, happened, format!("{to} was created"))
                });
            }
            (_, Property::LastSeenAt) => (
                EventKind::Seen,
                (Role::Subject, Role::Target),
                format!("{from} was seen with {to}"),
            ),
            (_, Property::EndedAt) => (
                EventKind::Other,
                (Role::Subject, Role::Target),
                format!("{from} ended: {} {to}", self.link.kind.id()),
            ),
            (kind, _) => (
                EventKind::Other,
                (Role::Subject, Role::Target),
                format!("{from}: {} {to}", kind.id()),
            ),
        };
        let core = BTreeSet::from([part(self.from, roles.0), part(self.to, roles.1)]);
        Some(Draft {
            core,
            ..self.fill(kind, happened, text)
        })
    }

    fn fill(&self, kind: EventKind, happened: TimeSpan, text: String) -> Draft {
        let transaction = self.canonical(Property::TransactionHash);
        let detail = match kind {
            EventKind::Transfer => format!(
                "{}\n{}",
                transaction.unwrap_or_default(),
                self.canonical(Property::Amount).unwrap_or_default()
            ),
            EventKind::Message => self.canonical(Property::Text).unwrap_or_default().to_owned(),
            EventKind::Other => format!("{} {}", self.link.kind.id(), self.dated.property.id()),
            _ => String::new(),
        };
        let is_act = matches!(kind, EventKind::Transfer if transaction.is_none()) || kind == EventKind::Message;
        Draft {
            kind,
            happened,
            core: BTreeSet::new(),
            others: BTreeSet::new(),
            detail,
            repeats: if is_act { Repeats::Each } else { Repeats::One },
            text,
            source: self.link.source,
            statements: self.supporting(),
        }
    }

    /// Names the date itself and whatever describes the act; other dates of the link make events of their own.
    fn supporting(&self) -> BTreeSet<fusion_model::StatementId> {
        let described = self.said.iter().filter(|statement| {
            statement.value.is_ok()
                && matches!(
                    statement.property,
                    Property::Amount
                        | Property::Text
                        | Property::TransactionHash
                        | Property::Status
                        | Property::FiatValue
                )
        });
        described.map(|statement| statement.id).chain([self.dated.id]).collect()
    }

    fn canonical(&self, property: Property) -> Option<&str> {
        self.said
            .iter()
            .filter(|statement| statement.property == property)
            .find_map(|statement| statement.value.as_ref().ok().map(|value| value.canonical.as_str()))
    }

    fn value(&self, property: Property) -> Option<String> {
        self.said
            .iter()
            .filter(|statement| statement.property == property)
            .find_map(|statement| {
                let value = statement.value.as_ref().ok()?;
                let named = statement.qualifier.is_empty() || value.display.contains(&statement.qualifier);
                Some(if named {
                    value.display.clone()
                } else {
                    format!("{} {}", value.display, statement.qualifier)
                })
            })
    }
}
