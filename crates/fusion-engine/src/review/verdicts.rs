//! Live verdicts as review reads them: what people have come to on each pair, whatever the last fusion knew.

use std::collections::BTreeMap;

use fusion_model::{Judgement, JudgementState, RecordId};

/// Holds what the live verdicts on each pair of records come to.
pub(super) struct Said(BTreeMap<(RecordId, RecordId), JudgementState>);

impl Said {
    /// Combines verdicts by their truth table; their order never matters.
    pub(super) fn of(verdicts: &[Judgement]) -> Self {
        let mut states = BTreeMap::new();
        for verdict in verdicts {
            let pair = (verdict.left.min(verdict.right), verdict.left.max(verdict.right));
            let state = states.entry(pair).or_insert(JudgementState::Open);
            *state = state.combine(verdict.verdict.into());
        }
        Self(states)
    }

    /// Returns what was said on a pair, smaller record first.
    pub(super) fn on(&self, left: RecordId, right: RecordId) -> JudgementState {
        self.0.get(&(left, right)).copied().unwrap_or(JudgementState::Open)
    }

    /// Walks all judged pairs in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (RecordId, RecordId, JudgementState)> {
        self.0.iter().map(|((left, right), state)| (*left, *right, *state))
    }
}
