#![allow(clippy::unwrap_used)]

use fusion_model::derived::{Confidence, Relation, RelationKind};
use fusion_model::{EntityId, EntityKind, Grade, RelationId, Score};
use proptest::prelude::*;

use super::pathing::{k_cheapest, links, simple};
use super::{
    Csr, GraphNode, Hold, LayoutNode, Measures, Point, communities, cores, cuts, eigenvector, layout, measure_nodes,
    pagerank, sample, shortest,
};
use crate::rules::Rules;

/// Zachary's karate club (1977), nodes from 0.
const KARATE: &[(u32, &[u32])] = &[
    (0, &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31]),
    (1, &[2, 3, 7, 13, 17, 19, 21, 30]),
    (2, &[3, 7, 8, 9, 13, 27, 28, 32]),
    (3, &[7, 12, 13]),
    (4, &[6, 10]),
    (5, &[6, 10, 16]),
    (6, &[16]),
    (8, &[30, 32, 33]),
    (9, &[33]),
    (13, &[33]),
    (14, &[32, 33]),
    (15, &[32, 33]),
    (18, &[32, 33]),
    (19, &[33]),
    (20, &[32, 33]),
    (22, &[32, 33]),
    (23, &[25, 27, 29, 32, 33]),
    (24, &[25, 27, 31]),
    (25, &[31]),
    (26, &[29, 33]),
    (27, &[33]),
    (28, &[31, 33]),
    (29, &[32, 33]),
    (30, &[32, 33]),
    (31, &[32, 33]),
    (32, &[33]),
];

fn karate() -> Vec<(u32, u32)> {
    KARATE
        .iter()
        .flat_map(|(from, to)| to.iter().map(|to| (*from, *to)))
        .collect()
}

fn graph(nodes: u32, edges: &[(u32, u32)]) -> Csr {
    Csr::new(nodes, edges.iter().map(|(from, to)| (*from, *to, 10_000)))
}

fn path(nodes: u32) -> Vec<(u32, u32)> {
    (1..nodes).map(|node| (node - 1, node)).collect()
}

fn star(leaves: u32) -> Vec<(u32, u32)> {
    (1..=leaves).map(|leaf| (0, leaf)).collect()
}

/// Two complete graphs of five, joined by the edge 4–5.
fn barbell() -> Vec<(u32, u32)> {
    let clique = |from: u32| (from..from + 5).flat_map(move |a| (a + 1..from + 5).map(move |b| (a, b)));
    clique(0).chain(clique(5)).chain([(4, 5)]).collect()
}

fn all(graph: &Csr) -> Vec<u32> {
    (0..graph.nodes() as u32).collect()
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 5e-5
}

#[test]
fn betweenness_and_closeness_agree_with_known_values() {
    let rows: &[(&str, Csr, usize, f64, f64)] = &[
        ("middle of a path of 5", graph(5, &path(5)), 2, 2.0 / 3.0, 3.0 / 4.0),
        (
            "end of a path of 5",
            graph(5, &path(5)),
            0,
            0.0,
            (1.0 + 0.5 + 1.0 / 3.0 + 0.25) / 4.0,
        ),
        ("middle of a star", graph(7, &star(6)), 0, 1.0, 1.0),
        ("leaf of a star", graph(7, &star(6)), 3, 0.0, (1.0 + 5.0 * 0.5) / 6.0),
        (
            "instructor of the karate club",
            graph(34, &karate()),
            0,
            0.437_635,
            0.702_020,
        ),
        (
            "officer of the karate club",
            graph(34, &karate()),
            33,
            0.304_075,
            0.704_545,
        ),
    ];
    for (name, graph, node, betweenness, closeness) in rows {
        let found = shortest(graph, &all(graph));
        assert!(
            near(found.betweenness[*node], *betweenness),
            "{name}: {}",
            found.betweenness[*node]
        );
        assert!(
            near(found.closeness[*node], *closeness),
            "{name}: {}",
            found.closeness[*node]
        );
    }
}

#[test]
fn a_sample_of_everything_is_exact_and_a_part_is_near() {
    let graph = graph(34, &karate());
    let ids: Vec<EntityId> = (0..34).map(id).collect();
    let exact = shortest(&graph, &all(&graph));
    assert_eq!(sample(&ids, 100), all(&graph));
    let sampled = sample(&ids, 17);
    assert_eq!(sampled.len(), 17);
    let found = shortest(&graph, &sampled);
    let most = |values: &[f64]| {
        values
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(b.1))
            .map(|(node, _)| node)
    };
    assert_eq!(most(&found.betweenness), most(&exact.betweenness));
}

