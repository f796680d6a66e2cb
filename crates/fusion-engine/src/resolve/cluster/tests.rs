use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{Edge, EdgeKind, Material, Partition, Refusal, cluster};
use crate::compare::Values;
use crate::resolve::marks::Marks;

fn run(count: usize, edges: &[(usize, usize, i32)], forbidden: &[(usize, usize)], max_size: u64) -> Partition {
    run_with(count, edges, &[], forbidden, max_size)
}

fn run_with(
    count: usize,
    edges: &[(usize, usize, i32)],
    judged: &[(usize, usize)],
    forbidden: &[(usize, usize)],
    max_size: u64,
) -> Partition {
    let scores: BTreeMap<(usize, usize), i32> = edges
        .iter()
        .map(|(one, other, score)| ((*one, *other), *score))
        .collect();
    let mut all: Vec<Edge> = edges
        .iter()
        .filter(|edge| edge.2 > 0)
        .map(|(left, right, score)| Edge {
            left: *left,
            right: *right,
            score: *score,
            kind: EdgeKind::Scored,
        })
        .collect();
    all.extend(judged.iter().map(|(left, right)| Edge {
        left: *left,
        right: *right,
        score: 0,
        kind: EdgeKind::Judged,
    }));
    let forbidden: BTreeSet<(usize, usize)> = forbidden.iter().copied().collect();
    cluster(&Material {
        edges: &all,
        scores: &scores,
        forbidden: &forbidden,
        marks: &vec![Marks::default(); count],
        weights: &vec![1; count],
        values: &Values::default(),
        max_size,
        step: 1_000,
        cohesion: 0,
    })
}

#[test]
fn edges_join_and_what_has_none_stays_alone() {
    let partition = run(5, &[(0, 2, 5_000), (2, 4, 5_000)], &[], 100);
    assert_eq!(partition.groups, [vec![0, 2, 4], vec![1], vec![3]]);
    assert_eq!(partition.group_of, [0, 1, 0, 2, 0]);
}

#[test]
fn a_forbidden_pair_keeps_its_groups_apart_at_the_weakest_edge() {
    let partition = run(3, &[(0, 1, 9_000), (1, 2, 5_000)], &[(0, 2)], 100);
    assert_eq!(partition.groups, [vec![0, 1], vec![2]]);
    assert_eq!(partition.refused.get(&(1, 2)), Some(&Refusal::Forbidden));
}

#[test]
fn averages_below_the_threshold_refuse_a_merge() {
    let partition = run(
        4,
        &[
            (0, 1, 9_000),
            (2, 3, 9_000),
            (1, 2, 5_000),
            (0, 2, -4_000),
            (1, 3, -4_000),
        ],
        &[],
        100,
    );
    assert_eq!(partition.groups, [vec![0, 1], vec![2, 3]]);
    assert_eq!(partition.refused.get(&(1, 2)), Some(&Refusal::Cohesion));
}

#[test]
fn a_verdict_connects_where_averages_would_not() {
    let partition = run_with(2, &[(0, 1, -4_000)], &[(0, 1)], &[], 100);
    assert_eq!(partition.groups, [vec![0, 1]]);
}

#[test]
fn an_oversize_component_splits_at_its_weak_edges_and_is_flagged() {
    let edges = [
        (0, 1, 9_000),
        (1, 2, 9_000),
        (2, 3, 5_000),
        (3, 4, 9_000),
        (4, 5, 9_000),
    ];
    let partition = run(6, &edges, &[], 3);
    assert_eq!(partition.groups, [vec![0, 1, 2], vec![3, 4, 5]]);
    assert_eq!(partition.oversize, [vec![0, 1, 2, 3, 4, 5]]);
    assert_eq!(partition.refused.get(&(2, 3)), Some(&Refusal::Oversize));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_edges_never_matters(
        edges in prop::collection::btree_map((0usize..8, 0usize..8), -6_000i32..9_000, 0..20),
        forbidden in prop::collection::btree_set((0usize..8, 0usize..8), 0..3),
        turn in 0usize..20,
    ) {
        let ends = |(one, other): (usize, usize)| (one.min(other), one.max(other));
        let edges: BTreeMap<(usize, usize), i32> =
            edges.into_iter().filter(|((one, other), _)| one != other).map(|(pair, score)| (ends(pair), score)).collect();
        let forbidden: Vec<(usize, usize)> = forbidden.into_iter().filter(|(one, other)| one != other).map(ends).collect();
        let straight: Vec<(usize, usize, i32)> = edges.into_iter().map(|((one, other), score)| (one, other, score)).collect();
        let mut turned = straight.clone();
        turned.reverse();
        let middle = turn % turned.len().max(1);
        turned.rotate_left(middle);
        let partition = run(8, &straight, &forbidden, 5);
        for (one, other) in &forbidden {
            prop_assert_ne!(partition.group_of[*one], partition.group_of[*other]);
        }
        prop_assert_eq!(partition, run(8, &turned, &forbidden, 5));
    }
}
