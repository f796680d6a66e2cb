//! Paging, sorting and filtering entities.

use fusion_model::derived::{Entity, RecordCard};
use fusion_model::{EntityId, EntityKind, Level, RecordId, Score, TimeSpan};
use rusqlite::Row;
use rusqlite::types::Value;

use super::filter::{Filter, Order, Page, blob, containing, text};
use super::{find_packed, names, unpacked};
use crate::case::Case;
use crate::error::{Error, Result};
use crate::tables::{fixed, from_sql};

/// Says what entities are sorted by; ties go by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EntitySort {
    /// By name.
    #[default]
    Label,
    /// By sort of thing, then name.
    Kind,
    /// By confidence.
    Confidence,
    /// By risk.
    Risk,
    /// By number of sources.
    Sources,
    /// By number of neighbours.
    Degree,
    /// By first dated statement.
    Seen,
}

/// Says which entities are wanted; the default is all of them, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityQuery {
    /// Kinds; empty means all.
    pub kinds: Vec<EntityKind>,
    /// Part of a name or identifier; empty means any.
    pub text: String,
    /// Lowest risk level.
    pub min_risk: Option<Level>,
    /// What to sort by.
    pub sort: EntitySort,
    /// Which end comes first.
    pub order: Order,
    /// Rows to skip.
    pub offset: u64,
    /// Rows at most.
    pub limit: u64,
}

impl EntityQuery {
    /// Returns the conditions on text and level.
    fn filter(&self) -> Filter {
        let mut filter = Filter::default();
        if let Some(level) = self.min_risk {
            filter.and("risk_level >= ?", [Value::Integer(level_number(level))]);
        }
        let wanted = names::fold(&self.text);
        if !wanted.is_empty() {
            let clause = "EXISTS (SELECT 1 FROM entity_name WHERE entity_name.entity = entity.position \
                          AND entity_name.folded LIKE ? ESCAPE '\\')";
            filter.and(clause, [containing(&wanted)]);
        }
        filter
    }
}

/// Holds what a table of entities shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityRow {
    /// Which entity.
    pub id: EntityId,
    /// What sort of thing.
    pub kind: EntityKind,
    /// Name for people.
    pub label: String,
    /// How sure.
    pub confidence: Score,
    /// How dangerous.
    pub risk: Score,
    /// Band of the risk.
    pub level: Level,
    /// Number of sources.
    pub sources: u64,
    /// Number of records.
    pub records: u64,
    /// Number of neighbours.
    pub degree: u64,
    /// First and last dated statement.
    pub seen: Option<TimeSpan>,
}

const COLUMNS: &str = "id, kind, label, confidence, risk_score, risk_level, sources, records, degree, seen";

impl Case {
    /// Reads a page of entities.
    pub fn entities_page(&self, query: &EntityQuery) -> Result<Page<EntityRow>> {
        let mut filter = query.filter();
        filter.one_of("kind", query.kinds.iter().map(|kind| text(kind.id())).collect());
        let order = order_by(query.sort, query.order);
        filter.page(
            &*self.derived.reader()?,
            (COLUMNS, "entity"),
            &order,
            (query.offset, query.limit),
            read,
        )
    }

    /// Counts the entities that answer to text and level of `query` by kind, in the fixed order of kinds.
    pub fn entity_kinds(&self, query: &EntityQuery) -> Result<Vec<(EntityKind, u64)>> {
        let counted = query.filter().grouped(&*self.derived.reader()?, "kind", "entity")?;
        let count = |kind: &EntityKind| counted.get(kind.id()).map(|count| (*kind, *count));
        Ok(EntityKind::ALL.iter().filter_map(count).collect())
    }

    /// Finds a whole entity.
    pub fn entity(&self, id: EntityId) -> Result<Option<Entity>> {
        find_packed(
            &*self.derived.reader()?,
            "SELECT packed FROM entity WHERE id = ?1",
            &id.0,
        )
    }

    /// Finds the card of a record, which names the entity that holds it.
    pub fn record(&self, id: RecordId) -> Result<Option<RecordCard>> {
        find_packed(
            &*self.derived.reader()?,
            "SELECT packed FROM record WHERE id = ?1",
            &id.0,
        )
    }

    /// Lists the records of an entity, in id order.
    pub fn records_of(&self, id: EntityId) -> Result<Vec<RecordCard>> {
        let mut filter = Filter::default();
        filter.and("entity = ?", [blob(&id.0)]);
        Ok(filter
            .packed_page(&*self.derived.reader()?, "record", "position", (0, u64::MAX))?
            .rows)
    }
}

/// Numbers a level, 0 for the lowest.
pub(super) fn level_number(level: Level) -> i64 {
    Level::ALL
        .iter()
        .position(|known| *known == level)
        .map_or(0, |index| index as i64)
}

fn order_by(sort: EntitySort, order: Order) -> String {
    let columns: &[&str] = match sort {
        EntitySort::Label => &["folded"],
        EntitySort::Kind => &["kind", "folded"],
        EntitySort::Confidence => &["confidence"],
        EntitySort::Risk => &["risk_score"],
        EntitySort::Sources => &["sources"],
        EntitySort::Degree => &["degree"],
        EntitySort::Seen => &["seen_start"],
    };
    let direction = match order {
        Order::Ascending => "ASC",
        Order::Descending => "DESC",
    };
    // Only dates may be missing; elsewhere the words would keep SQLite from walking an index.
    let missing = if sort == EntitySort::Seen { " NULLS LAST" } else { "" };
    let mut text: String = columns
        .iter()
        .map(|column| format!("{column} {direction}{missing}, "))
        .collect();
    text.push_str("position");
    text
}

fn read(row: &Row<'_>) -> Result<EntityRow> {
    let unknown = || Error::damaged("an entity is of an unknown kind or level");
    let level = usize::try_from(row.get::<_, i64>(5)?)
        .ok()
        .and_then(|index| Level::ALL.get(index).copied());
    Ok(EntityRow {
        id: EntityId(fixed(&row.get::<_, Vec<u8>>(0)?)?),
        kind: EntityKind::from_id(&row.get::<_, String>(1)?).ok_or_else(unknown)?,
        label: row.get(2)?,
        confidence: Score::from_basis_points(from_sql(row.get(3)?)),
        risk: Score::from_basis_points(from_sql(row.get(4)?)),
        level: level.ok_or_else(unknown)?,
        sources: from_sql(row.get(6)?),
        records: from_sql(row.get(7)?),
        degree: from_sql(row.get(8)?),
        seen: unpacked(row, 9)?,
    })
}
