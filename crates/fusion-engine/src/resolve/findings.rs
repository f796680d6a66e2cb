//! What resolving found worth telling: hubs, oversize groups, verdicts that contradict or cannot be obeyed.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Finding, FindingKind, StageNote};
use fusion_model::{
    ContentHasher, EntityId, EntityKind, FindingId, JudgementState, Level, RecordId, Score, StatementId,
};

use fusion_resolve::{Feature, Findings, Held, Through, ValueId};

use crate::cleaned::Cleaned;
use crate::resolution::Resolution;

use super::crowd::Crowd;
use super::entity_of;
use super::render::{note, shown};
use super::verdicts::Verdicts;

/// Tells of values that too many different names hold.
pub(super) fn of_hubs(crowd: &Crowd<'_>) -> Vec<Finding> {
    let values = &crowd.ground.values;
    let mut hubs: BTreeMap<ValueId, Hub> = crowd.ground.hubs().into_iter().map(Hub::of).collect();
    if hubs.is_empty() {
        return Vec::new();
    }
    for record in 0..crowd.ground.records.len() as u32 {
        for (at, held) in crowd.ground.records.of(record).iter().enumerate() {
            if let Some(hub) = hubs.get_mut(&values.class_of(held.value)) {
                hub.hold(crowd, held, crowd.said.of(record, at));
            }
        }
    }
    let told = hubs.into_values().filter(|hub| hub.is_stated);
    told.filter_map(|hub| hub.finding(crowd)).collect()
}

/// Holds a value that too many different names hold.
struct Hub {
    value: ValueId,
    distinct: u32,
    /// Whether anybody states it as such; a user name that is only the local part of addresses is not told.
    is_stated: bool,
    canonical: String,
    shown: Option<String>,
    statements: BTreeSet<StatementId>,
}

impl Hub {
    fn of((value, distinct): (ValueId, u32)) -> (ValueId, Self) {
        let hub = Self {
            value,
            distinct,
            is_stated: false,
            canonical: String::new(),
            shown: None,
            statements: BTreeSet::new(),
        };
        (value, hub)
    }

    /// Adds one holder.
    fn hold(&mut self, crowd: &Crowd<'_>, held: &Held, said: &[u32]) {
        self.is_stated |= held.through != Through::Mail;
        let canonical = crowd.ground.values.canonical(held.value);
        if self.canonical.is_empty() || canonical < self.canonical.as_str() {
            canonical.clone_into(&mut self.canonical);
        }
        let shown = shown(crowd, held.value, said);
        if self.shown.as_ref().is_none_or(|kept| shown < *kept) {
            self.shown = Some(shown);
        }
        let statements = said.iter().filter_map(|at| crowd.cleaned.statements.get(*at as usize));
        self.statements.extend(statements.map(|statement| statement.id));
    }

    fn finding(self, crowd: &Crowd<'_>) -> Option<Finding> {
        let feature = crowd.ground.values.feature(self.value);
        let limit = crowd.ground.model.hubs[feature as usize];
        finding(Draft {
            kind: FindingKind::Hub,
            rule: "hub-value",
            severity: Level::Low,
            entity: thing_of(crowd.cleaned, feature, &self.canonical),
            text: format!(
                "The {} “{}” is held under {} different names (limit {limit}), so it joins nobody.",
                feature.label(),
                self.shown.unwrap_or_default(),
                self.distinct
            ),
            innocent: "Switchboards, shared mailboxes, family numbers and placeholders are used by many.",
            recommendation: "Find out whose it is; if it is one person's after all, judge the records the same.",
            statements: self.statements,
        })
    }
}

/// Tells of a group that grew too large.
pub(super) fn of_oversize(crowd: &Crowd<'_>, records: &[RecordId]) -> Option<Finding> {
    finding(Draft {
        kind: FindingKind::Resolution,
        rule: "oversize-group",
        severity: Level::Medium,
        entity: None,
        text: format!(
            "{} {} records would have become one entity; inside this group stronger evidence was asked for.",
            records.len(),
            crowd.kind.label()
        ),
        innocent: "A person with a long trail can have many records.",
        recommendation: "Look for a value that ties them together though it should not; raise max_cluster_size if they are one.",
        statements: first_statements(crowd.cleaned, records),
    })
}