#[test]
fn spectral_measures_agree_with_known_values() {
    let club = graph(34, &karate());
    let vector = eigenvector(&club);
    assert!(
        near(vector[33], 1.0) && near(vector[0], 0.355_483 / 0.373_371),
        "{} {}",
        vector[33],
        vector[0]
    );
    let rank = pagerank(&club, 0.85);
    assert!(
        near(rank[33], 0.100_919) && near(rank[0], 0.096_997),
        "{} {}",
        rank[33],
        rank[0]
    );
    // A path has two ends like each other, although it is bipartite and power iteration alone would swing.
    let ends = eigenvector(&graph(4, &path(4)));
    assert!(near(ends[0], ends[3]) && near(ends[1], 1.0));
}

#[test]
fn pagerank_keeps_the_rank_of_nodes_without_links() {
    let rank = pagerank(&graph(5, &[(0, 1), (1, 2)]), 0.85);
    assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(near(rank[3], rank[4]) && rank[3] > 0.03);
}

#[test]
fn cores_are_peeled() {
    let club = cores(&graph(34, &karate()));
    let innermost: Vec<usize> = (0..34).filter(|node| club[*node] == 4).collect();
    assert_eq!(innermost, [0, 1, 2, 3, 7, 8, 13, 30, 32, 33]);
    assert_eq!(club[11], 1);
    assert_eq!(cores(&graph(10, &barbell())), [4; 10]);
    assert_eq!(cores(&graph(4, &[(0, 1)])), [1, 1, 0, 0]);
}

#[test]
fn cuts_are_found() {
    let brokers =
        |cuts: &super::Cuts| -> Vec<usize> { (0..cuts.broker.len()).filter(|node| cuts.broker[*node]).collect() };
    type Row = (Csr, &'static [usize], &'static [(u32, u32)]);
    let rows: &[Row] = &[
        (graph(34, &karate()), &[0], &[(0, 11)]),
        (graph(10, &barbell()), &[4, 5], &[(4, 5)]),
        (graph(4, &path(4)), &[1, 2], &[(0, 1), (1, 2), (2, 3)]),
        (graph(3, &[(0, 1), (1, 2), (0, 2)]), &[], &[]),
        (graph(5, &[(0, 1), (3, 4)]), &[], &[(0, 1), (3, 4)]),
    ];
    for (graph, expected, bridges) in rows {
        let found = cuts(graph);
        assert_eq!(
            (brokers(&found).as_slice(), found.bridges.as_slice()),
            (*expected, *bridges)
        );
    }
}

#[test]
fn a_long_path_does_not_exhaust_the_stack() {
    let found = cuts(&graph(200_000, &path(200_000)));
    assert_eq!(found.bridges.len(), 199_999);
}

#[test]
fn communities_of_the_karate_club_reach_the_best_known_modularity() {
    let found = communities(&graph(34, &karate()), 1_000);
    assert_eq!(found.count, 4);
    assert!(found.modularity >= 419_000, "{}", found.modularity);
    assert_ne!(found.community[0], found.community[33]);
}

