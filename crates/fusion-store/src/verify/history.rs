//! Checks of the history: the chain of custody, its signed heads, its agreement with the log of operations, and with
//! what this computer remembers.
//!
//! All of it is recomputed from the rows, in one pass over each table. A check that finds something names the first
//! event.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::OperationId;

use crate::case::Case;
use crate::error::Result;
use crate::merkle::MerkleRoot;
use crate::note::{self, Checkpoint};
use crate::tables::custody::{self, ABOUT_SIGNER, Chain};
use crate::tables::{checkpoint, fixed, meta, operation};

impl Case {
    /// Follows the whole chain; the settings of the case must be those of its last event.
    pub(super) fn check_custody(&self) -> Result<(u64, Option<String>)> {
        let connection = self.connection();
        let (mut chain, mut settings) = (Chain::default(), Vec::new());
        custody::walk(&connection, 0, |link| {
            chain.follow(&link)?;
            settings = link.settings;
            Ok(())
        })?;
        if chain.seq == 0 {
            return Err(custody::broken(1));
        }
        custody::require_settings(&connection, &settings, chain.seq)?;
        Ok((chain.seq, custody::stray_text(&connection)?))
    }

    /// Holds events and operations against each other: what was done is logged, and what is logged was done.
    pub(super) fn check_agreement(&self) -> Result<(u64, Option<String>)> {
        let connection = self.connection();
        let mut events: BTreeMap<OperationId, (u64, Vec<u8>)> = BTreeMap::new();
        custody::walk(&connection, 0, |link| {
            if let Some(id) = link.event.operation() {
                events.insert(id, (link.event.seq, link.event.after));
            }
            Ok(())
        })?;
        let own = meta::number(&connection, meta::INSTANCE)?;
        let (mut looked_at, mut bad) = (0, None);
        for (id, digest) in operation::digests(&connection)? {
            looked_at += 1;
            let agrees = match events.remove(&id) {
                Some((_, logged)) => logged == digest,
                // What another copy did, and was taken over from it, is witnessed there.
                None => id.instance != own,
            };
            if !agrees && bad.is_none() {
                bad = Some(format!("operation {id} is not the one that custody witnessed"));
            }
        }
        let lost = events.into_iter().min_by_key(|(_, (seq, _))| *seq);
        let lost = lost.map(|(id, (seq, _))| format!("operation {id}, witnessed by event {seq}, is gone from the log"));
        Ok((looked_at, lost.or(bad)))
    }

    /// Recomputes the root of every signed head and checks its signature.
    pub(super) fn check_checkpoints(&self) -> Result<(u64, Option<String>)> {
        let connection = self.connection();
        let case_id = fixed(&meta::get(&connection, meta::CASE_ID)?)?;
        let enrolled = checkpoint::signers(&connection)?;
        let witnessed = self.enrolments(&connection)?;
        if let Some((_, seq)) = enrolled.iter().find(|signer| !witnessed.contains(*signer)) {
            return Ok((0, Some(format!("event {seq} enrolled no such signer"))));
        }
        let rows = checkpoint::list(&connection)?;
        let mut digests = custody::digests(&connection, 0)?.into_iter();
        let (mut tree, mut head) = (MerkleRoot::default(), [0; 32]);
        let mut looked_at = 0;
        for row in rows {
            while tree.count() < row.size {
                let Some((_, digest)) = digests.next() else {
                    let bad = format!(
                        "a signed head covers {} events; event {} is gone",
                        row.size,
                        tree.count() + 1
                    );
                    return Ok((looked_at, Some(bad)));
                };
                tree.push(checkpoint::leaf(&digest));
                head = digest;
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

    /// Returns the signers that the chain enrolled.
    fn enrolments(&self, connection: &rusqlite::Connection) -> Result<BTreeSet<([u8; 32], u64)>> {
        let mut enrolled = BTreeSet::new();
        custody::walk(connection, 0, |link| {
            if link.event.about == ABOUT_SIGNER
                && let Ok(key) = link.event.object.as_slice().try_into()
            {
                enrolled.insert((key, link.event.seq));
            }
            Ok(())
        })?;
        Ok(enrolled)
    }

    /// Holds the case against what this computer remembers.
    pub(super) fn check_memory(&self) -> Result<(u64, Option<String>)> {
        let standing = self.standing();
        Ok((standing.remembered().unwrap_or(0), standing.first_bad()))
    }

    /// Holds the pages against how they were left, where the case was closed here and nobody has written since.
    pub(super) fn check_closing(&self) -> Result<(u64, Option<String>)> {
        Ok((1, self.first_strange_page()?))
    }
}
