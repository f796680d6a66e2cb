//! Ids of entities that are no more, or that stand for fewer records than they did: where those records are now.
//!
//! Whoever reads by an old id is led to the entity that holds most of what it stood for. What hands something out or destroys it is not:
//! another entity than the one that was named would leave the case or be erased.

use fusion_engine::redirects::{self, Whereabouts};
use fusion_model::{EntityId, RecordId};

use super::OpenCase;
use crate::error::ApiError;
use crate::picture::Picture;
use crate::view::{FollowedPartView, FollowedView, FormerView};

impl OpenCase {
    /// Tells where the records are that an id stood for and does not any more; nothing where all are where they were.
    ///
    /// A former day is shown as it was: nothing is led elsewhere there.
    pub fn moved_records(&self, picture: &Picture, id: EntityId) -> Result<Option<FollowedView>, ApiError> {
        if self.store.as_of().is_some() {
            return Ok(None);
        }
        let now = |record: RecordId| picture.record(record).map(|card| card.entity);
        let lives = picture.entity(id).is_some();
        let former = self.page(|store| store.former_records(id))?;
        let how = match (lives, former.is_empty()) {
            (true, true) => return Ok(None),
            (true, false) => "left",
            (false, false) => "joined",
            (false, true) => "record",
        };
        // Without any memory an id is still the one of its smallest record.
        let asked = if former.is_empty() {
            vec![RecordId(id.0)]
        } else {
            former
        };
        let Whereabouts { now_in, gone } = redirects::whereabouts(&asked, now);
        if how == "record" && now_in.is_empty() {
            return Ok(None);
        }
        let now_in = now_in.into_iter().map(|(entity, records)| FollowedPartView {
            entity: picture.entity_ref(entity),
            records,
        });
        Ok(Some(FollowedView {
            id: id.to_string(),
            how: how.to_owned(),
            now_in: now_in.collect(),
            gone,
        }))
    }

    /// Returns the entity that an id leads to: itself while it lives, else the one that holds most of what it stood for.
    pub fn followed(&self, picture: &Picture, id: EntityId) -> Result<EntityId, ApiError> {
        if picture.entity(id).is_some() {
            return Ok(id);
        }
        let moved = self.moved_records(picture, id)?;
        match moved.as_ref().and_then(|moved| moved.now_in.first()) {
            Some(part) => Ok(EntityId::parse(&part.entity.id)?),
            None => Ok(id),
        }
    }

    /// Refuses an id that is no more, with a word on where its records are.
    pub fn require_living(&self, picture: &Picture, id: EntityId) -> Result<(), ApiError> {
        if picture.entity(id).is_some() {
            return Ok(());
        }
        let error = ApiError::not_found(format!("entity: {id}"));
        Err(match self.moved_records(picture, id)? {
            Some(moved) => error.hint(moved.words()),
            None => error,
        })
    }

    /// Returns the ids that stood for records which these are, other than `entity` itself.
    pub(crate) fn former_ids(&self, entity: EntityId, records: &[RecordId]) -> Result<Vec<FormerView>, ApiError> {
        if self.store.as_of().is_some() {
            return Ok(Vec::new());
        }
        let found = self.page(|store| store.former_ids(records))?;
        let others = found.into_iter().filter(|(id, _)| *id != entity);
        Ok(others
            .map(|(id, records)| FormerView {
                id: id.to_string(),
                records,
            })
            .collect())
    }
}
