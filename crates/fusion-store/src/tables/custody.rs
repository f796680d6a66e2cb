//! The chain of custody: what was done with the case, when by the real clock, each event bound to the one before.
//!
//! The log holds digests and ids, never a name or a text. It is the only place that reads the clock: a host may fix
//! the clock of results, never that of custody. Signatures and heads kept outside the case come with a later schema.

use std::time::{SystemTime, UNIX_EPOCH};

use fusion_model::{ContentHasher, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::{fixed, from_sql, to_sql};
use crate::error::{Error, Result};

/// Holds one event of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustodyEvent {
    /// Number, from 1.
    pub seq: u64,
    /// When, by the real clock.
    pub at: Timestamp,
    /// What was done, e.g. `import`, `export`, `reveal`.
    pub action: String,
    /// Id of what it was done to.
    pub object: Vec<u8>,
    /// Digest before; empty when there was nothing.
    pub before: Vec<u8>,
    /// Digest after; empty when nothing is left.
    pub after: Vec<u8>,
    /// Digest of this event and, through the event before, of all before.
    pub digest: [u8; 32],
}

/// Appends an event.
pub(crate) fn append(connection: &Connection, action: &str, object: &[u8], before: &[u8], after: &[u8]) -> Result<()> {
    let head = connection
        .prepare_cached("SELECT seq, digest FROM custody ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))
        .optional()?;
    let (seq, previous) = head.map_or((1, Vec::new()), |(seq, digest)| (from_sql(seq) + 1, digest));
    let at = now();
    let digest = digest(&previous, seq, at, action, [object, before, after]);
    connection
        .prepare_cached(
            "INSERT INTO custody (seq, previous, at, action, object, before, after, digest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            to_sql(seq),
            previous,
            at.0,
            action,
            object,
            before,
            after,
            digest
        ])?;
    Ok(())
}

/// Checks the newest event and the count, which is what an open can afford.
pub(crate) fn check_head(connection: &Connection) -> Result<()> {
    let count: i64 = connection.query_row("SELECT count(*) FROM custody", [], |row| row.get(0))?;
    let last = links(connection, count - 1)?;
    if last.len() == 1 && last[0].event.seq == from_sql(count) && last[0].is_sound() {
        Ok(())
    } else {
        Err(Error::damaged(format!("the chain of custody breaks at event {count}")))
    }
}

/// Reads the chain, checking every link.
pub(crate) fn list(connection: &Connection) -> Result<Vec<CustodyEvent>> {
    let mut events: Vec<CustodyEvent> = Vec::new();
    for link in links(connection, 0)? {
        let head = events.last().map(|last| last.digest.to_vec()).unwrap_or_default();
        let number = events.len() as u64 + 1;
        if link.event.seq != number || link.previous != head || !link.is_sound() {
            return Err(Error::damaged(format!("the chain of custody breaks at event {number}")));
        }
        events.push(link.event);
    }
    Ok(events)
}

/// Holds an event with the digest it claims to follow.
struct Link {
    previous: Vec<u8>,
    event: CustodyEvent,
}

impl Link {
    fn is_sound(&self) -> bool {
        let event = &self.event;
        let parts = [event.object.as_slice(), &event.before, &event.after];
        digest(&self.previous, event.seq, event.at, &event.action, parts) == event.digest
    }
}

/// Reads the events from the one after the `skip`-th on.
fn links(connection: &Connection, skip: i64) -> Result<Vec<Link>> {
    let mut statement = connection.prepare(
        "SELECT seq, previous, at, action, object, before, after, digest FROM custody ORDER BY seq LIMIT -1 OFFSET ?1",
    )?;
    let mut rows = statement.query([skip.max(0)])?;
    let mut links = Vec::new();
    while let Some(row) = rows.next()? {
        let event = CustodyEvent {
            seq: from_sql(row.get(0)?),
            at: Timestamp(row.get(2)?),
            action: row.get(3)?,
            object: row.get(4)?,
            before: row.get(5)?,
            after: row.get(6)?,
            digest: fixed(&row.get::<_, Vec<u8>>(7)?)?,
        };
        links.push(Link {
            previous: row.get(1)?,
            event,
        });
    }
    Ok(links)
}

fn digest(previous: &[u8], seq: u64, at: Timestamp, action: &str, parts: [&[u8]; 3]) -> [u8; 32] {
    let mut hasher = ContentHasher::new("custody");
    hasher.part(previous).number(seq).part(&at.0.to_le_bytes()).text(action);
    for part in parts {
        hasher.part(part);
    }
    hasher.finish()
}

fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|since| since.as_millis())
        .unwrap_or(0);
    Timestamp(i64::try_from(since).unwrap_or(i64::MAX))
}
