//! The operation log: append-only, one digest chain per instance, texts kept apart.

use std::collections::BTreeMap;

use fusion_model::codec::{self, Pack};
use fusion_model::{ContentHasher, OperationId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{fixed, from_sql, to_sql};
use crate::change::{Change, Stamp};
use crate::error::{Error, Result};
use crate::secret::random;
use crate::state::Operation;

/// Holds a row of the log with what the chain needs.
struct LogRow {
    position: i64,
    id: OperationId,
    lamport: u64,
    kind: String,
    payload: Vec<u8>,
    at: i64,
    author: String,
    previous: Vec<u8>,
    digest: [u8; 32],
}

impl LogRow {
    fn expected_digest(&self) -> [u8; 32] {
        let mut hasher = ContentHasher::new("operation");
        hasher
            .part(&self.previous)
            .number(self.id.instance)
            .number(self.id.counter)
            .number(self.lamport);
        hasher
            .text(&self.kind)
            .part(&self.payload)
            .part(&self.at.to_le_bytes())
            .text(&self.author);
        hasher.finish()
    }
}

const COLUMNS: &str = "position, instance, counter, lamport, kind, payload, at, author, previous, digest";

/// Salt and text of one free text.
type SaltedText = (Vec<u8>, String);

/// Holds an operation together with its place in the log.
pub(crate) struct Logged {
    pub(crate) position: i64,
    pub(crate) operation: Operation,
}

/// Appends a change and returns its name and digest.
pub(crate) fn append(
    connection: &Connection,
    instance: u64,
    change: &Change,
    stamp: &Stamp,
) -> Result<(OperationId, [u8; 32])> {
    let head = connection
        .prepare_cached("SELECT counter, digest FROM operation WHERE instance = ?1 ORDER BY counter DESC LIMIT 1")?
        .query_row([instance.cast_signed()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .optional()?;
    let lamport: i64 = connection.query_row("SELECT coalesce(max(lamport), 0) + 1 FROM operation", [], |row| {
        row.get(0)
    })?;
    let (counter, previous) = head.map_or((1, Vec::new()), |(counter, digest)| (from_sql(counter) + 1, digest));
    let id = OperationId { instance, counter };
    let mut row = LogRow {
        position: 0,
        id,
        lamport: from_sql(lamport),
        kind: change.kind().to_owned(),
        payload: store_texts(connection, id, change)?,
        at: stamp.at.0,
        author: stamp.author.clone(),
        previous,
        digest: [0; 32],
    };
    row.digest = row.expected_digest();
    connection
        .prepare_cached(
            "INSERT INTO operation (instance, counter, lamport, kind, payload, at, author, previous, digest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            instance.cast_signed(),
            to_sql(counter),
            lamport,
            row.kind,
            row.payload,
            row.at,
            row.author,
            row.previous,
            row.digest,
        ])?;
    Ok((id, row.digest))
}

/// Writes the texts of a change and returns its payload: commitments, then fields.
fn store_texts(connection: &Connection, id: OperationId, change: &Change) -> Result<Vec<u8>> {
    let mut commitments = Vec::new();
    for (slot, text) in (0i64..).zip(change.texts()) {
        let salt = random::<16>()?;
        commitments.push(commitment(&salt, text));
        connection
            .prepare_cached("INSERT INTO free_text (instance, counter, slot, salt, text) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![id.instance.cast_signed(), to_sql(id.counter), slot, salt, text])?;
    }
    let mut payload = codec::to_bytes(&commitments);
    change.pack_fields(&mut payload);
    Ok(payload)
}

fn commitment(salt: &[u8], text: &str) -> [u8; 32] {
    ContentHasher::new("free text").part(salt).text(text).finish()
}

/// Reads the log in order of arrival, checking every chain and every text on the way.
pub(crate) fn list(connection: &Connection) -> Result<Vec<Logged>> {
    let mut texts = texts(connection)?;
    let sql = format!("SELECT {COLUMNS} FROM operation ORDER BY position");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    let mut heads: BTreeMap<u64, (u64, Vec<u8>)> = BTreeMap::new();
    let mut logged = Vec::new();
    for row in rows {
        let row = row??;
        let (counter, previous) = heads.remove(&row.id.instance).unwrap_or_default();
        if row.id.counter != counter + 1 || row.previous != previous || row.digest != row.expected_digest() {
            return Err(Error::damaged(format!("the log of operations breaks at {}", row.id)));
        }
        heads.insert(row.id.instance, (row.id.counter, row.digest.to_vec()));
        let written = texts.remove(&row.id).unwrap_or_default();
        logged.push(Logged {
            position: row.position,
            operation: rebuild(row, written)?,
        });
    }
    Ok(logged)
}

fn rebuild(row: LogRow, written: Vec<SaltedText>) -> Result<Operation> {
    let mut fields = row.payload.as_slice();
    let commitments: Vec<[u8; 32]> = Vec::unpack(&mut fields)?;
    let sound = commitments.len() == written.len()
        && commitments.iter().zip(&written).all(|(expected, (salt, text))| {
            let erased = salt.is_empty() && text.is_empty();
            erased || commitment(salt, text) == *expected
        });
    if !sound {
        return Err(Error::damaged(format!(
            "a text of operation {} is not what was written",
            row.id
        )));
    }
    let change = Change::rebuild(&row.kind, fields, written.into_iter().map(|(_, text)| text).collect())?;
    Ok(Operation {
        id: row.id,
        lamport: row.lamport,
        change,
        at: Timestamp(row.at),
        author: row.author,
    })
}

/// Reads all texts with their salts, by operation, in slot order.
fn texts(connection: &Connection) -> Result<BTreeMap<OperationId, Vec<SaltedText>>> {
    let mut statement = connection
        .prepare_cached("SELECT instance, counter, salt, text FROM free_text ORDER BY instance, counter, slot")?;
    let mut rows = statement.query([])?;
    let mut texts: BTreeMap<OperationId, Vec<SaltedText>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let id = OperationId {
            instance: row.get::<_, i64>(0)?.cast_unsigned(),
            counter: from_sql(row.get(1)?),
        };
        texts.entry(id).or_default().push((row.get(2)?, row.get(3)?));
    }
    Ok(texts)
}

fn read(row: &Row<'_>) -> Result<LogRow> {
    Ok(LogRow {
        position: row.get(0)?,
        id: OperationId {
            instance: row.get::<_, i64>(1)?.cast_unsigned(),
            counter: from_sql(row.get(2)?),
        },
        lamport: from_sql(row.get(3)?),
        kind: row.get(4)?,
        payload: row.get(5)?,
        at: row.get(6)?,
        author: row.get(7)?,
        previous: row.get(8)?,
        digest: fixed(&row.get::<_, Vec<u8>>(9)?)?,
    })
}
