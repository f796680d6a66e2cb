//! Monero addresses: base58 in blocks of eight bytes, checked by the first four bytes of Keccak-256.

use sha3::{Digest, Keccak256};

use super::Proven;

const ALPHABET: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Characters of a full block of eight bytes, and bytes by the number of characters of the last block.
const FULL_BLOCK: usize = 11;
const BYTES_BY_LENGTH: [Option<usize>; 12] = [
    Some(0),
    None,
    Some(1),
    Some(2),
    None,
    Some(3),
    Some(4),
    Some(5),
    None,
    Some(6),
    Some(7),
    Some(8),
];

/// Network bytes of main-net addresses: standard, integrated, subaddress.
const NETWORK_BYTES: [u8; 3] = [18, 19, 42];

/// Returns the address when its checksum matches.
pub(super) fn prove(address: &str) -> Option<Proven> {
    if !matches!(address.len(), 95 | 106) {
        return None;
    }
    let bytes = decode(address.as_bytes())?;
    let (payload, check) = bytes.split_at_checked(bytes.len().checked_sub(4)?)?;
    let matches = Keccak256::digest(payload)[..4] == *check;
    (matches && payload.first().is_some_and(|first| NETWORK_BYTES.contains(first))).then(|| Proven {
        chain: "xmr",
        canonical: address.to_owned(),
        display: address.to_owned(),
    })
}

fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(80);
    for block in text.chunks(FULL_BLOCK) {
        let size = (*BYTES_BY_LENGTH.get(block.len())?)?;
        let mut value: u128 = 0;
        for sign in block {
            let digit = ALPHABET.iter().position(|known| known == sign)?;
            value = value * 58 + digit as u128;
        }
        if value >> (8 * size) != 0 {
            return None;
        }
        out.extend_from_slice(&value.to_be_bytes()[16 - size..]);
    }
    Some(out)
}
