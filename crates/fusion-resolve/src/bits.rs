//! Sets of small numbers as bits.

/// Holds a set of numbers below a fixed count.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// Makes an empty set of numbers below `count`.
    pub(crate) fn of(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    /// Puts a number in.
    pub(crate) fn set(&mut self, number: u32) {
        self.0[number as usize / 64] |= 1 << (number % 64);
    }

    /// Takes a number out if it is in, and puts it in if it is not.
    pub(crate) fn flip(&mut self, number: u32) {
        self.0[number as usize / 64] ^= 1 << (number % 64);
    }

    /// Tells whether a number is in.
    pub(crate) fn has(&self, number: u32) -> bool {
        self.0[number as usize / 64] >> (number % 64) & 1 == 1
    }

    /// Tells whether no number is in.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Makes room for numbers below `count`.
    pub(crate) fn grown(mut self, count: usize) -> Self {
        self.0.resize(count.div_ceil(64), 0);
        self
    }

    /// Returns the numbers that are in one of two sets alone; both have the same room.
    pub(crate) fn apart(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one ^ other).collect())
    }

    /// Returns the numbers that are in either of two sets; both have the same room.
    pub(crate) fn with(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one | other).collect())
    }

    /// Walks the numbers, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        let words = (0u32..).zip(&self.0).filter(|(_, word)| **word != 0);
        words.flat_map(|(at, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| at * 64 + bit)
        })
    }
}
