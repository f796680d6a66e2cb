//! What an account lends its owner: a person who owns an account also uses the e-mail its profile names.
//!
//! One step further in the network, so it counts by `network_proximity`, by the grade of the ownership and by the
//! grade of the profile's own link; rows of one origin count once. A doubtful search hit lends nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::RelationKind;
use fusion_model::{EntityId, EntityKind, Grade, Score};

use super::Ground;
use super::merge::{Support, Tie, Ties, better, worse};
use super::stated::support;
use crate::cleaned::CleanLink;
use crate::confidence::credibility;
use crate::entity::lends;

/// Draws what owned accounts lend.
pub(super) fn draw(ground: &Ground<'_>, ties: &mut Ties) {
    let profiles = profiles(ground);
    let mut lent: BTreeMap<(Tie, Cow<'_, str>), Lent> = BTreeMap::new();
    for ((person, account), owning) in owners(ground) {
        for profile in profiles.get(&account).into_iter().flatten() {
            let Some(thing) = ground.lookup.entity_of(profile.to) else {
                continue;
            };
            let origin = ground.lookup.origin_of(profile.observation, profile.source);
            let (score, grade) = (score(ground, owning, profile), worse(owning.grade, profile.grade));
            let entry = lent.entry(((person, thing, profile.kind), origin));
            let lent = entry.or_insert_with(|| Lent {
                score,
                grade,
                positions: BTreeSet::new(),
            });
            lent.score = lent.score.max(score);
            lent.grade = better(lent.grade, grade);
            lent.positions.extend(support(ground, owning));
            lent.positions.extend(support(ground, profile));
        }
    }
    for (((person, thing, kind), _), lent) in lent {
        let why = "named by an account that is said to be its own".to_owned();
        let support = Support::derived(ground, lent.score, why, lent.positions).graded(lent.grade);
        ties.add(person, thing, kind, support);
    }
}

/// Holds what the accounts of one owner say of one thing, by one origin.
struct Lent {
    score: Score,
    /// No better than the weaker of the two links it goes over.
    grade: Grade,
    positions: BTreeSet<usize>,
}

/// Returns the best link by which each person owns each account.
fn owners<'g>(ground: &Ground<'g>) -> BTreeMap<(EntityId, EntityId), &'g CleanLink> {
    let mut owners: BTreeMap<(EntityId, EntityId), &CleanLink> = BTreeMap::new();
    for owning in ground.lookup.cleaned.links.iter().filter(|link| lends(link)) {
        let ends = (ground.lookup.entity_of(owning.from), ground.lookup.entity_of(owning.to));
        let (Some(person), Some(account)) = ends else { continue };
        if ground.lookup.kind_of(person) != Some(EntityKind::Person) {
            continue;
        }
        let kept = owners.entry((person, account)).or_insert(owning);
        if kept.grade != owning.grade && better(kept.grade, owning.grade) == owning.grade {
            *kept = owning;
        }
    }
    owners
}

/// Returns the links from accounts to the things that their profiles name.
fn profiles<'g>(ground: &Ground<'g>) -> BTreeMap<EntityId, Vec<&'g CleanLink>> {
    let mut profiles: BTreeMap<EntityId, Vec<&CleanLink>> = BTreeMap::new();
    for link in &ground.lookup.cleaned.links {
        let Some(account) = ground.lookup.entity_of(link.from) else {
            continue;
        };
        let lent = matches!(link.kind, RelationKind::Uses | RelationKind::Owns);
        if lent && ground.lookup.kind_of(account) == Some(EntityKind::Account) {
            profiles.entry(account).or_default().push(link);
        }
    }
    profiles
}

fn score(ground: &Ground<'_>, owning: &CleanLink, profile: &CleanLink) -> Score {
    let weight = ground.rules.correlation.weights.network_proximity;
    let owned = credibility(ground.rules, owning.grade.credibility);
    weight
        .times(owned)
        .times(credibility(ground.rules, profile.grade.credibility))
}
