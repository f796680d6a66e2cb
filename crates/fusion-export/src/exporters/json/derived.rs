//! Derived side of the JSON document: entities, relations, events, findings, alerts.

use fusion_model::derived::{Alert, Confidence, Entity, Event, Fact, Finding, Network, Relation, Risk};
use serde::Serialize;

use super::rows::{SpanRow, ids};
use crate::disclose;

#[derive(Serialize)]
pub(super) struct EntityRow<'a> {
    id: String,
    kind: &'static str,
    label: &'a str,
    records: Vec<String>,
    aliases: Vec<AliasRow<'a>>,
    facts: Vec<FactRow<'a>>,
    confidence: ConfidenceRow<'a>,
    risk: RiskRow<'a>,
    network: NetworkRow,
    sources: Vec<String>,
    seen: Option<SpanRow>,
}

impl<'a> From<&'a Entity> for EntityRow<'a> {
    fn from(entity: &'a Entity) -> Self {
        let aliases = entity
            .aliases
            .iter()
            .map(|alias| AliasRow {
                name: &alias.name,
                property: alias.property.id(),
                statements: ids(&alias.statements),
            })
            .collect();
        Self {
            id: entity.id.to_string(),
            kind: entity.kind.id(),
            label: &entity.label,
            records: ids(&entity.records),
            aliases,
            facts: entity.facts.iter().map(FactRow::from).collect(),
            confidence: (&entity.confidence).into(),
            risk: (&entity.risk).into(),
            network: (&entity.network).into(),
            sources: ids(&entity.sources),
            seen: entity.seen.as_ref().map(SpanRow::from),
        }
    }
}

#[derive(Serialize)]
struct AliasRow<'a> {
    name: &'a str,
    property: &'static str,
    statements: Vec<String>,
}

#[derive(Serialize)]
struct FactRow<'a> {
    property: &'static str,
    value: &'a str,
    canonical: &'a str,
    span: Option<SpanRow>,
    confidence: ConfidenceRow<'a>,
    origins: u32,
    statements: Vec<String>,
}

impl<'a> From<&'a Fact> for FactRow<'a> {
    fn from(fact: &'a Fact) -> Self {
        Self {
            property: fact.property.id(),
            value: &fact.value,
            canonical: disclose::canonical(fact),
            span: fact.span.as_ref().map(SpanRow::from),
            confidence: (&fact.confidence).into(),
            origins: fact.origins,
            statements: ids(&fact.statements),
        }
    }
}

#[derive(Serialize)]
struct ConfidenceRow<'a> {
    score: u16,
    low: u16,
    high: u16,
    parts: Vec<PartRow<'a>>,
}

#[derive(Serialize)]
struct PartRow<'a> {
    name: &'a str,
    score: u16,
    weight: u16,
    why: &'a str,
    statements: Vec<String>,
}

impl<'a> From<&'a Confidence> for ConfidenceRow<'a> {
    fn from(confidence: &'a Confidence) -> Self {
        let parts = confidence
            .parts
            .iter()
            .map(|part| PartRow {
                name: &part.name,
                score: part.score.basis_points(),
                weight: part.weight.basis_points(),
                why: &part.why,
                statements: ids(&part.statements),
            })
            .collect();
        Self {
            score: confidence.score.basis_points(),
            low: confidence.low.basis_points(),
            high: confidence.high.basis_points(),
            parts,
        }
    }
}

#[derive(Serialize)]
struct RiskRow<'a> {
    score: u16,
    level: &'static str,
    factors: Vec<FactorRow<'a>>,
    flip: Option<FlipRow>,
}

#[derive(Serialize)]
struct FactorRow<'a> {
    name: &'a str,
    score: u16,
    weight: u16,
    findings: Vec<String>,
}

#[derive(Serialize)]
struct FlipRow {
    source: String,
    level: &'static str,
    score: u16,
}

impl<'a> From<&'a Risk> for RiskRow<'a> {
    fn from(risk: &'a Risk) -> Self {
        let factors = risk
            .factors
            .iter()
            .map(|factor| FactorRow {
                name: &factor.name,
                score: factor.score.basis_points(),
                weight: factor.weight.basis_points(),
                findings: ids(&factor.findings),
            })
            .collect();
        let flip = risk.flip.as_ref().map(|flip| FlipRow {
            source: flip.source.to_string(),
            level: flip.level.id(),
            score: flip.score.basis_points(),
        });
        Self {
            score: risk.score.basis_points(),
            level: risk.level.id(),
            factors,
            flip,
        }
    }
}

