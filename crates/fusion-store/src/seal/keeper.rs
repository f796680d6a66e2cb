//! Keeping the clear text of secrets, where a person chose so: each sealed by itself, under a key for nothing else.

use fusion_model::{Observation, ObservationId, RawStatement, SourceId, StatementId, ValueType};
use rusqlite::Connection;
use zeroize::Zeroizing;

use crate::case::Case;
use crate::change::{Change, Stamp};
use crate::error::{Error, Result};
use crate::import::Secrets;
use crate::sealed;
use crate::secret::Key;
use crate::tables::kept_secret::{self, SealedSecret};

const PURPOSE: &str = "kept secrets";

/// Collects the secrets of one import.
pub(crate) struct SecretKeeper {
    /// None when nothing is kept.
    key: Option<Key>,
    batch: Vec<SealedSecret>,
    found: u64,
}

impl SecretKeeper {
    /// Starts an import.
    pub(crate) fn new(secrets: Secrets, root: &Key) -> Result<Self> {
        let key = match secrets {
            Secrets::Fingerprints => None,
            Secrets::Keep => Some(sealed::subkey(root, PURPOSE)?),
        };
        Ok(Self {
            key,
            batch: Vec::new(),
            found: 0,
        })
    }

    /// Takes the secrets of one observation, before they are replaced by fingerprints.
    pub(crate) fn collect(&mut self, source: SourceId, content: &Observation) -> Result<()> {
        let Some(key) = &self.key else { return Ok(()) };
        let observation = ObservationId::new(source, &content.locator);
        let records = content.records.iter().map(|record| &record.statements);
        let said = records.chain(content.links.iter().map(|link| &link.statements));
        for (slot, statements) in (0u32..).zip(said) {
            for (at, statement) in statements.iter().enumerate() {
                if statement.property.value_type() == ValueType::Secret {
                    let id = statement_id(observation, slot, statements, at);
                    self.batch.push(SealedSecret {
                        statement: id,
                        observation,
                        sealed: sealed::seal(key, &id.0, statement.original.as_bytes())?,
                    });
                    self.found += 1;
                }
            }
        }
        Ok(())
    }

    /// Writes what was collected and not handed over.
    pub(crate) fn write(&self, connection: &Connection, source: i64) -> Result<()> {
        self.batch
            .iter()
            .try_for_each(|secret| kept_secret::insert(connection, source, secret))
    }

    /// Hands over what was collected since the last time.
    pub(crate) fn take(&mut self) -> Vec<SealedSecret> {
        std::mem::take(&mut self.batch)
    }

    /// Returns how many were found since the start.
    pub(crate) fn found(&self) -> u64 {
        self.found
    }
}

/// Names a statement as the engine does: by its place among those with the same path.
fn statement_id(observation: ObservationId, slot: u32, said: &[RawStatement], at: usize) -> StatementId {
    let same_path = said[..at].iter().filter(|other| other.path == said[at].path);
    StatementId::new(observation, slot, &said[at].path, same_path.count() as u32)
}

impl Case {
    /// Shows the clear text of a secret that was kept on purpose; `None` when it was not.
    ///
    /// The look is logged with its reason, durably, before anything is shown.
    pub fn reveal_secret(
        &self,
        statement: StatementId,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<Option<Zeroizing<String>>> {
        self.require_write()?;
        if reason.trim().is_empty() {
            return Err(Error::conflict("showing a secret needs a reason"));
        }
        let Some((source, kept)) = kept_secret::find(&self.connection(), statement)? else {
            return Ok(None);
        };
        let what = format!("reveal secret {statement}");
        let change = Change::Disclose {
            what,
            object: source.0,
            reason: reason.to_owned(),
        };
        self.apply(&change, stamp)?;
        let key = sealed::subkey(&self.keys.fingerprint, PURPOSE)?;
        let plain = sealed::open(&key, &statement.0, &kept)?
            .ok_or_else(|| Error::damaged("a secret that was kept does not open"))?;
        let text = std::str::from_utf8(&plain).map_err(|_| Error::damaged("a secret that was kept is not text"))?;
        Ok(Some(Zeroizing::new(text.to_owned())))
    }
}
