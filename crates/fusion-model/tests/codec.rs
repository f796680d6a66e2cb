//! The packed form: every type comes back as it went in, and no bytes make reading panic.
#![allow(clippy::unwrap_used)]

use fusion_model::codec::{CodecError, Pack, from_bytes, to_bytes};
use fusion_model::derived::{
    Alert, Alias, Burst, Community, Confidence, ConfidencePart, Contribution, Entity, Event, EventKind, Fact, Finding,
    FindingKind, Gap, GraphSummary, HourWeekday, LinkSuggestion, Network, PairDecision, PairScore, Participant,
    RecordCard, Relation, RelationKind, Revision, Risk, RiskFactor, RiskFlip, Role, SourceCard, StageNote,
    TimelineSummary,
};
use fusion_model::{
    CleanFailure, CleanValue, Credibility, EntityId, EntityKind, FindingId, Grade, GradedBy, Judgement, JudgementState,
    Level, Locator, MilliBits, Observation, ObservationId, OperationId, Origin, Precision, Property, RawLink,
    RawRecord, RawStatement, RecordId, RecordKey, RelationId, Reliability, Score, Source, SourceId, SourceKind,
    Statement, StatementId, TimeSpan, Timestamp, Verdict, Warning, WarningCode,
};
use proptest::prelude::*;

/// A small repeatable source of variety, seeded by the property test.
struct Variety(u64);

