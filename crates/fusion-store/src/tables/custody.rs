//! The chain of custody: what was done with the case, when by several clocks, each event bound to the one before.
//!
//! The chain holds digests and ids, never a name or a text: who and why lie beside it and can be erased, while a
//! salted commitment stays in the chain. Events of form 1, from older programs, verify as they were made.

use std::ops::ControlFlow;

use fusion_model::{ContentHasher, OperationId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{fixed, from_sql, meta, to_sql};
use crate::clocks::{ClockReading, Clocks, SystemClocks};
use crate::error::{Error, Result};
use crate::secret::random;

/// Sort of object: an operation, by instance and counter; `after` is its digest.
pub(crate) const ABOUT_OPERATION: &str = "operation";
/// Sort of object: a copy of the case, by its number; `before` is the copy it was made from.
pub(crate) const ABOUT_INSTANCE: &str = "instance";
/// Sort of object: a public key that signs from now on.
pub(crate) const ABOUT_SIGNER: &str = "signer";
/// Sort of object: the digest of an event that this case does not hold.
pub(crate) const ABOUT_MISSING_HEAD: &str = "missing-head";

/// Action of the event with which another copy of the case begins.
pub(crate) const START_INSTANCE: &str = "start-instance";
/// Action of the event with which a selection of a case begins; its object is that case.
pub(crate) const SELECT: &str = "select";
/// Action of the event that notes a moved wall clock.
const CLOCK_JUMP: &str = "clock-jump";

/// How far the wall may drift from the time since the start without a remark.
const TOLERANCE_MS: i64 = 5_000;
/// The form that is written now.
const FORM: i64 = 2;

/// Holds one event of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustodyEvent {
    /// Number, from 1.
    pub seq: u64,
    /// When, by the wall clock.
    pub at: Timestamp,
    /// When, in milliseconds since the computer started; 0 in form 1.
    pub since_start_ms: u64,
    /// Digest that names that start; empty in form 1.
    pub start: Vec<u8>,
    /// What is to be said of the clocks; empty when nothing is.
    pub clock: String,
    /// Copy of the case it was done in; 0 in form 1.
    pub instance: u64,
    /// Program, version and engine; empty in form 1.
    pub tool: String,
    /// What was done, e.g. `import`, `export`, `reveal`.
    pub action: String,
    /// Sort of the object, e.g. `operation`; empty where the action says it.
    pub about: String,
    /// Id of what it was done to.
    pub object: Vec<u8>,
    /// Digest before; empty when there was nothing.
    pub before: Vec<u8>,
    /// Digest after; empty when nothing is left.
    pub after: Vec<u8>,
    /// Who; empty when the operation says it, and once erased.
    pub who: String,
    /// Why; empty when the operation says it, when nobody did, and once erased.
    pub reason: String,
    /// Digest of this event and, through the event before, of all before.
    pub digest: [u8; 32],
}

impl CustodyEvent {
    /// Returns the operation that the event was about, if it was about one.
    pub fn operation(&self) -> Option<OperationId> {
        // In form 1, which names no tool, only operations have an object of this width and something after.
        let is_one = self.about == ABOUT_OPERATION || (self.tool.is_empty() && !self.after.is_empty());
        let bytes: [u8; 16] = self.object.as_slice().try_into().ok().filter(|_| is_one)?;
        let (instance, counter) = bytes.split_at(8);
        Some(OperationId {
            instance: u64::from_le_bytes(instance.try_into().ok()?),
            counter: u64::from_le_bytes(counter.try_into().ok()?),
        })
    }
}

/// Describes an event to be recorded.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Event<'a> {
    action: &'a str,
    about: &'a str,
    object: &'a [u8],
    before: &'a [u8],
    after: &'a [u8],
    who: &'a str,
    reason: &'a str,
}

impl<'a> Event<'a> {
    /// Says what was done.
    pub(crate) fn new(action: &'a str) -> Self {
        Self {
            action,
            ..Self::default()
        }
    }

