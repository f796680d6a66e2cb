//! Builds a report from a snapshot, in reading order, so that footnotes are numbered in reading order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Entity, PairDecision, PairScore, Snapshot, SourceCard};
use fusion_model::{EntityId, EntityKind, RecordId, Score};

use super::notes::Notebook;
use super::{
    AlertRow, Cited, EntityRow, FindingBlock, Listed, MOST_ENTITIES, MOST_EVENTS, MOST_PROFILES, MOST_ROWS, Profile,
    Report, ReviewRow, head, method, network, profile, sources, summary, timeline, words,
};
use crate::scope::Scope;
use crate::{ExportError, ExportOptions};

impl Report {
    /// Builds the report that `options` ask for.
    pub fn new(snapshot: &Snapshot, options: &ExportOptions) -> Result<Self, ExportError> {
        let scope = Scope::new(snapshot, &options.entities)?;
        let cards = sources::cards(snapshot, &scope.sources());
        let mut notebook = Notebook::new(snapshot, &cards);

        let subjects = subjects(&scope);
        let profiled: Vec<&Entity> = subjects.iter().copied().take(MOST_PROFILES).collect();
        let profiled_ids: BTreeSet<EntityId> = profiled.iter().map(|entity| entity.id).collect();

        let summary = profiled
            .iter()
            .map(|entity| summary::summary(snapshot, entity, &mut notebook))
            .collect();
        let alerts = alerts(snapshot, &scope, &mut notebook);
        let rows: Vec<Profile> = profiled
            .iter()
            .map(|entity| profile::profile(snapshot, entity, &mut notebook))
            .collect();
        let findings = findings(&scope, &profiled_ids, &mut notebook);
        let review = review(snapshot, &scope, &mut notebook);
        let timeline = timeline::part(snapshot, &scope, MOST_EVENTS, &mut notebook);
        let network = network::part(snapshot, &scope, &profiled_ids);
        Ok(Self {
            head: head::head(snapshot, options, head::REPORT, &subjects),
            counts: counts(&scope, &cards),
            summary,
            alerts,
            profiles: Listed {
                left_out: subjects.len() - rows.len(),
                rows,
            },
            findings,
            review,
            timeline,
            network,
            entities: entities(&scope, &profiled_ids),
            method: method::method(snapshot, &options.error_rate),
            sources: sources::rows(&cards),
            footnotes: notebook.finish(),
        })
    }
}

/// Named entities; for the whole case people and organizations, those with the most to tell first.
fn subjects<'a>(scope: &Scope<'a>) -> Vec<&'a Entity> {
    let mut subjects: Vec<&Entity> = scope
        .entities()
        .filter(|entity| scope.is_subject(entity.id))
        .filter(|entity| !scope.is_whole_case() || matches!(entity.kind, EntityKind::Person | EntityKind::Organization))
        .collect();
    subjects.sort_by_key(|entity| {
        (
            Reverse(entity.risk.level),
            Reverse(entity.sources.len()),
            Reverse(entity.network.degree),
            Reverse(entity.risk.score),
            entity.id,
        )
    });
    subjects
}

fn counts(scope: &Scope<'_>, cards: &[&SourceCard]) -> Vec<(String, usize)> {
    let mut by_kind: BTreeMap<EntityKind, usize> = BTreeMap::new();
    for entity in scope.entities() {
        *by_kind.entry(entity.kind).or_default() += 1;
    }
    let mut counts = vec![
        ("sources".to_owned(), cards.len()),
        ("statements".to_owned(), scope.statements().len()),
    ];
    counts.extend(by_kind.into_iter().map(|(kind, number)| {
        (
            if number == 1 { kind.label() } else { kind.plural() }.to_owned(),
            number,
        )
    }));
    counts.push(("relations".to_owned(), scope.relations().count()));
    counts.push(("events".to_owned(), scope.events().count()));
    let negative: u64 = cards.iter().map(|card| card.source.rows_negative).sum();
    counts.push((
        "rows that say “not found”".to_owned(),
        usize::try_from(negative).unwrap_or(usize::MAX),
    ));
    counts
}

fn alerts(snapshot: &Snapshot, scope: &Scope<'_>, notebook: &mut Notebook<'_>) -> Listed<AlertRow> {
    let rows: Vec<AlertRow> = scope
        .alerts()
        .take(MOST_ROWS)
        .map(|alert| AlertRow {
            severity: alert.severity,
            rule: words::spaced(&alert.rule),
            entity: snapshot
                .entity(alert.entity)
                .map(|entity| entity.label.clone())
                .unwrap_or_default(),
            text: Cited {
                text: alert.text.clone(),
                notes: notebook.cite(&alert.statements),
            },
        })
        .collect();
    Listed {
        left_out: scope.alerts().count() - rows.len(),
        rows,
    }
}

fn findings(scope: &Scope<'_>, profiled: &BTreeSet<EntityId>, notebook: &mut Notebook<'_>) -> Listed<FindingBlock> {
    let mut others: Vec<_> = scope
        .findings()
        .filter(|finding| finding.entity.is_none_or(|entity| !profiled.contains(&entity)))
        .collect();
    others.sort_by_key(|finding| (Reverse(finding.severity), Reverse(finding.score), finding.id));
    let rows = others
        .iter()
        .take(MOST_ROWS)
        .map(|finding| profile::finding_block(finding, notebook))
        .collect();
    Listed {
        rows,
        left_out: others.len().saturating_sub(MOST_ROWS),
    }
}

fn review(snapshot: &Snapshot, scope: &Scope<'_>, notebook: &mut Notebook<'_>) -> Listed<ReviewRow> {
    let labels: BTreeMap<RecordId, &str> = snapshot
        .records
        .iter()
        .map(|card| (card.id, card.label.as_str()))
        .collect();
    let label = |id: RecordId| {
        labels
            .get(&id)
            .map_or_else(|| id.to_string(), |label| (*label).to_owned())
    };
    let waiting: Vec<&PairScore> = scope
        .pairs()
        .filter(|pair| pair.decision == PairDecision::Review)
        .collect();
    let rows = waiting
        .iter()
        .take(MOST_ROWS)
        .map(|pair| {
            let probability = Score::from_basis_points(u64::from(pair.probability) / 100);
            ReviewRow {
                left: label(pair.left),
                right: label(pair.right),
                likelihood: format!(
                    "{} ({} %)",
                    fusion_model::words::likelihood(probability),
                    probability.percent()
                ),
                why: Cited {
                    text: pair.why.clone(),
                    notes: notebook.cite(pair.contributions.iter().flat_map(|part| &part.statements)),
                },
            }
        })
        .collect();
    Listed {
        rows,
        left_out: waiting.len().saturating_sub(MOST_ROWS),
    }
}

fn entities(scope: &Scope<'_>, profiled: &BTreeSet<EntityId>) -> Listed<EntityRow> {
    let mut list: Vec<&Entity> = scope.entities().collect();
    list.sort_by(|a, b| (a.kind, &a.label, a.id).cmp(&(b.kind, &b.label, b.id)));
    let rows = list.into_iter().map(|entity| EntityRow {
        profile: profiled.contains(&entity.id).then(|| entity.id.to_string()),
        label: entity.label.clone(),
        kind: entity.kind,
        confidence: words::figure(&entity.confidence),
        level: entity.risk.level,
        risk: words::percent(entity.risk.score),
        degree: entity.network.degree,
        sources: entity.sources.len(),
    });
    Listed::new(rows, MOST_ENTITIES)
}
