//! Entities: rows of the table and the full profile.

use serde::Serialize;
use ts_rs::TS;

use super::basics::{ConfidenceView, EntityRefView, FindingView, GradeView, SourceView, SpanView};
use super::event::EventView;
use crate::commands::annotate::NoteView;

/// Shows one row of the entity table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EntityRowView {
    /// Entity id.
    pub id: String,
    /// Kind id.
    pub kind: String,
    /// Name for people.
    pub label: String,
    /// Confidence, 0 to 100.
    pub confidence: f64,
    /// Risk, 0 to 100.
    pub risk: f64,
    /// `MINIMAL` … `CRITICAL`.
    pub risk_level: String,
    /// Number of sources.
    pub sources: u32,
    /// Number of records.
    pub records: u32,
    /// Number of neighbours.
    pub degree: u32,
    /// First dated statement, short text.
    pub first_seen: Option<String>,
    /// Last dated statement, short text.
    pub last_seen: Option<String>,
}

/// Shows another name of an entity.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AliasView {
    /// The name.
    pub name: String,
    /// Property that claims it.
    pub property: String,
    /// Statements that claim it.
    pub statements: Vec<String>,
}

/// Shows one value said of an entity.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FactView {
    /// Property id.
    pub property: String,
    /// Value for people.
    pub value: String,
    /// Canonical value.
    pub canonical: String,
    /// The interval, for dates.
    pub span: Option<SpanView>,
    /// Confidence of this value.
    pub confidence: ConfidenceView,
    /// Independent origins.
    pub origins: u32,
    /// Statements that say it.
    pub statements: Vec<String>,
}

/// Shows one relation, seen from the entity that was asked for.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RelationView {
    /// Relation id.
    pub id: String,
    /// Kind id, e.g. `owns`.
    pub kind: String,
    /// Correlation score, 0 to 100.
    pub score: f64,
    /// `out`, `in` or `both`.
    pub direction: String,
    /// Start of the relation.
    pub from: EntityRefView,
    /// The other end.
    pub other: EntityRefView,
    /// Confidence.
    pub confidence: ConfidenceView,
    /// Best grade.
    pub grade: GradeView,
    /// Observations that state it.
    pub count: u32,
    /// Dated support.
    pub span: Option<SpanView>,
    /// Sums moved, per coin.
    pub amounts: Vec<String>,
    /// Why it was drawn.
    pub why: String,
    /// Supporting statements.
    pub statements: Vec<String>,
}

/// Shows a risk with its factors.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RiskView {
    /// 0 to 100.
    pub score: f64,
    /// `MINIMAL` … `CRITICAL`.
    pub level: String,
    /// The factors.
    pub factors: Vec<RiskFactorView>,
    /// The single source that carries the level.
    pub flip: Option<RiskFlipView>,
}

/// Shows one factor of a risk.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RiskFactorView {
    /// Stable name.
    pub name: String,
    /// 0 to 100.
    pub score: f64,
    /// 0 to 100.
    pub weight: f64,
    /// What it is made of.
    pub findings: Vec<FindingView>,
}

/// Says which single source changes the level.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RiskFlipView {
    /// Source id.
    pub source: String,
    /// File name.
    pub source_name: String,
    /// Level without it.
    pub level: String,
    /// Score without it.
    pub score: f64,
    /// The whole sentence.
    pub text: String,
}

/// Shows an entity's place in the network; shares are 0 to 1.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NetworkView {
    /// Neighbours.
    pub degree: u32,
    /// Sum of relation scores.
    pub weighted_degree: f64,
    /// Normalised betweenness.
    pub betweenness: f64,
    /// Normalised harmonic closeness.
    pub closeness: f64,
    /// Eigenvector centrality.
    pub eigenvector: f64,
    /// PageRank.
    pub pagerank: f64,
    /// k-core number.
    pub core: u32,
    /// Community number.
    pub community: u32,
    /// Whether removing it cuts the graph.
    pub broker: bool,
    /// 0 to 100.
    pub influence: f64,
}

/// Shows where the records of an id are that it stood for and does not any more.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FollowedView {
    /// The id.
    pub id: String,
    /// `joined`: it is no more; `left`: it lives, without these records; `record`: it is the id of a record, and of no entity that is known of.
    pub how: String,
    /// Entities that hold the records now, most first.
    pub now_in: Vec<FollowedPartView>,
    /// Records of them that are no longer live.
    pub gone: u64,
}

/// Shows how many records of another id an entity holds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FollowedPartView {
    /// The entity.
    pub entity: EntityRefView,
    /// How many.
    pub records: u64,
}

/// Names an id whose records came into another entity.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FormerView {
    /// The id.
    pub id: String,
    /// How many of its records.
    pub records: u64,
}

impl FollowedView {
    /// Says it in one sentence.
    pub fn words(&self) -> String {
        let Self { id, how, now_in, gone } = self;
        let listed: Vec<String> = now_in
            .iter()
            .map(|part| format!("{} ({}, {})", part.entity.label, part.entity.id, records(part.records)))
            .collect();
        let withdrawn = match gone {
            0 => String::new(),
            gone => format!("; {} of it no longer in the case", records(*gone)),
        };
        match (how.as_str(), now_in.as_slice()) {
            ("record", [holder, ..]) => format!("{id} is a record of {} ({})", holder.entity.label, holder.entity.id),
            ("left", _) => format!("records that {id} stood for are now in {}", listed.join(", ")),
            (_, []) => format!("nothing that {id} stood for is in the case any more"),
            (_, [holder]) => format!(
                "{id} was joined into {} ({}){withdrawn}",
                holder.entity.label, holder.entity.id
            ),
            _ => format!("the records of {id} are now in {}{withdrawn}", listed.join(", ")),
        }
    }
}

fn records(count: u64) -> String {
    if count == 1 {
        "1 record".to_owned()
    } else {
        format!("{count} records")
    }
}

/// Shows everything known of one entity.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EntityView {
    /// Id, kind, label.
    pub entity: EntityRefView,
    /// Confidence with parts.
    pub confidence: ConfidenceView,
    /// Risk with factors.
    pub risk: RiskView,
    /// Values said of it.
    pub facts: Vec<FactView>,
    /// Other names.
    pub aliases: Vec<AliasView>,
    /// Relations, strongest first.
    pub relations: Vec<RelationView>,
    /// Events it takes part in, by time.
    pub events: Vec<EventView>,
    /// Place in the network.
    pub network: NetworkView,
    /// Findings about it.
    pub findings: Vec<FindingView>,
    /// Sources that speak of it.
    pub sources: Vec<SourceView>,
    /// Member records.
    pub records: Vec<String>,
    /// Revision all this belongs to.
    pub revision: String,
    /// Notes on it, oldest first.
    #[ts(as = "Option<Vec<NoteView>>", optional)]
    pub notes: Vec<NoteView>,
    /// Tags that it carries.
    #[ts(as = "Option<Vec<String>>", optional)]
    pub tags: Vec<String>,
    /// Where the records are that the id which was asked for stood for; absent when all are where they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub moved: Option<FollowedView>,
}
