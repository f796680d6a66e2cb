//! The network picture: the subjects and their strongest ties, as many as stay readable.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Entity, Relation};
use fusion_model::{EntityId, EntityKind};

use super::layout::{Extent, place};
use crate::encode;
use crate::scope::Scope;

/// Most nodes of a picture on one page.
const MOST_NODES: usize = 44;

/// Longest label, in characters, and the width of one of them.
const LABEL_LENGTH: usize = 24;
const CHARACTER_WIDTH: f64 = 6.9;

/// Height of a label line with its distance to the node.
const LABEL_HEIGHT: i64 = 16;

/// Least width of the drawing, so that a small graph is not blown up.
const LEAST_WIDTH: i64 = 860;

/// Room around the drawing.
const MARGIN: i64 = 24;

/// Score under which a link is drawn dashed, in basis points.
const WEAK: u16 = 6_000;

/// Holds a placed graph; the origin is the upper left corner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkPicture {
    /// Width of the drawing.
    pub width: i64,
    /// Height of the drawing.
    pub height: i64,
    /// Nodes.
    pub nodes: Vec<PictureNode>,
    /// Edges, each pair of ends once.
    pub edges: Vec<PictureEdge>,
    /// Entities in scope that are not drawn.
    pub left_out: usize,
}

/// Holds one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureNode {
    /// Middle.
    pub x: i64,
    /// Middle.
    pub y: i64,
    /// Radius.
    pub radius: i64,
    /// Kind, for shape and colour.
    pub kind: EntityKind,
    /// Label, elided.
    pub label: String,
    /// Label in full with kind.
    pub title: String,
    /// Whether it has a profile.
    pub is_subject: bool,
}

/// Holds one edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureEdge {
    /// Start.
    pub from: (i64, i64),
    /// End, at the rim of the node.
    pub to: (i64, i64),
    /// Whether the strongest relation is weak.
    pub is_weak: bool,
    /// Whether it points one way.
    pub is_directed: bool,
    /// Relations in words.
    pub title: String,
}

impl NetworkPicture {
    /// Draws what is in scope around the profiled entities; `None` when nothing is linked.
    pub(crate) fn new(scope: &Scope<'_>, profiled: &BTreeSet<EntityId>) -> Option<Self> {
        let chosen = choose(scope, profiled);
        if chosen.is_empty() {
            return None;
        }
        let index: BTreeMap<EntityId, usize> = chosen
            .iter()
            .enumerate()
            .map(|(index, entity)| (entity.id, index))
            .collect();
        let mut ties: BTreeMap<(usize, usize), Vec<&Relation>> = BTreeMap::new();
        for relation in scope.relations() {
            if let (Some(from), Some(to)) = (index.get(&relation.from), index.get(&relation.to))
                && from != to
            {
                ties.entry((*from.min(to), *from.max(to))).or_default().push(relation);
            }
        }
        let mut nodes: Vec<PictureNode> = chosen.iter().map(|entity| node(entity, profiled)).collect();
        let extents: Vec<Extent> = nodes.iter().map(extent).collect();
        let pairs: Vec<(usize, usize)> = ties.keys().copied().collect();
        for (node, (x, y)) in nodes.iter_mut().zip(place(&extents, &pairs)) {
            (node.x, node.y) = (x, y);
        }
        let (width, height) = move_to_origin(&mut nodes, &extents);
        let edges = ties
            .iter()
            .map(|((from, to), relations)| edge(&nodes[*from], &nodes[*to], relations, &chosen[*from].id))
            .collect();
        let left_out = scope.entities().count() - nodes.len();
        Some(Self {
            width,
            height,
            nodes,
            edges,
            left_out,
        })
    }

    /// Returns the kinds that are drawn, each once.
    pub fn kinds(&self) -> BTreeSet<EntityKind> {
        self.nodes.iter().map(|node| node.kind).collect()
    }
}

