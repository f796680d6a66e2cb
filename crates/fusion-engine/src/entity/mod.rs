//! What is known of each entity: facts, other names, a label, the sources that speak of it.
//!
//! Values are grouped by property and canonical text, so that a fact stands once however many rows say it, with
//! every statement that does. A person also answers to the names that the accounts it owns give (links graded
//! "possibly true" or better); those facts name the account's statements, and the account keeps them as well.
//!
//! It must not know relations, risk or any screen, and it reads no clock: confidence ages against the `now` it is
//! given. It never fails: an entity without any name is called by its kind and the start of its id.

mod alias;
mod facts;
mod label;
mod span;
mod through_account;

use std::collections::BTreeSet;

use fusion_model::derived::{Alias, Confidence, Fact};
use fusion_model::{EntityId, EntityKind, RecordId, SourceId, TimeSpan, Timestamp};

use crate::cleaned::Cleaned;
use crate::confidence;
use crate::lookup::Lookup;
use crate::resolution::{Cluster, Resolution};
use crate::rules::Rules;

pub(crate) use facts::Groups;
pub(crate) use span::hull;
pub(crate) use through_account::lends;

/// Holds an entity before risk and graph have looked at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityDraft {
    /// Smallest member record.
    pub id: EntityId,
    /// What sort of thing.
    pub kind: EntityKind,
    /// Name for people.
    pub label: String,
    /// Member records, ascending.
    pub records: Vec<RecordId>,
    /// Other names, best supported first.
    pub aliases: Vec<Alias>,
    /// What is said of it, ordered by property, then best supported first.
    pub facts: Vec<Fact>,
    /// How sure the whole is.
    pub confidence: Confidence,
    /// Sources that speak of it, ascending.
    pub sources: Vec<SourceId>,
    /// From the first to the last dated statement.
    pub seen: Option<TimeSpan>,
}

/// Assembles every entity of the partition, by id.
pub fn assemble(cleaned: &Cleaned, resolution: &Resolution, rules: &Rules, now: Timestamp) -> Vec<EntityDraft> {
    assemble_in(&Lookup::new(cleaned, resolution), rules, now)
}

/// Assembles every entity of the partition that was looked up.
pub(crate) fn assemble_in(lookup: &Lookup<'_>, rules: &Rules, now: Timestamp) -> Vec<EntityDraft> {
    let entities = lookup.resolution.entities.iter();
    entities
        .map(|(id, cluster)| draft(lookup, rules, now, *id, cluster))
        .collect()
}

fn draft(lookup: &Lookup<'_>, rules: &Rules, now: Timestamp, id: EntityId, cluster: &Cluster) -> EntityDraft {
    let own = lookup.own_statements(id);
    let lent = through_account::names(lookup, id, cluster.kind);
    let groups = facts::group(lookup, own.iter().chain(&lent).copied());
    let facts = facts::weigh(lookup, rules, now, &groups);
    let label = label::of(lookup, id, cluster, &facts, &own);
    let aliases = alias::of(cluster.kind, &label, &facts);
    let sources: BTreeSet<SourceId> = cluster
        .records
        .iter()
        .filter_map(|record| lookup.cleaned.records.get(record))
        .flat_map(|record| record.sources.iter().copied())
        .chain(lookup.statements(&lent).map(|statement| statement.source))
        .collect();
    // A record that only links speak of (the unnamed author of a message) is as sure as those links.
    let basis = if own.is_empty() {
        lookup.links_of(id)
    } else {
        own.clone()
    };
    let confidence = confidence::of_entity(lookup, rules, now, cluster.kind, &basis, &groups);
    EntityDraft {
        id,
        kind: cluster.kind,
        label,
        records: cluster.records.clone(),
        aliases,
        facts,
        confidence,
        sources: sources.into_iter().collect(),
        seen: span::seen(lookup, id, &own),
    }
}

#[cfg(test)]
mod tests;
