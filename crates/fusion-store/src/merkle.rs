//! A Merkle root over the rows of a source (the tree of RFC 6962), built in one pass.
//!
//! A leaf commits to a salted row, so that a row can be erased, with its salt, without breaking the root.

use ring::digest::{Context, SHA256};

/// Returns the leaf of a row.
pub(crate) fn leaf(salt: &[u8], row: &[u8]) -> [u8; 32] {
    digest(&[&[0], &(salt.len() as u64).to_le_bytes(), salt, row])
}

/// Returns the leaf of an entry without a salt, as RFC 6962 defines it.
pub(crate) fn entry_leaf(entry: &[u8]) -> [u8; 32] {
    digest(&[&[0], entry])
}

fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    digest(&[&[1], left, right])
}

fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    parts.iter().for_each(|part| context.update(part));
    let mut out = [0; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}

/// Builds a root from leaves, holding one digest per level.
#[derive(Debug, Clone, Default)]
pub(crate) struct MerkleRoot {
    /// Complete subtrees, largest first, with their numbers of leaves.
    subtrees: Vec<(u64, [u8; 32])>,
    count: u64,
}

impl MerkleRoot {
    /// Adds the next leaf.
    pub(crate) fn push(&mut self, leaf: [u8; 32]) {
        let (mut size, mut hash) = (1, leaf);
        while let Some((_, left)) = self.subtrees.pop_if(|(left_size, _)| *left_size == size) {
            hash = node(&left, &hash);
            size *= 2;
        }
        self.subtrees.push((size, hash));
        self.count += 1;
    }

    /// Returns the complete subtrees, largest first, with their numbers of leaves: all that later leaves need.
    pub(crate) fn subtrees(&self) -> &[(u64, [u8; 32])] {
        &self.subtrees
    }

    /// Goes on from complete subtrees.
    pub(crate) fn from_subtrees(subtrees: Vec<(u64, [u8; 32])>) -> Self {
        let count = subtrees.iter().fold(0u64, |sum, (size, _)| sum.saturating_add(*size));
        Self { subtrees, count }
    }

    /// Returns the number of leaves.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Returns the root; of nothing, the digest of nothing.
    pub(crate) fn root(&self) -> [u8; 32] {
        let mut subtrees = self.subtrees.iter().rev();
        match subtrees.next() {
            None => digest(&[]),
            Some((_, last)) => subtrees.fold(*last, |right, (_, left)| node(left, &right)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, section 2.1, written down recursively.
    fn by_definition(leaves: &[[u8; 32]]) -> [u8; 32] {
        match leaves {
            [] => digest(&[]),
            [one] => *one,
            many => {
                let mut split = 1;
                while split * 2 < many.len() {
                    split *= 2;
                }
                node(&by_definition(&many[..split]), &by_definition(&many[split..]))
            }
        }
    }

    #[test]
    fn a_root_goes_on_from_its_subtrees() {
        let mut whole = MerkleRoot::default();
        for number in 0u8..37 {
            whole.push(leaf(b"", &[number]));
            let mut resumed = MerkleRoot::from_subtrees(whole.subtrees().to_vec());
            assert_eq!((resumed.count(), resumed.root()), (whole.count(), whole.root()));
            let mut next = whole.clone();
            next.push([7; 32]);
            resumed.push([7; 32]);
            assert_eq!(resumed.root(), next.root());
        }
    }

    #[test]
    fn the_one_pass_root_is_the_defined_one() {
        let leaves: Vec<_> = (0u8..40).map(|number| leaf(b"salt", &[number])).collect();
        for length in 0..leaves.len() {
            let mut built = MerkleRoot::default();
            leaves[..length].iter().for_each(|leaf| built.push(*leaf));
            assert_eq!(built.root(), by_definition(&leaves[..length]), "{length} leaves");
        }
    }
}
