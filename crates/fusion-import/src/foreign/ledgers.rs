//! Ledgers: raw transactions, dumps, address lists and tags.

use super::Signature::{Columns, Items, Object, Seen};
use super::{Foreign, lines_that};
use crate::looks;
use crate::outline::{JsonForm, Outline};

pub(super) const FORMATS: &[Foreign] = &[
    Foreign::new(
        "Esplora transactions",
        &[Seen(
            |outline| is_transaction(outline, "scriptpubkey"),
            "inputs and outputs with scriptpubkey",
        )],
    ),
    Foreign::new(
        "Bitcoin Core transaction",
        &[Seen(
            |outline| is_transaction(outline, "scriptPubKey"),
            "inputs and outputs with scriptPubKey",
        )],
    ),
    Foreign::new(
        "Esplora address",
        &[Object(&["address", "chain_stats", "mempool_stats"])],
    ),
    Foreign::new(
        "Blockchair dump",
        &[
            Columns(&["block_id", "transaction_hash", "recipient"]),
            Columns(&["block_id", "hash", "input_total", "output_total"]),
            Columns(&["block_id", "transaction_hash", "spending_transaction_hash"]),
        ],
    ),
    Foreign::new(
        "Etherscan NFT transfers",
        &[Columns(&["From", "To", "TokenId", "TokenSymbol"])],
    ),
    Foreign::new("Etherscan API answer", &[Object(&["status", "message", "result"])]),
    Foreign::new(
        "GraphSense TagPack",
        &[Seen(is_tag_pack, "YAML with a title, a creator and tags")],
    ),
    Foreign::new(
        "Ransomwhere addresses",
        &[Seen(is_ransomwhere, "results with address and family")],
    ),
    Foreign::new(
        "OFAC address list",
        &[Seen(is_address_list, "nothing but wallet addresses")],
    ),
    Foreign::new(
        "NFT or token metadata",
        &[Items(&["tokenID", "tokenName", "contractAddress"])],
    ),
];

fn is_transaction(outline: &Outline, script: &str) -> bool {
    outline.json.as_ref().is_some_and(|json| {
        let first = json.first();
        let body = first.get("result").filter(|body| body.is_object()).unwrap_or(first);
        let outputs = body.get("vout").map(|outputs| outputs.items()).unwrap_or_default();
        body.get("vin").is_some() && (outputs.is_empty() || outputs.iter().any(|output| output.get(script).is_some()))
    })
}

fn is_tag_pack(outline: &Outline) -> bool {
    let has = |key: &str| outline.text.lines().any(|line| line.starts_with(key));
    outline.json.is_none() && has("title:") && has("creator:") && (has("tags:") || has("label:") || has("lastmod:"))
}

fn is_ransomwhere(outline: &Outline) -> bool {
    outline
        .json
        .as_ref()
        .and_then(|json| json.root.get("result"))
        .and_then(|list| list.items().first())
        .is_some_and(|first| first.get("address").is_some() && first.get("family").is_some())
}

fn is_address_list(outline: &Outline) -> bool {
    let is_address = |text: &str| {
        let is_long = (25..=106).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_alphanumeric());
        // Plain hexadecimal is a digest; addresses of other ledgers use more of the alphabet.
        looks::is_wallet(text)
            || (is_long && text.bytes().any(|c| c.is_ascii_digit()) && !text.bytes().all(|c| c.is_ascii_hexdigit()))
    };
    if let Some(json) = outline.json.as_ref() {
        let items = json.root.items();
        return json.form == JsonForm::Array
            && !items.is_empty()
            && items.iter().all(|item| item.text().is_some_and(is_address));
    }
    let (addresses, all) = lines_that(outline, is_address);
    let counted = if outline.is_whole { all } else { all.saturating_sub(1) };
    addresses >= 2 && addresses >= counted
}
