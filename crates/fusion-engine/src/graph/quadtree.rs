//! A quadtree of masses: far groups push as one (Barnes and Hut 1986).
//!
//! Built anew for every round, without recursion and without allocation once its vectors have grown.

/// Deepest split; bodies that are closer than that share a leaf.
const MAX_DEPTH: u32 = 20;
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Cell {
    /// Sum of mass-weighted positions while building, centre of mass after.
    x: f32,
    y: f32,
    mass: f32,
    /// Side length.
    side: f32,
    /// First of four children in a row, or `NONE` for a leaf.
    children: u32,
    /// The body of a leaf that holds one, or `NONE`.
    body: u32,
}

/// Holds bodies in space.
pub(super) struct Quadtree {
    cells: Vec<Cell>,
    stack: Vec<u32>,
}

impl Quadtree {
    pub(super) fn new() -> Self {
        Self {
            cells: Vec::new(),
            stack: Vec::new(),
        }
    }

    /// Takes up all bodies anew.
    pub(super) fn build(&mut self, bodies: &[(f32, f32)], masses: &[f32], order: &[u32]) {
        self.cells.clear();
        let mut low = (f32::MAX, f32::MAX);
        let mut high = (f32::MIN, f32::MIN);
        for (x, y) in bodies {
            low = (low.0.min(*x), low.1.min(*y));
            high = (high.0.max(*x), high.1.max(*y));
        }
        let side = (high.0 - low.0).max(high.1 - low.1).max(1.0);
        self.cells.push(Cell {
            x: 0.0,
            y: 0.0,
            mass: 0.0,
            side,
            children: NONE,
            body: NONE,
        });
        for &index in order {
            self.insert(index, bodies[index as usize], bodies, masses, low, side);
        }
        for cell in &mut self.cells {
            if cell.mass > 0.0 {
                cell.x /= cell.mass;
                cell.y /= cell.mass;
            }
        }
    }

    fn insert(
        &mut self,
        index: u32,
        body: (f32, f32),
        bodies: &[(f32, f32)],
        masses: &[f32],
        low: (f32, f32),
        side: f32,
    ) {
        let mass = masses[index as usize];
        let (mut at, mut corner, mut side) = (0_usize, low, side);
        for depth in 0.. {
            let is_fresh = self.cells[at].mass == 0.0;
            let cell = &mut self.cells[at];
            let before = (cell.x, cell.y, cell.mass);
            cell.x += body.0 * mass;
            cell.y += body.1 * mass;
            cell.mass += mass;
            if cell.children == NONE {
                if is_fresh {
                    cell.body = index;
                    return;
                }
                if depth == MAX_DEPTH {
                    cell.body = NONE;
                    return;
                }
                // A leaf with a body splits: its body moves one level down.
                let resident = cell.body;
                cell.body = NONE;
                let children = u32::try_from(self.cells.len()).unwrap_or(NONE);
                self.cells[at].children = children;
                let half = side / 2.0;
                self.cells.extend(
                    [Cell {
                        x: 0.0,
                        y: 0.0,
                        mass: 0.0,
                        side: half,
                        children: NONE,
                        body: NONE,
                    }; 4],
                );
                if resident != NONE {
                    let (quadrant, _) = quadrant(bodies[resident as usize], corner, half);
                    let child = &mut self.cells[children as usize + quadrant];
                    (child.x, child.y, child.mass) = before;
                    child.body = resident;
                }
            }
            let half = side / 2.0;
            let (quadrant, next) = quadrant(body, corner, half);
            at = self.cells[at].children as usize + quadrant;
            corner = next;
            side = half;
        }
    }

    /// Sums the push on a body at `from`: `mass / distance` along the line, groups seen under less than `1 / reach` as one.
    pub(super) fn push(&mut self, index: u32, from: (f32, f32), reach_squared: f32, least: f32) -> (f32, f32) {
        let mut force = (0.0_f32, 0.0_f32);
        self.stack.clear();
        self.stack.push(0);
        while let Some(at) = self.stack.pop() {
            let Some(cell) = self.cells.get(at as usize).copied() else {
                continue;
            };
            if cell.mass == 0.0 || cell.body == index {
                continue;
            }
            let (dx, dy) = (from.0 - cell.x, from.1 - cell.y);
            let squared = dx * dx + dy * dy;
            if cell.children == NONE || cell.side * cell.side * reach_squared < squared {
                let strength = cell.mass / squared.max(least);
                force.0 += dx * strength;
                force.1 += dy * strength;
            } else {
                self.stack.extend(cell.children..cell.children + 4);
            }
        }
        force
    }
}

fn quadrant((x, y): (f32, f32), corner: (f32, f32), half: f32) -> (usize, (f32, f32)) {
    let (right, upper) = (x >= corner.0 + half, y >= corner.1 + half);
    let next = (
        corner.0 + if right { half } else { 0.0 },
        corner.1 + if upper { half } else { 0.0 },
    );
    (usize::from(right) + 2 * usize::from(upper), next)
}
