//! What a fusion worked out and the next one of the same case stands on.
//!
//! A verdict or a few new rows touch little of a case, so the host keeps what was resolved between two fusions and hands it
//! to the next: the records of each kind follow to what is said now, and only what changed is scored and joined anew. Where
//! the evidence is the same, as after a verdict, it is not even cleaned again. The result is that of a full run, byte for
//! byte. Other numbers in the rules mean that all is resolved anew; so does a run that was stopped or refused, which leaves
//! nothing behind. It must not know the stages after resolve, or where a host keeps it.

use std::collections::BTreeMap;
use std::sync::Arc;

use fusion_model::EntityKind;
use fusion_resolve::Model;
use fusion_resolve::increment::Touched;

use crate::cleaned::Cleaned;
use crate::revision::{RevisionParts, evidence_state};
use crate::watch::{Progress, Stopped};

use super::DESCRIBED;
use super::compared::{Compared, Stood};
use super::verdicts::Verdicts;

/// Described records up to which anything is kept; a larger case is resolved in full each time. Measured, one takes two
/// kilobytes beside the statements, which the snapshot has anyway: a fourteenth of what fusing it takes at its peak.
const MOST: usize = 300_000;

/// Holds what was resolved, for the next fusion.
pub struct Footing {
    /// Described records up to which anything is kept.
    most: usize,
    evidence: Option<Evidenced>,
    model: Option<Model>,
    kinds: BTreeMap<EntityKind, Box<Stood>>,
}

/// Holds what cleaning made of the evidence; the statements are those of the snapshot.
struct Evidenced {
    state: [u8; 32],
    cleaned: Arc<Cleaned>,
}

impl Default for Footing {
    fn default() -> Self {
        Self::up_to(MOST)
    }
}

impl std::fmt::Debug for Footing {
    /// Names kinds and numbers of records; what they say stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kinds = self.kinds.iter();
        f.debug_map()
            .entries(kinds.map(|(kind, stood)| (kind.id(), stood.records())))
            .finish()
    }
}

impl Footing {
    /// Makes an empty footing that keeps up to so many described records; of a larger case it keeps nothing.
    pub fn up_to(records: usize) -> Self {
        Self {
            most: records,
            evidence: None,
            model: None,
            kinds: BTreeMap::new(),
        }
    }

    /// Makes an empty footing as large as this one, for runs under these numbers.
    pub(super) fn emptied(&self, model: &Model) -> Self {
        Self {
            model: Some(model.clone()),
            ..Self::up_to(self.most)
        }
    }

    /// Tells whether this evidence is known, so that a fusion needs none of its observations. Of `evidence` only the small
    /// parts are read, as for its revision.
    pub fn knows<'a>(&self, evidence: impl Into<RevisionParts<'a>>) -> bool {
        self.cleaned(evidence).is_some()
    }

    /// Returns what cleaning made of this evidence, where it is known.
    pub fn cleaned<'a>(&self, evidence: impl Into<RevisionParts<'a>>) -> Option<&Arc<Cleaned>> {
        let known = self.evidence.as_ref()?;
        (known.state == evidence_state(evidence.into())).then_some(&known.cleaned)
    }

    /// Takes what cleaning made of the evidence in this state.
    pub(crate) fn take_cleaned(&mut self, state: &[u8; 32]) -> Option<Arc<Cleaned>> {
        let known = self.evidence.take().filter(|known| known.state == *state)?;
        Some(known.cleaned)
    }

    /// Leaves what cleaning made of the evidence in this state, beside records that stand here.
    pub(crate) fn keep_cleaned(&mut self, state: [u8; 32], cleaned: Arc<Cleaned>) {
        self.evidence = (!self.kinds.is_empty()).then_some(Evidenced { state, cleaned });
    }

    /// Takes everything off the footing for one run; of a run under other numbers nothing is of use.
    pub(super) fn step(&mut self, cleaned: &Cleaned, told: Told, model: &Model) -> Step {
        let former = std::mem::replace(self, Self::up_to(self.most));
        let described = cleaned
            .records
            .values()
            .filter(|record| DESCRIBED.contains(&record.kind));
        let extent = if described.count() > former.most {
            Extent::ForOneRun
        } else {
            Extent::ForTheNext
        };
        let is_of_use = extent == Extent::ForTheNext && former.model.as_ref() == Some(model);
        Step {
            kinds: if is_of_use { former.kinds } else { BTreeMap::new() },
            extent,
            told,
        }
    }

    /// Leaves what the next run can follow.
    pub(super) fn keep(&mut self, compared: Compared) {
        let kind = compared.kind();
        let stood = compared.into_stood().filter(|stood| stood.records() > 0);
        self.kinds.extend(stood.map(|stood| (kind, stood)));
    }

    /// Returns how many records stand on it.
    pub fn records(&self) -> usize {
        self.kinds.values().map(|stood| stood.records()).sum()
    }

    /// Tells how much the last run touched of each kind that stands on it.
    pub fn touched(&self) -> impl Iterator<Item = (EntityKind, Touched)> + '_ {
        self.kinds.iter().map(|(kind, stood)| (*kind, stood.touched()))
    }
}

/// Says whether the evidence is that of the run before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// It is: only people's verdicts may be others.
    AsBefore,
    /// It was cleaned for this run.
    Anew,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    ForOneRun,
    ForTheNext,
}

/// Compares the kinds of one run, each by what stands of it where that is of use.
pub(super) struct Step {
    kinds: BTreeMap<EntityKind, Box<Stood>>,
    extent: Extent,
    told: Told,
}

impl Step {
    /// Gathers and resolves the records of a kind.
    pub(super) fn compare(
        &mut self,
        cleaned: &Cleaned,
        kind: EntityKind,
        model: &Model,
        verdicts: &Verdicts,
        progress: Progress<'_>,
    ) -> Result<Compared, Stopped> {
        if self.extent == Extent::ForOneRun {
            return Compared::once(cleaned, kind, model, verdicts, progress);
        }
        match self.kinds.remove(&kind).filter(|stood| !stood.is_stale()) {
            None => Compared::standing(cleaned, kind, model, verdicts, progress),
            Some(stood) if self.told == Told::AsBefore => Compared::rejudged(stood, kind, verdicts, progress),
            Some(stood) => Compared::following(stood, cleaned, kind, verdicts, progress),
        }
    }
}

#[cfg(test)]
mod tests;
