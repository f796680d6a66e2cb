//! Finding the entity that a person means: by id, by name, by identifier.

use fusion_model::{EntityId, EntityKind, RecordId};
use rusqlite::params;

use super::names;
use crate::case::Case;
use crate::error::{Error, Result};
use crate::tables::fixed;

/// Says what a target was matched by, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedBy {
    /// The id of the entity or of one of its records.
    Id,
    /// Its name.
    Label,
    /// An identifier that is said of it.
    Identifier,
    /// Another name it goes by.
    Alias,
}

impl MatchedBy {
    /// Returns the number kept in the table of names.
    pub(super) fn number(self) -> i64 {
        match self {
            Self::Id | Self::Label => 0,
            Self::Identifier => 1,
            Self::Alias => 2,
        }
    }

    fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Label,
            1 => Self::Identifier,
            _ => Self::Alias,
        }
    }
}

/// Holds one entity that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetMatch {
    /// Which entity.
    pub entity: EntityId,
    /// What sort of thing.
    pub kind: EntityKind,
    /// Its name.
    pub label: String,
    /// What it was matched by.
    pub by: MatchedBy,
}

impl Case {
    /// Lists the entities that `text` may mean, strongest match first, ties by id.
    pub fn resolve_target(&self, text: &str) -> Result<Vec<EntityId>> {
        Ok(self
            .target_matches(text)?
            .into_iter()
            .map(|target| target.entity)
            .collect())
    }

    /// Lists the entities that `text` may mean, with what matched.
    pub fn target_matches(&self, text: &str) -> Result<Vec<TargetMatch>> {
        if let Some(target) = self.target_by_id(text.trim())? {
            return Ok(vec![target]);
        }
        let connection = self.derived.reader()?;
        let mut statement = connection.prepare_cached(
            "SELECT entity.id, entity.kind, entity.label, min(entity_name.matched_by) AS claim
             FROM entity_name JOIN entity ON entity.position = entity_name.entity
             WHERE entity_name.folded = ?1 GROUP BY entity.position ORDER BY claim, entity.position",
        )?;
        let mut rows = statement.query(params![names::fold(text)])?;
        let mut targets = Vec::new();
        while let Some(row) = rows.next()? {
            let kind = EntityKind::from_id(&row.get::<_, String>(1)?);
            targets.push(TargetMatch {
                entity: EntityId(fixed(&row.get::<_, Vec<u8>>(0)?)?),
                kind: kind.ok_or_else(|| Error::damaged("an entity is of an unknown kind"))?,
                label: row.get(2)?,
                by: MatchedBy::from_number(row.get(3)?),
            });
        }
        Ok(targets)
    }

    fn target_by_id(&self, text: &str) -> Result<Option<TargetMatch>> {
        let Ok(id) = EntityId::parse(text) else { return Ok(None) };
        let entity = match self.entity(id)? {
            Some(entity) => Some(entity),
            None => match self.record(RecordId(id.0))? {
                Some(card) => self.entity(card.entity)?,
                None => None,
            },
        };
        Ok(entity.map(|entity| TargetMatch {
            entity: entity.id,
            kind: entity.kind,
            label: entity.label,
            by: MatchedBy::Id,
        }))
    }
}
