//! Places nodes of a small graph: springs and repulsion, then boxes pushed apart until no labels overlap.

/// Golden angle as a rotation, so that the start spiral needs no trigonometry.
const GOLDEN_COS: f64 = -0.737_368_878_078_320;
const GOLDEN_SIN: f64 = 0.675_490_294_261_524;

/// Rounds of the force layout and of pushing boxes apart.
const FORCE_ROUNDS: u32 = 400;
const APART_ROUNDS: u32 = 600;

/// Wished length of an edge.
const EDGE_LENGTH: f64 = 70.0;

/// Pull to the middle. The picture of n nodes becomes about `EDGE_LENGTH * sqrt(n / GRAVITY)` wide to each side, so that
/// the labels of a full picture stay readable on a page.
const GRAVITY: f64 = 1.5;

/// How much wider than high the picture should be.
const STRETCH: f64 = 1.45;

/// Size of a node with its label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    /// Width of node and label.
    pub(super) width: f64,
    /// Height of node and label.
    pub(super) height: f64,
}

/// Returns a place for every node, in the order of `extents`.
pub(super) fn place(extents: &[Extent], edges: &[(usize, usize)]) -> Vec<(i64, i64)> {
    let mut points = spiral(extents.len());
    let mut step = EDGE_LENGTH;
    for _ in 0..FORCE_ROUNDS {
        move_by_forces(&mut points, edges, step);
        step = (step * 0.985).max(1.0);
    }
    points.iter_mut().for_each(|point| point.0 *= STRETCH);
    for _ in 0..APART_ROUNDS {
        if !push_apart(&mut points, extents) {
            break;
        }
    }
    points
        .iter()
        .map(|(x, y)| (x.round() as i64, y.round() as i64))
        .collect()
}

fn spiral(count: usize) -> Vec<(f64, f64)> {
    let (mut cos, mut sin) = (1.0f64, 0.0f64);
    (0..count)
        .map(|index| {
            let radius = EDGE_LENGTH * 0.6 * (index as f64).sqrt();
            let point = (radius * cos, radius * sin);
            (cos, sin) = (cos * GOLDEN_COS - sin * GOLDEN_SIN, cos * GOLDEN_SIN + sin * GOLDEN_COS);
            point
        })
        .collect()
}

fn move_by_forces(points: &mut [(f64, f64)], edges: &[(usize, usize)], step: f64) {
    let mut forces = vec![(0.0f64, 0.0f64); points.len()];
    for left in 0..points.len() {
        for right in left + 1..points.len() {
            let (dx, dy) = (points[left].0 - points[right].0, points[left].1 - points[right].1);
            let distance = (dx * dx + dy * dy).sqrt().max(1.0);
            let push = EDGE_LENGTH * EDGE_LENGTH / (distance * distance);
            add(&mut forces[left], dx * push, dy * push);
            add(&mut forces[right], -dx * push, -dy * push);
        }
    }
    for (left, right) in edges {
        let (dx, dy) = (points[*left].0 - points[*right].0, points[*left].1 - points[*right].1);
        let distance = (dx * dx + dy * dy).sqrt().max(1.0);
        let pull = distance / EDGE_LENGTH;
        add(&mut forces[*left], -dx * pull, -dy * pull);
        add(&mut forces[*right], dx * pull, dy * pull);
    }
    for (point, force) in points.iter_mut().zip(&forces) {
        // The pull to the middle also keeps parts that are not connected in one picture.
        let (fx, fy) = (force.0 - point.0 * GRAVITY, force.1 - point.1 * GRAVITY);
        let size = (fx * fx + fy * fy).sqrt().max(1.0);
        let length = size.min(step);
        point.0 += fx / size * length;
        point.1 += fy / size * length;
    }
}

fn add(force: &mut (f64, f64), x: f64, y: f64) {
    force.0 += x;
    force.1 += y;
}

/// Moves overlapping boxes half the overlap each, along the shorter way; tells whether any did.
fn push_apart(points: &mut [(f64, f64)], extents: &[Extent]) -> bool {
    let mut moved = false;
    for left in 0..points.len() {
        for right in left + 1..points.len() {
            let (dx, dy) = (points[right].0 - points[left].0, points[right].1 - points[left].1);
            let wide = (extents[left].width + extents[right].width) / 2.0 - dx.abs();
            let high = (extents[left].height + extents[right].height) / 2.0 - dy.abs();
            if wide <= 0.5 || high <= 0.5 {
                continue;
            }
            moved = true;
            if high <= wide {
                let shift = if dy < 0.0 { -high / 2.0 } else { high / 2.0 };
                points[left].1 -= shift;
                points[right].1 += shift;
            } else {
                let shift = if dx < 0.0 { -wide / 2.0 } else { wide / 2.0 };
                points[left].0 -= shift;
                points[right].0 += shift;
            }
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn star(count: usize) -> (Vec<Extent>, Vec<(usize, usize)>) {
        (
            vec![
                Extent {
                    width: 110.0,
                    height: 40.0
                };
                count
            ],
            (1..count).map(|leaf| (0, leaf)).collect(),
        )
    }

    #[test]
    fn boxes_do_not_overlap() {
        for count in [1, 2, 13, 40] {
            let (extents, edges) = star(count);
            let places = place(&extents, &edges);
            for left in 0..count {
                for right in left + 1..count {
                    let (dx, dy) = (
                        (places[left].0 - places[right].0).abs(),
                        (places[left].1 - places[right].1).abs(),
                    );
                    assert!(dx >= 108 || dy >= 38, "{count}: {left} and {right} overlap");
                }
            }
        }
    }

    #[test]
    fn the_same_graph_is_placed_the_same() {
        let (extents, edges) = star(20);
        assert_eq!(place(&extents, &edges), place(&extents, &edges));
        assert!(place(&[], &[]).is_empty());
    }
}
