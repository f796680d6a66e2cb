//! Native segregated-witness addresses: bech32 for version 0, bech32m from version 1 on (BIP 173, BIP 350).

use super::Proven;

const PREFIXES: &[(&str, &str)] = &[
    ("bc", "btc"),
    ("tb", "btc-test"),
    ("bcrt", "btc-test"),
    ("ltc", "ltc"),
    ("tltc", "ltc-test"),
];

/// Proves the address; `None` when it does not begin like one.
pub(super) fn prove(address: &str) -> Option<Result<Proven, &'static str>> {
    let lower = address.to_ascii_lowercase();
    let (prefix, _) = lower.rsplit_once('1')?;
    let (_, chain) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
    Some(match bech32::segwit::decode(address) {
        Ok(_) => Ok(Proven {
            chain,
            canonical: lower.clone(),
            display: lower,
        }),
        Err(_) => Err("the checksum does not match"),
    })
}
