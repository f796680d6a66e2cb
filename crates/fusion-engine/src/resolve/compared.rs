//! The records of one described kind as they were compared: for one run, or on a footing that follows the next.
//!
//! Both ways come to the same, value for value. What stands costs memory between runs and spares work in them; what is
//! worked out once costs neither. It must not know words for people, and fails only by being refused.

use fusion_model::{EntityKind, JudgementState, RecordId};
use fusion_resolve::increment::{Change, Standing, Touched};
use fusion_resolve::{Ground, Model, Outcome, OverBudget, Records, Values, resolve_judged};

use crate::cleaned::Cleaned;
use crate::watch::Stopped;

use super::crowd::{Crowd, Ended};
use super::decide::Court;
use super::gather::{Gathered, Said, gather};
use super::verdicts::Verdicts;

/// Holds the records of one kind with everything that scores read, and how they ended.
pub(crate) struct Compared {
    kind: EntityKind,
    said: Said,
    body: Body,
}

enum Body {
    /// For one run.
    Once {
        ids: Vec<RecordId>,
        ground: Ground,
        outcome: Outcome,
    },
    /// To follow the next.
    Standing(Box<Stood>),
}

/// Holds the records of one kind as they stood at the end of a run.
pub(super) struct Stood {
    standing: Standing<RecordId>,
    /// Values when everything was last worked out.
    values: usize,
    /// What the run touched.
    touched: Touched,
}

impl Stood {
    /// Returns the number of records.
    pub(super) fn records(&self) -> usize {
        self.standing.ids().len()
    }

    /// Returns what the last run touched.
    pub(super) fn touched(&self) -> Touched {
        self.touched
    }

    /// Tells whether so many values came since that many of them are likely held by nobody any more.
    pub(super) fn is_stale(&self) -> bool {
        self.standing.ground().values.len() > 2 * self.values + 1_000
    }
}

impl Compared {
    /// Gathers the records of a kind and resolves none of them.
    pub(super) fn unresolved(cleaned: &Cleaned, kind: EntityKind, model: &Model) -> Self {
        let (said, ids, ground) = gathered(cleaned, kind, model);
        let outcome = Outcome::default();
        Self {
            kind,
            said,
            body: Body::Once { ids, ground, outcome },
        }
    }

    /// Gathers and resolves the records of a kind for one run.
    pub(super) fn once(
        cleaned: &Cleaned,
        kind: EntityKind,
        model: &Model,
        verdicts: &Verdicts,
    ) -> Result<Self, Stopped> {
        let (said, ids, ground) = gathered(cleaned, kind, model);
        let court = Court { kind, model };
        let judged = by_position(verdicts, &ids);
        let outcome = resolve_judged(&ground, &court, &judged, &mut |_| {}).map_err(|over| refused(kind, over))?;
        Ok(Self {
            kind,
            said,
            body: Body::Once { ids, ground, outcome },
        })
    }

    /// As [`once`](Self::once), so that the next run can follow.
    pub(super) fn standing(
        cleaned: &Cleaned,
        kind: EntityKind,
        model: &Model,
        verdicts: &Verdicts,
    ) -> Result<Self, Stopped> {
        let (said, ids, ground) = gathered(cleaned, kind, model);
        let judged = by_position(verdicts, &ids);
        let values = ground.values.len();
        let standing = Standing::of(ids, ground, &Court { kind, model }, judged).map_err(|over| refused(kind, over))?;
        let touched = Touched {
            records: standing.ids().len() as u64,
            whole: true,
            ..Touched::default()
        };
        let stood = Stood {
            standing,
            values,
            touched,
        };
        Ok(Self {
            kind,
            said,
            body: Body::Standing(Box::new(stood)),
        })
    }

    /// Has what stands follow to what is said now.
    pub(super) fn following(
        mut stood: Box<Stood>,
        cleaned: &Cleaned,
        kind: EntityKind,
        verdicts: &Verdicts,
    ) -> Result<Self, Stopped> {
        let standing = &mut stood.standing;
        let Gathered { records, ids, said } = gather(cleaned, kind, standing.values_mut());
        let change = change(standing, &ids, &records);
        let model = standing.ground().model.clone();
        let court = Court { kind, model: &model };
        let judged = by_position(verdicts, &ids);
        drop(records);
        stood.touched = standing
            .follow(change, &court, judged)
            .map_err(|over| refused(kind, over))?;
        Ok(Self {
            kind,
            said,
            body: Body::Standing(stood),
        })
    }

    /// Returns the kind of the records.
    pub(super) fn kind(&self) -> EntityKind {
        self.kind
    }

    /// Shows the records with everything that scores read.
    pub(super) fn crowd<'a>(&'a self, cleaned: &'a Cleaned) -> Crowd<'a> {
        let (ids, ground) = match &self.body {
            Body::Once { ids, ground, .. } => (ids.as_slice(), ground),
            Body::Standing(stood) => (stood.standing.ids(), stood.standing.ground()),
        };
        Crowd {
            cleaned,
            kind: self.kind,
            ids,
            said: &self.said,
            ground,
        }
    }

    /// Shows how the records ended.
    pub(super) fn ended(&self) -> Ended<'_> {
        match &self.body {
            Body::Once { outcome, .. } => outcome.into(),
            Body::Standing(stood) => (&stood.standing).into(),
        }
    }

    /// Returns what stands, if anything does.
    pub(super) fn into_stood(self) -> Option<Box<Stood>> {
        match self.body {
            Body::Once { .. } => None,
            Body::Standing(stood) => Some(stood),
        }
    }
}

fn gathered(cleaned: &Cleaned, kind: EntityKind, model: &Model) -> (Said, Vec<RecordId>, Ground) {
    let mut values = Values::default();
    let Gathered { records, ids, said } = gather(cleaned, kind, &mut values);
    (said, ids, Ground::of(values, records, model.clone()))
}

/// Tells what is otherwise than it stands. Both lists of records ascend.
fn change(standing: &Standing<RecordId>, ids: &[RecordId], records: &Records) -> Change<RecordId> {
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let former = &standing.ground().records;
    let mut before = (0u32..).zip(standing.ids()).peekable();
    for (place, id) in (0u32..).zip(ids) {
        while let Some((_, left)) = before.next_if(|(_, known)| *known < id) {
            gone.push(*left);
        }
        let known = before.next_if(|(_, known)| *known == id);
        if known.is_none_or(|(at, _)| former.of(at) != records.of(place)) {
            come.push((*id, records.of(place).to_vec()));
        }
    }
    gone.extend(before.map(|(_, left)| *left));
    Change { gone, come }
}

/// Names the records of verdicts by position; a verdict on a record that is not here rests.
fn by_position(verdicts: &Verdicts, ids: &[RecordId]) -> fusion_resolve::Verdicts {
    let position = |record: RecordId| ids.binary_search(&record).ok().map(|at| at as u32);
    let mut judged = fusion_resolve::Verdicts::default();
    for (left, right, state) in verdicts.iter() {
        let (Some(left), Some(right)) = (position(left), position(right)) else {
            continue;
        };
        match state {
            JudgementState::Same => judged.same.push((left, right)),
            JudgementState::Different => judged.apart.push((left, right)),
            JudgementState::Contradiction => judged.contradicted.push((left, right)),
            JudgementState::Open | JudgementState::Unsure => {}
        }
    }
    judged
}

fn refused(kind: EntityKind, over: OverBudget) -> Stopped {
    Stopped::PairBudget {
        kind: kind.label(),
        expected: over.expected,
        budget: over.budget,
    }
}
