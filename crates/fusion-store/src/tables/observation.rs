//! Observations: one packed row each, committed to by a salted leaf.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::{ContentHasher, Locator, Observation, ObservationId, SourceId, StoredObservation, codec};
use rusqlite::{Connection, ErrorCode, Row, params};

use super::fixed;
use crate::error::{Error, Result};
use crate::merkle;

/// Bytes of a leaf's salt.
pub(crate) const SALT_LEN: usize = 16;

/// Holds an observation ready to be written.
pub(crate) struct PackedObservation {
    pub(crate) id: ObservationId,
    pub(crate) packed: Vec<u8>,
    pub(crate) salt: [u8; SALT_LEN],
    pub(crate) leaf: [u8; 32],
}

impl PackedObservation {
    /// Packs an observation of `source` under `salt`.
    pub(crate) fn new(source: SourceId, observation: &Observation, salt: [u8; SALT_LEN]) -> Self {
        let packed = codec::to_bytes(observation);
        let leaf = merkle::leaf(&salt, &packed);
        let id = ObservationId::new(source, &observation.locator);
        Self { id, packed, salt, leaf }
    }
}

/// Adds one row and returns its number. It is found by its id once it was [placed](place).
pub(crate) fn insert(connection: &Connection, source: i64, row: &PackedObservation) -> Result<i64> {
    connection
        .prepare_cached("INSERT INTO observation (source, id, packed, salt, leaf) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![source, row.id.0, row.packed, row.salt, row.leaf])?;
    Ok(connection.last_insert_rowid())
}

/// Lets rows be found by their ids; `rows` are sorted, since that costs least.
///
/// Two observations at one place of a source are refused: they would share their id.
pub(crate) fn place(connection: &Connection, source: i64, rows: &[(ObservationId, i64)]) -> Result<()> {
    let mut statement =
        connection.prepare_cached("INSERT INTO observation_by_id (id, source, number) VALUES (?1, ?2, ?3)")?;
    for (id, number) in rows {
        match statement.execute(params![id.0, source, number]) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                let place = locator(connection, *number)?.text();
                let what = format!("two observations stand at one place of the source: {place}");
                return Err(Error::conflict(what));
            }
            other => other.map(drop)?,
        }
    }
    Ok(())
}

/// Lets all rows of a source be found by their ids.
pub(crate) fn place_all(connection: &Connection, source: i64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO observation_by_id (id, source, number)
             SELECT id, source, number FROM observation WHERE source = ?1 ORDER BY id",
        )?
        .execute([source])?;
    Ok(())
}

/// Removes all rows of a source.
pub(crate) fn remove(connection: &Connection, source: i64) -> Result<()> {
    connection.execute(
        "DELETE FROM observation_by_id
         WHERE source = ?1 AND id IN (SELECT id FROM observation WHERE source = ?1)",
        [source],
    )?;
    connection.execute("DELETE FROM observation WHERE source = ?1", [source])?;
    Ok(())
}

fn locator(connection: &Connection, number: i64) -> Result<Locator> {
    let packed: Vec<u8> = connection
        .prepare_cached("SELECT packed FROM observation WHERE number = ?1")?
        .query_row([number], |row| row.get(0))?;
    Ok(codec::from_bytes::<Observation>(&packed)?.locator)
}

/// Says which source a row may belong to, and how many rows that source has.
pub(crate) struct Expected {
    pub(crate) id: SourceId,
    pub(crate) observations: u64,
}

/// Reads every observation of the given sources, in order of arrival, checking each row and the number of rows.
pub(crate) fn list(connection: &Connection, sources: &BTreeMap<i64, Expected>) -> Result<Vec<StoredObservation>> {
    let mut statement = connection
        .prepare_cached("SELECT source, id, packed, salt, leaf FROM observation NOT INDEXED ORDER BY number")?;
    let mut rows = statement.query([])?;
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    let mut observations = Vec::new();
    while let Some(row) = rows.next()? {
        let number = row.get(0)?;
        let Some(source) = sources.get(&number) else { continue };
        *counts.entry(number).or_default() += 1;
        let id = ObservationId(fixed(bytes(row, 1)?)?);
        let packed = bytes(row, 2)?;
        require_sound(id, packed, bytes(row, 3)?, bytes(row, 4)?)?;
        if !packed.is_empty() {
            observations.push(StoredObservation {
                id,
                source: source.id,
                content: codec::from_bytes(packed)?,
            });
        }
    }
    let count = |number: &i64| counts.get(number).copied().unwrap_or(0);
    match sources
        .iter()
        .find(|(number, source)| source.observations != count(number))
    {
        Some((_, source)) => Err(Error::damaged(format!(
            "source {} lost or gained rows",
            source.id.short()
        ))),
        None => Ok(observations),
    }
}

