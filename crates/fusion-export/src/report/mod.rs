//! The report as values: what Markdown and HTML both render.
//!
//! Every figure carries the numbers of the footnotes that lead to source, place and quoted original. Derived facts
//! are worded as what the evidence says, never as what *is*; likelihood and confidence stand in separate sentences.
//! Limits on lengths are fixed, stated in the report, and never silent.

mod build;
mod error_rate;
mod head;
mod legend;
mod links;
mod method;
mod network;
mod notes;
mod profile;
mod sources;
mod summary;
mod timeline;
mod timeline_report;
mod words;

use fusion_model::{EntityId, EntityKind, Level, Tlp};

pub use error_rate::{Drawn, ErrorRate, Interval, Measured};
pub use legend::{CREDIBILITY, RELIABILITY};
pub use notes::{Footnote, Notes};
pub use timeline_report::TimelineReport;

use crate::picture::{NetworkPicture, TimelinePicture};

/// Most entities that get a profile of their own.
pub const MOST_PROFILES: usize = 12;
/// Most rows of the table of entities.
pub const MOST_ENTITIES: usize = 500;
/// Most rows of the table of events.
pub const MOST_EVENTS: usize = 300;
/// Most rows of the table of events where the timeline is all there is.
pub const MOST_TIMELINE_EVENTS: usize = 2_000;
/// Most events shown inside one profile.
pub const MOST_PROFILE_EVENTS: usize = 25;
/// Most links of one kind shown inside one profile.
pub const MOST_LINKS: usize = 60;
/// Most footnotes of one figure.
pub const MOST_NOTES: usize = 6;
/// Most pairs, findings outside profiles, alerts, and patterns of one sort.
pub const MOST_ROWS: usize = 60;

/// Holds a sentence or figure with its footnotes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// The text.
    pub text: String,
    /// Footnotes that support it.
    pub notes: Notes,
}

/// Holds a whole report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Title block.
    pub head: Head,
    /// Sizes of the case: label and number.
    pub counts: Vec<(String, usize)>,
    /// What a reader should know first, subject by subject.
    pub summary: Vec<SubjectSummary>,
    /// Alerts, gravest first.
    pub alerts: Listed<AlertRow>,
    /// Profiles of the subjects.
    pub profiles: Listed<Profile>,
    /// Findings about no profiled entity: hubs, contradictions, notices.
    pub findings: Listed<FindingBlock>,
    /// Pairs that wait for a person's decision.
    pub review: Listed<ReviewRow>,
    /// Dated events and their patterns.
    pub timeline: TimelinePart,
    /// Network picture and measures.
    pub network: NetworkPart,
    /// All entities in scope.
    pub entities: Listed<EntityRow>,
    /// How the figures came about.
    pub method: Method,
    /// Sources with their hashes.
    pub sources: Vec<SourceRow>,
    /// Footnotes by number, from 1.
    pub footnotes: Vec<Footnote>,
}

/// Holds the first rows of a list, and how many were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// Rows shown.
    pub rows: Vec<T>,
    /// Rows not shown.
    pub left_out: usize,
}

impl<T> Listed<T> {
    /// Takes at most `limit` rows.
    pub(crate) fn new(rows: impl IntoIterator<Item = T>, limit: usize) -> Self {
        let mut rows = rows.into_iter();
        let shown: Vec<T> = rows.by_ref().take(limit).collect();
        Self {
            rows: shown,
            left_out: rows.count(),
        }
    }
}

/// Holds the title block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Mark on every page and section.
    pub tlp: Tlp,
    /// Title.
    pub title: String,
    /// Name of the case.
    pub case_name: String,
    /// What the report covers, in words.
    pub scope: String,
    /// Hash of everything that results depend on.
    pub revision: String,
    /// As-of instant.
    pub as_of: String,
    /// Engine name and version.
    pub engine: String,
}

/// Holds what a reader should know first of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectSummary {
    /// Anchor of its profile.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Risk level.
    pub level: Level,
    /// Sentences.
    pub sentences: Vec<Cited>,
}

/// Holds one alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// How grave.
    pub severity: Level,
    /// Rule that fired.
    pub rule: String,
    /// Entity it is about.
    pub entity: String,
    /// What came true.
    pub text: Cited,
}

/// Holds the profile of one entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Identifier of the entity, also the anchor.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Kind.
    pub kind: EntityKind,
    /// Sources, records and period, in words.
    pub described: String,
    /// Confidence and its parts.
    pub confidence: ConfidenceBlock,
    /// Risk, factors and findings.
    pub risk: RiskBlock,
    /// Other names.
    pub aliases: Vec<Cited>,
    /// What is said of it.
    pub facts: Vec<FactRow>,
    /// Links by kind of the other end.
    pub links: Vec<LinkGroup>,
    /// Its events.
    pub events: Listed<EventRow>,
    /// Its place in the network, in words.
    pub network: String,
}