    /// Says what it was done to.
    #[must_use]
    pub(crate) fn about(mut self, sort: &'a str, object: &'a [u8]) -> Self {
        (self.about, self.object) = (sort, object);
        self
    }

    /// Holds digests of before and after.
    #[must_use]
    pub(crate) fn change(mut self, before: &'a [u8], after: &'a [u8]) -> Self {
        (self.before, self.after) = (before, after);
        self
    }

    /// Says who did it and why; both can be erased later.
    #[must_use]
    pub(crate) fn by(mut self, who: &'a str, reason: &'a str) -> Self {
        (self.who, self.reason) = (who, reason);
        self
    }
}

/// Says by which clocks and by which program events are recorded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recorder<'a> {
    pub(crate) clocks: &'a dyn Clocks,
    pub(crate) tool: &'a str,
}

/// Names this program, where no host says more.
pub(crate) const TOOL: &str = concat!("fusion ", env!("CARGO_PKG_VERSION"));

impl Default for Recorder<'_> {
    fn default() -> Self {
        Self {
            clocks: &SystemClocks,
            tool: TOOL,
        }
    }
}

/// Appends an event, and before it one that notes a wall clock that was moved.
pub(crate) fn record(connection: &Connection, recorder: &Recorder<'_>, event: &Event<'_>) -> Result<()> {
    let reading = recorder.clocks.read();
    let mut last = last(connection)?;
    if let Some((head, remark)) = last.as_ref().and_then(|head| Some((head, jump(head, &reading)?))) {
        let (before, after) = (head.at.to_le_bytes(), reading.wall.0.to_le_bytes());
        let noted = Event::new(CLOCK_JUMP).change(&before, &after);
        last = Some(write(connection, recorder, &reading, last.as_ref(), &noted, remark)?);
    }
    write(connection, recorder, &reading, last.as_ref(), event, "").map(drop)
}

/// Holds what the next event needs to know of the newest one.
struct Head {
    seq: u64,
    digest: Vec<u8>,
    at: i64,
    since_start: u64,
    start: Vec<u8>,
}

