//! Erasing evidence of the case on the bench, and showing secrets that were kept.
//!
//! A target is a source, or an entity: then every observation goes that speaks of one of its records or states its
//! value, in withdrawn sources too. Copies outside of the case are named, because erasing here does not reach them.

use std::collections::BTreeSet;

use fusion_model::{EntityId, ObservationId, RecordId, SourceId, StatementId};
use fusion_store::{Change, CopyKind, ErasurePlan};

use super::{Extent, OpenCase, stamp};
use crate::commands::annotate::{EraseView, RevealView};
use crate::error::{ApiError, Code};
use crate::lookup;
use crate::progress::Unwatched;

/// Digits of a source id that a target must have, so that no name is taken for one.
const SHORTEST_ID: usize = 8;
/// Most copies that are named one by one.
const MOST_COPIES: usize = 50;

/// Holds what targets come to.
struct Chosen {
    sources: Vec<SourceId>,
    observations: Vec<ObservationId>,
}

impl OpenCase {
    /// Says what erasing `targets` would take, and which copies it would not reach.
    pub fn plan_erasure(&self, targets: &[String]) -> Result<EraseView, ApiError> {
        let chosen = self.choose(targets)?;
        let plan = self.store.plan_erasure(&chosen.sources, &chosen.observations)?;
        self.erase_view(&plan, "Would erase")
    }

    /// Erases `targets` for good and derives everything anew.
    pub fn erase(&self, targets: &[String], reason: &str) -> Result<EraseView, ApiError> {
        if reason.trim().is_empty() {
            return Err(ApiError::usage("erasing needs a reason"));
        }
        let chosen = self.choose(targets)?;
        let done = self
            .store
            .erase(&chosen.sources, &chosen.observations, reason.trim(), &stamp())?;
        self.fuse(Extent::Everything, &Unwatched)?;
        self.erase_view(&done, "Erased")
    }

    fn choose(&self, targets: &[String]) -> Result<Chosen, ApiError> {
        let (mut sources, mut records) = (Vec::new(), BTreeSet::new());
        let mut observations = BTreeSet::new();
        for target in targets {
            match self.source_target(target)? {
                Some(source) => sources.push(source),
                None => {
                    let entity = lookup::one_as_named(self, target)?;
                    records.extend(self.records_of(entity)?);
                    observations.extend(self.saying(entity)?);
                }
            }
        }
        if !records.is_empty() {
            observations.extend(self.store.observations_of(&records)?);
        }
        let observations: Vec<ObservationId> = observations.into_iter().collect();
        if sources.is_empty() && observations.is_empty() {
            return Err(ApiError::not_found("evidence to erase"));
        }
        Ok(Chosen { sources, observations })
    }

    fn source_target(&self, target: &str) -> Result<Option<SourceId>, ApiError> {
        let text = target.trim();
        if text.len() < SHORTEST_ID || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Ok(None);
        }
        match self.source_id(text) {
            Ok(source) => Ok(Some(source)),
            Err(error) if error.code == Code::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn records_of(&self, entity: EntityId) -> Result<Vec<RecordId>, ApiError> {
        let picture = self.picture()?;
        let records = picture.snapshot.records.iter().filter(|card| card.entity == entity);
        Ok(records.map(|card| card.id).collect())
    }

    /// Returns the observations that say the value of an entity: an address has no row of its own, others state it.
    fn saying(&self, entity: EntityId) -> Result<Vec<ObservationId>, ApiError> {
        let picture = self.picture()?;
        let facts = picture
            .entity(entity)
            .map(|entity| entity.facts.as_slice())
            .unwrap_or_default();
        let said = facts.iter().flat_map(|fact| &fact.statements);
        Ok(said
            .filter_map(|id| picture.statement(*id))
            .map(|statement| statement.observation)
            .collect())
    }

    fn erase_view(&self, plan: &ErasurePlan, verb: &str) -> Result<EraseView, ApiError> {
        let mut text = format!(
            "{verb} {} whole sources and {} observations, {} texts about them; {} originals without their passages.",
            plan.sources.len(),
            plan.observation_count,
            plan.texts,
            plan.rewritten
        );
        if plan.originals_lost > 0 {
            text.push_str(&format!(
                " {} originals go whole, because their lines cannot be told apart; the other observations of them stay.",
                plan.originals_lost
            ));
        }
        if plan.lingers {
            text.push_str(" Another program reads the case and holds former pages until it closes; close it.");
        }
        Ok(EraseView {
            sources: plan.sources.len() as u64,
            observations: plan.observation_count,
            originals: plan.rewritten + plan.originals_lost,
            copies: self.copies()?,
            text,
        })
    }

    /// Names copies of evidence that left the case and the backups that can still be read, newest first.
    fn copies(&self) -> Result<Vec<String>, ApiError> {
        let logged = self.store.operations(0, usize::MAX)?;
        let left = logged.iter().filter_map(|logged| match &logged.operation.change {
            Change::Disclose { what, reason, .. } if !what.starts_with("reveal") && !what.starts_with("import") => {
                let at = logged.operation.at;
                Some((at, format!("{} on {}: {reason}", what, at.iso())))
            }
            _ => None,
        });
        let made = self.store.copies()?.into_iter();
        // Packages are among what left the case.
        let backups = made.filter(|copy| copy.kind == CopyKind::Backup && !copy.destroyed);
        let backups = backups.map(|copy| (copy.at, format!("backup on {}: {}", copy.at.iso(), copy.place)));
        let mut copies: Vec<_> = left.chain(backups).collect();
        copies.sort_by(|one, other| other.cmp(one));
        Ok(copies.into_iter().take(MOST_COPIES).map(|(_, text)| text).collect())
    }

    /// Shows a secret whose clear text was kept; logged before it is shown.
    pub fn reveal(&self, statement: &str, reason: &str) -> Result<RevealView, ApiError> {
        if reason.trim().is_empty() {
            return Err(ApiError::usage("showing a secret needs a reason"));
        }
        let id =
            StatementId::parse(statement.trim()).map_err(|error| ApiError::usage(format!("{error}: {statement}")))?;
        let shown = self.store.reveal_secret(id, reason.trim(), &stamp())?;
        let hint = match shown {
            Some(_) => "",
            None => {
                "its clear text was not kept; the line of the original can be read with a reason, which is logged as well"
            }
        };
        Ok(RevealView {
            text: shown.map(|text| text.as_str().to_owned()),
            hint: hint.to_owned(),
        })
    }
}