#[derive(Serialize)]
struct NetworkRow {
    degree: u32,
    weighted_degree: u64,
    betweenness: u32,
    closeness: u32,
    eigenvector: u32,
    pagerank: u32,
    core: u32,
    community: u32,
    broker: bool,
    influence: u16,
}

impl From<&Network> for NetworkRow {
    fn from(network: &Network) -> Self {
        Self {
            degree: network.degree,
            weighted_degree: network.weighted_degree,
            betweenness: network.betweenness,
            closeness: network.closeness,
            eigenvector: network.eigenvector,
            pagerank: network.pagerank,
            core: network.core,
            community: network.community,
            broker: network.broker,
            influence: network.influence.basis_points(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct RelationRow<'a> {
    id: String,
    from: String,
    to: String,
    kind: &'static str,
    symmetric: bool,
    score: u16,
    confidence: ConfidenceRow<'a>,
    grade: String,
    count: u32,
    span: Option<SpanRow>,
    amounts: &'a [String],
    why: &'a str,
    statements: Vec<String>,
}

impl<'a> From<&'a Relation> for RelationRow<'a> {
    fn from(relation: &'a Relation) -> Self {
        Self {
            id: relation.id.to_string(),
            from: relation.from.to_string(),
            to: relation.to.to_string(),
            kind: relation.kind.id(),
            symmetric: relation.kind.is_symmetric(),
            score: relation.score.basis_points(),
            confidence: (&relation.confidence).into(),
            grade: relation.grade.text(),
            count: relation.count,
            span: relation.span.as_ref().map(SpanRow::from),
            amounts: &relation.amounts,
            why: &relation.why,
            statements: ids(&relation.statements),
        }
    }
}

#[derive(Serialize)]
pub(in crate::exporters) struct EventRow<'a> {
    id: String,
    kind: &'static str,
    happened: SpanRow,
    learned: String,
    text: &'a str,
    participants: Vec<ParticipantRow>,
    sources: Vec<String>,
    statements: Vec<String>,
}

#[derive(Serialize)]
struct ParticipantRow {
    entity: String,
    role: &'static str,
}

impl<'a> From<&'a Event> for EventRow<'a> {
    fn from(event: &'a Event) -> Self {
        let participants = event
            .participants
            .iter()
            .map(|participant| ParticipantRow {
                entity: participant.entity.to_string(),
                role: participant.role.id(),
            })
            .collect();
        Self {
            id: event.id.to_string(),
            kind: event.kind.id(),
            happened: (&event.happened).into(),
            learned: event.learned.iso(),
            text: &event.text,
            participants,
            sources: ids(&event.sources),
            statements: ids(&event.statements),
        }
    }
}

#[derive(Serialize)]
pub(super) struct FindingRow<'a> {
    id: String,
    kind: &'static str,
    rule: &'a str,
    severity: &'static str,
    score: u16,
    entity: Option<String>,
    text: &'a str,
    innocent: &'a str,
    recommendation: &'a str,
    statements: Vec<String>,
}

impl<'a> From<&'a Finding> for FindingRow<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            id: finding.id.to_string(),
            kind: finding.kind.id(),
            rule: &finding.rule,
            severity: finding.severity.id(),
            score: finding.score.basis_points(),
            entity: finding.entity.as_ref().map(ToString::to_string),
            text: &finding.text,
            innocent: &finding.innocent,
            recommendation: &finding.recommendation,
            statements: ids(&finding.statements),
        }
    }
}

#[derive(Serialize)]
pub(super) struct AlertRow<'a> {
    id: String,
    rule: &'a str,
    severity: &'static str,
    entity: String,
    text: &'a str,
    statements: Vec<String>,
}

impl<'a> From<&'a Alert> for AlertRow<'a> {
    fn from(alert: &'a Alert) -> Self {
        Self {
            id: alert.id.to_string(),
            rule: &alert.rule,
            severity: alert.severity.id(),
            entity: alert.entity.to_string(),
            text: &alert.text,
            statements: ids(&alert.statements),
        }
    }
}