/// Holds a confidence with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfidenceBlock {
    /// `78 (69–85)`.
    pub figure: String,
    /// `low`, `moderate` or `high`.
    pub word: &'static str,
    /// Parts.
    pub parts: Vec<PartRow>,
}

/// Holds one weighted part of a confidence or risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// Name of the part.
    pub name: String,
    /// Value in percent.
    pub score: String,
    /// Weight in percent.
    pub weight: String,
    /// Why it has this value.
    pub why: Cited,
}

/// Holds a risk with its factors and findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskBlock {
    /// Level.
    pub level: Level,
    /// 0 to 100.
    pub score: String,
    /// Factors.
    pub factors: Vec<PartRow>,
    /// What would change the level.
    pub flip: Option<String>,
    /// Findings about this entity.
    pub findings: Vec<FindingBlock>,
}

/// Holds one finding with its innocent explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingBlock {
    /// How grave.
    pub severity: Level,
    /// Sort and rule, in words.
    pub rule: String,
    /// What was found.
    pub text: Cited,
    /// How it may be innocent.
    pub innocent: String,
    /// What to do next.
    pub recommendation: String,
}

/// Holds one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRow {
    /// What is said.
    pub property: String,
    /// The value.
    pub value: Cited,
    /// `82 (73–89)`.
    pub confidence: String,
    /// Independent origins.
    pub origins: u32,
}

/// Holds links to entities of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkGroup {
    /// Kind of the other ends.
    pub kind: EntityKind,
    /// Number of different things at the other ends.
    pub ends: usize,
    /// Links, strongest first.
    pub links: Listed<LinkRow>,
}

/// Holds one link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// Which thing is at the other end; several links may lead to one.
    pub end: EntityId,
    /// The other end.
    pub other: String,
    /// The link in words, read from the profiled entity.
    pub relation: String,
    /// Correlation score in percent.
    pub score: String,
    /// Best grade of the support.
    pub grade: String,
    /// Number of observations.
    pub count: u32,
    /// Period and amounts, where there are some.
    pub detail: String,
    /// Why it was drawn.
    pub why: Cited,
}

/// Holds one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// When, at its precision.
    pub when: String,
    /// Sort of event.
    pub kind: &'static str,
    /// What happened.
    pub text: Cited,
    /// Who took part.
    pub who: String,
}

/// Holds events and their patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelinePart {
    /// The picture, where at least one event is dated.
    pub picture: Option<TimelinePicture>,
    /// Events by time.
    pub events: Listed<EventRow>,
    /// Silences, bursts and quiet hours, in words.
    pub patterns: Listed<String>,
}

impl TimelinePart {
    /// Says why there is no picture.
    pub fn undrawn(&self) -> &'static str {
        if self.events.rows.is_empty() {
            "No dated event is in scope."
        } else {
            "Only births are dated, and these are not drawn."
        }
    }
}

/// Holds the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkPart {
    /// The picture, where there is a relation.
    pub picture: Option<NetworkPicture>,
    /// Measures, communities, brokers and suggestions, in words.
    pub measures: Vec<String>,
}

/// Holds one row of the table of entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityRow {
    /// Anchor of its profile, where it has one.
    pub profile: Option<String>,
    /// Name for people.
    pub label: String,
    /// Kind.
    pub kind: EntityKind,
    /// `78 (69–85)`.
    pub confidence: String,
    /// Risk level.
    pub level: Level,
    /// Risk in percent.
    pub risk: String,
    /// Number of neighbours.
    pub degree: u32,
    /// Number of sources.
    pub sources: usize,
}

/// Holds one pair that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// Left record.
    pub left: String,
    /// Right record.
    pub right: String,
    /// Likelihood word and probability.
    pub likelihood: String,
    /// Why it waits.
    pub why: Cited,
}

/// Holds the method annex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// Likelihood words and their bands.
    pub likelihood: Vec<(String, &'static str)>,
    /// Confidence words and their bands.
    pub confidence: Vec<(String, &'static str)>,
    /// How the stages ran.
    pub stages: Vec<String>,
}

/// Holds one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// File name.
    pub name: String,
    /// Kind and format.
    pub kind: String,
    /// Grade and who gave it.
    pub grade: String,
    /// When it was acquired.
    pub acquired: String,
    /// Size, rows and statements, in words.
    pub extent: String,
    /// SHA-256 of the content.
    pub sha256: String,
}
