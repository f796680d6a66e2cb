//! Content hashing: the only way an identifier comes into being.
//!
//! Every part is length-prefixed, so `("ab", "c")` and `("a", "bc")` never collide, and every hash starts with a
//! label, so an observation can never be mistaken for a statement.

use ring::digest::{Context, SHA256, digest};

/// Returns the SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0u8; 32];
    out.copy_from_slice(digest(&SHA256, bytes).as_ref());
    out
}

/// Computes the SHA-256 of bytes that arrive in pieces.
#[derive(Clone)]
pub struct StreamDigest(Context);

impl StreamDigest {
    /// Starts with nothing.
    pub fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Returns the digest of all bytes added.
    pub fn finish(self) -> [u8; 32] {
        let mut out = [0u8; 32];
        out.copy_from_slice(self.0.finish().as_ref());
        out
    }
}

impl Default for StreamDigest {
    fn default() -> Self {
        Self::new()
    }
}

/// Hashes labelled, length-prefixed parts into a content identifier.
#[derive(Clone)]
pub struct ContentHasher {
    context: Context,
}

impl ContentHasher {
    /// Starts a hash in the domain named by `label`.
    pub fn new(label: &str) -> Self {
        let mut hasher = Self {
            context: Context::new(&SHA256),
        };
        hasher.part(label.as_bytes());
        hasher
    }

    /// Adds one part.
    pub fn part(&mut self, bytes: &[u8]) -> &mut Self {
        self.context.update(&(bytes.len() as u64).to_le_bytes());
        self.context.update(bytes);
        self
    }

    /// Adds one text part.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.part(text.as_bytes())
    }

    /// Adds one number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.part(&number.to_le_bytes())
    }

    /// Returns the full 32-byte digest.
    pub fn finish(&self) -> [u8; 32] {
        let mut out = [0u8; 32];
        out.copy_from_slice(self.context.clone().finish().as_ref());
        out
    }

    /// Returns the first 16 bytes of the digest.
    pub fn finish_short(&self) -> [u8; 16] {
        let full = self.finish();
        let mut out = [0u8; 16];
        out.copy_from_slice(&full[..16]);
        out
    }
}
