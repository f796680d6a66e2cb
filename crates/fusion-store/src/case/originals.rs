//! Originals of an open case: taking them in, reading them back, quoting a passage.

use std::io::Read;
use std::sync::PoisonError;

use fusion_model::{Locator, SourceId};

use super::Case;
use crate::change::{Change, Stamp};
use crate::error::{Error, Result};
use crate::tables::source::{self, Erased, SourceRow};
use crate::vault::{OriginalReader, Quote, VaultEntry, read_error};

impl Case {
    /// Streams an original into the vault and names it by its content; the same content is kept once.
    ///
    /// Until an import of it is finished it belongs to nobody and is swept at the next open.
    pub fn vault_add(&self, reader: &mut dyn Read) -> Result<VaultEntry> {
        self.require_write()?;
        let vault = self.vault();
        let pending = vault.take_in(reader)?;
        let id = pending.entry.sha256;
        // Held to the end, so that two hosts' threads cannot both give the same content its lasting place.
        let mut awaiting = self.awaiting.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = self.connection();
        let known = source::find(&connection, &id)?.filter(|row| row.erased == Erased::Nothing);
        let present = vault.holds(&id);
        let former = known.as_ref().map(|row| &row.vault_key).or_else(|| awaiting.get(&id));
        if let Some(key) = former.filter(|_| present).cloned() {
            let size = pending.entry.size;
            vault.discard(pending)?;
            return Ok(VaultEntry { sha256: id, size, key });
        }
        match known {
            // The original had gone missing: the same content heals the vault under its new key.
            Some(row) => source::set_vault_key(&connection, row.number, &pending.entry.key)?,
            None => {
                awaiting.insert(id, pending.entry.key.clone());
            }
        }
        vault.keep(pending)
    }

    /// Notes that an original belongs to a source now and waits no longer.
    pub(crate) fn has_landed(&self, id: &SourceId) {
        self.awaiting.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    /// Removes an original that waits for an import which will not come.
    pub(crate) fn let_go(&self, entry: &VaultEntry) -> Result<()> {
        let mut awaiting = self.awaiting.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = source::list(&self.connection())?;
        let named = rows
            .iter()
            .filter_map(SourceRow::original)
            .any(|other| other.sha256 == entry.sha256);
        match awaiting.remove(&entry.sha256) {
            Some(_) if !named => self.vault().remove(entry),
            _ => Ok(()),
        }
    }

    /// Opens the original of a source for reading; reading to its end proves that it is unchanged.
    pub fn vault_reader(&self, id: SourceId) -> Result<OriginalReader> {
        let row = source::find(&self.connection(), &id)?.ok_or(Error::Missing { what: "source" })?;
        self.vault().open(&row.original().ok_or(Error::Erased)?)
    }

    /// Reads a whole original into memory.
    pub fn vault_read(&self, id: SourceId) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.vault_reader(id)?.read_to_end(&mut bytes).map_err(read_error)?;
        Ok(bytes)
    }

    /// Opens an original that waits for its import, so that an importer can read it.
    pub fn vault_reader_of(&self, entry: &VaultEntry) -> Result<OriginalReader> {
        self.vault().open(entry)
    }

    /// Quotes the passage of an original that a locator points at.
    ///
    /// The passage shows secrets as they stand, so each quote is logged with its reason and needs a case open for
    /// writing.
    pub fn quote(&self, id: SourceId, locator: &Locator, reason: &str, stamp: &Stamp) -> Result<Quote> {
        self.require_writer()?;
        let quote = self.vault_reader(id)?.quote(locator)?;
        let what = format!("reveal {}", locator.text());
        self.apply(
            &Change::Disclose {
                what,
                object: id.0,
                reason: reason.to_owned(),
            },
            stamp,
        )?;
        Ok(quote)
    }
}
