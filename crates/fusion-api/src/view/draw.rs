//! Draws views from a picture: the one place where derived types turn into wire types.

use fusion_model::derived::{
    Confidence, Entity, Event, Fact, Finding, Network, PairScore, Relation, RelationKind, Risk, SourceCard,
};
use fusion_model::words;
use fusion_model::{EntityId, Grade, GradedBy, Precision, RecordId, Score, Source, SourceId, Statement, TimeSpan};
use fusion_store::EntityRow;

use super::{
    AliasView, ConfidencePartView, ConfidenceView, ContributionView, EntityRefView, EntityRowView, EntityView,
    EventView, FactView, FindingView, GradeView, NetworkView, PairView, ParticipantView, RecordView, RelationView,
    RiskFactorView, RiskFlipView, RiskView, SourceView, SpanView, StatementView,
};
use crate::picture::Picture;

pub(crate) fn percent(score: Score) -> f64 {
    f64::from(score.basis_points()) / 100.0
}

pub(crate) fn millionths(value: u32) -> f64 {
    f64::from(value) / 1_000_000.0
}

fn ids<I: ToString>(ids: &[I]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// Shows a grade with its words.
pub fn grade(grade: Grade) -> GradeView {
    GradeView {
        text: grade.text(),
        reliability: grade.reliability.meaning().to_owned(),
        credibility: grade.credibility.meaning().to_owned(),
    }
}

/// Shows an interval.
pub fn span(span: TimeSpan) -> SpanView {
    SpanView {
        start: span.start.iso(),
        end: span.end.iso(),
        precision: precision(span.precision).to_owned(),
        text: span.iso(),
        start_ms: span.start.0,
        end_ms: span.end.0,
        zone_known: span.zone_known,
    }
}

fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
        Precision::Minute => "minute",
        Precision::Second => "second",
        Precision::Millisecond => "millisecond",
    }
}

/// Shows a confidence.
pub fn confidence(confidence: &Confidence) -> ConfidenceView {
    ConfidenceView {
        score: percent(confidence.score),
        low: percent(confidence.low),
        high: percent(confidence.high),
        parts: confidence
            .parts
            .iter()
            .map(|part| ConfidencePartView {
                name: part.name.clone(),
                score: percent(part.score),
                weight: percent(part.weight),
                why: part.why.clone(),
                statements: ids(&part.statements),
            })
            .collect(),
    }
}

/// Shows a source; `observations` and `statements` are counts.
pub fn source(source: &Source, observations: u64, statements: u64, state: SourceState) -> SourceView {
    SourceView {
        id: source.id.to_string(),
        name: source.name.clone(),
        kind: source.kind.id().to_owned(),
        format: source.format.clone(),
        grade: grade(source.grade),
        graded_by: match source.graded {
            GradedBy::Default => "default".to_owned(),
            GradedBy::Analyst => "analyst".to_owned(),
        },
        sha256: source.id.to_string(),
        size: source.size,
        acquired_at: source.acquired_at.iso(),
        origin: source.origin.0.clone(),
        subject: source.subject.clone(),
        rows_read: source.rows_read,
        rows_negative: source.rows_negative,
        observations,
        statements,
        warnings: source.warnings,
        withdrawn: state == SourceState::Withdrawn,
    }
}

/// Says whether a source counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceState {
    /// It counts.
    Live,
    /// It has been taken back.
    Withdrawn,
}

impl Picture {
    /// Names an entity; an unknown id keeps its hexadecimal form as label.
    pub fn entity_ref(&self, id: EntityId) -> EntityRefView {
        match self.entity(id) {
            Some(entity) => EntityRefView {
                id: id.to_string(),
                kind: entity.kind.id().to_owned(),
                label: entity.label.clone(),
            },
            None => EntityRefView {
                id: id.to_string(),
                kind: String::new(),
                label: id.short(),
            },
        }
    }

    fn entity_of_record(&self, record: RecordId) -> Option<EntityRefView> {
        self.record(record).map(|card| self.entity_ref(card.entity))
    }

    /// Shows a finding.
    pub fn finding_view(&self, finding: &Finding) -> FindingView {
        FindingView {
            id: finding.id.to_string(),
            kind: finding.kind.id().to_owned(),
            rule: finding.rule.clone(),
            severity: finding.severity.id().to_owned(),
            score: percent(finding.score),
            entity: finding.entity.map(|id| self.entity_ref(id)),
            text: finding.text.clone(),
            innocent: finding.innocent.clone(),
            recommendation: finding.recommendation.clone(),
            statements: ids(&finding.statements),
        }
    }

