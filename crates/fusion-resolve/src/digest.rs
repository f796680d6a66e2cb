//! A 64-bit digest of short texts and numbers: the same on every machine and in every version, so that blocking keys
//! and whatever depends on their collisions never move. It is no protection against anybody.

const SEED: u64 = 0x243f_6a88_85a3_08d3;
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Gathers parts into a digest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Digest(u64);

impl Digest {
    /// Starts a digest that differs for every tag.
    pub(crate) fn new(tag: u8) -> Self {
        Self(SEED ^ u64::from(tag).wrapping_mul(FACTOR))
    }

    /// Adds a number.
    pub(crate) fn number(self, number: u64) -> Self {
        let folded = u128::from(self.0 ^ number) * u128::from(FACTOR);
        Self(((folded >> 64) as u64 ^ folded as u64).rotate_left(23) ^ number)
    }

    /// Adds bytes; their number is part of the digest.
    pub(crate) fn bytes(self, bytes: &[u8]) -> Self {
        let mut digest = self.number(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            digest = digest.number(u64::from_le_bytes(word));
        }
        digest
    }

    /// Returns the digest, every bit of it mixed.
    pub(crate) fn finish(self) -> u64 {
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }
}

/// Digests one text.
pub(crate) fn of_text(text: &str) -> u64 {
    Digest::new(0).bytes(text.as_bytes()).finish()
}
