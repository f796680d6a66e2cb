//! Alerts: conditions of the rules file that came true for an entity.
//!
//! Reads a finished snapshot and nothing else, so a host can try other conditions on an old state. An alert is named
//! by its condition and its entity: it stays the same alert when more evidence for it arrives, and a person who has
//! closed it is not asked again. It names the statements behind what came true.
//!
//! It must not know what becomes of an alert (new, seen, closed are operations of the case). It never fails; a
//! condition that no entity meets raises nothing.

mod conditions;
mod scene;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use fusion_model::derived::{Alert, Snapshot};
use fusion_model::{ContentHasher, EntityId, FindingId, Level, StatementId};

use crate::rules::{AlertCondition, Rules};
use scene::Scene;

/// Evaluates every condition on every entity; gravest first, then by id.
pub fn raise(snapshot: &Snapshot, rules: &Rules) -> Vec<Alert> {
    if !rules.alerts.enabled {
        return Vec::new();
    }
    let scene = Scene::new(snapshot, rules);
    let mut alerts: Vec<Alert> = Vec::new();
    for condition in rules.alerts.conditions.iter().filter(|condition| condition.enabled) {
        let test = conditions::test(condition, rules);
        for entity in &snapshot.entities {
            let is_meant = condition.kinds.is_empty() || condition.kinds.iter().any(|kind| kind == entity.kind.id());
            if let Some(truth) = is_meant.then(|| test.holds(entity, &scene)).flatten() {
                alerts.push(alert(condition, entity.id, truth));
            }
        }
    }
    alerts.sort_by_key(|alert| (Reverse(alert.severity), alert.id));
    alerts
}

/// Says what came true and by which statements.
struct Truth {
    text: String,
    statements: BTreeSet<StatementId>,
}

fn alert(condition: &AlertCondition, entity: EntityId, truth: Truth) -> Alert {
    let mut hasher = ContentHasher::new("alert");
    hasher.text(&condition.name).part(&entity.0);
    Alert {
        id: FindingId(hasher.finish_short()),
        rule: condition.name.clone(),
        severity: level(&condition.severity),
        entity,
        text: truth.text,
        statements: truth.statements.into_iter().collect(),
    }
}

/// Reads a level; the schema allows no other word than those of [`Level`].
fn level(word: &str) -> Level {
    Level::ALL
        .into_iter()
        .find(|level| level.id() == word)
        .unwrap_or(Level::Medium)
}
