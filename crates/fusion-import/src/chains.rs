//! Ledgers and their native coins: the words by which files name them.
//!
//! Only context is looked up here (the chain of an address, the coin of an amount); no value is changed.

/// One ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chain {
    /// Name used as qualifier of wallets and tokens.
    pub(crate) id: &'static str,
    /// Native coin.
    pub(crate) coin: &'static str,
    /// Other words for chain or coin, lower case.
    words: &'static str,
}

const CHAINS: &[Chain] = &[
    Chain {
        id: "bitcoin",
        coin: "BTC",
        words: "btc xbt",
    },
    Chain {
        id: "ethereum",
        coin: "ETH",
        words: "eth ether mainnet",
    },
    Chain {
        id: "bsc",
        coin: "BNB",
        words: "bnb binance binance-smart-chain",
    },
    Chain {
        id: "polygon",
        coin: "POL",
        words: "matic pol",
    },
    Chain {
        id: "avalanche",
        coin: "AVAX",
        words: "avax",
    },
    Chain {
        id: "fantom",
        coin: "FTM",
        words: "ftm",
    },
    Chain {
        id: "cronos",
        coin: "CRO",
        words: "cro",
    },
    Chain {
        id: "gnosis",
        coin: "XDAI",
        words: "xdai",
    },
    Chain {
        id: "celo",
        coin: "CELO",
        words: "",
    },
    Chain {
        id: "moonbeam",
        coin: "GLMR",
        words: "glmr",
    },
    Chain {
        id: "moonriver",
        coin: "MOVR",
        words: "movr",
    },
    Chain {
        id: "tron",
        coin: "TRX",
        words: "trx",
    },
    Chain {
        id: "litecoin",
        coin: "LTC",
        words: "ltc",
    },
    Chain {
        id: "bitcoin-cash",
        coin: "BCH",
        words: "bch bitcoincash",
    },
    Chain {
        id: "dogecoin",
        coin: "DOGE",
        words: "doge",
    },
    Chain {
        id: "monero",
        coin: "XMR",
        words: "xmr",
    },
    Chain {
        id: "zcash",
        coin: "ZEC",
        words: "zec",
    },
    Chain {
        id: "dash",
        coin: "DASH",
        words: "",
    },
    Chain {
        id: "ripple",
        coin: "XRP",
        words: "xrp",
    },
    Chain {
        id: "solana",
        coin: "SOL",
        words: "sol",
    },
];

/// Finds a chain by its name or coin.
pub(crate) fn chain(word: &str) -> Option<&'static Chain> {
    let word = word.trim().to_ascii_lowercase();
    CHAINS.iter().find(|chain| {
        chain.id == word
            || chain.coin.to_ascii_lowercase() == word
            || chain.words.split(' ').any(|other| !word.is_empty() && other == word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_found_by_name_and_coin() {
        for (word, coin) in [
            ("Ethereum", Some("ETH")),
            ("bnb", Some("BNB")),
            (" btc ", Some("BTC")),
            ("", None),
            ("rai stone", None),
        ] {
            assert_eq!(chain(word).map(|chain| chain.coin), coin, "{word}");
        }
    }
}
