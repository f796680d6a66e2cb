//! People's live verdicts, combined per pair by the truth table.

use std::collections::BTreeMap;

use fusion_model::{Judgement, JudgementState, RecordId};

/// Holds the combined verdict of every judged pair, smaller record first.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    states: BTreeMap<(RecordId, RecordId), JudgementState>,
}

impl Verdicts {
    /// Combines live judgements; their order never matters.
    pub(crate) fn of(judgements: &[Judgement]) -> Self {
        let mut states: BTreeMap<(RecordId, RecordId), JudgementState> = BTreeMap::new();
        for judgement in judgements.iter().filter(|judgement| judgement.left != judgement.right) {
            let state = states
                .entry(ordered(judgement.left, judgement.right))
                .or_insert(JudgementState::Open);
            *state = state.combine(judgement.verdict.into());
        }
        Self { states }
    }

    /// Returns the verdict on a pair.
    pub(crate) fn on(&self, one: RecordId, other: RecordId) -> JudgementState {
        self.states
            .get(&ordered(one, other))
            .copied()
            .unwrap_or(JudgementState::Open)
    }

    /// Walks all judged pairs in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (RecordId, RecordId, JudgementState)> {
        self.states.iter().map(|((left, right), state)| (*left, *right, *state))
    }
}

/// Puts the smaller record first.
pub(crate) fn ordered(one: RecordId, other: RecordId) -> (RecordId, RecordId) {
    if one <= other { (one, other) } else { (other, one) }
}
