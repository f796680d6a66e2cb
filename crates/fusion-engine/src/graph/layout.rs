//! Places nodes on a plane by forces: linked nodes pull, all nodes push (Fruchterman and Reingold 1991, Barnes–Hut).
//!
//! Starts from the present positions and never moves a pinned node, so a picture that a person arranged stays. The
//! order of forces is fixed and only exactly rounded operations are used, so the same picture comes out everywhere.

use super::quadtree::Quadtree;

/// Locates a node, in thousandths of a unit; a hundred units are the ideal length of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Point {
    /// Rightwards.
    pub x: i32,
    /// Downwards.
    pub y: i32,
}

/// Says whether a node may be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// It may be moved.
    Free,
    /// It stays where it is.
    Pinned,
}

/// Describes a node to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayoutNode {
    /// Present position, if it has one.
    pub at: Option<Point>,
    /// Whether it may be moved; a pinned node without position is placed once and then stays.
    pub hold: Hold,
}

const SPACING: f32 = 100.0;
const THOUSANDTHS: f32 = 1_000.0;
const ROUNDS: u16 = 70;
/// Opening of the quadtree: a group whose side is less than its distance divided by the root of this pushes as one.
const REACH_SQUARED: f32 = 0.7;
const GRAVITY: f32 = 0.02;

/// Returns a position for every node; `edges` name nodes by their place in `nodes`.
pub fn layout(nodes: &[LayoutNode], edges: &[(u32, u32)]) -> Vec<Point> {
    let count = nodes.len();
    let edges: Vec<(usize, usize)> = edges
        .iter()
        .map(|(from, to)| (*from as usize, *to as usize))
        .filter(|(from, to)| from != to && from.max(to) < &count)
        .collect();
    let mut degree = vec![0_f32; count];
    for (from, to) in &edges {
        degree[*from] += 1.0;
        degree[*to] += 1.0;
    }
    let mut bodies = start(nodes, &edges);
    let fixed: Vec<bool> = nodes.iter().map(|node| node.hold == Hold::Pinned).collect();
    if fixed.iter().any(|fixed| !fixed) {
        let known = nodes.iter().filter(|node| node.at.is_some()).count();
        // A picture that is mostly there is only eased; a new one is shaken first.
        let reach = (count as f32).sqrt() * SPACING;
        let heat = if known * 2 > count {
            SPACING
        } else {
            (reach / 8.0).max(SPACING)
        };
        relax(&mut bodies, &fixed, &edges, &degree, heat);
    }
    let placed = bodies.into_iter().map(|(x, y)| Point {
        x: (x * THOUSANDTHS).round() as i32,
        y: (y * THOUSANDTHS).round() as i32,
    });
    nodes
        .iter()
        .zip(placed)
        .map(|(node, placed)| match (node.hold, node.at) {
            (Hold::Pinned, Some(at)) => at,
            _ => placed,
        })
        .collect()
}

/// Places what has no position: beside its placed neighbours, else on a spiral.
fn start(nodes: &[LayoutNode], edges: &[(usize, usize)]) -> Vec<(f32, f32)> {
    let mut bodies: Vec<Option<(f32, f32)>> = nodes
        .iter()
        .map(|node| node.at.map(|at| (at.x as f32 / THOUSANDTHS, at.y as f32 / THOUSANDTHS)))
        .collect();
    let mut around = vec![(0.0_f32, 0.0_f32, 0.0_f32); nodes.len()];
    for (from, to) in edges {
        for (node, other) in [(*from, *to), (*to, *from)] {
            if let Some((x, y)) = bodies[other] {
                let sum = &mut around[node];
                *sum = (sum.0 + x, sum.1 + y, sum.2 + 1.0);
            }
        }
    }
    // The golden angle, as cosine and sine: turning by it never lines nodes up, and needs no trigonometry at run time.
    let (cos, sin) = (-0.737_368_9_f32, 0.675_490_3_f32);
    let mut direction = (1.0_f32, 0.0_f32);
    let order = walk(nodes.len(), edges);
    for (turn, node) in (1_u32..).zip(order) {
        direction = (
            direction.0 * cos - direction.1 * sin,
            direction.0 * sin + direction.1 * cos,
        );
        if bodies[node].is_some() {
            continue;
        }
        let (x, y, known) = around[node];
        let (middle, radius) = if known > 0.0 {
            ((x / known, y / known), SPACING)
        } else {
            ((0.0, 0.0), SPACING * 0.6 * (turn as f32).sqrt())
        };
        bodies[node] = Some((middle.0 + direction.0 * radius, middle.1 + direction.1 * radius));
    }
    bodies.into_iter().map(Option::unwrap_or_default).collect()
}

