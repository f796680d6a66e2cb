//! How two entities are connected: the k best paths (Yen 1971) and all simple paths up to a depth.
//!
//! Runs over a petgraph map of the relations, which stays editable: a host may drop hidden relations first. A step
//! over a relation of full score costs 10,000, over one of score zero twice that, so a short chain of weak links
//! never looks better than a slightly longer chain of strong ones for free, and length still counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

use fusion_model::derived::{Relation, Snapshot};
use fusion_model::{EntityId, RelationId, Score};
use petgraph::graphmap::UnGraphMap;

/// Holds a chain of relations between two entities.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// Sum of the costs of its steps; smaller is stronger.
    pub cost: u64,
    /// Entities from end to end.
    pub entities: Vec<EntityId>,
    /// The strongest relation of each step.
    pub relations: Vec<RelationId>,
    /// Score of the weakest step: the chain is as strong as that.
    pub weakest: Score,
}

/// Holds the strongest relation between two entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    relation: RelationId,
    score: Score,
}

impl Step {
    fn cost(self) -> u64 {
        20_000 - u64::from(self.score.basis_points())
    }
}

pub(super) type Links = UnGraphMap<EntityId, Step>;

/// Makes the editable graph; of several relations between two entities the strongest stands, ties by id.
pub(super) fn links(relations: &[Relation]) -> Links {
    let mut strongest: BTreeMap<(EntityId, EntityId), Step> = BTreeMap::new();
    for relation in relations.iter().filter(|relation| relation.from != relation.to) {
        let ends = (relation.from.min(relation.to), relation.from.max(relation.to));
        let step = Step {
            relation: relation.id,
            score: relation.score,
        };
        let kept = strongest.entry(ends).or_insert(step);
        if (step.score, Reverse(step.relation)) > (kept.score, Reverse(kept.relation)) {
            *kept = step;
        }
    }
    strongest
        .into_iter()
        .map(|((from, to), step)| (from, to, step))
        .collect()
}

/// Finds up to `k` loopless paths of at most `max_depth` steps, cheapest first, ties by entities.
pub fn paths(snapshot: &Snapshot, from: EntityId, to: EntityId, k: usize, max_depth: usize) -> Vec<Path> {
    k_cheapest(&links(&snapshot.relations), from, to, k, max_depth)
}

/// Finds the best paths of an editable graph.
pub(super) fn k_cheapest(links: &Links, from: EntityId, to: EntityId, k: usize, max_depth: usize) -> Vec<Path> {
    if from == to || !links.contains_node(from) || !links.contains_node(to) {
        return Vec::new();
    }
    let hops = hops_to(links, to, max_depth);
    let mut found: Vec<(u64, Vec<EntityId>)> = Vec::new();
    let mut candidates: BTreeSet<(u64, Vec<EntityId>)> = BTreeSet::new();
    candidates.extend(cheapest(links, &hops, &[from], to, max_depth, &BTreeSet::new()));
    while found.len() < k
        && let Some((cost, path)) = candidates.pop_first()
    {
        for spur in 0..path.len() - 1 {
            let root = &path[..=spur];
            // Continuations of this root that are taken: known paths must not be found again.
            let barred: BTreeSet<EntityId> = found
                .iter()
                .map(|(_, known)| known)
                .chain([&path])
                .filter(|known| known.starts_with(root))
                .filter_map(|known| known.get(spur + 1).copied())
                .collect();
            candidates.extend(cheapest(links, &hops, root, to, max_depth, &barred));
        }
        found.push((cost, path));
    }
    found
        .into_iter()
        .filter_map(|(_, entities)| describe(links, entities))
        .collect()
}

/// Finds all simple paths of at most `max_depth` steps, at most `limit` of them, cheapest first among those found.
pub fn all_paths(snapshot: &Snapshot, from: EntityId, to: EntityId, max_depth: usize, limit: usize) -> Vec<Path> {
    simple(&links(&snapshot.relations), from, to, max_depth, limit)
}

