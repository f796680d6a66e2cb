//! From what a person types to an entity: an id, a name, or an identifier, which leads to its holder.

use std::collections::BTreeSet;

use fusion_model::derived::RelationKind;
use fusion_model::{EntityId, EntityKind};

use crate::error::{ApiError, Code};
use crate::open_case::OpenCase;
use crate::picture::Picture;
use crate::view::FollowedView;

/// Most holders named in an error.
const NAMED: usize = 12;

/// Finds the one entity that `target` means; several answers are an error that lists them.
pub fn one(case: &OpenCase, target: &str) -> Result<EntityId, ApiError> {
    let picture = case.picture()?;
    let found = all(case, &picture, target)?;
    match found.as_slice() {
        [] => Err(ApiError::not_found(format!("entity: {target}")).hint("try `fusion search` with a part of it")),
        [entity] => Ok(*entity),
        several => {
            let names: Vec<String> = several.iter().take(NAMED).map(|id| describe(&picture, *id)).collect();
            Err(ApiError::new(
                Code::Ambiguous,
                format!("{} entities answer to it: {target}", several.len()),
            )
            .hint(format!("name one by its id:\n  {}", names.join("\n  "))))
        }
    }
}

/// As [`one`], for what hands something out or destroys it: an id that is no more is refused, with a word on where it went.
pub fn one_as_named(case: &OpenCase, target: &str) -> Result<EntityId, ApiError> {
    // The id of a record that was never one of an entity still means its holder.
    if moved(case, target)?.is_some_and(|moved| moved.how == "joined") {
        case.require_living(&*case.picture()?, EntityId::parse(target.trim())?)?;
    }
    one(case, target)
}

/// Tells where the records of an id are that it stood for and does not any more; nothing for a name.
pub fn moved(case: &OpenCase, target: &str) -> Result<Option<FollowedView>, ApiError> {
    match EntityId::parse(target.trim()) {
        Ok(id) => case.moved_records(&*case.picture()?, id),
        Err(_) => Ok(None),
    }
}

/// Finds every entity that `target` may mean. Persons and bodies that bear the name win over identifiers; an
/// identifier stands for those who hold it, and for itself when nobody does.
fn all(case: &OpenCase, picture: &Picture, target: &str) -> Result<Vec<EntityId>, ApiError> {
    if let Ok(id) = EntityId::parse(target.trim()) {
        let found = case.followed(picture, id)?;
        if picture.entity(found).is_some() {
            return Ok(vec![found]);
        }
    }
    let matches = case.store.resolve_target(target)?;
    if EntityId::parse(target.trim()).is_ok() {
        return Ok(matches);
    }
    let is_described = |id: &EntityId| {
        picture
            .entity(*id)
            .is_some_and(|entity| entity.kind.identity().is_none())
    };
    let described: Vec<EntityId> = matches.iter().copied().filter(is_described).collect();
    if !described.is_empty() {
        return Ok(described);
    }
    let holders: BTreeSet<EntityId> = matches.iter().flat_map(|id| holders(picture, *id)).collect();
    Ok(if holders.is_empty() {
        matches
    } else {
        holders.into_iter().collect()
    })
}

fn holders(picture: &Picture, identifier: EntityId) -> Vec<EntityId> {
    picture
        .relations_of(identifier)
        .iter()
        .filter_map(|position| picture.snapshot.relations.get(*position))
        .filter(|relation| {
            relation.to == identifier && matches!(relation.kind, RelationKind::Owns | RelationKind::Uses)
        })
        .filter(|relation| {
            picture
                .entity(relation.from)
                .is_some_and(|holder| matches!(holder.kind, EntityKind::Person | EntityKind::Organization))
        })
        .map(|relation| relation.from)
        .collect()
}

fn describe(picture: &Picture, id: EntityId) -> String {
    match picture.entity(id) {
        Some(entity) => format!("{id}  {}  {}", entity.kind.label(), entity.label),
        None => id.to_string(),
    }
}
