//! The records of one described kind as they were compared: for one run, or on a footing that follows the next.
//!
//! Both ways come to the same, value for value. What stands costs memory between runs and spares work in them; what is
//! worked out once costs neither. It must not know words for people, and fails only by being refused.

use fusion_model::{EntityKind, JudgementState, RecordId};
use fusion_resolve::increment::{Change, Standing, Touched};
use fusion_resolve::{Ground, Model, Outcome, OverBudget, Records, Values, resolve_judged};

use crate::cleaned::Cleaned;
use crate::watch::{Progress, Stopped};

use super::crowd::{Crowd, Ended};
use super::decide::Sitting;
use super::gather::{Gathered, Said, gather};
use super::verdicts::Verdicts;

/// Holds the records of one kind with everything that scores read, and how they ended.
pub(crate) struct Compared {
    kind: EntityKind,
    body: Body,
}

enum Body {
    /// For one run.
    Once(Box<Once>),
    /// To follow the next.
    Standing(Box<Stood>),
}

/// Holds the records of one kind as one run resolved them.
struct Once {
    said: Said,
    ids: Vec<RecordId>,
    ground: Ground,
    outcome: Outcome,
}

/// Holds the records of one kind as they stood at the end of a run.
pub(super) struct Stood {
    said: Said,
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

    fn follow(
        &mut self,
        change: Change<RecordId>,
        (kind, progress): (EntityKind, Progress<'_>),
        judged: fusion_resolve::Verdicts,
    ) -> Result<(), Stopped> {
        let model = self.standing.ground().model.clone();
        let sitting = Sitting::of(kind, &model, progress);
        let followed = self.standing.follow(change, &sitting, judged);
        self.touched = followed.map_err(|over| refused(kind, over))?;
        sitting.close()
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
        Self::serving_one(kind, (said, ids, ground), outcome)
    }

    /// Gathers and resolves the records of a kind for one run.
    pub(super) fn once(
        cleaned: &Cleaned,
        kind: EntityKind,
        model: &Model,
        verdicts: &Verdicts,
        progress: Progress<'_>,
    ) -> Result<Self, Stopped> {
        let (said, ids, ground) = gathered(cleaned, kind, model);
        let sitting = Sitting::of(kind, model, progress);
        let judged = by_position(verdicts, &ids);
        let outcome = resolve_judged(&ground, &sitting, &judged, &mut |_| {}).map_err(|over| refused(kind, over))?;
        sitting.close()?;
        Ok(Self::serving_one(kind, (said, ids, ground), outcome))
    }

    fn serving_one(kind: EntityKind, (said, ids, ground): (Said, Vec<RecordId>, Ground), outcome: Outcome) -> Self {
        Self {
            kind,
            body: Body::Once(Box::new(Once {
                said,
                ids,
                ground,
                outcome,
            })),
        }
    }

    /// As [`once`](Self::once), so that the next run can follow.
    pub(super) fn standing(
        cleaned: &Cleaned,
        kind: EntityKind,
        model: &Model,
        verdicts: &Verdicts,
        progress: Progress<'_>,
    ) -> Result<Self, Stopped> {
        let (said, ids, ground) = gathered(cleaned, kind, model);
        let judged = by_position(verdicts, &ids);
        let values = ground.values.len();
        let sitting = Sitting::of(kind, model, progress);
        let standing = Standing::of(ids, ground, &sitting, judged).map_err(|over| refused(kind, over))?;
        sitting.close()?;
        let touched = Touched {
            records: standing.ids().len() as u64,
            whole: true,
            ..Touched::default()
        };
        let stood = Stood {
            said,
            standing,
            values,
            touched,
        };
        Ok(Self::of(kind, Box::new(stood)))
    }

    fn of(kind: EntityKind, stood: Box<Stood>) -> Self {
        Self {
            kind,
            body: Body::Standing(stood),
        }
    }

    /// Has what stands follow to what people judge now; what is said is the same.
    pub(super) fn rejudged(
        mut stood: Box<Stood>,
        kind: EntityKind,
        verdicts: &Verdicts,
        progress: Progress<'_>,
    ) -> Result<Self, Stopped> {
        let judged = by_position(verdicts, stood.standing.ids());
        let nothing = Change {
            gone: Vec::new(),
            come: Vec::new(),
        };
        stood.follow(nothing, (kind, progress), judged)?;
        Ok(Self::of(kind, stood))
    }

    /// Has what stands follow to what is said and judged now.
    pub(super) fn following(
        mut stood: Box<Stood>,
        cleaned: &Cleaned,
        kind: EntityKind,
        verdicts: &Verdicts,
        progress: Progress<'_>,
    ) -> Result<Self, Stopped> {
        let standing = &mut stood.standing;
        let Gathered { records, ids, said } = gather(cleaned, kind, standing.values_mut());
        let change = change(standing, &ids, &records);
        drop(records);
        stood.said = said;
        stood.follow(change, (kind, progress), by_position(verdicts, &ids))?;
        Ok(Self::of(kind, stood))
    }

    /// Returns the kind of the records.
    pub(super) fn kind(&self) -> EntityKind {
        self.kind
    }

    /// Shows the records with everything that scores read.
    pub(super) fn crowd<'a>(&'a self, cleaned: &'a Cleaned) -> Crowd<'a> {
        let (said, ids, ground) = match &self.body {
            Body::Once(once) => (&once.said, once.ids.as_slice(), &once.ground),
            Body::Standing(stood) => (&stood.said, stood.standing.ids(), stood.standing.ground()),
        };
        Crowd {
            cleaned,
            kind: self.kind,
            ids,
            said,
            ground,
        }
    }

    /// Shows how the records ended.
    pub(super) fn ended(&self) -> Ended<'_> {
        match &self.body {
            Body::Once(once) => (&once.outcome).into(),
            Body::Standing(stood) => (&stood.standing).into(),
        }
    }

    /// Returns what stands, if anything does.
    pub(super) fn into_stood(self) -> Option<Box<Stood>> {
        match self.body {
            Body::Once(_) => None,
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