/// Finds the simple paths of an editable graph.
pub(super) fn simple(links: &Links, from: EntityId, to: EntityId, max_depth: usize, limit: usize) -> Vec<Path> {
    if from == to || max_depth == 0 || !links.contains_node(from) || !links.contains_node(to) {
        return Vec::new();
    }
    // Only entities near enough to both ends can lie on a path; the rest is cut away before the search.
    let (near_from, near_to) = (hops_to(links, from, max_depth), hops_to(links, to, max_depth));
    let mut near = links.clone();
    for node in links.nodes() {
        let on_the_way = near_from
            .get(&node)
            .zip(near_to.get(&node))
            .is_some_and(|(a, b)| a + b <= max_depth);
        if !on_the_way {
            near.remove_node(node);
        }
    }
    if !near.contains_node(from) {
        return Vec::new();
    }
    let walks =
        petgraph::algo::all_simple_paths::<Vec<_>, _, std::hash::RandomState>(&near, from, to, 0, Some(max_depth - 1));
    let mut found: Vec<Path> = walks
        .take(limit)
        .filter_map(|entities| describe(links, entities))
        .collect();
    found.sort();
    found
}

fn describe(links: &Links, entities: Vec<EntityId>) -> Option<Path> {
    let steps: Vec<Step> = entities
        .windows(2)
        .map(|pair| links.edge_weight(*pair.first()?, *pair.last()?).copied())
        .collect::<Option<_>>()?;
    Some(Path {
        cost: steps.iter().map(|step| step.cost()).sum(),
        relations: steps.iter().map(|step| step.relation).collect(),
        weakest: steps.iter().map(|step| step.score).min()?,
        entities,
    })
}

/// Returns the steps to `target` of everything within `limit`.
pub(super) fn hops_to(links: &Links, target: EntityId, limit: usize) -> BTreeMap<EntityId, usize> {
    let mut hops = BTreeMap::from([(target, 0)]);
    let mut queue = VecDeque::from([(target, 0)]);
    while let Some((node, steps)) = queue.pop_front() {
        if steps == limit {
            continue;
        }
        for next in links.neighbors(node) {
            if let std::collections::btree_map::Entry::Vacant(slot) = hops.entry(next) {
                slot.insert(steps + 1);
                queue.push_back((next, steps + 1));
            }
        }
    }
    hops
}

/// Finds the cheapest way to lengthen `root` to `target` within `max_depth` steps, not through `root` itself and not
/// by a first step to a `barred` entity.
fn cheapest(
    links: &Links,
    hops: &BTreeMap<EntityId, usize>,
    root: &[EntityId],
    target: EntityId,
    max_depth: usize,
    barred: &BTreeSet<EntityId>,
) -> Option<(u64, Vec<EntityId>)> {
    let start = *root.last()?;
    let spent = root.len() - 1;
    let root_cost: u64 = root
        .windows(2)
        .map(|pair| links.edge_weight(pair[0], pair[1]).map_or(0, |step| step.cost()))
        .sum();
    // Dijkstra over (entity, steps): the cheapest path may be too long, so a dearer but shorter way must stay known.
    let mut best: BTreeMap<(EntityId, usize), (u64, Option<EntityId>)> =
        BTreeMap::from([((start, spent), (root_cost, None))]);
    let mut heap = BinaryHeap::from([Reverse((root_cost, spent, start))]);
    while let Some(Reverse((cost, steps, node))) = heap.pop() {
        if node == target {
            let mut path = vec![node];
            let (mut at, mut step) = (node, steps);
            while let Some((_, Some(before))) = best.get(&(at, step)) {
                path.push(*before);
                (at, step) = (*before, step - 1);
            }
            path.reverse();
            let mut whole = root[..spent].to_vec();
            whole.extend(path);
            return Some((cost, whole));
        }
        if best.get(&(node, steps)).is_some_and(|(known, _)| *known < cost) {
            continue;
        }
        for (_, next, step) in links.edges(node) {
            let after = steps + 1;
            let reachable = hops.get(&next).is_some_and(|rest| after + rest <= max_depth);
            if !reachable || root.contains(&next) || node == start && barred.contains(&next) {
                continue;
            }
            let total = cost + step.cost();
            let known = best.get(&(next, after));
            let is_better = known.is_none_or(|(known, before)| (total, Some(node)) < (*known, *before));
            if is_better {
                let is_cheaper = known.is_none_or(|(known, _)| total < *known);
                best.insert((next, after), (total, Some(node)));
                if is_cheaper {
                    heap.push(Reverse((total, after, next)));
                }
            }
        }
    }
    None
}
