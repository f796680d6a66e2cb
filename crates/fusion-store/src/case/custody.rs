//! Custody of an open case: recording events, signing heads, and remembering them outside.
//!
//! Every event is recorded in the transaction of what it speaks of, by the clocks and in the name of the program that
//! this computer's [`Machine`] names. What this computer remembers is written after each commit, never before, so a
//! stop in between leaves a case that goes on from what was seen. Trouble with that memory never fails a change that
//! is already durable; it is kept and told with the standing.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::sync::{MutexGuard, PoisonError};
use std::{fs, mem};

use rusqlite::{Connection, TransactionBehavior};

use super::{Access, Case};
use crate::change::Stamp;
use crate::database;
use crate::error::{Error, Result};
use crate::folder::CaseFolder;
use crate::machine::{Machine, Memory, Place, Remembered, Seal};
use crate::note::{self, Checkpoint};
use crate::page_tags;
use crate::secret::random;
use crate::standing::{self, Standing};
use crate::tables::custody::{
    self, ABOUT_INSTANCE, ABOUT_MISSING_HEAD, ABOUT_SIGNER, CustodyEvent, Event, Recorder, START_INSTANCE,
};
use crate::tables::{checkpoint, meta};

/// Why pages could not be compared.
const TAGS_MISSING: &str = "the tags of its pages, which this computer kept, are missing";
/// How many of the newest events an open checks.
const RECENT: u64 = 256;
/// After so many events a head is signed, if it was not for another reason.
const SIGN_EVERY: u64 = 1_000;

/// Holds how the case stands, and what is remembered of it from here on.
#[derive(Debug)]
pub(super) struct Outside {
    standing: Standing,
    /// What is kept up to date; none for readers, and where no computer remembers.
    memory: Option<Memory>,
    /// How the database was left before this opening.
    seal: Option<Seal>,
    /// Why the memory could not be kept.
    trouble: Option<String>,
    /// Why the pages could not be compared with how they were left, although it is known that they could be.
    unseen: Option<&'static str>,
    /// Whether this opening writes, so that closing it leaves a word of how.
    writing: bool,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            standing: Standing::UnknownHere,
            memory: None,
            seal: None,
            trouble: None,
            unseen: None,
            writing: false,
        }
    }
}

/// Returns the bytes that wait in the write-ahead log of the evidence.
pub(super) fn log_length(folder: &CaseFolder) -> u64 {
    let mut log = folder.evidence().into_os_string();
    log.push("-wal");
    fs::metadata(log).map_or(0, |facts| facts.len())
}

impl Case {
    /// Appends an event of custody within a transaction.
    pub(crate) fn witness(&self, connection: &Connection, event: &Event<'_>) -> Result<()> {
        let recorder = self.machine.as_ref().map_or_else(Recorder::default, Machine::recorder);
        custody::record(connection, &recorder, event)
    }

    /// Returns how the case stands against what this computer remembers of it.
    pub fn standing(&self) -> Standing {
        self.outside().standing.clone()
    }

    /// Returns why this computer could not remember the case; `None` when it could.
    pub fn memory_trouble(&self) -> Option<String> {
        self.outside().trouble.clone()
    }

