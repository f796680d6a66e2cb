//! Wording shared by the parts of a report: figures, dates, counts, links.

use fusion_model::derived::{Confidence, RelationKind};
use fusion_model::{Score, TimeSpan};

/// Writes a confidence as `78 (69–85)`.
pub(super) fn figure(confidence: &Confidence) -> String {
    format!(
        "{} ({}–{})",
        confidence.score.percent(),
        confidence.low.percent(),
        confidence.high.percent()
    )
}

/// Writes a share in percent.
pub(super) fn percent(score: Score) -> String {
    score.percent().to_string()
}

/// Writes an interval for reading: `2019-07`, `2023-11-14 22:13:20 UTC`.
pub(super) fn when(span: &TimeSpan) -> String {
    let text = span.iso().replace('T', " ").replace('Z', " UTC");
    let has_time = text.contains(':');
    if has_time && !span.zone_known {
        format!("{text} (zone not given)")
    } else {
        text
    }
}

/// Writes a number with its noun.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Writes a stable name as words: `breach-exposure` → `breach exposure`.
pub(super) fn spaced(name: &str) -> String {
    name.replace(['-', '_'], " ").replace("email", "e-mail")
}

/// Writes a word of ours with a capital first letter.
pub(super) fn capitalized(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// Ends a sentence with a full stop, unless it has one.
pub(super) fn ended(mut sentence: String) -> String {
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}

/// Joins words as `a, b and c`.
pub(super) fn joined(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// Returns how a link reads from its first end, and from its second.
pub(super) fn link_words(kind: RelationKind) -> (&'static str, &'static str) {
    match kind {
        RelationKind::Owns => ("owns", "owned by"),
        RelationKind::Uses => ("uses", "used by"),
        RelationKind::Alias => ("goes also by", "goes also by"),
        RelationKind::SameHousehold => ("same household as", "same household as"),
        RelationKind::OfficerOf => ("officer or colleague of", "has as officer or colleague"),
        RelationKind::MemberOf => ("member of", "has as member"),
        RelationKind::Paid => ("paid", "paid by"),
        RelationKind::Messaged => ("wrote to", "written to by"),
        RelationKind::CoLocated => ("at the same place as", "at the same place as"),
        RelationKind::MentionedWith => ("mentioned with", "mentioned with"),
        RelationKind::CoActive => ("active together with", "active together with"),
        RelationKind::ReusesSecret => ("uses the same secret as", "uses the same secret as"),
        RelationKind::Controls => ("controls", "controlled by"),
        RelationKind::ExposedIn => ("exposed in", "exposes"),
        RelationKind::Mentions => ("mentions", "mentioned by"),
        RelationKind::LocatedAt => ("located at", "place of"),
        RelationKind::LinksTo => ("links to", "linked from"),
    }
}
