//! Custody of an open case: recording events, and going on as another copy.
//!
//! Every event is recorded in the transaction of what it speaks of, by the clocks and in the name of the program that
//! this computer's [`Machine`](crate::Machine) names.

use std::sync::atomic::Ordering;

use rusqlite::Connection;

use super::Case;
use crate::change::Stamp;
use crate::error::Result;
use crate::machine::Machine;
use crate::secret::random;
use crate::tables::custody::{self, ABOUT_INSTANCE, Event, Recorder, START_INSTANCE};
use crate::tables::meta;

impl Case {
    /// Appends an event of custody within a transaction.
    pub(crate) fn witness(&self, connection: &Connection, event: &Event<'_>) -> Result<()> {
        let recorder = self.machine.as_ref().map_or_else(Recorder::default, Machine::recorder);
        custody::record(connection, &recorder, event)
    }

    /// Goes on as another copy of the case, on the record: its operations get a chain of their own from here on.
    ///
    /// A restored backup, an unpacked package and a copy on another computer each need this before anything is
    /// changed, or two chains would grow under one name.
    pub fn start_instance(&self, reason: &str, stamp: &Stamp) -> Result<()> {
        self.require_write()?;
        let before = self.instance();
        let after = u64::from_le_bytes(random()?);
        self.transact(|connection| {
            meta::set(connection, meta::INSTANCE, &after.to_le_bytes())?;
            let (before, after) = (before.to_le_bytes(), after.to_le_bytes());
            let event = Event::new(START_INSTANCE).about(ABOUT_INSTANCE, &after);
            self.witness(connection, &event.change(&before, &after).by(&stamp.author, reason))
        })?;
        self.instance.store(after, Ordering::Release);
        Ok(())
    }
}
