//! Pseudo-random draws from a seed: integers only, the same on every machine.

/// Draws numbers in a fixed order (SplitMix64).
#[derive(Debug, Clone)]
pub struct Draws(u64);

impl Draws {
    /// Starts a sequence. The seed is mixed first, so that neighbouring seeds do not give one sequence a few steps apart.
    pub fn new(seed: u64) -> Self {
        Self(mixed(seed ^ 0x5851_f42d_4c95_7f2d))
    }

    /// Returns the next number, every bit of it mixed.
    pub fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// Returns a number below `end`; `end` is above zero.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next_number()) * end as u128) >> 64) as usize
    }

    /// Returns a number from `from` to `to`, both included.
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    /// Tells whether something happens that happens `per_mille` times in a thousand.
    pub fn happens(&mut self, per_mille: usize) -> bool {
        self.below(1_000) < per_mille
    }

    /// Picks one of several.
    pub fn of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.below(several.len())]
    }

    /// Puts several into a drawn order.
    pub fn shuffle<T>(&mut self, several: &mut [T]) {
        for at in (1..several.len()).rev() {
            several.swap(at, self.below(at + 1));
        }
    }
}

/// Positions of which the first are drawn most often.
#[derive(Debug, Clone)]
pub struct Skewed(Vec<u64>);

impl Skewed {
    /// Weighs each position.
    pub fn by(weights: impl IntoIterator<Item = u64>) -> Self {
        let sums = weights.into_iter().scan(0u64, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self(sums.collect())
    }

    /// Weighs `count` positions as names are spread: the k-th is met a share of one in `k + flat`.
    pub fn names(count: usize, flat: usize) -> Self {
        Self::by((0..count).map(|at| 1_000_000_000 / (at + flat) as u64))
    }

    /// Draws a position.
    pub fn draw(&self, draws: &mut Draws) -> usize {
        let total = self.0.last().copied().unwrap_or_default();
        let at = draws.below(total as usize) as u64;
        self.0.partition_point(|sum| *sum <= at)
    }
}

fn mixed(number: u64) -> u64 {
    let half = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let most = (half ^ (half >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    most ^ (most >> 31)
}