/// Reads every observation of one source, in order of arrival, checking each row and the number of rows.
pub(crate) fn of_source(connection: &Connection, number: i64, source: &Expected) -> Result<Vec<StoredObservation>> {
    let mut statement = connection
        .prepare_cached("SELECT id, packed, salt, leaf FROM observation WHERE source = ?1 ORDER BY number")?;
    let mut rows = statement.query([number])?;
    let (mut count, mut observations) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        count += 1;
        let id = ObservationId(fixed(bytes(row, 0)?)?);
        let packed = bytes(row, 1)?;
        require_sound(id, packed, bytes(row, 2)?, bytes(row, 3)?)?;
        if !packed.is_empty() {
            observations.push(StoredObservation {
                id,
                source: source.id,
                content: codec::from_bytes(packed)?,
            });
        }
    }
    if count == source.observations {
        Ok(observations)
    } else {
        Err(Error::damaged(format!(
            "source {} lost or gained rows",
            source.id.short()
        )))
    }
}

/// Lists the ids of the observations of one source that were not erased.
pub(crate) fn ids(connection: &Connection, number: i64) -> Result<BTreeSet<ObservationId>> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM observation WHERE source = ?1 AND length(packed) > 0")?;
    let mut rows = statement.query([number])?;
    let mut ids = BTreeSet::new();
    while let Some(row) = rows.next()? {
        ids.insert(ObservationId(fixed(bytes(row, 0)?)?));
    }
    Ok(ids)
}

/// Finds an observation of a final source, and checks it against its leaf.
pub(crate) fn find(connection: &Connection, id: ObservationId) -> Result<Option<StoredObservation>> {
    let mut statement = connection.prepare_cached(
        "SELECT source.id, observation.packed, observation.salt, observation.leaf FROM observation_by_id AS found
         JOIN source ON source.number = found.source AND source.state = 'final'
         JOIN observation ON observation.number = found.number AND observation.id = found.id
         WHERE found.id = ?1",
    )?;
    let mut rows = statement.query([id.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let packed = bytes(row, 1)?;
    require_sound(id, packed, bytes(row, 2)?, bytes(row, 3)?)?;
    if packed.is_empty() {
        return Ok(None);
    }
    Ok(Some(StoredObservation {
        id,
        source: SourceId(fixed(bytes(row, 0)?)?),
        content: codec::from_bytes(packed)?,
    }))
}

/// Finds the final source that holds an observation which was not erased.
pub(crate) fn holder(connection: &Connection, id: ObservationId) -> Result<Option<SourceId>> {
    let mut statement = connection.prepare_cached(
        "SELECT source.id FROM observation_by_id AS found
         JOIN source ON source.number = found.source AND source.state = 'final'
         JOIN observation ON observation.number = found.number AND observation.id = found.id
         WHERE found.id = ?1 AND length(observation.packed) > 0",
    )?;
    let mut rows = statement.query([id.0])?;
    match rows.next()? {
        Some(row) => Ok(Some(SourceId(fixed(bytes(row, 0)?)?))),
        None => Ok(None),
    }
}

/// Walks the observations of one source that were not erased, in order of arrival.
pub(crate) fn walk_source(
    connection: &Connection,
    source: i64,
    mut visit: impl FnMut(ObservationId, Observation),
) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT id, packed FROM observation WHERE source = ?1 AND length(packed) > 0 ORDER BY number",
    )?;
    let mut rows = statement.query([source])?;
    while let Some(row) = rows.next()? {
        visit(
            ObservationId(fixed(bytes(row, 0)?)?),
            codec::from_bytes(bytes(row, 1)?)?,
        );
    }
    Ok(())
}