/// Tells of records that may have been made to join others, or to pass for them.
pub(super) fn of_planted(crowd: &Crowd<'_>, found: &Findings, group_of: &[u32]) -> Vec<Finding> {
    let record = |at: u32| crowd.ids.get(at as usize).copied();
    let entity = |at: u32| record(group_of.get(at as usize).copied().unwrap_or(at)).map(EntityId::from);
    let first = |places: &[u32]| {
        let records: Vec<RecordId> = places.iter().filter_map(|at| record(*at)).collect();
        first_statements(crowd.cleaned, &records)
    };
    let kind = crowd.kind.label();
    let crowds = found.crowds.iter().map(|one| Draft {
        kind: FindingKind::Resolution,
        rule: "crowd-record",
        severity: Level::Medium,
        entity: entity(one.record),
        text: format!(
            "One {kind} record holds {} different values of the sort {}, more than one has; it joins nobody by itself.",
            one.values,
            one.feature.label()
        ),
        innocent: "An address book or a list was read as one.",
        recommendation: "Look at its source, and read it again as what it is; a verdict joins the record all the same.",
        statements: first(&[one.record]),
    });
    let bridges = found.bridges.iter().map(|one| Draft {
        kind: FindingKind::Resolution,
        rule: "bridge-record",
        severity: Level::Low,
        entity: entity(one.record),
        text: format!(
            "A {kind} record shares identifiers with others whose names or dates of birth contradict; it stays where it fits best, and holds nobody together."
        ),
        innocent: "A number was handed on, relatives share an address, or two rows were mixed up in writing.",
        recommendation: "Compare the record with both sides and judge it.",
        statements: first(&[one.record, one.groups[0], one.groups[1]]),
    });
    let mixed = found.mixed_scripts.iter().map(|one| {
        let held = crowd.ground.records.of(one.record).iter().enumerate();
        let said: Vec<u32> = held
            .filter(|(_, held)| held.value == one.value)
            .flat_map(|(at, _)| crowd.said.of(one.record, at))
            .copied()
            .collect();
        let statements = said.iter().filter_map(|at| crowd.cleaned.statements.get(*at as usize));
        Draft {
            kind: FindingKind::Resolution,
            rule: "mixed-scripts",
            severity: Level::Low,
            entity: entity(one.record),
            text: format!(
                "A word of “{}” mixes letters of several scripts, so that it can pass for another.",
                shown(crowd, one.value, &said)
            ),
            innocent: "A keyboard was switched in the middle of a word, or a program read a scan wrong.",
            recommendation: "Compare with the name it looks like; it is not taken for that name.",
            statements: statements.map(|statement| statement.id).collect(),
        }
    });
    crowds.chain(bridges).chain(mixed).filter_map(finding).collect()
}

/// Tells of verdicts that contradict each other or cannot be obeyed.
pub(super) fn of_verdicts(
    cleaned: &Cleaned,
    verdicts: &Verdicts,
    resolution: &Resolution,
) -> (Vec<Finding>, Vec<StageNote>) {
    let mut findings = Vec::new();
    let mut unusable = 0u64;
    for (left, right, state) in verdicts.iter() {
        let (Some(one), Some(other)) = (cleaned.records.get(&left), cleaned.records.get(&right)) else {
            unusable += 1;
            continue;
        };
        let entities = (
            entity_of(&resolution.entity_of, left),
            entity_of(&resolution.entity_of, right),
        );
        let judgeable = one.kind == other.kind && one.kind.identity().is_none();
        let text = match state {
            JudgementState::Contradiction => {
                "People's verdicts on two records contradict each other; they neither join nor part them."
            }
            JudgementState::Same if !judgeable => {
                "Two records were judged the same that cannot be one thing: only described records of one kind are joined."
            }
            JudgementState::Same if entities.0 != entities.1 => {
                "Two records were judged the same, but joining them would join records that a person keeps apart."
            }
            _ => continue,
        };
        findings.extend(finding(Draft {
            kind: FindingKind::Resolution,
            rule: "verdict-conflict",
            severity: Level::Medium,
            entity: entities.0,
            text: text.to_owned(),
            innocent: "Verdicts given at different times may rest on different evidence.",
            recommendation: "Open the pair, compare the reasons and withdraw the verdict that does not hold.",
            statements: first_statements(cleaned, &[left, right]),
        }));
    }
    let notes = (unusable > 0).then(|| {
        note(
            "resolve",
            format!("{unusable} verdicts rest: a record they name is not in the live evidence."),
        )
    });
    (findings, notes.into_iter().collect())
}

struct Draft<'a> {
    kind: FindingKind,
    rule: &'a str,
    severity: Level,
    entity: Option<EntityId>,
    text: String,
    innocent: &'a str,
    recommendation: &'a str,
    statements: BTreeSet<StatementId>,
}

/// Makes a finding; without a statement there is none.
fn finding(draft: Draft<'_>) -> Option<Finding> {
    if draft.statements.is_empty() {
        return None;
    }
    let mut hasher = ContentHasher::new("finding");
    hasher.text(draft.rule);
    for statement in &draft.statements {
        hasher.part(&statement.0);
    }
    Some(Finding {
        id: FindingId(hasher.finish_short()),
        kind: draft.kind,
        rule: draft.rule.to_owned(),
        severity: draft.severity,
        score: Score::ZERO,
        entity: draft.entity,
        text: draft.text,
        innocent: draft.innocent.to_owned(),
        recommendation: draft.recommendation.to_owned(),
        statements: draft.statements.into_iter().collect(),
    })
}

/// Returns the first statement of each record.
fn first_statements(cleaned: &Cleaned, records: &[RecordId]) -> BTreeSet<StatementId> {
    records
        .iter()
        .filter_map(|record| cleaned.statements_of(*record).next())
        .map(|statement| statement.id)
        .collect()
}

/// Returns the entity that an identifier value is by itself.
fn thing_of(cleaned: &Cleaned, feature: Feature, canonical: &str) -> Option<EntityId> {
    let kind = match feature {
        Feature::Email => EntityKind::Email,
        Feature::Phone => EntityKind::Phone,
        Feature::Account => EntityKind::Account,
        Feature::Wallet => EntityKind::Wallet,
        Feature::Iban => EntityKind::Iban,
        Feature::Url => EntityKind::Url,
        Feature::Domain => EntityKind::Domain,
        Feature::Ip => EntityKind::Ip,
        Feature::FileHash => EntityKind::FileHash,
        _ => return None,
    };
    let record = RecordId::of_value(kind.id(), canonical);
    cleaned.records.contains_key(&record).then(|| EntityId::from(record))
}