/// Lists nodes breadth-first, so that linked nodes stand near each other on the spiral.
fn walk(nodes: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for (from, to) in edges {
        neighbours[*from].push(*to);
        neighbours[*to].push(*from);
    }
    let mut met = vec![false; nodes];
    let mut order = Vec::with_capacity(nodes);
    for root in 0..nodes {
        if met[root] {
            continue;
        }
        met[root] = true;
        let mut head = order.len();
        order.push(root);
        while let Some(&node) = order.get(head) {
            head += 1;
            for &next in &neighbours[node] {
                if !met[next] {
                    met[next] = true;
                    order.push(next);
                }
            }
        }
    }
    order
}

fn relax(bodies: &mut [(f32, f32)], fixed: &[bool], edges: &[(usize, usize)], degree: &[f32], heat: f32) {
    let masses = vec![1.0_f32; bodies.len()];
    let middle = centre(bodies);
    let mut tree = Quadtree::new();
    let mut order: Vec<u32> = (0..).take(bodies.len()).collect();
    let mut force = vec![(0.0_f32, 0.0_f32); bodies.len()];
    for round in 0..ROUNDS {
        let left = f32::from(ROUNDS - round) / f32::from(ROUNDS);
        let step = (heat * left * left).max(SPACING / 50.0);
        if round % 8 == 0 {
            near_together(&mut order, bodies);
        }
        tree.build(bodies, &masses, &order);
        for &index in &order {
            let at = index as usize;
            let body = &bodies[at];
            if fixed[at] {
                continue;
            }
            let (x, y) = tree.push(index, *body, REACH_SQUARED, 0.01);
            force[at] = (
                x * SPACING * SPACING - (body.0 - middle.0) * GRAVITY * SPACING,
                y * SPACING * SPACING - (body.1 - middle.1) * GRAVITY * SPACING,
            );
        }
        for (from, to) in edges {
            let (dx, dy) = (bodies[*to].0 - bodies[*from].0, bodies[*to].1 - bodies[*from].1);
            let distance = (dx * dx + dy * dy).sqrt();
            // A hub is pulled by many; each of its links pulls less, so that stars open.
            let pull = distance / SPACING * 4.0 / (1.0 + degree[*from].min(degree[*to]).sqrt());
            let (fx, fy) = (dx * pull, dy * pull);
            force[*from] = (force[*from].0 + fx, force[*from].1 + fy);
            force[*to] = (force[*to].0 - fx, force[*to].1 - fy);
        }
        for (at, body) in bodies.iter_mut().enumerate() {
            let (x, y) = std::mem::take(&mut force[at]);
            let length = (x * x + y * y).sqrt();
            if !fixed[at] && length > 0.0 {
                let scale = step.min(length / SPACING) / length;
                *body = (body.0 + x * scale, body.1 + y * scale);
            }
        }
    }
}

/// Sorts bodies along a Z-shaped curve: those near in space come near in turn, and the caches stay warm.
fn near_together(order: &mut [u32], bodies: &[(f32, f32)]) {
    let low = bodies
        .iter()
        .fold((f32::MAX, f32::MAX), |low, body| (low.0.min(body.0), low.1.min(body.1)));
    let high = bodies.iter().fold((f32::MIN, f32::MIN), |high, body| {
        (high.0.max(body.0), high.1.max(body.1))
    });
    let side = (high.0 - low.0).max(high.1 - low.1).max(1.0);
    let cell = |value: f32, low: f32| ((value - low) / side * 65_535.0) as u32;
    let spread = |mut bits: u32| {
        bits = (bits | bits << 8) & 0x00FF_00FF;
        bits = (bits | bits << 4) & 0x0F0F_0F0F;
        bits = (bits | bits << 2) & 0x3333_3333;
        (bits | bits << 1) & 0x5555_5555
    };
    order.sort_by_cached_key(|index| {
        let (x, y) = bodies[*index as usize];
        (spread(cell(x, low.0)) | spread(cell(y, low.1)) << 1, *index)
    });
}

fn centre(bodies: &[(f32, f32)]) -> (f32, f32) {
    let count = bodies.len().max(1) as f32;
    let sum = bodies
        .iter()
        .fold((0.0_f32, 0.0_f32), |sum, body| (sum.0 + body.0, sum.1 + body.1));
    (sum.0 / count, sum.1 / count)
}
