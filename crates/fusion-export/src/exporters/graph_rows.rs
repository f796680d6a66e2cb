//! What graph formats say of a node and of an edge: one list of columns for GEXF and GraphML.
//!
//! Integers stay integers; millionths and basis points become exact decimals, never through floating point.

use fusion_model::derived::{Entity, Relation};

use crate::encode::xml::token;

/// Type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnType {
    Text,
    Integer,
    Decimal,
    Flag,
}

impl ColumnType {
    /// Name of the type in GEXF.
    pub(super) fn gexf(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "long",
            Self::Decimal => "double",
            Self::Flag => "boolean",
        }
    }

    /// Name of the type in GraphML.
    pub(super) fn graphml(self) -> &'static str {
        self.gexf()
    }
}

/// Describes one column and how a row fills it.
pub(super) struct Column<T> {
    pub(super) name: &'static str,
    pub(super) kind: ColumnType,
    pub(super) value: fn(&T) -> String,
}

macro_rules! columns {
    ($($name:literal $kind:ident $value:expr;)+) => {
        &[$(Column { name: $name, kind: ColumnType::$kind, value: $value }),+]
    };
}

pub(super) const NODE_COLUMNS: &[Column<Entity>] = columns! {
    "kind" Text |entity| entity.kind.id().to_owned();
    "pole" Text |entity| entity.kind.pole().id().to_owned();
    "confidence" Decimal |entity| entity.confidence.score.to_string();
    "confidence_low" Decimal |entity| entity.confidence.low.to_string();
    "confidence_high" Decimal |entity| entity.confidence.high.to_string();
    "risk" Decimal |entity| entity.risk.score.to_string();
    "risk_level" Text |entity| entity.risk.level.id().to_owned();
    "degree" Integer |entity| entity.network.degree.to_string();
    "weighted_degree" Decimal |entity| hundredths(entity.network.weighted_degree);
    "betweenness" Decimal |entity| millionths(entity.network.betweenness);
    "closeness" Decimal |entity| millionths(entity.network.closeness);
    "eigenvector" Decimal |entity| millionths(entity.network.eigenvector);
    "pagerank" Decimal |entity| millionths(entity.network.pagerank);
    "core" Integer |entity| entity.network.core.to_string();
    "community" Integer |entity| entity.network.community.to_string();
    "broker" Flag |entity| entity.network.broker.to_string();
    "influence" Decimal |entity| entity.network.influence.to_string();
    "sources" Integer |entity| entity.sources.len().to_string();
    "first_seen" Text |entity| entity.seen.map(|span| span.start.iso()).unwrap_or_default();
    "last_seen" Text |entity| entity.seen.map(|span| span.end.iso()).unwrap_or_default();
};

pub(super) const EDGE_COLUMNS: &[Column<Relation>] = columns! {
    "relation" Text |relation| relation.kind.id().to_owned();
    "symmetric" Flag |relation| relation.kind.is_symmetric().to_string();
    "score" Decimal |relation| relation.score.to_string();
    "confidence" Decimal |relation| relation.confidence.score.to_string();
    "grade" Text |relation| relation.grade.text();
    "count" Integer |relation| relation.count.to_string();
    "first" Text |relation| relation.span.map(|span| span.start.iso()).unwrap_or_default();
    "last" Text |relation| relation.span.map(|span| span.end.iso()).unwrap_or_default();
    "amounts" Text |relation| token(&relation.amounts.join("; "));
    "why" Text |relation| token(&relation.why);
};

/// Writes millionths as a decimal: `512000` → `0.512`.
pub(super) fn millionths(value: u32) -> String {
    trimmed(format!("{}.{:06}", value / 1_000_000, value % 1_000_000))
}

/// Writes a sum of basis points in percent: `18250` → `182.5`.
fn hundredths(points: u64) -> String {
    trimmed(format!("{}.{:02}", points / 100, points % 100))
}

fn trimmed(text: String) -> String {
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(
            [millionths(0), millionths(512_000), millionths(1_000_000), millionths(1)],
            ["0", "0.512", "1", "0.000001"]
        );
        assert_eq!(
            [hundredths(0), hundredths(18_250), hundredths(10_000)],
            ["0", "182.5", "100"]
        );
    }
}