    /// Shows a statement.
    pub fn statement_view(&self, statement: &Statement) -> StatementView {
        let (value, problem) = match &statement.value {
            Ok(value) => (value.display.clone(), String::new()),
            Err(failure) => (String::new(), failure.to_string()),
        };
        StatementView {
            id: statement.id.to_string(),
            record: statement.record.to_string(),
            property: statement.property.id().to_owned(),
            value,
            problem,
            original: statement.original.clone(),
            correction: None,
            path: statement.path.clone(),
            source: statement.source.to_string(),
            source_name: self.source_name(statement.source),
            locator: statement.locator.text(),
            line: statement.locator.line(),
            grade: grade(statement.grade),
            entity: self.entity_of_record(statement.record),
        }
    }

    /// Returns the file name of a source.
    pub fn source_name(&self, id: SourceId) -> String {
        self.source(id)
            .map_or_else(|| id.short(), |card| card.source.name.clone())
    }

    /// Shows an entity as a row of the entity table.
    pub fn row(&self, entity: &Entity) -> EntityRowView {
        row(&EntityRow {
            id: entity.id,
            kind: entity.kind,
            label: entity.label.clone(),
            confidence: entity.confidence.score,
            risk: entity.risk.score,
            level: entity.risk.level,
            sources: entity.sources.len() as u64,
            records: entity.records.len() as u64,
            degree: entity.network.degree.into(),
            seen: entity.seen,
        })
    }

    /// Shows a relation as seen from `here`.
    pub fn relation_view(&self, relation: &Relation, here: EntityId) -> RelationView {
        let other = if relation.from == here {
            relation.to
        } else {
            relation.from
        };
        RelationView {
            id: relation.id.to_string(),
            kind: relation.kind.id().to_owned(),
            score: percent(relation.score),
            direction: direction(relation, here).to_owned(),
            from: self.entity_ref(relation.from),
            other: self.entity_ref(other),
            confidence: confidence(&relation.confidence),
            grade: grade(relation.grade),
            count: relation.count,
            span: relation.span.map(span),
            amounts: relation.amounts.clone(),
            why: relation.why.clone(),
            statements: ids(&relation.statements),
        }
    }

    /// Shows an event.
    pub fn event_view(&self, event: &Event) -> EventView {
        EventView {
            id: event.id.to_string(),
            kind: event.kind.id().to_owned(),
            start: event.happened.start.iso(),
            end: event.happened.end.iso(),
            precision: precision(event.happened.precision).to_owned(),
            span: span(event.happened),
            learned: event.learned.iso(),
            text: event.text.clone(),
            participants: event
                .participants
                .iter()
                .map(|participant| ParticipantView {
                    entity: self.entity_ref(participant.entity),
                    role: participant.role.id().to_owned(),
                })
                .collect(),
            statements: ids(&event.statements),
        }
    }

    /// Shows everything known of an entity.
    pub fn entity_view(&self, entity: &Entity) -> EntityView {
        EntityView {
            entity: self.entity_ref(entity.id),
            confidence: confidence(&entity.confidence),
            risk: self.risk_view(&entity.risk),
            facts: entity.facts.iter().map(fact).collect(),
            aliases: entity
                .aliases
                .iter()
                .map(|alias| AliasView {
                    name: alias.name.clone(),
                    property: alias.property.id().to_owned(),
                    statements: ids(&alias.statements),
                })
                .collect(),
            relations: self
                .relations_of(entity.id)
                .iter()
                .filter_map(|position| self.snapshot.relations.get(*position))
                .map(|relation| self.relation_view(relation, entity.id))
                .collect(),
            events: self.events_of(entity.id).map(|event| self.event_view(event)).collect(),
            network: network(&entity.network),
            findings: self
                .findings_of(entity.id)
                .map(|finding| self.finding_view(finding))
                .collect(),
            sources: entity
                .sources
                .iter()
                .filter_map(|id| self.source(*id))
                .map(source_card)
                .collect(),
            records: ids(&entity.records),
            revision: self.snapshot.revision.to_string(),
            notes: Vec::new(),
            tags: Vec::new(),
            moved: None,
        }
    }