#[test]
fn communities_follow_structure_and_resolution() {
    let found = communities(&graph(10, &barbell()), 1_000);
    assert_eq!(found.community, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    assert_eq!(communities(&graph(10, &barbell()), 10).count, 1);
    assert_eq!(communities(&graph(10, &barbell()), 100_000).count, 10);
    let apart = communities(&graph(4, &[]), 1_000);
    assert_eq!(
        (apart.community, apart.count, apart.modularity),
        (vec![0, 1, 2, 3], 4, 0)
    );
    // A ring of thirty cliques of five: the textbook case in which whole cliques must stay together.
    let ring: Vec<(u32, u32)> = (0..30_u32)
        .flat_map(|clique| {
            let from = clique * 5;
            let inner = (from..from + 5).flat_map(move |a| (a + 1..from + 5).map(move |b| (a, b)));
            inner.chain([(from, (from + 6) % 150)])
        })
        .collect();
    let found = communities(&graph(150, &ring), 1_000);
    assert!(
        (0..30).all(|clique| (0..5).all(|member| found.community[clique * 5] == found.community[clique * 5 + member]))
    );
    assert!(found.modularity > 870_000, "{}", found.modularity);
}

fn id(number: u32) -> EntityId {
    let mut bytes = [0; 16];
    bytes[12..].copy_from_slice(&number.to_be_bytes());
    EntityId(bytes)
}

fn relation(from: u32, to: u32, points: u64) -> Relation {
    let mut bytes = [0; 16];
    bytes[8..12].copy_from_slice(&from.to_be_bytes());
    bytes[12..].copy_from_slice(&to.to_be_bytes());
    let score = Score::from_basis_points(points);
    Relation {
        id: RelationId(bytes),
        from: id(from),
        to: id(to),
        kind: RelationKind::MentionedWith,
        score,
        confidence: Confidence {
            score,
            low: score,
            high: score,
            parts: Vec::new(),
        },
        grade: Grade::UNKNOWN,
        count: 1,
        span: None,
        amounts: Vec::new(),
        why: String::new(),
        statements: Vec::new(),
    }
}

fn measured(nodes: u32, relations: &[Relation], rules: &Rules) -> Measures {
    let labels: Vec<String> = (0..nodes).map(|node| format!("person {node}")).collect();
    let nodes: Vec<GraphNode<'_>> = labels
        .iter()
        .zip(0..)
        .map(|(label, node)| GraphNode {
            id: id(node),
            kind: EntityKind::Person,
            label,
        })
        .collect();
    measure_nodes(&nodes, relations, rules)
}

#[test]
fn a_case_is_measured_as_a_whole() {
    let relations: Vec<Relation> = karate()
        .into_iter()
        .map(|(from, to)| relation(from, to, 8_000))
        .collect();
    let found = measured(36, &relations, &Rules::shipped());
    let hub = &found.networks[&id(33)];
    assert_eq!(
        (hub.degree, hub.weighted_degree, hub.core, hub.broker),
        (17, 136_000, 4, false)
    );
    assert_eq!(hub.eigenvector, 1_000_000);
    assert!(found.networks[&id(0)].broker);
    assert!(
        found
            .networks
            .values()
            .map(|network| network.pagerank)
            .sum::<u32>()
            .abs_diff(1_000_000)
            < 40
    );
    assert_eq!(found.networks[&id(35)].influence, Score::ZERO);
    assert_eq!(found.networks[&id(35)].community, 5);
    assert_eq!((found.summary.components, found.summary.betweenness_samples), (3, 0));
    assert_eq!(found.summary.bridges, [(id(0), id(11))]);
    assert_eq!(found.summary.communities.len(), 4);
    assert_eq!(
        found
            .summary
            .communities
            .iter()
            .map(|community| community.members.len())
            .sum::<usize>(),
        34
    );
    assert!(
        found
            .summary
            .communities
            .iter()
            .any(|community| community.label == "person 33")
    );
    // 14 and 15 share exactly the two hubs; that is too common to suggest anything, 32 and 33 are linked already.
    assert!(
        found
            .summary
            .suggestions
            .iter()
            .all(|found| found.left < found.right && found.through.len() > 1)
    );
}

#[test]
fn parallel_relations_count_once_as_neighbours() {
    let mut relations = vec![
        relation(0, 1, 6_000),
        relation(1, 0, 9_000),
        relation(1, 2, 5_000),
        relation(2, 2, 9_000),
    ];
    let found = measured(3, &relations, &Rules::shipped());
    assert_eq!(
        (found.networks[&id(1)].degree, found.networks[&id(1)].weighted_degree),
        (2, 20_000)
    );
    assert_eq!(found.networks[&id(2)].weighted_degree, 5_000);
    let mut rules = Rules::shipped();
    rules.graph.min_relation_score = Score::from_basis_points(5_500);
    relations.truncate(3);
    assert_eq!(measured(3, &relations, &rules).networks[&id(2)].degree, 0);
}

#[test]
fn suggestions_need_rare_shared_neighbours() {
    let shared: Vec<Relation> = [(0, 2), (1, 2), (0, 3), (1, 3)]
        .into_iter()
        .map(|(from, to)| relation(from, to, 8_000))
        .collect();
    let found = measured(4, &shared, &Rules::shipped()).summary.suggestions;
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[0].left, found[0].right, found[0].through.clone()),
        (id(0), id(1), vec![id(2), id(3)])
    );
    // Each neighbour has two links: 2 / log2(3) = 1.262, of 2.262 it is 0.5579.
    assert_eq!(found[0].score, Score::from_basis_points(5_579));
}

