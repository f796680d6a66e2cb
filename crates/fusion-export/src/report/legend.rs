//! The Admiralty system in words.

use fusion_model::{Credibility, Reliability};

/// Reliability of a source.
pub const RELIABILITY: [(Reliability, &str); 6] = [
    (Reliability::A, "completely reliable"),
    (Reliability::B, "usually reliable"),
    (Reliability::C, "fairly reliable"),
    (Reliability::D, "not usually reliable"),
    (Reliability::E, "unreliable"),
    (Reliability::F, "reliability cannot be judged"),
];

/// Credibility of an item.
pub const CREDIBILITY: [(Credibility, &str); 6] = [
    (Credibility::Confirmed, "confirmed by other independent sources"),
    (Credibility::ProbablyTrue, "probably true"),
    (Credibility::PossiblyTrue, "possibly true"),
    (Credibility::Doubtful, "doubtful"),
    (Credibility::Improbable, "improbable"),
    (Credibility::CannotBeJudged, "truth cannot be judged"),
];
