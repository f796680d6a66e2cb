//! Fusing an open case: what changed since the last time is resolved on the footing of it, and a new picture put in place.

use std::ops::ControlFlow;
use std::sync::{Arc, MutexGuard, PoisonError};

use fusion_engine::redirects;
use fusion_engine::resolve::Footing;
use fusion_engine::{Stopped, Watch};
use fusion_model::{EntityId, RecordId};
use fusion_store::Case;

use super::{Extent, OpenCase, revision};
use crate::clock;
use crate::error::{ApiError, Code};
use crate::picture::Picture;
use crate::progress::Progress;

impl OpenCase {
    /// Brings everything derived up to date and says what came of it.
    pub fn fuse(&self, extent: Extent, progress: &dyn Progress) -> Result<String, ApiError> {
        let _one_at_a_time = self.fusing.lock().unwrap_or_else(PoisonError::into_inner);
        self.fuse_alone(extent, progress)
    }

    /// As [`Self::fuse`], for a caller that holds the lock on fusing.
    pub(super) fn fuse_alone(&self, extent: Extent, progress: &dyn Progress) -> Result<String, ApiError> {
        let now = clock::now();
        let rules = self.rules();
        let outline = self.store.evidence_outline()?;
        if extent == Extent::WhatChanged
            && self.cached(Case::derived_revision)? == Some(revision(&outline, &rules, now))
        {
            return Ok("Nothing has changed.".to_owned());
        }
        let mut footing = self.footing();
        if extent == Extent::Everything {
            *footing = Footing::default();
        }
        let evidence = if footing.knows(&outline) {
            outline
        } else {
            self.store.evidence()?
        };
        let snapshot = fusion_engine::fuse_onto(&mut footing, evidence, &rules, now, &EngineWatch { progress })
            .map_err(unfinished)?;
        drop(footing);
        if self.writable() && self.store.as_of().is_none() {
            self.cached(|store| {
                let holder = |record| snapshot.record(record).map(|card| card.entity);
                let formers = redirects::formers(&store.formers()?, &self.partition(store)?, holder);
                store.write_derived_with(&snapshot, &formers)
            })?;
        } else {
            self.store.show_aside(&snapshot)?;
        }
        let picture = Arc::new(Picture::new(Arc::new(snapshot)));
        let text = summary(&picture);
        *self.picture.write().unwrap_or_else(PoisonError::into_inner) = Some(picture);
        Ok(text)
    }

    /// Locks what the last fusion left for the next.
    pub(super) fn footing(&self) -> MutexGuard<'_, Footing> {
        // A panic while it was lent leaves it empty or whole.
        self.footing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the entity of every record as the cache has it, out of memory where that shows the same.
    fn partition(&self, store: &Case) -> fusion_store::Result<Vec<(RecordId, EntityId)>> {
        let cached = store.derived_revision()?;
        match self.present_picture() {
            Some(picture) if cached == Some(picture.snapshot.revision) => {
                let cards = picture.snapshot.records.iter();
                Ok(cards.map(|card| (card.id, card.entity)).collect())
            }
            _ => store.partition(),
        }
    }
}

fn summary(picture: &Picture) -> String {
    let snapshot = &picture.snapshot;
    format!(
        "{} entities, {} relations, {} events; {} pairs wait for review.",
        snapshot.entities.len(),
        snapshot.relations.len(),
        snapshot.events.len(),
        picture.waiting().len()
    )
}

/// Says why a fusion came to no end.
fn unfinished(stopped: Stopped) -> ApiError {
    match &stopped {
        Stopped::ByHost { .. } => ApiError::new(Code::Cancelled, "fusing was stopped; the results before it stand"),
        Stopped::PairBudget { .. } => ApiError::new(Code::Failed, format!("{stopped}; the results before it stand"))
            .hint(stopped.hint().unwrap_or_default()),
    }
}

struct EngineWatch<'a> {
    progress: &'a dyn Progress,
}

impl Watch for EngineWatch<'_> {
    fn stage(&self, stage: &str, done: u64, total: u64) -> ControlFlow<()> {
        self.progress.report(stage, done, total)
    }
}
