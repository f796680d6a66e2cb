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

    /// Tells whether a number is in.
    pub(crate) fn has(&self, number: u32) -> bool {
        self.0[number as usize / 64] >> (number % 64) & 1 == 1
    }
}
