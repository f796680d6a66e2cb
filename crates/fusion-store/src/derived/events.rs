//! Paging events in time.

use fusion_model::derived::{Event, EventKind};
use fusion_model::{EntityId, Timestamp};
use rusqlite::types::Value;

use super::filter::{Filter, Order, Page, blob, text};
use crate::case::Case;
use crate::error::Result;

/// Says which events are wanted; the default is all of them, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventQuery {
    /// Who takes part; `None` means anybody.
    pub entity: Option<EntityId>,
    /// Kinds; empty means all.
    pub kinds: Vec<EventKind>,
    /// Only events that end after this instant.
    pub from: Option<Timestamp>,
    /// Only events that start before this instant.
    pub until: Option<Timestamp>,
    /// Which end of time comes first.
    pub order: Order,
    /// Rows to skip.
    pub offset: u64,
    /// Rows at most.
    pub limit: u64,
}

impl Case {
    /// Reads a page of events by start, ties by id.
    pub fn events_page(&self, query: &EventQuery) -> Result<Page<Event>> {
        let mut filter = Filter::default();
        filter.one_of("kind", query.kinds.iter().map(|kind| text(kind.id())).collect());
        if let Some(entity) = query.entity {
            filter.and(
                "position IN (SELECT event FROM event_participant WHERE entity = ?)",
                [blob(&entity.0)],
            );
        }
        if let Some(from) = query.from {
            filter.and("end_at > ?", [Value::Integer(from.0)]);
        }
        if let Some(until) = query.until {
            filter.and("start_at < ?", [Value::Integer(until.0)]);
        }
        let order = match query.order {
            Order::Ascending => "start_at, position",
            Order::Descending => "start_at DESC, position DESC",
        };
        filter.packed_page(&*self.derived.reader()?, "event", order, (query.offset, query.limit))
    }
}
