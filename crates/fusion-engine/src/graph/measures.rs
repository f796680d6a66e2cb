//! All measures of a case's graph at once.

use std::collections::BTreeMap;

use fusion_model::derived::{Community, GraphSummary, LinkSuggestion, Network, Relation};
use fusion_model::kinds::Pole;
use fusion_model::{EntityId, EntityKind};
use petgraph::unionfind::UnionFind;

use super::csr::{Csr, number};
use super::suggestions::{Bounds, suggest};
use super::{communities, cores, cuts, eigenvector, influence, pagerank, sample, shortest};
use crate::entity::EntityDraft;
use crate::rules::Rules;

/// Names an entity as a node.
#[derive(Debug, Clone)]
pub struct GraphNode<'a> {
    /// The entity.
    pub id: EntityId,
    /// What sort of thing.
    pub kind: EntityKind,
    /// Name for people.
    pub label: &'a str,
}

/// Holds the measures of every entity and of the whole graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    /// Measures by entity.
    pub networks: BTreeMap<EntityId, Network>,
    /// Measures of the whole.
    pub summary: GraphSummary,
}

/// Measures the entities of a case; the order of drafts and relations does not matter.
pub fn measure(drafts: &[EntityDraft], relations: &[Relation], rules: &Rules) -> Measures {
    let nodes: Vec<GraphNode<'_>> = drafts
        .iter()
        .map(|draft| GraphNode {
            id: draft.id,
            kind: draft.kind,
            label: &draft.label,
        })
        .collect();
    measure_nodes(&nodes, relations, rules)
}

/// Measures any part of a graph; relations that lead out of it are left aside.
pub fn measure_nodes(nodes: &[GraphNode<'_>], relations: &[Relation], rules: &Rules) -> Measures {
    let wanted = &rules.graph.measures;
    let numbers = number(nodes.iter().map(|node| node.id));
    let ids: Vec<EntityId> = numbers.keys().copied().collect();
    let described: BTreeMap<EntityId, &GraphNode<'_>> = nodes.iter().map(|node| (node.id, node)).collect();
    let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);

    let mut networks = vec![Network::default(); ids.len()];
    let mut edges = Vec::with_capacity(relations.len());
    for relation in relations
        .iter()
        .filter(|relation| relation.score >= rules.graph.min_relation_score)
    {
        let (Some(&from), Some(&to)) = (numbers.get(&relation.from), numbers.get(&relation.to)) else {
            continue;
        };
        if from == to {
            continue;
        }
        let score = relation.score.basis_points();
        edges.push((from, to, u32::from(score)));
        for end in [from, to] {
            networks[end as usize].weighted_degree += u64::from(score);
        }
    }
    let graph = Csr::new(count, edges);
    let mut summary = GraphSummary {
        components: components(&graph),
        ..GraphSummary::default()
    };
    for (node, network) in networks.iter_mut().enumerate() {
        network.degree = u32::try_from(graph.degree(node)).unwrap_or(u32::MAX);
    }

    if wanted.betweenness || wanted.closeness {
        let exact = ids.len() <= rules.graph.exact_betweenness_limit as usize;
        let sources = if exact {
            (0..count).collect()
        } else {
            sample(&ids, rules.graph.betweenness_samples as usize)
        };
        summary.betweenness_samples = if exact {
            0
        } else {
            u32::try_from(sources.len()).unwrap_or(u32::MAX)
        };
        let paths = shortest(&graph, &sources);
        for (node, network) in networks.iter_mut().enumerate() {
            network.betweenness = if wanted.betweenness {
                millionths(paths.betweenness[node])
            } else {
                0
            };
            network.closeness = if wanted.closeness {
                millionths(paths.closeness[node])
            } else {
                0
            };
        }
    }
    if wanted.eigenvector {
        set(&mut networks, &eigenvector(&graph), |network, value| {
            network.eigenvector = value;
        });
    }
    if wanted.pagerank {
        let damping = f64::from(rules.graph.pagerank_damping.basis_points()) / 10_000.0;
        set(&mut networks, &pagerank(&graph, damping), |network, value| {
            network.pagerank = value;
        });
    }
    if wanted.core {
        networks
            .iter_mut()
            .zip(cores(&graph))
            .for_each(|(network, core)| network.core = core);
    }
    if wanted.brokers {
        let cuts = cuts(&graph);
        networks
            .iter_mut()
            .zip(cuts.broker)
            .for_each(|(network, broker)| network.broker = broker);
        let id = |node: u32| ids.get(node as usize).copied();
        summary.bridges = cuts
            .bridges
            .iter()
            .filter_map(|(from, to)| Some((id(*from)?, id(*to)?)))
            .collect();
    }
    if wanted.communities {
        let partition = communities(&graph, rules.graph.community_resolution);
        summary.modularity = partition.modularity;
        networks
            .iter_mut()
            .zip(&partition.community)
            .for_each(|(network, community)| network.community = *community);
        summary.communities = describe(&networks, &ids, &described);
    }
    if wanted.suggestions {
        let bounds = Bounds {
            kept: rules.graph.suggestions as usize,
            least: rules.graph.min_suggestion_score,
            hub: rules.graph.suggestion_hub_limit as usize,
        };
        let is_actor: Vec<bool> = ids
            .iter()
            .map(|id| described.get(id).is_some_and(|node| node.kind.pole() == Pole::Person))
            .collect();
        summary.suggestions = suggest(&graph, &bounds, |node| is_actor[node])
            .into_iter()
            .filter_map(|suggested| {
                let id = |node: u32| ids.get(node as usize).copied();
                Some(LinkSuggestion {
                    left: id(suggested.left)?,
                    right: id(suggested.right)?,
                    score: suggested.score,
                    through: suggested.through.into_iter().filter_map(id).collect(),
                })
            })
            .collect();
    }
    influence::fill(&mut networks, &rules.graph.influence_weights);
    Measures {
        networks: ids.into_iter().zip(networks).collect(),
        summary,
    }
}

fn set(networks: &mut [Network], values: &[f64], store: impl Fn(&mut Network, u32)) {
    networks
        .iter_mut()
        .zip(values)
        .for_each(|(network, value)| store(network, millionths(*value)));
}

/// Rounds a share to millionths.
fn millionths(value: f64) -> u32 {
    // In range by construction; the cast saturates in any case.
    (value * 1_000_000.0).round() as u32
}

fn components(graph: &Csr) -> u32 {
    let mut pieces = UnionFind::<u32>::new(graph.nodes());
    let mut count = graph.nodes();
    for node in 0..graph.nodes() {
        for &target in graph.neighbours(node).iter().filter(|target| **target as usize > node) {
            count -= usize::from(pieces.union(u32::try_from(node).unwrap_or(u32::MAX), target));
        }
    }
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn describe(networks: &[Network], ids: &[EntityId], described: &BTreeMap<EntityId, &GraphNode<'_>>) -> Vec<Community> {
    let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (node, network) in networks.iter().enumerate() {
        members.entry(network.community).or_default().push(node);
    }
    members
        .into_iter()
        .filter(|(_, nodes)| nodes.len() > 1)
        .map(|(number, nodes)| {
            let leader = nodes.iter().max_by_key(|node| {
                let network = &networks[**node];
                (network.weighted_degree, network.degree, std::cmp::Reverse(**node))
            });
            let label = leader
                .and_then(|node| described.get(&ids[*node]))
                .map_or("", |node| node.label);
            Community {
                number,
                members: nodes.iter().map(|node| ids[*node]).collect(),
                label: label.to_owned(),
            }
        })
        .collect()
}
