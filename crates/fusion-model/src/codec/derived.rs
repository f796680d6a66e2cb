//! Packed form of derived rows.

use super::{CodecError, Pack, pack_enum, pack_struct};
use crate::derived::{
    Alert, Alias, Burst, Community, Confidence, ConfidencePart, Contribution, Entity, Event, EventKind, Fact, Finding,
    FindingKind, Gap, GraphSummary, HourWeekday, LinkSuggestion, Network, PairDecision, PairScore, Participant,
    RecordCard, Relation, RelationKind, Revision, Risk, RiskFactor, RiskFlip, Role, SourceCard, StageNote,
    TimelineSummary,
};
use crate::judgement::JudgementState;
use crate::property::{CleanFailure, CleanValue};
use crate::score::{Level, MilliBits, Score};
use crate::statement::Statement;

pack_enum!(
    RelationKind,
    EventKind,
    Role,
    FindingKind,
    PairDecision,
    JudgementState,
    Level
);

pack_struct! {
    Entity { id, kind, label, records, aliases, facts, confidence, risk, network, sources, seen }
    Alias { name, property, statements }
    Fact { property, canonical, value, span, confidence, origins, statements }
    Confidence { score, low, high, parts }
    ConfidencePart { name, score, weight, why, statements }
    Risk { score, level, factors, flip }
    RiskFactor { name, score, weight, findings }
    RiskFlip { source, level, score }
    Relation { id, from, to, kind, score, confidence, grade, count, span, amounts, why, statements }
    Event { id, kind, happened, learned, text, participants, sources, statements }
    Participant { entity, role }
    Finding { id, kind, rule, severity, score, entity, text, innocent, recommendation, statements }
    Alert { id, rule, severity, entity, text, statements }
    Network {
        degree, weighted_degree, betweenness, closeness, eigenvector, pagerank, core, community, broker, influence,
    }
    Community { number, members, label }
    LinkSuggestion { left, right, score, through }
    GraphSummary { communities, suggestions, bridges, components, modularity, betweenness_samples }
    Contribution { feature, left, right, level, agreement, held_back, weight, rarity, statements }
    PairScore {
        left, right, score, prior, probability, decision, judgement, kinds_of_evidence, contributions, why,
    }
    Gap { entity, start, end, days }
    Burst { entity, start, end, events, strength }
    HourWeekday { entity, counts, implied_offset_minutes }
    TimelineSummary { gaps, bursts, hours }
    SourceCard { source, observations, statements }
    RecordCard { id, kind, entity, label, sources }
    StageNote { stage, text }
    CleanValue { canonical, display, span }
    Statement {
        id, observation, source, locator, record, property, original, source_text, qualifier, path, value, grade,
    }
}

impl Pack for Score {
    fn pack(&self, out: &mut Vec<u8>) {
        self.basis_points().pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        match u16::unpack(input)? {
            points @ 0..=10_000 => Ok(Self::from_basis_points(points.into())),
            _ => Err(CodecError::Malformed),
        }
    }
}

impl Pack for MilliBits {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        i32::unpack(input).map(Self)
    }
}

impl Pack for Revision {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        Pack::unpack(input).map(Self)
    }
}

impl Pack for Result<CleanValue, CleanFailure> {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Ok(value) => {
                out.push(0);
                value.pack(out);
            }
            Err(failure) => {
                out.push(1);
                failure.expected.to_string().pack(out);
                failure.reason.to_string().pack(out);
            }
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        match u8::unpack(input)? {
            0 => Ok(Ok(CleanValue::unpack(input)?)),
            1 => {
                let (expected, reason) = <(String, String)>::unpack(input)?;
                Ok(Err(CleanFailure {
                    expected: expected.into(),
                    reason: reason.into(),
                }))
            }
            _ => Err(CodecError::Malformed),
        }
    }
}