/// Walks the observations of all final sources, withdrawn ones too, that were not erased.
pub(crate) fn walk_every_source(
    connection: &Connection,
    mut visit: impl FnMut(ObservationId, Observation),
) -> Result<()> {
    let mut statement = connection.prepare(
        "SELECT observation.id, observation.packed FROM observation
         JOIN source ON source.number = observation.source AND source.state = 'final'
         WHERE length(observation.packed) > 0 ORDER BY observation.number",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(
            ObservationId(fixed(bytes(row, 0)?)?),
            codec::from_bytes(bytes(row, 1)?)?,
        );
    }
    Ok(())
}

/// Empties content and salt of one observation; its leaf stays.
pub(crate) fn erase(connection: &Connection, source: i64, id: ObservationId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE observation SET packed = x'', salt = x'' WHERE id = ?1 AND number =
             (SELECT number FROM observation_by_id WHERE id = ?1 AND source = ?2)",
        )?
        .execute(params![id.0, source])?;
    Ok(())
}

/// Empties content and salt of every observation of a source; the leaves stay.
pub(crate) fn erase_source(connection: &Connection, source: i64) -> Result<()> {
    connection.execute(
        "UPDATE observation SET packed = x'', salt = x'' WHERE source = ?1",
        [source],
    )?;
    Ok(())
}

/// Tells whether the rows of all final sources, and no others of them, are found by their ids.
pub(crate) fn are_all_placed(connection: &Connection) -> Result<bool> {
    Ok(sum_of_places(connection, "observation")? == sum_of_places(connection, "observation_by_id")?)
}

/// Adds up digests of where rows lie: equal sets have equal sums, in whatever order they are walked.
fn sum_of_places(connection: &Connection, table: &str) -> Result<u128> {
    let mut statement = connection.prepare(&format!(
        "SELECT id, number, source FROM {table} AS rows
         WHERE source IN (SELECT number FROM source WHERE state = 'final')"
    ))?;
    let mut rows = statement.query([])?;
    let mut sum = 0u128;
    while let Some(row) = rows.next()? {
        let mut hasher = ContentHasher::new("place of an observation");
        let (number, source): (i64, i64) = (row.get(1)?, row.get(2)?);
        hasher
            .part(bytes(row, 0)?)
            .part(&number.to_le_bytes())
            .part(&source.to_le_bytes());
        sum = sum.wrapping_add(u128::from_le_bytes(hasher.finish_short()));
    }
    Ok(sum)
}

fn bytes<'row>(row: &'row Row<'_>, index: usize) -> Result<&'row [u8]> {
    Ok(row.get_ref(index)?.as_blob().map_err(rusqlite::Error::from)?)
}

/// Tells whether a row agrees with its leaf; an erased row has lost both content and salt and keeps its leaf.
fn is_sound(packed: &[u8], salt: &[u8], leaf: &[u8]) -> bool {
    let erased = packed.is_empty() && salt.is_empty();
    erased || merkle::leaf(salt, packed).as_slice() == leaf
}

fn require_sound(id: ObservationId, packed: &[u8], salt: &[u8], leaf: &[u8]) -> Result<()> {
    if is_sound(packed, salt, leaf) {
        Ok(())
    } else {
        Err(Error::damaged(format!("observation {id} is not what was imported")))
    }
}

/// Holds one row as the check reads it.
pub(crate) struct CheckedRow {
    pub(crate) source: i64,
    pub(crate) id: ObservationId,
    pub(crate) leaf: [u8; 32],
    /// Whether the row agrees with its leaf; erased rows do.
    pub(crate) sound: bool,
}

/// Walks all rows in order of arrival.
pub(crate) fn check(connection: &Connection, mut visit: impl FnMut(CheckedRow)) -> Result<()> {
    let mut statement =
        connection.prepare("SELECT source, id, packed, salt, leaf FROM observation NOT INDEXED ORDER BY number")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let leaf = fixed(bytes(row, 4)?)?;
        let sound = is_sound(bytes(row, 2)?, bytes(row, 3)?, &leaf);
        visit(CheckedRow {
            source: row.get(0)?,
            id: ObservationId(fixed(bytes(row, 1)?)?),
            leaf,
            sound,
        });
    }
    Ok(())
}
