//! Patterns of the JSON document: the timeline's gaps, bursts and hours, and the measures of the graph.

use fusion_model::EntityId;
use fusion_model::derived::{GraphSummary, TimelineSummary};
use serde::Serialize;

use super::rows::ids;
use crate::scope::Scope;

#[derive(Serialize)]
pub(in crate::exporters) struct TimelineRow {
    gaps: Vec<GapRow>,
    bursts: Vec<BurstRow>,
    hours: Vec<HoursRow>,
}

#[derive(Serialize)]
struct GapRow {
    entity: Option<String>,
    start: String,
    end: String,
    days: u32,
}

#[derive(Serialize)]
struct BurstRow {
    entity: Option<String>,
    start: String,
    end: String,
    strength: u16,
    events: Vec<String>,
}

#[derive(Serialize)]
struct HoursRow {
    entity: Option<String>,
    counts: Vec<u32>,
    implied_offset_minutes: Option<i32>,
}

impl TimelineRow {
    /// Takes the patterns of the entities in scope; those of the whole case only when the whole case is meant.
    pub(in crate::exporters) fn new(timeline: &TimelineSummary, scope: &Scope<'_>) -> Self {
        let name = |entity: Option<EntityId>| entity.map(|id| id.to_string());
        let gaps = timeline.gaps.iter().filter(|gap| scope.concerns(gap.entity));
        let bursts = timeline.bursts.iter().filter(|burst| scope.concerns(burst.entity));
        let hours = timeline.hours.iter().filter(|hours| scope.concerns(hours.entity));
        Self {
            gaps: gaps
                .map(|gap| GapRow {
                    entity: name(gap.entity),
                    start: gap.start.iso(),
                    end: gap.end.iso(),
                    days: gap.days,
                })
                .collect(),
            bursts: bursts
                .map(|burst| BurstRow {
                    entity: name(burst.entity),
                    start: burst.start.iso(),
                    end: burst.end.iso(),
                    strength: burst.strength.basis_points(),
                    events: ids(&burst.events),
                })
                .collect(),
            hours: hours
                .map(|hours| HoursRow {
                    entity: name(hours.entity),
                    counts: hours.counts.clone(),
                    implied_offset_minutes: hours.implied_offset_minutes,
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct GraphRow<'a> {
    components: u32,
    modularity: i32,
    betweenness_samples: u32,
    communities: Vec<CommunityRow<'a>>,
    suggestions: Vec<SuggestionRow>,
    bridges: Vec<[String; 2]>,
}

#[derive(Serialize)]
struct CommunityRow<'a> {
    number: u32,
    label: &'a str,
    members: Vec<String>,
}

#[derive(Serialize)]
struct SuggestionRow {
    left: String,
    right: String,
    score: u16,
    through: Vec<String>,
}

impl<'a> GraphRow<'a> {
    /// Takes what concerns the entities in scope; measures of the whole graph stay those of the whole graph.
    pub(super) fn new(graph: &'a GraphSummary, scope: &Scope<'_>) -> Self {
        let communities = graph
            .communities
            .iter()
            .filter(|community| community.members.iter().any(|id| scope.holds(*id)));
        let suggestions = graph
            .suggestions
            .iter()
            .filter(|suggestion| scope.holds(suggestion.left) && scope.holds(suggestion.right));
        let bridges = graph
            .bridges
            .iter()
            .filter(|(left, right)| scope.holds(*left) && scope.holds(*right));
        Self {
            components: graph.components,
            modularity: graph.modularity,
            betweenness_samples: graph.betweenness_samples,
            communities: communities
                .map(|community| CommunityRow {
                    number: community.number,
                    label: &community.label,
                    members: community
                        .members
                        .iter()
                        .filter(|id| scope.holds(**id))
                        .map(ToString::to_string)
                        .collect(),
                })
                .collect(),
            suggestions: suggestions
                .map(|suggestion| SuggestionRow {
                    left: suggestion.left.to_string(),
                    right: suggestion.right.to_string(),
                    score: suggestion.score.basis_points(),
                    through: ids(&suggestion.through),
                })
                .collect(),
            bridges: bridges
                .map(|(left, right)| [left.to_string(), right.to_string()])
                .collect(),
        }
    }
}
