//! Who decides what a score means, and what people have already said.
//!
//! A plain table is decided by its scores alone. A case asks for more: it knows what kind of thing its records are, it has
//! unique marks that refuse, and people who judge. Both run through the same scores and the same clustering.

use crate::decide::{Decision, decide};
use crate::model::Model;
use crate::records::Held;
use crate::score::Scored;
use crate::value::Values;

/// Decides what scores mean. All methods are pure, and symmetric in the two sides.
pub trait Judge: Sync {
    /// Decides two records, or two groups taken together.
    fn decide(&self, values: &Values, scored: &Scored, left: &[Held], right: &[Held]) -> Decision;

    /// Tells whether two groups that something links hold together; `least` is what their score should reach.
    fn holds(&self, values: &Values, scored: &Scored, left: &[Held], right: &[Held], least: i32) -> bool;

    /// Tells whether somebody still waits for the result. Long work asks between its pieces; where nobody does it ends early,
    /// and what comes of it is of no use.
    fn is_awaited(&self) -> bool {
        true
    }
}

/// Decides by the score alone, as the rules have it.
#[derive(Debug, Clone, Copy)]
pub struct ByScore<'a>(pub &'a Model);

impl Judge for ByScore<'_> {
    fn decide(&self, _values: &Values, scored: &Scored, _left: &[Held], _right: &[Held]) -> Decision {
        decide(scored, self.0)
    }

    fn holds(&self, _values: &Values, scored: &Scored, _left: &[Held], _right: &[Held], least: i32) -> bool {
        scored.score >= least
    }
}

/// Holds what people said of pairs of records, by position, smaller first; no pair stands in two lists.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// The same: connects, unless somebody keeps their groups apart.
    pub same: Vec<(u32, u32)>,
    /// Not the same: keeps the groups of both apart, whatever else agrees.
    pub apart: Vec<(u32, u32)>,
    /// Judged both ways: the pair itself neither connects nor parts.
    pub contradicted: Vec<(u32, u32)>,
}

impl Verdicts {
    /// Walks every pair that was judged.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u32, u32)> {
        self.same.iter().chain(&self.apart).chain(&self.contradicted).copied()
    }
}

#[cfg(test)]
mod tests;
