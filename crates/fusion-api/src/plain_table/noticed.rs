//! What was noticed in a table that somebody may have planted, with the ids and values that the table has.

use fusion_resolve::Outcome;
use fusion_resolve::table::Table;
use serde::Serialize;

/// Lists what was noticed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NoticedView {
    /// Values under too many names, which join nobody.
    pub hubs: Vec<HubView>,
    /// Records with the identifiers of too many people, which were set apart.
    pub crowds: Vec<CrowdView>,
    /// Records that hold people together who contradict each other; the people were kept apart.
    pub bridges: Vec<BridgeView>,
    /// Records with a word that mixes scripts.
    pub mixed_scripts: Vec<MixedScriptView>,
    /// Records with marks that cannot be seen.
    pub hidden_marks: Vec<String>,
}

/// Names a value under too many names.
#[derive(Debug, Clone, Serialize)]
pub struct HubView {
    /// What it is.
    pub kind: String,
    /// How many names hold it.
    pub names: u32,
    /// The value.
    pub value: String,
}

/// Names a record with the identifiers of too many people.
#[derive(Debug, Clone, Serialize)]
pub struct CrowdView {
    /// The record.
    pub record: String,
    /// What it holds too many of.
    pub kind: String,
    /// How many.
    pub values: u32,
}

/// Names a record between two entities.
#[derive(Debug, Clone, Serialize)]
pub struct BridgeView {
    /// The record.
    pub record: String,
    /// The entities; twice the same where the record contradicts the rest of its own.
    pub entities: [String; 2],
}

/// Names a record with a word that mixes scripts.
#[derive(Debug, Clone, Serialize)]
pub struct MixedScriptView {
    /// The record.
    pub record: String,
    /// The value the word stands in.
    pub value: String,
}

impl NoticedView {
    /// Lists what a run noticed.
    pub(super) fn of(table: &Table, outcome: &Outcome) -> Self {
        let id = |record: u32| table.ids[record as usize].clone();
        let entity = |record: u32| id(outcome.group_of[record as usize]);
        let text = |value| table.values.canonical(value).to_owned();
        let found = &outcome.findings;
        let hubs = found.hubs.iter().map(|hub| HubView {
            kind: hub.feature.label().to_owned(),
            names: hub.names,
            value: text(hub.value),
        });
        let crowds = found.crowds.iter().map(|crowd| CrowdView {
            record: id(crowd.record),
            kind: crowd.feature.label().to_owned(),
            values: crowd.values,
        });
        let bridges = found.bridges.iter().map(|bridge| BridgeView {
            record: id(bridge.record),
            entities: bridge.groups.map(entity),
        });
        let mixed_scripts = found.mixed_scripts.iter().map(|mixed| MixedScriptView {
            record: id(mixed.record),
            value: text(mixed.value),
        });
        Self {
            hubs: hubs.collect(),
            crowds: crowds.collect(),
            bridges: bridges.collect(),
            mixed_scripts: mixed_scripts.collect(),
            hidden_marks: table.hidden.iter().copied().map(id).collect(),
        }
    }
}