fn last(connection: &Connection) -> Result<Option<Head>> {
    let found = connection
        .prepare_cached("SELECT seq, digest, at, since_start, start FROM custody ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| {
            Ok(Head {
                seq: from_sql(row.get(0)?),
                digest: row.get(1)?,
                at: row.get(2)?,
                since_start: from_sql(row.get(3)?),
                start: row.get(4)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Tells whether the wall clock was moved since the last event, as far as the clocks can tell.
fn jump(last: &Head, reading: &ClockReading) -> Option<&'static str> {
    let moved = reading.wall.0.saturating_sub(last.at);
    let passed = if last.start == reading.start {
        to_sql(reading.since_start_ms.saturating_sub(last.since_start))
    } else {
        // Between two starts any time may have passed, but not less than none.
        moved.max(0)
    };
    let drift = moved.saturating_sub(passed);
    // Two sound clocks part by less than a thousandth.
    let tolerance = TOLERANCE_MS.saturating_add(passed / 1000);
    match drift {
        drift if drift < -tolerance => Some("stepped back"),
        drift if drift > tolerance => Some("jumped ahead"),
        _ => None,
    }
}

fn write(
    connection: &Connection,
    recorder: &Recorder<'_>,
    reading: &ClockReading,
    last: Option<&Head>,
    event: &Event<'_>,
    remark: &str,
) -> Result<Head> {
    let seq = last.map_or(1, |last| last.seq + 1);
    let remarks: Vec<&str> = [remark, reading.remark]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let silent = event.who.is_empty() && event.reason.is_empty();
    let salt = if silent { None } else { Some(random::<16>()?) };
    let personal = salt.map_or(Vec::new(), |salt| commitment(&salt, event.who, event.reason).to_vec());
    let mut link = Link {
        form: FORM,
        previous: last.map(|last| last.digest.clone()).unwrap_or_default(),
        settings: meta::digest(connection)?.to_vec(),
        personal,
        texts: None,
        event: CustodyEvent {
            seq,
            at: reading.wall,
            since_start_ms: reading.since_start_ms,
            start: reading.start.to_vec(),
            clock: remarks.join(", "),
            instance: meta::number(connection, meta::INSTANCE)?,
            tool: recorder.tool.to_owned(),
            action: event.action.to_owned(),
            about: event.about.to_owned(),
            object: event.object.to_vec(),
            before: event.before.to_vec(),
            after: event.after.to_vec(),
            who: event.who.to_owned(),
            reason: event.reason.to_owned(),
            digest: [0; 32],
        },
    };
    link.event.digest = link.digest();
    link.insert(connection)?;
    if let Some(salt) = salt {
        connection
            .prepare_cached("INSERT INTO custody_text (seq, salt, who, reason) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![to_sql(seq), salt, event.who, event.reason])?;
    }
    Ok(Head {
        seq,
        digest: link.event.digest.to_vec(),
        at: reading.wall.0,
        since_start: reading.since_start_ms,
        start: link.event.start,
    })
}

fn commitment(salt: &[u8], who: &str, reason: &str) -> [u8; 32] {
    let mut hasher = ContentHasher::new("custody personal");
    hasher.part(salt).text(who).text(reason).finish()
}

/// Holds an event with what binds it: the digest it follows, and its commitments.
pub(crate) struct Link {
    form: i64,
    previous: Vec<u8>,
    pub(crate) settings: Vec<u8>,
    personal: Vec<u8>,
    /// Salt, who and why; none when nothing of it was stored.
    texts: Option<(Vec<u8>, String, String)>,
    pub(crate) event: CustodyEvent,
}

const COLUMNS: &str = "custody.seq, previous, at, action, object, before, after, digest, form, instance, since_start, \
                       start, clock, tool, about, settings, personal, salt, who, reason";

impl Link {
    fn insert(&self, connection: &Connection) -> Result<()> {
        let event = &self.event;
        connection
            .prepare_cached(
                "INSERT INTO custody (seq, previous, at, action, object, before, after, digest, form, instance,
                 since_start, start, clock, tool, about, settings, personal)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            )?
            .execute(params![
                to_sql(event.seq),
                self.previous,
                event.at.0,
                event.action,
                event.object,
                event.before,
                event.after,
                event.digest,
                self.form,
                event.instance.cast_signed(),
                to_sql(event.since_start_ms),
                event.start,
                event.clock,
                event.tool,
                event.about,
                self.settings,
                self.personal,
            ])?;
        Ok(())
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        let texts = match row.get::<_, Option<Vec<u8>>>(17)? {
            Some(salt) => Some((salt, row.get::<_, String>(18)?, row.get::<_, String>(19)?)),
            None => None,
        };
        let (who, reason) = texts
            .as_ref()
            .map(|(_, who, reason)| (who.clone(), reason.clone()))
            .unwrap_or_default();
        Ok(Self {
            form: row.get(8)?,
            previous: row.get(1)?,
            settings: row.get(15)?,
            personal: row.get(16)?,
            texts,
            event: CustodyEvent {
                seq: from_sql(row.get(0)?),
                at: Timestamp(row.get(2)?),
                action: row.get(3)?,
                object: row.get(4)?,
                before: row.get(5)?,
                after: row.get(6)?,
                digest: fixed(&row.get::<_, Vec<u8>>(7)?)?,
                instance: row.get::<_, i64>(9)?.cast_unsigned(),
                since_start_ms: from_sql(row.get(10)?),
                start: row.get(11)?,
                clock: row.get(12)?,
                tool: row.get(13)?,
                about: row.get(14)?,
                who,
                reason,
            },
        })
    }

    fn digest(&self) -> [u8; 32] {
        let event = &self.event;
        let mut hasher = ContentHasher::new(if self.form == 1 { "custody" } else { "custody event 2" });
        hasher
            .part(&self.previous)
            .number(event.seq)
            .part(&event.at.0.to_le_bytes())
            .text(&event.action);
        for part in [&event.object, &event.before, &event.after] {
            hasher.part(part);
        }
        if self.form != 1 {
            hasher.number(event.instance).number(event.since_start_ms);
            hasher.part(&event.start).text(&event.clock).text(&event.tool);
            hasher.text(&event.about).part(&self.settings).part(&self.personal);
        }
        hasher.finish()
    }

    /// Tells whether the event is what was recorded; an erased who and why is.
    pub(crate) fn is_sound(&self) -> bool {
        let said = match &self.texts {
            None => self.personal.is_empty(),
            Some((salt, who, reason)) => {
                let erased = salt.is_empty() && who.is_empty() && reason.is_empty();
                erased || commitment(salt, who, reason).as_slice() == self.personal
            }
        };
        // What form 1 does not cover must be as the migration left it.
        let bare =
            self.form != 1 || (self.settings.is_empty() && self.event.tool.is_empty() && self.event.about.is_empty());
        said && bare && matches!(self.form, 1 | FORM) && self.digest() == self.event.digest
    }
}

/// Follows a chain event by event.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    pub(crate) seq: u64,
    pub(crate) digest: Vec<u8>,
}

impl Chain {
    /// Takes the next event, or names where the chain breaks.
    pub(crate) fn follow(&mut self, link: &Link) -> Result<()> {
        let number = self.seq + 1;
        if link.event.seq != number || link.previous != self.digest || !link.is_sound() {
            return Err(broken(number));
        }
        (self.seq, self.digest) = (number, link.event.digest.to_vec());
        Ok(())
    }
}

pub(crate) fn broken(number: u64) -> Error {
    Error::damaged(format!("the chain of custody breaks at event {number}"))
}

/// Returns number and digest of the newest event; 0 and nothing when there is none.
pub(crate) fn head(connection: &Connection) -> Result<(u64, Vec<u8>)> {
    Ok(last(connection)?.map_or((0, Vec::new()), |last| (last.seq, last.digest)))
}

/// Returns the digest of one event.
pub(crate) fn digest_of(connection: &Connection, seq: u64) -> Result<Option<[u8; 32]>> {
    let digest: Option<Vec<u8>> = connection
        .prepare_cached("SELECT digest FROM custody WHERE seq = ?1")?
        .query_row([to_sql(seq)], |row| row.get(0))
        .optional()?;
    digest.map(|digest| fixed(&digest)).transpose()
}

/// Finds the event whose digest starts with `prefix`.
pub(crate) fn find_prefix(connection: &Connection, prefix: &[u8]) -> Result<Option<u64>> {
    let found = connection
        .prepare("SELECT seq FROM custody WHERE substr(digest, 1, ?2) = ?1 ORDER BY seq LIMIT 1")?
        .query_row(params![prefix, to_sql(prefix.len() as u64)], |row| row.get(0))
        .optional()?;
    Ok(found.map(from_sql))
}

/// Reads number and digest of the events after number `after`, in order.
pub(crate) fn digests(connection: &Connection, after: u64) -> Result<Vec<(u64, [u8; 32])>> {
    let mut statement = connection.prepare_cached("SELECT seq, digest FROM custody WHERE seq > ?1 ORDER BY seq")?;
    let mut rows = statement.query([to_sql(after)])?;
    let mut digests = Vec::new();
    while let Some(row) = rows.next()? {
        let digest = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        digests.push((from_sql(row.get(0)?), fixed(digest)?));
    }
    Ok(digests)
}

/// Reads the events after number `after`, in order, without checking them.
pub(crate) fn walk(connection: &Connection, after: u64, mut visit: impl FnMut(Link) -> Result<()>) -> Result<()> {
    let sql = format!(
        "SELECT {COLUMNS} FROM custody LEFT JOIN custody_text ON custody_text.seq = custody.seq
         WHERE custody.seq > ?1 ORDER BY custody.seq"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([to_sql(after)])?;
    while let Some(row) = rows.next()? {
        visit(Link::read(row)?)?;
    }
    Ok(())
}

/// Reads events, latest first, from number `newest` down, without checking them, as long as `visit` wants more.
pub(crate) fn walk_back(
    connection: &Connection,
    newest: u64,
    mut visit: impl FnMut(CustodyEvent) -> ControlFlow<()>,
) -> Result<()> {
    let sql = format!(
        "SELECT {COLUMNS} FROM custody LEFT JOIN custody_text ON custody_text.seq = custody.seq
         WHERE custody.seq <= ?1 ORDER BY custody.seq DESC"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([to_sql(newest)])?;
    while let Some(row) = rows.next()? {
        if visit(Link::read(row)?.event).is_break() {
            break;
        }
    }
    Ok(())
}

/// Lists every action that occurs.
pub(crate) fn actions(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached("SELECT DISTINCT action FROM custody ORDER BY action")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Checks the newest events, which is what an open can afford; the settings of the case must be those of the last one.
pub(crate) fn check_recent(connection: &Connection, count: u64) -> Result<()> {
    let (newest, _) = head(connection)?;
    let first = newest.saturating_sub(count);
    let mut chain = match first {
        0 => Chain::default(),
        seq => Chain {
            seq,
            digest: digest_of(connection, seq)?.ok_or_else(|| broken(seq))?.to_vec(),
        },
    };
    let mut settings = Vec::new();
    walk(connection, first, |link| {
        settings.clone_from(&link.settings);
        chain.follow(&link)
    })?;
    if chain.seq == 0 {
        return Err(broken(1));
    }
    require_settings(connection, &settings, chain.seq)
}

/// Refuses settings that are not those which the newest event was recorded under.
pub(crate) fn require_settings(connection: &Connection, settings: &[u8], seq: u64) -> Result<()> {
    if settings.is_empty() || settings == meta::digest(connection)? {
        Ok(())
    } else {
        Err(Error::damaged(format!(
            "the settings of the case are not those of event {seq} of custody"
        )))
    }
}

/// Names a who and why that belongs to no event.
pub(crate) fn stray_text(connection: &Connection) -> Result<Option<String>> {
    let stray: Option<i64> = connection
        .prepare("SELECT seq FROM custody_text WHERE seq NOT IN (SELECT seq FROM custody) ORDER BY seq LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(stray.map(|seq| format!("somebody signed for event {seq} of custody, which is not there")))
}

/// Lists who and why of every event where they are still there, by number.
pub(crate) fn texts(connection: &Connection) -> Result<Vec<(u64, String)>> {
    let mut statement = connection
        .prepare("SELECT seq, who || char(10) || reason FROM custody_text WHERE length(salt) > 0 ORDER BY seq")?;
    let rows = statement.query_map([], |row| Ok((from_sql(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Erases who and why of an event, their salt included; the chain still verifies.
pub(crate) fn erase_text(connection: &Connection, seq: u64) -> Result<()> {
    connection
        .prepare_cached("UPDATE custody_text SET salt = x'', who = '', reason = '' WHERE seq = ?1")?
        .execute([to_sql(seq)])?;
    Ok(())
}

/// Reads the chain, checking every link.
pub(crate) fn list(connection: &Connection) -> Result<Vec<CustodyEvent>> {
    let (mut chain, mut events) = (Chain::default(), Vec::new());
    walk(connection, 0, |link| {
        chain.follow(&link)?;
        events.push(link.event);
        Ok(())
    })?;
    Ok(events)
}

/// Returns the copies that this case was before, newest first: each with the number of the event that ended it.
pub(crate) fn lineage(connection: &Connection) -> Result<Vec<(u64, u64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, before FROM custody WHERE action = 'start-instance' ORDER BY seq DESC LIMIT 1000",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    let mut copies = Vec::new();
    for row in rows {
        let (seq, before) = row?;
        copies.push((u64::from_le_bytes(fixed(&before)?), from_sql(seq)));
    }
    Ok(copies)
}

#[cfg(test)]
mod tests;
