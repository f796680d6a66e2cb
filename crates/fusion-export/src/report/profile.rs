//! The profile of one entity: names, facts, links, risk with its innocent explanations, events.

use std::collections::BTreeMap;

use fusion_model::FindingId;
use fusion_model::derived::{Confidence, Entity, Fact, Finding, FindingKind, Risk, Snapshot};

use super::notes::Notebook;
use super::{
    Cited, ConfidenceBlock, FactRow, FindingBlock, Listed, MOST_PROFILE_EVENTS, PartRow, Profile, RiskBlock, links,
    timeline, words,
};

/// Builds the profile of `entity`.
pub(super) fn profile(snapshot: &Snapshot, entity: &Entity, notebook: &mut Notebook<'_>) -> Profile {
    let aliases = entity
        .aliases
        .iter()
        .map(|alias| Cited {
            text: alias.name.clone(),
            notes: notebook.cite(&alias.statements),
        })
        .collect();
    let facts = entity.facts.iter().map(|fact| fact_row(fact, notebook)).collect();
    let confidence = confidence_block(&entity.confidence, notebook);
    let links = links::groups(snapshot, entity.id, notebook);
    let risk = risk_block(snapshot, entity, notebook);
    let own = links::entity_and_belongings(snapshot, entity.id);
    let events: Vec<_> = snapshot
        .events
        .iter()
        .filter(|event| {
            event
                .participants
                .iter()
                .any(|participant| own.contains(&participant.entity))
        })
        .collect();
    let shown = events
        .iter()
        .take(MOST_PROFILE_EVENTS)
        .map(|event| timeline::row(snapshot, event, notebook))
        .collect();
    Profile {
        id: entity.id.to_string(),
        label: entity.label.clone(),
        kind: entity.kind,
        described: described(entity),
        confidence,
        risk,
        aliases,
        facts,
        links,
        events: Listed {
            rows: shown,
            left_out: events.len().saturating_sub(MOST_PROFILE_EVENTS),
        },
        network: network_words(entity),
    }
}

fn described(entity: &Entity) -> String {
    let mut text = format!(
        "{} described by {} in {}",
        words::capitalized(entity.kind.label()),
        words::counted(entity.sources.len(), "source", "sources"),
        words::counted(entity.records.len(), "record", "records")
    );
    if let Some(seen) = &entity.seen {
        text.push_str(&format!(", dated {}", words::when(seen)));
    }
    text
}

fn fact_row(fact: &Fact, notebook: &mut Notebook<'_>) -> FactRow {
    FactRow {
        property: words::spaced(fact.property.id()),
        value: Cited {
            text: fact.value.clone(),
            notes: notebook.cite(&fact.statements),
        },
        confidence: words::figure(&fact.confidence),
        origins: fact.origins,
    }
}

fn confidence_block(confidence: &Confidence, notebook: &mut Notebook<'_>) -> ConfidenceBlock {
    let parts = confidence
        .parts
        .iter()
        .map(|part| PartRow {
            name: words::spaced(&part.name),
            score: words::percent(part.score),
            weight: words::percent(part.weight),
            why: Cited {
                text: part.why.clone(),
                notes: notebook.cite(&part.statements),
            },
        })
        .collect();
    ConfidenceBlock {
        figure: words::figure(confidence),
        word: fusion_model::words::confidence(confidence.score),
        parts,
    }
}

fn risk_block(snapshot: &Snapshot, entity: &Entity, notebook: &mut Notebook<'_>) -> RiskBlock {
    let by_id: BTreeMap<FindingId, &Finding> = snapshot.findings.iter().map(|finding| (finding.id, finding)).collect();
    let factors = entity
        .risk
        .factors
        .iter()
        .map(|factor| {
            let found: Vec<&&Finding> = factor.findings.iter().filter_map(|id| by_id.get(id)).collect();
            let text = if found.is_empty() {
                "nothing found".to_owned()
            } else {
                words::counted(found.len(), "finding", "findings")
            };
            let notes = notebook.cite(found.iter().flat_map(|finding| &finding.statements));
            PartRow {
                name: words::spaced(&factor.name),
                score: words::percent(factor.score),
                weight: words::percent(factor.weight),
                why: Cited { text, notes },
            }
        })
        .collect();
    let mut findings: Vec<&Finding> = snapshot
        .findings
        .iter()
        .filter(|finding| finding.entity == Some(entity.id))
        .collect();
    findings.sort_by_key(|finding| {
        (
            std::cmp::Reverse(finding.severity),
            std::cmp::Reverse(finding.score),
            finding.id,
        )
    });
    RiskBlock {
        level: entity.risk.level,
        score: words::percent(entity.risk.score),
        factors,
        flip: flip(snapshot, &entity.risk),
        findings: findings
            .into_iter()
            .map(|finding| finding_block(finding, notebook))
            .collect(),
    }
}

fn flip(snapshot: &Snapshot, risk: &Risk) -> Option<String> {
    let flip = risk.flip.as_ref()?;
    let name = snapshot
        .source(flip.source)
        .map(|card| card.source.name.as_str())
        .unwrap_or_default();
    Some(format!(
        "One source carries this level: without {name} the risk would be {} ({} of 100).",
        flip.level.id(),
        flip.score.percent()
    ))
}

/// Writes one finding.
pub(super) fn finding_block(finding: &Finding, notebook: &mut Notebook<'_>) -> FindingBlock {
    let sort = match finding.kind {
        FindingKind::Risk => String::new(),
        other => format!("{}: ", words::spaced(other.id())),
    };
    FindingBlock {
        severity: finding.severity,
        rule: format!("{sort}{}", words::spaced(&finding.rule)),
        text: Cited {
            text: finding.text.clone(),
            notes: notebook.cite(&finding.statements),
        },
        innocent: finding.innocent.clone(),
        recommendation: finding.recommendation.clone(),
    }
}

fn network_words(entity: &Entity) -> String {
    let network = &entity.network;
    let mut text = format!(
        "{}, influence {} of 100, community {}",
        words::counted(network.degree as usize, "neighbour", "neighbours"),
        network.influence.percent(),
        network.community + 1
    );
    if network.broker {
        text.push_str("; the network would fall apart without it");
    }
    text.push('.');
    text
}
