//! Similarity of spellings as an exact fraction: edits that turn one text into the other, out of the longer length.

use fusion_model::Score;

/// Returns one minus the share of edits (insert, delete, replace, swap neighbours) in the longer text, half up.
pub(super) fn of(left: &str, right: &str) -> Score {
    let (first, second) = if left <= right { (left, right) } else { (right, left) };
    let longest = first.chars().count().max(second.chars().count());
    if longest == 0 {
        return Score::ZERO;
    }
    let edits = strsim::osa_distance(first, second).min(longest);
    Score::ratio((longest - edits) as u64, longest as u64)
}

/// Tells whether two texts can reach `least` at all, by their lengths alone.
pub(super) fn may_reach(left: &str, right: &str, least: Score) -> bool {
    let (first, second) = (left.chars().count() as u64, right.chars().count() as u64);
    Score::ratio(first.min(second), first.max(second)) >= least
}

/// Tells whether two texts are at least `least` alike.
pub(super) fn reaches(left: &str, right: &str, least: Score) -> bool {
    may_reach(left, right, least) && of(left, right) >= least
}
