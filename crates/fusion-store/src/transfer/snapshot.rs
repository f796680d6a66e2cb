//! The snapshot: a consistent copy of the evidence database under other keys, taken while a writer may go on.
//!
//! A reader's transaction pins what is copied. Pages are decrypted and encrypted in memory, so nothing plain touches
//! the disk. Staged rows of a running import stay behind. The copy keeps no log beside it, so that it can be read from
//! media that cannot be written.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use fusion_model::SourceId;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, TransactionBehavior};

use super::totals::CaseTotals;
use super::{Watch, go_on};
use crate::database::{self, Purpose};
use crate::error::{Error, Result};
use crate::keys::CaseKeys;
use crate::migrations;
use crate::tables::source;
use crate::vault::Vault;

const PAGES_PER_STEP: i32 = 2_000;

/// Says what a copy holds.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// What the copy comes to.
    pub(crate) totals: CaseTotals,
    /// Digests by which the vault names the originals that belong to the copy.
    pub(crate) originals: BTreeSet<SourceId>,
}

/// Copies the database at `from` to the new file `to`, from one set of keys to another.
pub(crate) fn take(
    (from, from_keys): (&Path, &CaseKeys),
    (to, to_keys): (&Path, &CaseKeys),
    watch: &dyn Watch,
) -> Result<Snapshot> {
    let source = database::open(from, &from_keys.evidence, Purpose::Read)?;
    migrations::require_known(migrations::version(&source)?)?;
    copy_pages(&source, to, to_keys, watch)?;
    drop(source);
    let mut copy = database::open(to, &to_keys.evidence, Purpose::Write)?;
    migrations::migrate(&mut copy)?;
    rekey(&mut copy, from_keys, to_keys)?;
    let snapshot = Snapshot {
        totals: CaseTotals::of(&copy)?,
        originals: source::list(&copy)?
            .into_iter()
            .filter_map(|row| row.original())
            .map(|original| original.sha256)
            .collect(),
    };
    settle(copy)?;
    File::open(to)
        .and_then(|file| file.sync_all())
        .map_err(Error::io("syncing a copy"))?;
    Ok(snapshot)
}

fn copy_pages(source: &Connection, to: &Path, keys: &CaseKeys, watch: &dyn Watch) -> Result<()> {
    if to.exists() {
        return Err(Error::Exists {
            path: to.display().to_string(),
        });
    }
    // Pins what is copied: without it every commit of the writer would start the copy anew.
    source.execute_batch("BEGIN")?;
    source.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let mut copy = database::open(to, &keys.evidence, Purpose::Copy)?;
    let backup = Backup::new(source, &mut copy)?;
    loop {
        match backup.step(PAGES_PER_STEP)? {
            StepResult::Done => break,
            StepResult::More => {}
            _ => {
                return Err(Error::Busy {
                    owner: crate::lock::Owner::Unknown,
                });
            }
        }
        let progress = backup.progress();
        let total = u64::try_from(progress.pagecount).unwrap_or(0);
        let left = u64::try_from(progress.remaining).unwrap_or(0);
        go_on(watch, "copying the evidence", total.saturating_sub(left), total)?;
    }
    drop(backup);
    source.execute_batch("ROLLBACK")?;
    Ok(())
}

/// Puts the keys in the rows under the copy's own, and leaves staged rows out.
fn rekey(copy: &mut Connection, from: &CaseKeys, to: &CaseKeys) -> Result<()> {
    let transaction = copy.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for number in source::staged(&transaction)? {
        source::remove(&transaction, number)?;
    }
    let vault = Vault::new(PathBuf::new(), from);
    for row in source::list(&transaction)? {
        if let Some(original) = row.original() {
            let wrapped = vault.rewrap(&original.sha256, &original.key, to)?;
            source::set_vault_key(&transaction, row.number, &wrapped)?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// Folds the log into the file and turns it off, so that the file stands alone.
pub(crate) fn settle(connection: Connection) -> Result<()> {
    database::checkpoint(&connection)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode != "delete" {
        return Err(Error::Unfit {
            what: format!("a copy keeps the journal mode {mode}"),
        });
    }
    connection.close().map_err(|(_, error)| error.into())
}
