//! Base58check addresses: Bitcoin and its relatives, Tron, and XRP with its own alphabet.

use bs58::Alphabet;

use super::Proven;

/// Chain, version bytes, and whether this is the form its chain prefers.
const VERSIONS: &[(&str, &[u8])] = &[
    ("btc", &[0x00]),
    ("btc", &[0x05]),
    ("btc-test", &[0x6f]),
    ("btc-test", &[0xc4]),
    ("ltc", &[0x30]),
    ("ltc", &[0x32]),
    ("doge", &[0x1e]),
    ("doge", &[0x16]),
    ("dash", &[0x4c]),
    ("dash", &[0x10]),
    ("trx", &[0x41]),
    ("zec", &[0x1c, 0xb8]),
    ("zec", &[0x1c, 0xbd]),
];

/// Length of the hash in every such address.
const HASH_LENGTH: usize = 20;

/// Version of Litecoin script hashes today, and the Bitcoin version they were first written with.
const LITECOIN_SCRIPT: u8 = 0x32;
const SHARED_SCRIPT: u8 = 0x05;

/// Returns every chain that can own the address; empty when the checksum does not match.
pub(super) fn prove(address: &str) -> Vec<Proven> {
    if !(25..=36).contains(&address.len()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if let Ok(payload) = bs58::decode(address).with_check(None).into_vec() {
        for (chain, version) in VERSIONS {
            if payload.len() == version.len() + HASH_LENGTH && payload.starts_with(version) {
                found.push(Proven {
                    chain,
                    canonical: address.to_owned(),
                    display: address.to_owned(),
                });
            }
        }
        if payload.len() == 1 + HASH_LENGTH && payload[0] == SHARED_SCRIPT {
            let mut today = payload;
            today[0] = LITECOIN_SCRIPT;
            let text = bs58::encode(today).with_check().into_string();
            found.push(Proven {
                chain: "ltc",
                canonical: text.clone(),
                display: text,
            });
        }
    }
    let ripple = bs58::decode(address)
        .with_alphabet(Alphabet::RIPPLE)
        .with_check(Some(0))
        .into_vec();
    if ripple.is_ok_and(|payload| payload.len() == 1 + HASH_LENGTH) {
        found.push(Proven {
            chain: "xrp",
            canonical: address.to_owned(),
            display: address.to_owned(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_litecoin_scripts_are_written_the_new_way() {
        let found = prove("3P14159f73E4gFr7JterCCQh9QjiTjiZrG");
        let chains: Vec<&str> = found.iter().map(|proven| proven.chain).collect();
        assert_eq!(chains, ["btc", "ltc"]);
        assert!(found[1].canonical.starts_with('M'));
        assert_eq!(prove(&found[1].canonical)[0].chain, "ltc");
    }
}