    /// Shows a risk with its factors.
    pub fn risk_view(&self, risk: &Risk) -> RiskView {
        RiskView {
            score: percent(risk.score),
            level: risk.level.id().to_owned(),
            factors: risk
                .factors
                .iter()
                .map(|factor| RiskFactorView {
                    name: factor.name.clone(),
                    score: percent(factor.score),
                    weight: percent(factor.weight),
                    findings: factor
                        .findings
                        .iter()
                        .filter_map(|id| self.finding(*id))
                        .map(|finding| self.finding_view(finding))
                        .collect(),
                })
                .collect(),
            flip: risk.flip.as_ref().map(|flip| {
                let source_name = self.source_name(flip.source);
                RiskFlipView {
                    source: flip.source.to_string(),
                    level: flip.level.id().to_owned(),
                    score: percent(flip.score),
                    text: format!(
                        "Without {source_name}, {} becomes {}.",
                        risk.level.id(),
                        flip.level.id()
                    ),
                    source_name,
                }
            }),
        }
    }

    /// Shows a record on one side of a pair.
    pub fn record_view(&self, id: RecordId) -> RecordView {
        match self.record(id) {
            Some(card) => RecordView {
                id: id.to_string(),
                kind: card.kind.id().to_owned(),
                label: card.label.clone(),
                entity: card.entity.to_string(),
                sources: card.sources.iter().map(|source| self.source_name(*source)).collect(),
            },
            None => RecordView {
                id: id.to_string(),
                kind: String::new(),
                label: id.short(),
                entity: String::new(),
                sources: Vec::new(),
            },
        }
    }

    /// Shows a scored pair.
    pub fn pair_view(&self, pair: &PairScore) -> PairView {
        PairView {
            left: self.record_view(pair.left),
            right: self.record_view(pair.right),
            score_millibits: pair.score.0,
            prior_millibits: pair.prior.0,
            probability: millionths(pair.probability),
            likelihood: words::likelihood(Score::from_basis_points(u64::from(pair.probability / 100))).to_owned(),
            decision: pair.decision.id().to_owned(),
            judgement: judgement(pair).to_owned(),
            kinds_of_evidence: pair.kinds_of_evidence,
            contributions: pair
                .contributions
                .iter()
                .map(|part| ContributionView {
                    feature: part.feature.clone(),
                    left: part.left.clone(),
                    right: part.right.clone(),
                    level: part.level,
                    agreement: part.agreement.clone(),
                    held_back: part.held_back.clone(),
                    weight_millibits: part.weight.0,
                    rarity_millibits: part.rarity.0,
                    statements: ids(&part.statements),
                })
                .collect(),
            why: pair.why.clone(),
        }
    }
}

/// Shows a source of the derived state.
pub fn source_card(card: &SourceCard) -> SourceView {
    source(&card.source, card.observations, card.statements, SourceState::Live)
}

fn fact(fact: &Fact) -> FactView {
    FactView {
        property: fact.property.id().to_owned(),
        value: fact.value.clone(),
        canonical: fact.canonical.clone(),
        span: fact.span.map(span),
        confidence: confidence(&fact.confidence),
        origins: fact.origins,
        statements: ids(&fact.statements),
    }
}

fn network(network: &Network) -> NetworkView {
    NetworkView {
        degree: network.degree,
        weighted_degree: network.weighted_degree as f64 / 10_000.0,
        betweenness: millionths(network.betweenness),
        closeness: millionths(network.closeness),
        eigenvector: millionths(network.eigenvector),
        pagerank: millionths(network.pagerank),
        core: network.core,
        community: network.community,
        broker: network.broker,
        influence: percent(network.influence),
    }
}

fn direction(relation: &Relation, here: EntityId) -> &'static str {
    if RelationKind::is_symmetric(relation.kind) {
        "both"
    } else if relation.from == here {
        "out"
    } else {
        "in"
    }
}

fn judgement(pair: &PairScore) -> &'static str {
    use fusion_model::JudgementState as State;
    match pair.judgement {
        State::Open => "open",
        State::Same => "same",
        State::Different => "different",
        State::Unsure => "unsure",
        State::Contradiction => "contradiction",
    }
}

/// Shows a row of the entity table.
pub fn row(row: &EntityRow) -> EntityRowView {
    let day = |at: fusion_model::Timestamp| at.iso().chars().take(10).collect::<String>();
    let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    EntityRowView {
        id: row.id.to_string(),
        kind: row.kind.id().to_owned(),
        label: row.label.clone(),
        confidence: percent(row.confidence),
        risk: percent(row.risk),
        risk_level: row.level.id().to_owned(),
        sources: number(row.sources),
        records: number(row.records),
        degree: number(row.degree),
        first_seen: row.seen.map(|seen| day(seen.start)),
        last_seen: row.seen.map(|seen| day(seen.end)),
    }
}
