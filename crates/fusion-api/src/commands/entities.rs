//! The entity table, profiles, statements, relations, findings.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use fusion_model::derived::{Entity, Event};
use fusion_model::{EntityId, EntityKind, Level, StatementId};
use fusion_store::{EntityQuery, EntitySort, Order};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::bench::Workbench;
use crate::error::ApiError;
use crate::picture::Picture;
use crate::router::{Command, command};
use crate::view::EntityView;
use crate::view::draw;

use crate::view::{EntityRefView, EntityRowView, FindingView, FollowedView, StatementView};
/// Asks for a page of the entity table.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct EntitiesPageRequest {
    /// Kinds to keep; all when empty.
    pub kinds: Vec<String>,
    /// Text the label or an alias must hold; all when empty.
    pub text: String,
    /// Lowest risk level to keep; all when empty.
    pub min_risk: String,
    /// `label`, `kind`, `confidence`, `risk`, `sources` or `degree`.
    pub sort: String,
    /// `asc` or `desc`.
    pub order: String,
    /// First row, 0-based.
    pub offset: u64,
    /// Rows wanted, at most 1,000.
    pub limit: u64,
}

/// Shows a page of the entity table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EntitiesPageView {
    /// The rows.
    pub rows: Vec<EntityRowView>,
    /// Rows that match altogether.
    pub total: u64,
    /// Entities by kind under the same text and risk filter.
    pub kinds: Vec<KindCountView>,
}

/// Counts entities of a kind.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KindCountView {
    /// Kind id.
    pub kind: String,
    /// How many.
    pub count: u64,
}

/// Asks for everything known of an entity.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EntityGetRequest {
    /// Entity id.
    pub id: String,
}

/// Asks for statements by id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StatementsGetRequest {
    /// Statement ids, at most 1,000.
    pub ids: Vec<String>,
}

/// Shows statements.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementsGetView {
    /// In the order asked; unknown ids are left out.
    pub statements: Vec<StatementView>,
}

/// Asks for findings.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindingsListRequest {
    /// First row, 0-based.
    pub offset: u64,
    /// Rows wanted, at most 1,000.
    pub limit: u64,
}

/// Shows findings, gravest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingsListView {
    /// The findings.
    pub findings: Vec<FindingView>,
    /// All findings.
    pub total: u64,
}

/// Asks for the overview of the case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OverviewRequest {}

/// Shows what to look at first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OverviewView {
    /// Entities by kind.
    pub kinds: Vec<KindCountView>,
    /// Persons and organisations with the highest risk.
    pub top_risk: Vec<EntityRowView>,
    /// Persons and organisations with the most influence.
    pub top_influence: Vec<EntityRowView>,
    /// Gravest findings.
    pub findings: Vec<FindingView>,
    /// Notices of the stages (caps, hubs).
    pub notes: Vec<String>,
    /// Longest silences and strongest bursts, in words.
    pub patterns: Vec<PatternView>,
}

/// Shows a pattern in time.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PatternView {
    /// `gap` or `burst`.
    pub kind: String,
    /// Whose; none for the whole case.
    pub entity: Option<EntityRefView>,
    /// First instant, ISO 8601 UTC.
    pub start: String,
    /// Last instant, ISO 8601 UTC.
    pub end: String,
    /// In words.
    pub text: String,
}

/// Asks where ids lead that may be no more.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EntityMovedRequest {
    /// Entity ids, at most 1,000.
    pub ids: Vec<String>,
}

/// Shows where ids lead that are no more.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EntityMovedView {
    /// One for each id that is no more and of whose records something is known.
    pub moved: Vec<FollowedView>,
}

const MOST_ROWS: u64 = 1000;
const TOP: usize = 8;

pub(crate) const COMMANDS: &[Command] = &[
    command!("entity.page", Read, "A page of the entity table.", EntitiesPageRequest => EntitiesPageView, page),
    command!("entity.get", Read, "Everything known of one entity.", EntityGetRequest => EntityView, get),
    command!("entity.moved", Read, "Where the records are that ids stood for which are no more.", EntityMovedRequest => EntityMovedView, moved),
    command!("statement.get", Read, "Statements by id.", StatementsGetRequest => StatementsGetView, statements),
    command!("finding.list", Read, "Findings, gravest first.", FindingsListRequest => FindingsListView, findings),
    command!("case.overview", Read, "What to look at first.", OverviewRequest => OverviewView, overview),
];