/// Takes the profiled entities and then the ends of the strongest relations at them, before other linked entities.
fn choose<'a>(scope: &Scope<'a>, profiled: &BTreeSet<EntityId>) -> Vec<&'a Entity> {
    let mut strongest: BTreeMap<EntityId, (bool, u16)> = BTreeMap::new();
    for relation in scope.relations().filter(|relation| relation.from != relation.to) {
        let at_subject = profiled.contains(&relation.from) || profiled.contains(&relation.to);
        for end in [relation.from, relation.to] {
            let best = strongest.entry(end).or_default();
            *best = (*best).max((at_subject, relation.score.basis_points()));
        }
    }
    let mut linked: Vec<&Entity> = scope
        .entities()
        .filter(|entity| strongest.contains_key(&entity.id))
        .collect();
    linked.sort_by_key(|entity| {
        let tie = strongest.get(&entity.id).copied().unwrap_or_default();
        (
            Reverse(profiled.contains(&entity.id)),
            Reverse(tie.0),
            Reverse(entity.network.degree),
            Reverse(tie.1),
            entity.id,
        )
    });
    linked.truncate(MOST_NODES);
    linked
}

fn node(entity: &Entity, profiled: &BTreeSet<EntityId>) -> PictureNode {
    let is_subject = profiled.contains(&entity.id);
    PictureNode {
        x: 0,
        y: 0,
        radius: 8 + i64::from(entity.network.degree.min(8)) / 2 + if is_subject { 4 } else { 0 },
        kind: entity.kind,
        label: encode::elided(&entity.label, LABEL_LENGTH),
        title: format!("{} ({})", entity.label, entity.kind.label()),
        is_subject,
    }
}

fn extent(node: &PictureNode) -> Extent {
    let label = node.label.chars().count() as f64 * CHARACTER_WIDTH;
    let size = node.radius as f64 * 2.0;
    Extent {
        width: label.max(size) + 12.0,
        height: size + LABEL_HEIGHT as f64 * 2.0,
    }
}

/// Moves the drawing so that nothing lies left of or above the origin; returns its size.
fn move_to_origin(nodes: &mut [PictureNode], extents: &[Extent]) -> (i64, i64) {
    let half = |size: f64| (size / 2.0).round() as i64;
    let edges_of = |nodes: &[PictureNode]| {
        let boxes = nodes.iter().zip(extents);
        let left = boxes
            .clone()
            .map(|(node, extent)| node.x - half(extent.width))
            .min()
            .unwrap_or(0);
        let right = boxes
            .clone()
            .map(|(node, extent)| node.x + half(extent.width))
            .max()
            .unwrap_or(0);
        let top = boxes
            .clone()
            .map(|(node, extent)| node.y - half(extent.height))
            .min()
            .unwrap_or(0);
        let bottom = boxes
            .map(|(node, extent)| node.y + half(extent.height))
            .max()
            .unwrap_or(0);
        (left, right, top, bottom)
    };
    let (left, right, top, bottom) = edges_of(nodes);
    let width = (right - left + 2 * MARGIN).max(LEAST_WIDTH);
    let side = (width - (right - left)) / 2;
    for node in nodes.iter_mut() {
        node.x += side - left;
        node.y += MARGIN - top;
    }
    (width, bottom - top + 2 * MARGIN)
}

fn edge(from: &PictureNode, to: &PictureNode, relations: &[&Relation], from_id: &EntityId) -> PictureEdge {
    let forward = relations
        .iter()
        .any(|relation| relation.from == *from_id && !relation.kind.is_symmetric());
    let backward = relations
        .iter()
        .any(|relation| relation.from != *from_id && !relation.kind.is_symmetric());
    let (from, to) = if backward && !forward { (to, from) } else { (from, to) };
    let strongest = relations
        .iter()
        .map(|relation| relation.score.basis_points())
        .max()
        .unwrap_or(0);
    let words: Vec<String> = relations
        .iter()
        .map(|relation| format!("{} {}", relation.kind.id().replace('-', " "), relation.score.percent()))
        .collect();
    PictureEdge {
        from: rim(from, to),
        to: rim(to, from),
        is_weak: strongest < WEAK,
        is_directed: forward != backward,
        title: format!("{} – {}: {}", from.title, to.title, words.join(", ")),
    }
}

/// Returns the point of `node`'s rim on the way to `other`.
fn rim(node: &PictureNode, other: &PictureNode) -> (i64, i64) {
    let (dx, dy) = ((other.x - node.x) as f64, (other.y - node.y) as f64);
    let distance = (dx * dx + dy * dy).sqrt().max(1.0);
    let reach = (node.radius as f64 + 3.0) / distance;
    (
        node.x + (dx * reach).round() as i64,
        node.y + (dy * reach).round() as i64,
    )
}