impl Variety {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// Makes any value of a type.
trait Any: Sized {
    fn any(from: &mut Variety) -> Self;
}

macro_rules! any_number {
    ($($name:ty),+) => { $(impl Any for $name {
        fn any(from: &mut Variety) -> Self {
            let narrow = from.next() >> from.below(64);
            narrow as $name
        }
    })+ };
}
any_number!(u8, u16, u32, u64, i32, i64);

macro_rules! any_of_all {
    ($($name:ty),+ $(,)?) => { $(impl Any for $name {
        fn any(from: &mut Variety) -> Self {
            <$name>::ALL[from.below(<$name>::ALL.len())]
        }
    })+ };
}
any_of_all!(
    EntityKind,
    Property,
    SourceKind,
    Reliability,
    Credibility,
    GradedBy,
    WarningCode,
    Verdict,
    Precision,
    RelationKind,
    EventKind,
    Role,
    FindingKind,
    PairDecision,
    JudgementState,
    Level,
);

macro_rules! any_wrapper {
    ($($name:ident),+ $(,)?) => { $(impl Any for $name {
        fn any(from: &mut Variety) -> Self {
            $name(Any::any(from))
        }
    })+ };
}
any_wrapper!(
    SourceId,
    ObservationId,
    StatementId,
    RecordId,
    EntityId,
    RelationId,
    FindingId,
    Revision,
    Timestamp,
    MilliBits,
    Origin,
);

macro_rules! any_struct {
    ($($name:ident { $($field:ident),+ $(,)? })+) => {
        $(impl Any for $name {
            fn any(from: &mut Variety) -> Self {
                $name { $($field: Any::any(from)),+ }
            }
        })+

        /// Calls a check for every packed structure.
        fn for_every_type(seed: u64, check: &dyn Fn(&str, &dyn Checked)) {
            $(check(stringify!($name), &$name::any(&mut Variety(seed)));)+
            check("Locator", &Locator::any(&mut Variety(seed)));
            check("RecordKey", &RecordKey::any(&mut Variety(seed)));
        }

        fn read_every_type(bytes: &[u8]) {
            $(let _ = from_bytes::<$name>(bytes);)+
        }
    };
}

any_struct! {
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
    Observation { locator, records, links }
    RawRecord { kind, key, statements }
    RawStatement { property, original, qualifier, path }
    RawLink { from, to, kind, credibility, statements }
    Grade { reliability, credibility }
    Source {
        id, name, kind, format, grade, graded, acquired_at, size, origin, subject, rows_read, rows_negative, warnings,
    }
    Warning { code, locator, message }
    Judgement { left, right, verdict, author, at, reason }
    TimeSpan { start, end, precision, zone_known }
    OperationId { instance, counter }
}

impl Any for bool {
    fn any(from: &mut Variety) -> Self {
        from.next() & 1 == 1
    }
}

impl Any for String {
    fn any(from: &mut Variety) -> Self {
        const PIECES: &[&str] = &["", "Mara", "\u{0}", "\u{202E}", "🦉", "é", "line\nbreak", "0"];
        (0..from.below(4)).map(|_| PIECES[from.below(PIECES.len())]).collect()
    }
}

impl<T: Any> Any for Vec<T> {
    fn any(from: &mut Variety) -> Self {
        (0..from.below(4)).map(|_| T::any(from)).collect()
    }
}

impl<T: Any> Any for Option<T> {
    fn any(from: &mut Variety) -> Self {
        bool::any(from).then(|| T::any(from))
    }
}

impl<A: Any, B: Any> Any for (A, B) {
    fn any(from: &mut Variety) -> Self {
        (A::any(from), B::any(from))
    }
}

impl<const N: usize> Any for [u8; N] {
    fn any(from: &mut Variety) -> Self {
        std::array::from_fn(|_| u8::any(from))
    }
}

impl Any for Score {
    fn any(from: &mut Variety) -> Self {
        Self::from_basis_points(from.next() % 10_001)
    }
}

impl Any for Locator {
    fn any(from: &mut Variety) -> Self {
        match from.below(4) {
            0 => Self::Line(Any::any(from)),
            1 => Self::Pointer {
                pointer: Any::any(from),
                line: Any::any(from),
            },
            2 => Self::Bytes {
                start: Any::any(from),
                end: Any::any(from),
            },
            _ => Self::Whole,
        }
    }
}

impl Any for RecordKey {
    fn any(from: &mut Variety) -> Self {
        match from.below(3) {
            0 => Self::Native {
                namespace: Any::any(from),
                key: Any::any(from),
            },
            1 => Self::RawRow { digest: Any::any(from) },
            _ => Self::Here,
        }
    }
}

impl Any for Result<CleanValue, CleanFailure> {
    fn any(from: &mut Variety) -> Self {
        if bool::any(from) {
            Ok(CleanValue::any(from))
        } else {
            Err(CleanFailure {
                expected: String::any(from).into(),
                reason: String::any(from).into(),
            })
        }
    }
}

/// What every packed type has to stand.
trait Checked {
    fn comes_back(&self) -> bool;
    fn refuses_cut_bytes(&self) -> bool;
}

impl<T: Pack + PartialEq> Checked for T {
    fn comes_back(&self) -> bool {
        let mut bytes = to_bytes(self);
        let same = from_bytes::<T>(&bytes).as_ref() == Ok(self);
        bytes.push(0);
        same && from_bytes::<T>(&bytes).err() == Some(CodecError::Trailing)
    }

    fn refuses_cut_bytes(&self) -> bool {
        let bytes = to_bytes(self);
        (0..bytes.len()).all(|end| from_bytes::<T>(&bytes[..end]).is_err())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_type_comes_back(seed in any::<u64>()) {
        for_every_type(seed, &|name, value| {
            assert!(value.comes_back(), "{name}");
            assert!(value.refuses_cut_bytes(), "{name}");
        });
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read_every_type(&bytes);
    }
}

#[test]
fn a_huge_length_is_refused_without_allocating() {
    let bytes = to_bytes(&u64::MAX);
    assert_eq!(from_bytes::<Vec<u64>>(&bytes), Err(CodecError::Short));
    assert_eq!(from_bytes::<String>(&bytes), Err(CodecError::Short));
    assert_eq!(from_bytes::<Score>(&to_bytes(&10_001u64)), Err(CodecError::Malformed));
}
