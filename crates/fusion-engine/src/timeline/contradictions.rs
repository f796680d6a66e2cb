//! Intervals that cannot both hold: two births, an account older than its owner, activity before creation, two
//! places at once.
//!
//! Only intervals that exclude each other count: "2019" and "March 2019" do not contradict. A finding names the
//! statements of both sides; which of the two is wrong is for a person to say.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Event, EventKind, Finding, FindingKind, Role};
use fusion_model::{ContentHasher, EntityId, FindingId, Level, Precision, StatementId};

use crate::rules::Rules;

/// Finds contradictions in time, by id.
pub fn contradictions(events: &[Event], rules: &Rules) -> Vec<Finding> {
    if !rules.timeline.contradictions {
        return Vec::new();
    }
    let mut sides: BTreeMap<EntityId, Sides<'_>> = BTreeMap::new();
    for event in events {
        for participant in &event.participants {
            let side = sides.entry(participant.entity).or_default();
            match (event.kind, participant.role) {
                (EventKind::Born, Role::Subject) => side.births.push(event),
                (EventKind::Created, Role::Subject) => side.creations.push(event),
                (EventKind::Created, Role::Actor) => side.creations_by.push(event),
                (
                    EventKind::Message | EventKind::Transfer | EventKind::Joined | EventKind::Seen,
                    Role::Actor | Role::Subject,
                )
                | (EventKind::Transfer, Role::Target) => side.acts.push(event),
                _ => {}
            }
        }
    }
    let mut findings: BTreeMap<FindingId, Finding> = BTreeMap::new();
    for (entity, side) in sides {
        for clash in side.clashes() {
            let finding = clash.into_finding(entity, rules);
            findings.insert(finding.id, finding);
        }
    }
    findings.into_values().collect()
}

#[derive(Default)]
struct Sides<'e> {
    births: Vec<&'e Event>,
    creations: Vec<&'e Event>,
    creations_by: Vec<&'e Event>,
    acts: Vec<&'e Event>,
}

struct Clash<'e> {
    rule: &'static str,
    left: &'e Event,
    right: &'e Event,
    innocent: &'static str,
}

impl<'e> Sides<'e> {
    fn clashes(&self) -> Vec<Clash<'e>> {
        let mut found = Vec::new();
        // One clash per rule and entity is enough to act on, and the extreme one says most: the first and the last.
        let first = |events: &[&'e Event]| {
            events
                .iter()
                .copied()
                .min_by_key(|event| (event.happened.end, event.id))
        };
        let last = |events: &[&'e Event]| {
            events
                .iter()
                .copied()
                .max_by_key(|event| (event.happened.start, event.id))
        };
        let mut clash = |rule, left: Option<&'e Event>, right: Option<&'e Event>, innocent| {
            if let (Some(left), Some(right)) = (left, right)
                && left.happened.end <= right.happened.start
            {
                found.push(Clash {
                    rule,
                    left,
                    right,
                    innocent,
                });
            }
        };
        clash(
            "two-births",
            first(&self.births),
            last(&self.births),
            "One of the dates may be a typing error or a made-up birthday; or two people were joined here.",
        );
        clash(
            "two-creations",
            first(&self.creations),
            last(&self.creations),
            "The account may have been deleted and its name taken again; sources may count different days as the beginning.",
        );
        clash(
            "account-older-than-owner",
            first(&self.creations_by),
            // The earliest birth: with several births, only an account older than all of them is a clash of its own.
            self.births
                .iter()
                .copied()
                .min_by_key(|event| (event.happened.start, event.id)),
            "The account may have passed from one person to another, or the date of birth is made up.",
        );
        clash(
            "active-before-creation",
            first(&self.acts),
            self.creations
                .iter()
                .copied()
                .min_by_key(|event| (event.happened.start, event.id)),
            "The date of creation may be that of a later profile or rename; the clocks of the sources may differ.",
        );
        found.extend(self.two_places());
        found
    }

    /// Finds two sightings that overlap in time, known to the minute, at different places.
    fn two_places(&self) -> Option<Clash<'e>> {
        let mut seen: Vec<(&'e Event, EntityId)> = self
            .acts
            .iter()
            .filter(|event| event.kind == EventKind::Seen && event.happened.precision >= Precision::Minute)
            .filter_map(|event| {
                Some((
                    *event,
                    event
                        .participants
                        .iter()
                        .find(|participant| participant.role == Role::Venue)?
                        .entity,
                ))
            })
            .collect();
        seen.sort_by_key(|(event, _)| (event.happened.start, event.id));
        seen.windows(2).find_map(|pair| {
            let [(left, here), (right, there)] = pair else {
                return None;
            };
            (here != there && right.happened.start < left.happened.end).then_some(Clash {
                rule: "two-places-at-once",
                left,
                right,
                innocent: "Both places may name one spot, a device may have been lent, or a clock was wrong.",
            })
        })
    }
}

impl Clash<'_> {
    fn into_finding(self, entity: EntityId, rules: &Rules) -> Finding {
        let statements: BTreeSet<StatementId> = self
            .left
            .statements
            .iter()
            .chain(&self.right.statements)
            .copied()
            .collect();
        let mut hasher = ContentHasher::new("contradiction");
        hasher.text(self.rule).part(&entity.0);
        for statement in &statements {
            hasher.part(&statement.0);
        }
        Finding {
            id: FindingId(hasher.finish_short()),
            kind: FindingKind::Contradiction,
            rule: self.rule.to_owned(),
            severity: Level::Medium,
            score: rules.risk.rules.time_contradiction.weight,
            entity: Some(entity),
            text: format!(
                "these cannot both hold: {} ({}), and {} ({})",
                self.left.text,
                self.left.happened.iso(),
                self.right.text,
                self.right.happened.iso()
            ),
            innocent: self.innocent.to_owned(),
            recommendation:
                "Open both statements, compare the grades of their sources, and withdraw or regrade the weaker one."
                    .to_owned(),
            statements: statements.into_iter().collect(),
        }
    }
}