#[test]
fn paths_weigh_length_against_strength() {
    // The direct relation is weak, the way over 2 is strong but longer, the way over 3 and 4 is longer still.
    let relations = [
        relation(0, 1, 1_000),
        relation(0, 2, 9_500),
        relation(2, 1, 9_500),
        relation(0, 3, 9_000),
        relation(3, 4, 9_000),
        relation(4, 1, 9_000),
    ];
    let links = links(&relations);
    let found = k_cheapest(&links, id(0), id(1), 5, 3);
    let ends: Vec<Vec<EntityId>> = found.iter().map(|path| path.entities.clone()).collect();
    assert_eq!(
        ends,
        [
            vec![id(0), id(1)],
            vec![id(0), id(2), id(1)],
            vec![id(0), id(3), id(4), id(1)]
        ]
    );
    assert_eq!(found[0].cost, 19_000);
    assert_eq!(
        (found[1].cost, found[1].weakest),
        (21_000, Score::from_basis_points(9_500))
    );
    assert_eq!(k_cheapest(&links, id(0), id(1), 5, 2).len(), 2);
    assert_eq!(k_cheapest(&links, id(0), id(1), 1, 3).len(), 1);
    assert!(k_cheapest(&links, id(0), id(0), 5, 3).is_empty() && k_cheapest(&links, id(0), id(9), 5, 3).is_empty());
}

#[test]
fn layout_never_moves_a_pinned_node_and_repeats_itself() {
    let edges = barbell();
    let mut nodes = vec![
        LayoutNode {
            at: None,
            hold: Hold::Free
        };
        10
    ];
    nodes[3] = LayoutNode {
        at: Some(Point { x: -5_000_000, y: 77 }),
        hold: Hold::Pinned,
    };
    let first = layout(&nodes, &edges);
    assert_eq!(first[3], Point { x: -5_000_000, y: 77 });
    assert_eq!(first, layout(&nodes, &edges));
    // All pinned but a new one: only the new one is placed, beside its neighbour.
    let mut grown: Vec<LayoutNode> = first
        .iter()
        .map(|at| LayoutNode {
            at: Some(*at),
            hold: Hold::Pinned,
        })
        .collect();
    grown.push(LayoutNode {
        at: None,
        hold: Hold::Free,
    });
    let mut more = edges;
    more.push((0, 10));
    let second = layout(&grown, &more);
    assert_eq!(second[..10], first[..]);
    assert!(distance(second[10], second[0]) < 1_000_000.0);
}

fn distance(a: Point, b: Point) -> f64 {
    (f64::from(a.x) - f64::from(b.x)).hypot(f64::from(a.y) - f64::from(b.y))
}

#[test]
fn layout_puts_linked_nodes_near_and_all_nodes_apart() {
    let edges = barbell();
    let placed = layout(
        &[LayoutNode {
            at: None,
            hold: Hold::Free,
        }; 10],
        &edges,
    );
    let mean = |pairs: &[(usize, usize)]| {
        pairs.iter().map(|(a, b)| distance(placed[*a], placed[*b])).sum::<f64>() / pairs.len() as f64
    };
    let inner: Vec<(usize, usize)> = edges
        .iter()
        .filter(|edge| **edge != (4, 5))
        .map(|(a, b)| (*a as usize, *b as usize))
        .collect();
    let across: Vec<(usize, usize)> = (0..4).flat_map(|a| (6..10).map(move |b| (a, b))).collect();
    assert!(mean(&inner) * 1.5 < mean(&across), "{} {}", mean(&inner), mean(&across));
    let every: Vec<f64> = (0..10)
        .flat_map(|a| (a + 1..10).map(move |b| (a, b)))
        .map(|(a, b)| distance(placed[a], placed[b]))
        .collect();
    assert!(every.iter().all(|distance| *distance > 10_000.0), "{every:?}");
}

