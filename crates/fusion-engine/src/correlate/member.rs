//! Member of, officer of: somebody is said to belong to a body that is itself an entity of the case.
//!
//! A person's `organization` that is exactly the name or another name of an organisation links the two. If the same
//! record gives an occupation that runs a firm (director, owner, secretary), it is an officer, else a member. A name
//! that several organisations bear counts less; one that more bear than may share a value tells nothing, and is announced.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::RelationKind;
use fusion_model::{EntityId, EntityKind, Property, RecordId};

use super::Ground;
use super::merge::{Support, Ties};
use super::rarity::weight;

/// Words of occupations that run a body rather than work in it, folded.
const OFFICES: &[&str] = &[
    "director",
    "officer",
    "owner",
    "secretary",
    "chair",
    "chairman",
    "chairwoman",
    "president",
    "ceo",
    "cfo",
    "coo",
    "partner",
    "founder",
    "co-founder",
    "treasurer",
    "manager",
    "head",
];

/// Draws memberships from stated organisations.
pub(super) fn draw(ground: &Ground<'_>, ties: &mut Ties) {
    let limit = ground.rules.correlation.common_value_limit as usize;
    let mut common = 0;
    for (canonical, members) in ground.values.of(Property::Organization) {
        let mut bodies: BTreeMap<EntityId, BTreeSet<usize>> = BTreeMap::new();
        for property in [Property::Name, Property::Alias] {
            for (entity, positions) in ground.values.holders(property, canonical).into_iter().flatten() {
                if ground.lookup.kind_of(*entity) == Some(EntityKind::Organization) {
                    bodies.entry(*entity).or_default().extend(positions);
                }
            }
        }
        // Everybody of such a name with every body of it would be relations by the million.
        if bodies.len() > limit {
            common += 1;
            continue;
        }
        for (person, said) in members
            .iter()
            .filter(|(entity, _)| ground.lookup.kind_of(**entity) == Some(EntityKind::Person))
        {
            let (kind, office) = match office(ground, said) {
                Some(at) => (RelationKind::OfficerOf, Some(at)),
                None => (RelationKind::MemberOf, None),
            };
            for (body, named) in &bodies {
                let score = ground.rules.correlation.weights.exact_match.times(weight(
                    ground.lookup,
                    ground.rules,
                    bodies.len() + 1,
                ));
                let positions = said.iter().chain(named).copied().chain(office);
                let why = "said to belong to a body of exactly this name".to_owned();
                ties.add(*person, *body, kind, Support::derived(ground, score, why, positions));
            }
        }
    }
    if common > 0 {
        ties.note(format!(
            "{common} names are borne by more than {limit} organisations each; to belong to one of such a name relates nobody."
        ));
    }
}

/// Returns the statement of an occupation that runs a body, given by the same record and observation.
fn office(ground: &Ground<'_>, said: &BTreeSet<usize>) -> Option<usize> {
    said.iter()
        .filter_map(|at| ground.lookup.statement(*at))
        .find_map(|statement| {
            let record: RecordId = statement.record;
            ground
                .lookup
                .in_observation(statement.observation)
                .iter()
                .copied()
                .find(|at| {
                    ground.lookup.statement(*at).is_some_and(|other| {
                        other.record == record && other.property == Property::Occupation && runs_a_body(&other.original)
                    })
                })
        })
}

fn runs_a_body(occupation: &str) -> bool {
    let folded = occupation.to_ascii_lowercase();
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|word| OFFICES.contains(&word))
}
