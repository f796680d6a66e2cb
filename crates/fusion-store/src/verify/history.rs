//! Checks of the history: the chain of custody, its signed heads, its agreement with the log of operations, and with
//! what this computer remembers.
//!
//! The chain is read once; everything about it is recomputed from its rows. A check that finds something names the
//! first event.

use std::collections::BTreeSet;

use fusion_model::OperationId;
use rusqlite::Connection;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::merkle::MerkleRoot;
use crate::note::{self, Checkpoint};
use crate::tables::custody::{self, ABOUT_SIGNER, Chain};
use crate::tables::{checkpoint, fixed, meta, operation};

use super::{VerifyCheck, check};

/// Holds what the checks need of the chain of custody.
#[derive(Default)]
pub(super) struct History {
    /// Where the chain breaks first, in words.
    broken: Option<String>,
    settings: Vec<u8>,
    digests: Vec<[u8; 32]>,
    /// Operations that events are about: name, number of the event, digest.
    operations: Vec<(OperationId, u64, Vec<u8>)>,
    /// Keys that events enrolled, with the number of the event.
    signers: BTreeSet<([u8; 32], u64)>,
}

impl History {
    fn read(connection: &Connection) -> Result<Self> {
        let (mut history, mut chain) = (Self::default(), Chain::default());
        custody::walk(connection, 0, |link| {
            if history.broken.is_none()
                && let Err(error) = chain.follow(&link)
            {
                history.broken = Some(error.to_string());
            }
            let event = link.event;
            if let Some(id) = event.operation() {
                history.operations.push((id, event.seq, event.after));
            } else if event.about == ABOUT_SIGNER
                && let Ok(key) = event.object.as_slice().try_into()
            {
                history.signers.insert((key, event.seq));
            }
            history.settings = link.settings;
            history.digests.push(event.digest);
            Ok(())
        })?;
        history.operations.sort();
        Ok(history)
    }
}

impl Case {
    /// Reads the chain of custody for the checks below.
    pub(super) fn history(&self) -> Result<History> {
        History::read(&self.connection())
    }

    /// Looks at the whole chain; the settings of the case must be those of its last event.
    pub(super) fn check_custody(&self, history: &Result<History>) -> Result<(u64, Option<String>)> {
        let (connection, history) = (self.connection(), readable(history)?);
        let count = history.digests.len() as u64;
        if history.broken.is_some() {
            return Ok((count, history.broken.clone()));
        }
        if count == 0 {
            return Err(custody::broken(1));
        }
        custody::require_settings(&connection, &history.settings, count)?;
        Ok((count, custody::stray_text(&connection)?))
    }

    /// Holds events and operations against each other: what was done is logged, and what is logged was done.
    pub(super) fn check_agreement(&self, history: &Result<History>) -> Result<(u64, Option<String>)> {
        let (connection, history) = (self.connection(), readable(history)?);
        let own = meta::number(&connection, meta::INSTANCE)?;
        let mut witnessed = vec![false; history.operations.len()];
        let (mut looked_at, mut bad) = (0, None);
        for (id, digest) in operation::digests(&connection)? {
            looked_at += 1;
            let at = history.operations.binary_search_by_key(&id, |(known, ..)| *known);
            let agrees = match at {
                Ok(at) => {
                    witnessed[at] = true;
                    history.operations[at].2 == digest
                }
                // What another copy did, and was taken over from it, is witnessed there.
                Err(_) => id.instance != own,
            };
            if !agrees && bad.is_none() {
                bad = Some(format!("operation {id} is not the one that custody witnessed"));
            }
        }
        let lost = history.operations.iter().zip(witnessed).filter(|(_, seen)| !seen);
        let lost = lost.map(|((id, seq, _), _)| (*seq, *id)).min();
        let lost = lost.map(|(seq, id)| format!("operation {id}, witnessed by event {seq}, is gone from the log"));
        Ok((looked_at, lost.or(bad)))
    }

    /// Recomputes the root of every signed head and checks its signature.
    pub(super) fn check_checkpoints(&self, history: &Result<History>) -> Result<(u64, Option<String>)> {
        let (connection, history) = (self.connection(), readable(history)?);
        let case_id = fixed(&meta::get(&connection, meta::CASE_ID)?)?;
        let enrolled = checkpoint::signers(&connection)?;
        if let Some((_, seq)) = enrolled.iter().find(|signer| !history.signers.contains(*signer)) {
            return Ok((0, Some(format!("event {seq} enrolled no such signer"))));
        }
        let mut digests = history.digests.iter();
        let (mut tree, mut head) = (MerkleRoot::default(), [0; 32]);
        let mut looked_at = 0;
        for row in checkpoint::list(&connection)? {
            while tree.count() < row.size {
                let Some(digest) = digests.next() else {
                    let gone = tree.count() + 1;
                    let bad = format!("a signed head covers {} events; event {gone} is gone", row.size);
                    return Ok((looked_at, Some(bad)));
                };
                tree.push(checkpoint::leaf(digest));
                head = *digest;
            }
            let expected = Checkpoint {
                case_id,
                size: row.size,
                root: tree.root(),
                head,
            };
            let text = expected.text();
            let signed = enrolled
                .iter()
                .any(|(key, seq)| *seq <= row.size && note::open(&row.note, key) == Some(text.as_str()));
            if tree.root() != row.root || !signed {
                let bad = format!("the signed head over {} events is not what was signed", row.size);
                return Ok((looked_at, Some(bad)));
            }
            looked_at += 1;
        }
        Ok((looked_at, None))
    }

    /// Holds the case against what this computer remembers.
    pub(super) fn check_memory(&self) -> Result<(u64, Option<String>)> {
        let standing = self.standing();
        Ok((standing.remembered().unwrap_or(0), standing.first_bad()))
    }

    /// Holds the pages against how they were left, where the case was closed here and nobody has written since.
    pub(super) fn check_closing(&self) -> VerifyCheck {
        let mut closing = check("closing", || Ok((1, self.first_strange_page()?)));
        closing.unseen = self.pages_unseen().filter(|_| closing.first_bad.is_none());
        closing.looked_at -= u64::from(closing.unseen.is_some());
        closing
    }
}

/// Says of a chain that cannot be read why, to each check that needs it.
fn readable(history: &Result<History>) -> Result<&History> {
    history.as_ref().map_err(|error| match error {
        Error::Damaged { what } => Error::damaged(what),
        other => Error::damaged(format!("the chain of custody cannot be read: {other}")),
    })
}