#[test]
fn layout_survives_nodes_on_one_spot_and_empty_graphs() {
    assert!(layout(&[], &[]).is_empty());
    let stacked = vec![
        LayoutNode {
            at: Some(Point::default()),
            hold: Hold::Free
        };
        50
    ];
    assert_eq!(layout(&stacked, &[(0, 1), (7, 7), (3, 99)]).len(), 50);
}

fn edges(nodes: u32) -> impl Strategy<Value = Vec<(u32, u32, u64)>> {
    proptest::collection::vec((0..nodes, 0..nodes, 1_u64..=10_000), 0..40)
}

proptest! {
    #[test]
    fn the_order_of_relations_never_matters(edges in edges(12), seed in any::<u64>()) {
        let mut relations: Vec<Relation> = edges.iter().map(|(from, to, points)| relation(*from, *to, *points)).collect();
        let first = measured(12, &relations, &Rules::shipped());
        let count = relations.len().max(1);
        for at in 0..relations.len() {
            relations.swap(at, (seed as usize).wrapping_mul(at + 7) % count);
        }
        prop_assert_eq!(measured(12, &relations, &Rules::shipped()), first);
    }

    #[test]
    fn cutting_agrees_with_counting_pieces(edges in edges(10)) {
        let list: Vec<(u32, u32)> = edges.iter().map(|(from, to, _)| (*from, *to)).collect();
        let whole = graph(10, &list);
        let found = cuts(&whole);
        let pieces = |edges: &[(u32, u32)], without: Option<u32>| {
            let rows: Vec<u32> = (0..10).filter(|node| Some(*node) != without).collect();
            let mut piece: Vec<u32> = (0..10).collect();
            for _ in 0..10 {
                for (from, to) in edges.iter().filter(|(from, to)| Some(*from) != without && Some(*to) != without) {
                    let least = piece[*from as usize].min(piece[*to as usize]);
                    piece[*from as usize] = least;
                    piece[*to as usize] = least;
                }
            }
            rows.iter().map(|node| piece[*node as usize]).collect::<std::collections::BTreeSet<_>>().len()
        };
        for node in 0..10_u32 {
            let alone = whole.degree(node as usize) == 0;
            let cut = !alone && pieces(&list, Some(node)) > pieces(&list, None);
            prop_assert_eq!(found.broker[node as usize], cut, "node {}", node);
        }
        for from in 0..10_u32 {
            for &to in whole.neighbours(from as usize).iter().filter(|to| **to > from) {
                let rest: Vec<(u32, u32)> = list.iter().copied().filter(|edge| *edge != (from, to) && *edge != (to, from)).collect();
                prop_assert_eq!(found.bridges.contains(&(from, to)), pieces(&rest, None) > pieces(&list, None));
            }
        }
    }

    #[test]
    fn communities_never_fall_apart_and_never_lose_to_one_community(edges in edges(20)) {
        let list: Vec<(u32, u32)> = edges.iter().map(|(from, to, _)| (*from, *to)).collect();
        let graph = graph(20, &list);
        let found = communities(&graph, 1_000);
        prop_assert!(found.modularity >= 0);
        for community in 0..found.count {
            let members: Vec<usize> = (0..20).filter(|node| found.community[*node] == community).collect();
            let mut reached = vec![members[0]];
            let mut head = 0;
            while let Some(&node) = reached.get(head) {
                head += 1;
                for &target in graph.neighbours(node) {
                    let target = target as usize;
                    if found.community[target] == community && !reached.contains(&target) {
                        reached.push(target);
                    }
                }
            }
            prop_assert_eq!(reached.len(), members.len());
        }
    }

    #[test]
    fn the_best_paths_are_the_best_of_all_paths(edges in edges(8), k in 1_usize..6, depth in 1_usize..5) {
        let relations: Vec<Relation> = edges.iter().map(|(from, to, points)| relation(*from, *to, *points)).collect();
        let links = links(&relations);
        let every = simple(&links, id(0), id(1), depth, 10_000);
        let best = k_cheapest(&links, id(0), id(1), k, depth);
        let cost = |paths: &[super::Path]| paths.iter().map(|path| path.cost).collect::<Vec<_>>();
        prop_assert_eq!(best.len(), every.len().min(k));
        prop_assert_eq!(cost(&best), cost(&every[..best.len()]));
        prop_assert!(best.iter().all(|path| every.contains(path)));
    }
}