/// Returns a page of the entity table; the store filters, sorts and pages.
pub fn page(bench: &Arc<Workbench>, request: EntitiesPageRequest) -> Result<EntitiesPageView, ApiError> {
    let case = bench.case()?;
    let query = EntityQuery {
        kinds: parse_kinds(&request.kinds)?,
        text: request.text.clone(),
        min_risk: parse_level(&request.min_risk)?,
        sort: parse_sort(&request.sort)?,
        order: parse_order(&request.order)?,
        offset: request.offset,
        limit: request.limit.min(MOST_ROWS),
    };
    let found = case.page(|store| store.entities_page(&query))?;
    let kinds = case.page(|store| store.entity_kinds(&query))?;
    Ok(EntitiesPageView {
        rows: found.rows.iter().map(draw::row).collect(),
        total: found.total,
        kinds: kind_counts(kinds),
    })
}

/// Returns everything known of one entity.
pub fn get(bench: &Arc<Workbench>, request: EntityGetRequest) -> Result<EntityView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let asked = EntityId::parse(&request.id)?;
    let id = case.followed(&picture, asked)?;
    let Some(entity) = picture.entity(id) else {
        case.require_living(&picture, asked)?;
        return Err(ApiError::not_found(format!("entity: {asked}")));
    };
    let annotations = case.annotations(&id.to_string())?;
    Ok(EntityView {
        notes: annotations.notes,
        tags: annotations.tags,
        moved: case.moved_records(&picture, asked)?,
        ..picture.entity_view(entity)
    })
}

/// Returns where the records are that ids stood for which are no more; ids that live are not among them.
pub fn moved(bench: &Arc<Workbench>, request: EntityMovedRequest) -> Result<EntityMovedView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let mut found = Vec::new();
    for id in request.ids.iter().take(MOST_ROWS as usize) {
        let id = EntityId::parse(id)?;
        if picture.entity(id).is_none() {
            found.extend(case.moved_records(&picture, id)?);
        }
    }
    Ok(EntityMovedView { moved: found })
}

/// Returns statements by id.
pub fn statements(bench: &Arc<Workbench>, request: StatementsGetRequest) -> Result<StatementsGetView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let mut found = Vec::new();
    for id in request.ids.iter().take(MOST_ROWS as usize) {
        found.extend(case.statement_view(&picture, StatementId::parse(id)?)?);
    }
    Ok(StatementsGetView { statements: found })
}

/// Returns findings, gravest first.
pub fn findings(bench: &Arc<Workbench>, request: FindingsListRequest) -> Result<FindingsListView, ApiError> {
    let picture = bench.case()?.picture()?;
    let mut all: Vec<_> = picture.snapshot.findings.iter().collect();
    all.sort_by_key(|finding| (Reverse(finding.severity), Reverse(finding.score), finding.id));
    let page = all
        .iter()
        .skip(request.offset as usize)
        .take(request.limit.min(MOST_ROWS) as usize);
    Ok(FindingsListView {
        findings: page.map(|finding| picture.finding_view(finding)).collect(),
        total: all.len() as u64,
    })
}