    /// Returns why the pages could not be compared with how the case was closed here; `None` when they were, or when
    /// nothing is known of it.
    pub fn pages_unseen(&self) -> Option<&'static str> {
        self.outside().unseen
    }

    fn outside(&self) -> MutexGuard<'_, Outside> {
        // Every change of it is one assignment.
        self.outside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self, instance: u64) -> Option<Place<'_>> {
        self.machine.as_ref().map(|machine| Place {
            machine,
            key: &self.keys.memory,
            instance,
        })
    }

    pub(super) fn why_read_only(&self) -> Error {
        match self.standing() {
            Standing::Behind { newest, remembered, .. } => Error::Behind { newest, remembered },
            standing => match standing.first_bad() {
                Some(what) => Error::Damaged { what },
                None => Error::ReadOnly,
            },
        }
    }

    /// Holds the case against what this computer remembers; `log_before` waited in the write-ahead log.
    pub(super) fn take_standing(&self, log_before: u64) -> Result<()> {
        let connection = self.connection();
        let mut outside = self.outside();
        outside.standing = match custody::check_recent(&connection, RECENT) {
            Err(Error::Damaged { what }) => Standing::Damaged { what },
            Err(error) => return Err(error),
            Ok(()) => {
                let (standing, memory) = self.recall(&connection)?;
                outside.seal = memory.as_ref().and_then(|memory| memory.seal.clone());
                outside.memory = memory;
                standing
            }
        };
        let newest = custody::head(&connection)?.0;
        if let Some(seal) = &outside.seal
            && outside.standing == (Standing::Extends { remembered: newest })
        {
            let size = fs::metadata(self.folder.evidence()).map_or(0, |facts| facts.len());
            let left_otherwise = if log_before > 0 {
                Some("a write-ahead log lies beside a database that was closed without one")
            } else if size != seal.size {
                Some("the evidence database is not the file that was closed here")
            } else {
                None
            };
            if let Some(what) = left_otherwise
                && self.is_still_so(seal, log_before)?
            {
                let what = format!("{what}, after event {newest}");
                outside.standing = Standing::Damaged { what };
            }
        }
        if outside.standing.lets_write() {
            Ok(())
        } else {
            database::leave_traces(&connection)
        }
    }

    /// Looks again, for a reader: a writer may have closed the case, or opened it, since the first look.
    fn is_still_so(&self, seal: &Seal, log_before: u64) -> Result<bool> {
        if self.lock.is_some() {
            // Nobody else writes meanwhile.
            return Ok(true);
        }
        let folded = log_before > 0 && log_length(&self.folder) == 0;
        let Some(place) = self.place(self.instance()) else {
            return Ok(true);
        };
        // A writer marks the memory before it writes: a log of its own never stands beside the same seal.
        let same_seal = match place.load()? {
            Remembered::Seen(memory) => memory.seal.as_ref() == Some(seal),
            _ => true,
        };
        Ok(!folded && same_seal)
    }

    /// Compares with the memory of this copy; where there is none, with that of the newest copy it was made from.
    fn recall(&self, connection: &Connection) -> Result<(Standing, Option<Memory>)> {
        let Some(place) = self.place(self.instance()) else {
            return Ok((Standing::UnknownHere, None));
        };
        match place.load()? {
            Remembered::Seen(memory) => return Ok((standing::compare(connection, &memory)?, Some(memory))),
            Remembered::Garbled => return Ok((Standing::MemoryGarbled, None)),
            Remembered::Nothing => {}
        }
        for (former, _) in custody::lineage(connection)? {
            if let Remembered::Seen(memory) = (Place {
                instance: former,
                ..place
            })
            .load()?
            {
                return Ok((standing::compare(connection, &memory)?, None));
            }
        }
        Ok((Standing::UnknownHere, None))
    }

    /// Starts writing where the standing lets it; else the case is open for reading.
    pub(super) fn begin_writing(&self) -> Result<()> {
        // Looked for before anything is written over the traces.
        if let Some(what) = self.first_strange_page()? {
            self.outside().standing = Standing::Damaged { what };
        }
        if !self.standing().lets_write() {
            self.writable.store(false, Ordering::Release);
            return database::leave_traces(&self.connection());
        }
        let known = {
            let mut outside = self.outside();
            if let Some(memory) = &mut outside.memory {
                memory.seal = None;
            }
            outside.memory.is_some()
        };
        self.outside().writing = true;
        self.note_unseen_pages()?;
        if known {
            // Said before the first change, so that a stop leaves no word of a file that was written since.
            self.keep_memory();
        } else if self.machine.is_some() {
            let stamp = Stamp {
                author: String::new(),
                at: fusion_model::Timestamp(0),
            };
            self.start_instance("first opened for writing on this computer", &stamp)?;
        }
        self.settle_keys()?;
        self.sweep()?;
        self.replay_erasures()
    }

    /// Records that the case is gone on with although its pages could not be compared.
    fn note_unseen_pages(&self) -> Result<()> {
        match self.pages_unseen() {
            Some(why) => self.transact(|connection| {
                let event = Event::new("pages-not-compared").by("", why);
                self.witness(connection, &event)
            }),
            None => Ok(()),
        }
    }

    /// Starts writing a copy that has just arrived.
    pub(super) fn begin_copy(&self, reason: &str, stamp: &Stamp) -> Result<()> {
        custody::check_recent(&self.connection(), RECENT)?;
        self.outside().writing = true;
        self.start_instance(reason, stamp)?;
        self.settle_keys()?;
        self.sweep()
    }

    /// Compares every page with its tag from when the case was closed here; `None` when all agree or none is known.
    ///
    /// Tags that were kept and are not there are noted: whoever puts a page back could remove them first.
    pub(crate) fn first_strange_page(&self) -> Result<Option<String>> {
        let connection = self.connection();
        let newest = custody::head(&connection)?.0;
        let Some(place) = self.place(self.instance()) else {
            return Ok(None);
        };
        let Some(seal) = self.seal_in_force(&connection, &place, newest)? else {
            return Ok(None);
        };
        let Some(before) = place.load_tags(&seal)? else {
            self.outside().unseen = Some(TAGS_MISSING);
            return Ok(None);
        };
        self.outside().unseen = None;
        let now = page_tags::read(&self.folder.evidence(), page_tags::page_size(&connection)?)?;
        let Some(page) = page_tags::first_difference(&before, &now) else {
            return Ok(None);
        };
        // A writer may have opened the case while its pages were read.
        if self.seal_in_force(&connection, &place, newest)?.as_ref() != Some(&seal) {
            return Ok(None);
        }
        Ok(Some(format!(
            "page {page} of the evidence database is not as it was when the case was closed after event {newest}"
        )))
    }

    /// Returns how the database was left, if nobody has opened it for writing and changed it since.
    fn seal_in_force(&self, connection: &Connection, place: &Place<'_>, newest: u64) -> Result<Option<Seal>> {
        if self.access() == Access::Write {
            let outside = self.outside();
            let stands = outside.standing == (Standing::Extends { remembered: newest });
            let touched: i64 = connection.query_row("SELECT total_changes()", [], |row| row.get(0))?;
            return Ok(outside.seal.clone().filter(|_| stands && touched == 0));
        }
        Ok(match place.load()? {
            Remembered::Seen(memory) if memory.head().is_some_and(|(seq, _)| seq == newest) => memory.seal,
            _ => None,
        })
    }

    /// Starts writing a case that was just made.
    pub(super) fn begin_new(&self) {
        self.outside().writing = true;
        self.begin_remembering();
    }

    /// Remembers a case from its newest events on.
    fn begin_remembering(&self) {
        if self.machine.is_none() {
            return;
        }
        let connection = self.connection();
        let mut outside = self.outside();
        let remembered = Self::newest_events(&connection).map(|memory| {
            let seq = memory.head().map_or(0, |(seq, _)| seq);
            outside.memory = Some(memory);
            outside.standing = Standing::Extends { remembered: seq };
        });
        outside.trouble = remembered.err().map(|error| error.to_string());
        drop((outside, connection));
        self.keep_memory();
    }

    /// Goes on with what was remembered of the case under its new keys.
    pub(super) fn remember_from(&self, memory: Memory) {
        let mut outside = self.outside();
        if self.machine.is_some() {
            let remembered = memory.head().map_or(0, |(seq, _)| seq);
            outside.standing = Standing::Extends { remembered };
            outside.memory = Some(memory);
        }
        outside.seal = None;
    }

    pub(super) fn newest_events(connection: &Connection) -> Result<Memory> {
        let (newest, _) = custody::head(connection)?;
        let mut memory = Memory::default();
        for (seq, digest) in custody::digests(connection, newest.saturating_sub(RECENT))? {
            memory.see(seq, digest);
        }
        Ok(memory)
    }

    /// Remembers what was committed, and signs a head now and then.
    pub(crate) fn remember(&self, connection: &mut Connection) {
        let outcome = self.catch_up(connection).and_then(|seq| {
            if self.machine.is_some() && seq >= checkpoint::newest(connection)? + SIGN_EVERY {
                self.sign_head(connection).map(drop)
            } else {
                Ok(())
            }
        });
        if let Err(error) = outcome {
            self.outside().trouble = Some(error.to_string());
        }
    }

    /// Takes new events into the memory and returns the number of the newest.
    fn catch_up(&self, connection: &Connection) -> Result<u64> {
        let newest = custody::head(connection)?.0;
        let mut outside = self.outside();
        let Some(memory) = &mut outside.memory else {
            return Ok(newest);
        };
        let seen = memory.head().map_or(0, |(seq, _)| seq);
        if newest > seen {
            for (seq, digest) in custody::digests(connection, seen)? {
                memory.see(seq, digest);
            }
            drop(outside);
            self.keep_memory();
        }
        Ok(newest)
    }

    fn keep_memory(&self) {
        let mut outside = self.outside();
        let kept = match (self.place(self.instance()), &outside.memory) {
            (Some(place), Some(memory)) => place.store(memory),
            _ => Ok(()),
        };
        outside.trouble = kept.err().map(|error| error.to_string());
    }

    /// Signs the head of custody, enrolling this computer's key at the first time; `None` without a computer.
    pub(crate) fn checkpoint(&self) -> Result<Option<String>> {
        self.require_writer()?;
        self.sign_head(&mut self.connection())
    }

    fn sign_head(&self, connection: &mut Connection) -> Result<Option<String>> {
        let Some(machine) = &self.machine else { return Ok(None) };
        let identity = machine.identity()?;
        let key = identity.public_key();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !checkpoint::signers(&transaction)?
            .iter()
            .any(|(known, _)| *known == key)
        {
            self.witness(&transaction, &Event::new("enrol-signer").about(ABOUT_SIGNER, &key))?;
            checkpoint::enrol(&transaction, &key, custody::head(&transaction)?.0)?;
        }
        let (size, head) = custody::head(&transaction)?;
        if let Some(row) = checkpoint::find(&transaction, size)? {
            return Ok(Some(row.note));
        }
        let tree = checkpoint::tree(&transaction)?;
        let said = Checkpoint {
            case_id: crate::tables::fixed(&meta::get(&transaction, meta::CASE_ID)?)?,
            size,
            root: tree.root(),
            head: crate::tables::fixed(&head)?,
        };
        let note = note::sign(&said.text(), &identity);
        checkpoint::insert(&transaction, &tree, &note)?;
        transaction.commit()?;
        self.catch_up(connection)?;
        Ok(Some(note))
    }

    /// Refuses, saying why, where this opening may not write.
    pub fn require_writable(&self) -> Result<()> {
        self.require_writer()
    }

    /// Returns the number of signed heads.
    pub fn checkpoints(&self) -> Result<u64> {
        checkpoint::count(&self.connection())
    }

    /// Lists the public keys that sign for this case, in the order of their enrolment.
    pub fn signers(&self) -> Result<Vec<[u8; 32]>> {
        let signers = checkpoint::signers(&self.connection())?;
        Ok(signers.into_iter().map(|(key, _)| key).collect())
    }

    /// Lists every action that custody knows.
    pub fn custody_actions(&self) -> Result<Vec<String>> {
        custody::actions(&self.connection())
    }

    /// Reads a page of events, latest first, and returns it with the number of all.
    pub fn custody_before(&self, offset: u64, limit: u64) -> Result<(Vec<CustodyEvent>, u64)> {
        let connection = self.connection();
        let total = custody::head(&connection)?.0;
        let mut page = Vec::new();
        if limit > 0 {
            custody::walk_back(&connection, total.saturating_sub(offset), |event| {
                page.push(event);
                if page.len() as u64 == limit {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })?;
        }
        Ok((page, total))
    }

    /// Reads a page of the events of one action that `holds` agrees with, latest first, with the number of all such.
    pub fn custody_where(
        &self,
        action: Option<&str>,
        holds: &mut dyn FnMut(&CustodyEvent) -> bool,
        offset: u64,
        limit: u64,
    ) -> Result<(Vec<CustodyEvent>, u64)> {
        let mut found = Vec::new();
        {
            let connection = self.connection();
            custody::walk_back(&connection, u64::MAX, |event| {
                if action.is_none_or(|action| event.action == action) {
                    found.push(event);
                }
                ControlFlow::Continue(())
            })?;
        }
        // Asked without the connection, so that whoever is asked may read the case.
        found.retain(|event| holds(event));
        let total = found.len() as u64;
        let page = found.into_iter().skip(usize::try_from(offset).unwrap_or(usize::MAX));
        Ok((page.take(usize::try_from(limit).unwrap_or(usize::MAX)).collect(), total))
    }

    /// Goes on as another copy of the case, on the record: its operations get a chain of their own from here on.
    ///
    /// A restored backup, an unpacked package and a copy on another computer each need this before anything is
    /// changed, or two chains would grow under one name.
    pub fn start_instance(&self, reason: &str, stamp: &Stamp) -> Result<()> {
        self.require_write()?;
        let before = self.instance();
        let after = u64::from_le_bytes(random()?);
        // The memory of the copy that ends here sees the event, too: who puts that copy back is behind.
        self.transact(|connection| {
            meta::set(connection, meta::INSTANCE, &after.to_le_bytes())?;
            let (before, after) = (before.to_le_bytes(), after.to_le_bytes());
            let event = Event::new(START_INSTANCE).about(ABOUT_INSTANCE, &after);
            self.witness(connection, &event.change(&before, &after).by(&stamp.author, reason))
        })?;
        self.instance.store(after, Ordering::Release);
        self.begin_remembering();
        self.checkpoint().map(drop)
    }

    /// Goes on with a case that is behind what this computer has seen, on the record and as another copy.
    pub fn acknowledge(&self, reason: &str, stamp: &Stamp) -> Result<()> {
        let Standing::Behind { missing, .. } = self.standing() else {
            return Err(Error::conflict("there is nothing to acknowledge"));
        };
        if self.lock.is_none() {
            return Err(Error::ReadOnly);
        }
        database::allow_writing(&self.connection())?;
        self.writable.store(true, Ordering::Release);
        // What was seen of the newer state stays remembered: this copy goes on under another number.
        self.outside().memory = None;
        self.transact(|connection| {
            let (_, head) = custody::head(connection)?;
            let event = Event::new("acknowledge").about(ABOUT_MISSING_HEAD, &missing);
            self.witness(connection, &event.change(&head, &[]).by(&stamp.author, reason))
        })?;
        self.outside().writing = true;
        self.start_instance(reason, stamp)?;
        self.settle_keys()?;
        self.sweep()?;
        self.replay_erasures()
    }

    /// Signs the last head, empties the write-ahead log and remembers how the database was left.
    pub(super) fn settle(&self) -> Result<()> {
        if !mem::take(&mut self.outside().writing) {
            return Ok(());
        }
        let mut connection = self.connection();
        if custody::head(&connection)?.0 > checkpoint::newest(&connection)? {
            self.sign_head(&mut connection)?;
        }
        database::checkpoint(&connection)?;
        // The copy from before the schema changed has served its turn.
        self.remove_safety_copies()?;
        let (Some(place), 0) = (self.place(self.instance()), log_length(&self.folder)) else {
            return Ok(());
        };
        let tags = page_tags::read(&self.folder.evidence(), page_tags::page_size(&connection)?)?;
        place.store_tags(&tags)?;
        if let Some(memory) = &mut self.outside().memory {
            memory.seal = Some(Seal {
                size: fs::metadata(self.folder.evidence()).map_or(0, |facts| facts.len()),
                digest: fusion_model::sha256(&tags),
            });
        }
        self.keep_memory();
        Ok(())
    }
}
