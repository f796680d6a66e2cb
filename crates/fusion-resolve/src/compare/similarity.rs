//! Similarity of spellings: edits (insert, delete, replace, swap neighbours) that turn one text into the other.

use rapidfuzz::distance::osa;

/// Returns the edits between two texts, or nothing where they are more than `most`.
pub(super) fn edits_within(left: &str, right: &str, most: usize) -> Option<usize> {
    let is_plain = left.is_ascii() && right.is_ascii();
    if is_plain && left.len().abs_diff(right.len()) > most {
        return None;
    }
    let (first, second) = if left <= right { (left, right) } else { (right, left) };
    if is_plain {
        let args = osa::Args::default().score_cutoff(most);
        return osa::distance_with_args(first.bytes(), second.bytes(), &args);
    }
    let args = osa::Args::default().score_cutoff(most);
    osa::distance_with_args(first.chars(), second.chars(), &args)
}

/// Tells whether one minus the share of edits in the longer text reaches `least` ten-thousandths.
pub(super) fn reaches(left: &str, right: &str, least: u32) -> bool {
    let longest = left.chars().count().max(right.chars().count());
    let most = longest * (10_000usize.saturating_sub(least as usize)) / 10_000;
    longest > 0 && edits_within(left, right, most).is_some()
}

/// Tells whether two words are one but for a slip of the pen: one edit from four letters on, two from eight on.
pub(super) fn is_slip(left: &str, right: &str) -> bool {
    let shortest = left.len().min(right.len());
    let most = match shortest {
        0..4 => return false,
        4..8 => 1,
        _ => 2,
    };
    edits_within(left, right, most).is_some()
}