/// Returns what to look at first.
pub fn overview(bench: &Arc<Workbench>, _request: OverviewRequest) -> Result<OverviewView, ApiError> {
    let picture = bench.case()?.picture()?;
    let mut counts: BTreeMap<EntityKind, u64> = BTreeMap::new();
    for entity in &picture.snapshot.entities {
        *counts.entry(entity.kind).or_default() += 1;
    }
    let mut described: Vec<&Entity> = picture
        .snapshot
        .entities
        .iter()
        .filter(|entity| entity.kind.identity().is_none())
        .collect();
    described.sort_by_key(|entity| (Reverse(entity.risk.score), entity.id));
    let top_risk = described.iter().take(TOP).map(|entity| picture.row(entity)).collect();
    described.sort_by_key(|entity| (Reverse(entity.network.influence), entity.id));
    let top_influence = described.iter().take(TOP).map(|entity| picture.row(entity)).collect();
    let mut findings: Vec<_> = picture.snapshot.findings.iter().collect();
    findings.sort_by_key(|finding| (Reverse(finding.severity), Reverse(finding.score), finding.id));
    Ok(OverviewView {
        kinds: kind_counts(counts),
        top_risk,
        top_influence,
        findings: findings
            .iter()
            .take(TOP)
            .map(|finding| picture.finding_view(finding))
            .collect(),
        notes: picture
            .snapshot
            .notes
            .iter()
            .map(|note| format!("{}: {}", note.stage, note.text))
            .collect(),
        patterns: patterns(&picture, TOP),
    })
}

/// Returns the longest silences and strongest bursts, at most `most` of each.
pub(crate) fn patterns(picture: &Picture, most: usize) -> Vec<PatternView> {
    let timeline = &picture.snapshot.timeline;
    let gaps = timeline.gaps.iter().take(most).map(|gap| PatternView {
        kind: "gap".to_owned(),
        entity: gap.entity.map(|id| picture.entity_ref(id)),
        start: gap.start.iso(),
        end: gap.end.iso(),
        text: format!("{} days without any dated event", gap.days),
    });
    let bursts = timeline.bursts.iter().take(most).map(|burst| PatternView {
        kind: "burst".to_owned(),
        entity: burst.entity.map(|id| picture.entity_ref(id)),
        start: burst.start.iso(),
        end: burst.end.iso(),
        text: format!("{} events in a row, far denser than usual", burst.events.len()),
    });
    gaps.chain(bursts).collect()
}

/// Tells whether an event concerns one of `entities` (all when empty).
pub(crate) fn concerns(event: &Event, entities: &[EntityId]) -> bool {
    entities.is_empty()
        || event
            .participants
            .iter()
            .any(|participant| entities.contains(&participant.entity))
}

/// Reads kind ids.
pub(crate) fn parse_kinds(ids: &[String]) -> Result<Vec<EntityKind>, ApiError> {
    ids.iter()
        .map(|id| EntityKind::from_id(id).ok_or_else(|| unknown_kind(id)))
        .collect()
}

fn unknown_kind(id: &str) -> ApiError {
    let known: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.id()).collect();
    ApiError::usage(format!("unknown kind of entity: {id}")).hint(format!("one of {}", known.join(", ")))
}

fn parse_level(id: &str) -> Result<Option<Level>, ApiError> {
    if id.is_empty() {
        return Ok(None);
    }
    let found = Level::ALL.into_iter().find(|level| level.id().eq_ignore_ascii_case(id));
    found
        .map(Some)
        .ok_or_else(|| ApiError::usage(format!("unknown risk level: {id}")))
}

fn kind_counts(counts: impl IntoIterator<Item = (EntityKind, u64)>) -> Vec<KindCountView> {
    counts
        .into_iter()
        .map(|(kind, count)| KindCountView {
            kind: kind.id().to_owned(),
            count,
        })
        .collect()
}

fn parse_sort(id: &str) -> Result<EntitySort, ApiError> {
    match id {
        "" | "label" => Ok(EntitySort::Label),
        "kind" => Ok(EntitySort::Kind),
        "confidence" => Ok(EntitySort::Confidence),
        "risk" => Ok(EntitySort::Risk),
        "sources" => Ok(EntitySort::Sources),
        "degree" => Ok(EntitySort::Degree),
        _ => Err(ApiError::usage(format!("cannot sort by {id}"))
            .hint("one of label, kind, confidence, risk, sources, degree")),
    }
}

fn parse_order(id: &str) -> Result<Order, ApiError> {
    match id {
        "" | "asc" => Ok(Order::Ascending),
        "desc" => Ok(Order::Descending),
        _ => Err(ApiError::usage(format!("unknown order: {id}")).hint("asc or desc")),
    }
}
