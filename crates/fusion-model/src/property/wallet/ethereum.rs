//! Ethereum addresses with the mixed-case checksum of EIP-55.

use sha3::{Digest, Keccak256};

use super::Proven;

/// Proves `0x` and forty digits; one-case addresses carry no checksum and are taken.
pub(super) fn prove(address: &str) -> Result<Proven, &'static str> {
    let digits = &address[2..];
    if digits.len() != 40 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err("not forty hexadecimal digits");
    }
    let lower = digits.to_ascii_lowercase();
    let display = format!("0x{}", checksummed(&lower));
    let is_mixed =
        digits.bytes().any(|byte| byte.is_ascii_lowercase()) && digits.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_mixed && display[2..] != *digits {
        return Err("the mixed-case checksum does not match");
    }
    if lower.bytes().all(|byte| byte == b'0') {
        return Err("the zero address belongs to nobody");
    }
    Ok(Proven {
        chain: "eth",
        canonical: format!("0x{lower}"),
        display,
    })
}

fn checksummed(lower: &str) -> String {
    let hash = Keccak256::digest(lower.as_bytes());
    lower
        .chars()
        .enumerate()
        .map(|(index, digit)| {
            let nibble = hash[index / 2] >> (4 * (1 - index % 2)) & 0x0f;
            if nibble >= 8 { digit.to_ascii_uppercase() } else { digit }
        })
        .collect()
}
