//! What makes a shared value tell something: how rare it is, and which pairs it must not relate.
//!
//! Rarity in bits is `⌊log2 N⌋ − ⌊log2(c − 1)⌋` for c holders among N records; from `full_rarity` bits on a value
//! counts in full, below it in proportion. A case too small to judge rarity is taken as large enough for a pair.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{PairDecision, RelationKind};
use fusion_model::{EntityId, Property, Score};

use crate::lookup::Lookup;
use crate::rules::Rules;

/// Returns how much a value with `holders` holders counts.
pub(super) fn weight(lookup: &Lookup<'_>, rules: &Rules, holders: usize) -> Score {
    let full = u64::try_from(rules.correlation.full_rarity.0).unwrap_or_default();
    if full == 0 {
        return Score::ONE;
    }
    let records = lookup.cleaned.records.len().max(1) as u64;
    let population = (u64::from(records.ilog2()) * 1_000).max(full);
    let common = u64::from((holders.max(2) as u64 - 1).ilog2()) * 1_000;
    Score::ratio(population.saturating_sub(common).min(full), full)
}

/// Returns the number of holders above which a value relates nobody: a hub.
pub(super) fn holder_limit(rules: &Rules, property: Property) -> usize {
    let hubs = &rules.entity_resolution.hub_limits;
    let hub = match property {
        Property::Email => hubs.email,
        Property::Phone => hubs.phone,
        Property::Account => hubs.account,
        Property::Handle => hubs.handle,
        Property::Wallet => hubs.wallet,
        Property::Iban => hubs.iban,
        Property::OfficialNumber | Property::CompanyNumber => hubs.official_number,
        Property::ExternalId => hubs.external_id,
        Property::Address => hubs.address,
        Property::Url => hubs.url,
        Property::Domain => hubs.domain,
        Property::Ip => hubs.ip,
        Property::Password | Property::PasswordHash | Property::AuthToken => hubs.secret,
        Property::Organization => hubs.organization,
        _ => hubs.other,
    };
    hub.min(rules.correlation.common_value_limit) as usize
}

/// Knows which pairs of entities must not be related by shared values.
pub(super) struct Pairs {
    undecided: BTreeSet<(EntityId, EntityId)>,
    owners: BTreeMap<EntityId, BTreeSet<EntityId>>,
}

impl Pairs {
    /// Reads the review queue and the owners of things.
    pub(super) fn new(lookup: &Lookup<'_>) -> Self {
        let undecided = lookup
            .resolution
            .pairs
            .iter()
            .filter(|pair| pair.decision == PairDecision::Review)
            .filter_map(|pair| Some(ordered(lookup.entity_of(pair.left)?, lookup.entity_of(pair.right)?)))
            .collect();
        let mut owners: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
        for link in &lookup.cleaned.links {
            let holds = matches!(link.kind, RelationKind::Owns | RelationKind::Uses);
            if let (true, Some(owner), Some(thing)) = (holds, lookup.entity_of(link.from), lookup.entity_of(link.to)) {
                owners.entry(thing).or_default().insert(owner);
            }
        }
        Self { undecided, owners }
    }

    /// Tells whether a person still has to say if the two are one.
    pub(super) fn in_review(&self, left: EntityId, right: EntityId) -> bool {
        self.undecided.contains(&ordered(left, right))
    }

    /// Tells whether the two belong to one owner, or one to the other: what they share is the owner's.
    pub(super) fn of_one_owner(&self, left: EntityId, right: EntityId) -> bool {
        let none = BTreeSet::new();
        let of = |entity: EntityId| self.owners.get(&entity).unwrap_or(&none);
        of(left).contains(&right) || of(right).contains(&left) || !of(left).is_disjoint(of(right))
    }
}

/// Returns the two with the smaller first.
pub(super) fn ordered(left: EntityId, right: EntityId) -> (EntityId, EntityId) {
    if left <= right { (left, right) } else { (right, left) }
}
