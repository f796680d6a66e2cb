//! Blockchain addresses, taken only when their checksum proves them.
//!
//! The chain comes from the address itself; the qualifier decides where two chains share a form and must not
//! contradict it. Addresses of all Ethereum-like chains are one identity, `eth:0x…`, because the same key holds
//! them; all forms of one Litecoin script hash are one. Each family has its own file.

mod base58;
mod ethereum;
mod monero;
mod segwit;

use super::{CleanFailure, CleanValue, fail, folding};

const EXPECTED: &str = "valid wallet address";

/// Holds an address that proved itself.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Proven {
    chain: &'static str,
    canonical: String,
    display: String,
}

/// Names of chains, folded to letters and digits, and the prefix of their canonical form.
const CHAIN_NAMES: &[(&str, &str)] = &[
    ("btc", "btc"),
    ("xbt", "btc"),
    ("bitcoin", "btc"),
    ("bitcoinbtc", "btc"),
    ("btctest", "btc-test"),
    ("bitcointestnet", "btc-test"),
    ("ltc", "ltc"),
    ("litecoin", "ltc"),
    ("doge", "doge"),
    ("dogecoin", "doge"),
    ("dash", "dash"),
    ("zec", "zec"),
    ("zcash", "zec"),
    ("eth", "eth"),
    ("ethereum", "eth"),
    ("ethereumeth", "eth"),
    ("erc20", "eth"),
    ("etc", "eth"),
    ("ethereumclassic", "eth"),
    ("polygon", "eth"),
    ("matic", "eth"),
    ("bsc", "eth"),
    ("bnbsmartchain", "eth"),
    ("binancesmartchain", "eth"),
    ("arbitrum", "eth"),
    ("optimism", "eth"),
    ("base", "eth"),
    ("avalanche", "eth"),
    ("trx", "trx"),
    ("tron", "trx"),
    ("trc20", "trx"),
    ("xrp", "xrp"),
    ("ripple", "xrp"),
    ("xmr", "xmr"),
    ("monero", "xmr"),
];

pub(super) fn clean(original: &str, qualifier: &str) -> Result<CleanValue, CleanFailure> {
    let tidy = folding::tidy(original);
    if tidy.len() > 256 {
        return fail(EXPECTED, "longer than 256 bytes");
    }
    let (prefix, address) = tidy
        .split_once(':')
        .map_or(("", tidy.as_str()), |(prefix, rest)| (prefix, rest));
    let address = address
        .trim_start_matches('/')
        .split(['?', '@'])
        .next()
        .unwrap_or_default();
    if address.is_empty() || !address.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return fail(EXPECTED, "not letters and digits only");
    }
    let wanted = chain_named(prefix).or_else(|| chain_named(qualifier));
    match prove(address, wanted) {
        Ok(proven) => Ok(CleanValue::shown(
            format!("{}:{}", proven.chain, proven.canonical),
            proven.display,
        )),
        Err(reason) => fail(EXPECTED, reason),
    }
}

/// Finds the canonical prefix of a chain's name.
fn chain_named(name: &str) -> Option<&'static str> {
    let folded = folding::letters_and_digits(name);
    CHAIN_NAMES
        .iter()
        .find(|(known, _)| *known == folded)
        .map(|(_, chain)| *chain)
}

fn prove(address: &str, wanted: Option<&'static str>) -> Result<Proven, &'static str> {
    let candidates = if address.starts_with("0x") || address.starts_with("0X") {
        vec![ethereum::prove(address)?]
    } else if let Some(proven) = segwit::prove(address) {
        vec![proven?]
    } else {
        let mut found = base58::prove(address);
        found.extend(monero::prove(address));
        found
    };
    if candidates.is_empty() {
        return Err("no known chain has this form, or the checksum does not match");
    }
    match wanted {
        None => candidates.into_iter().next().ok_or("no known chain has this form"),
        Some(chain) => candidates
            .into_iter()
            .find(|proven| proven.chain == chain)
            .ok_or("belongs to another chain than the one named"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Published test vectors of BIP 13/141/173/350, EIP-55 and the chains' own documentation.
    #[test]
    fn address_rows() {
        for (original, qualifier, canonical) in [
            (
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "",
                "btc:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            ),
            (
                "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1",
                "",
                "btc:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            ),
            (
                "3P14159f73E4gFr7JterCCQh9QjiTjiZrG",
                "",
                "btc:3P14159f73E4gFr7JterCCQh9QjiTjiZrG",
            ),
            (
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "",
                "btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            ),
            (
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                "Bitcoin",
                "btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            ),
            (
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
                "",
                "btc:bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            ),
            (
                "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
                "",
                "btc-test:tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
            ),
            (
                "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",
                "",
                "btc-test:mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",
            ),
            (
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "",
                "eth:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            ),
            (
                "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
                "polygon",
                "eth:0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
            ),
            (
                "eth:0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
                "",
                "eth:0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
            ),
            (
                "TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMW",
                "TRX",
                "trx:TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMW",
            ),
            (
                "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
                "",
                "xrp:rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
            ),
            (
                "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L",
                "",
                "doge:DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L",
            ),
            (
                "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
                "XMR",
                "xmr:44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
            ),
        ] {
            let value = clean(original, qualifier);
            assert_eq!(
                value.map(|value| value.canonical),
                Ok(canonical.to_owned()),
                "{original}"
            );
            assert_eq!(clean(canonical, "").unwrap().canonical, canonical);
        }
    }

    #[test]
    fn ethereum_is_shown_with_its_checksum() {
        let value = clean("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED", "").unwrap();
        assert_eq!(value.display, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    }

    #[test]
    fn junk_is_refused() {
        for (original, qualifier) in [
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", ""),
            ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", ""),
            ("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae", ""),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", ""),
            // Witness version 0 with the checksum of version 1 (BIP 350).
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", ""),
            ("bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", ""),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "ethereum"),
            (
                "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3B",
                "",
            ),
            ("wallet", ""),
            ("", "btc"),
            ("🦉", ""),
        ] {
            assert!(clean(original, qualifier).is_err(), "{original}");
        }
    }
}
