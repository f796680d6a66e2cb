//! Etherscan API answers of `txlist`, `txlistinternal` and `tokentx`: `{status, message, result: [...]}`.
//!
//! All numbers are strings, values are in the smallest unit and need more than 64 bits: they are shifted as text,
//! exactly. `isError` other than 0 moves no value. The answer does not name the ledger; addresses of this form on
//! a sister explorer look alike, so it is read as Ethereum.

use fusion_model::{Locator, Property, RawStatement, SourceKind, WarningCode};

use super::transaction::{self, Outcome, Owner, Token, Transaction};
use crate::chains;
use crate::error::{ErrorCode, ImportError};
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::json::{JsonReader, Node};
use crate::looks;
use crate::open;
use crate::records::{address_in_name, warning};
use crate::sink::Sink;

/// Reads transaction lists of the Etherscan API.
pub struct EtherscanApi;

impl Importer for EtherscanApi {
    fn id(&self) -> &'static str {
        "etherscan-api"
    }

    fn label(&self) -> &'static str {
        "Etherscan API JSON (transaction list)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Blockchain
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        let outline = probe.outline();
        let first = outline
            .json
            .as_ref()
            .and_then(|json| json.root.get("result"))
            .and_then(|rows| rows.items().first());
        let is_row = first.is_some_and(|row| {
            ["hash", "from", "to", "value", "timeStamp"]
                .iter()
                .all(|key| row.get(key).is_some())
        });
        Likelihood::certain_if(
            is_row && outline.json_object_has(&["status", "message"]),
            "the members of an Etherscan API answer",
        )
    }

    fn run(&self, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let given = input.subject.filter(|subject| looks::is_evm_address(subject.trim()));
        let mut owner = Owner::new(given.or(address_in_name(input.name)));
        open::read(&mut input, sink, |opened, sink| {
            let mut reader = JsonReader::new(opened.text);
            let mut has_list = false;
            reader.enter_object()?;
            while let Some(key) = reader.next_key()? {
                if key != "result" || reader.next_byte()? != Some(b'[') {
                    reader.skip_value()?;
                    continue;
                }
                has_list = true;
                reader.enter_array()?;
                let mut index = 0u64;
                while reader.next_item()? {
                    let node = reader.value()?;
                    take(&node, index, &mut owner, sink)?;
                    index += 1;
                }
            }
            reader.end()?;
            if !has_list {
                return Err(
                    ImportError::new(ErrorCode::WrongShape, "the answer holds no list of transactions")
                        .hint("the service answers with a text in `result` when a request fails"),
                );
            }
            owner.finish(sink)?;
            Ok(())
        })
    }
}

fn take(node: &Node, index: u64, owner: &mut Owner, sink: &mut dyn Sink) -> Result<(), ImportError> {
    sink.row_read()?;
    let locator = Locator::Pointer {
        pointer: format!("/result/{index}"),
        line: node.line,
    };
    let Some(chain) = chains::chain("ethereum") else {
        return Ok(());
    };
    let said = |key: &str, property: Property| RawStatement::new(property, node.text_of(key).trim(), format!("/{key}"));
    let from = said("from", Property::Wallet);
    let is_token = node.get("tokenSymbol").is_some();
    let to = match said("to", Property::Wallet) {
        to if to.original.is_empty() => said("contractAddress", Property::Wallet),
        to => to,
    };
    if from.original.is_empty() {
        sink.warning(warning(
            WarningCode::RowSkipped,
            locator,
            "the element does not say who sent",
        ))?;
        return Ok(());
    }
    let (places, coin) = if is_token {
        (
            node.text_of("tokenDecimal").parse().unwrap_or(0),
            node.text_of("tokenSymbol"),
        )
    } else {
        (18, chain.coin)
    };
    let Some(decimal) = transaction::shift(node.text_of("value"), places) else {
        sink.warning(warning(
            WarningCode::RowSkipped,
            locator,
            "the value is no whole number",
        ))?;
        return Ok(());
    };
    owner.row(&from.original, &to.original);
    let amount = RawStatement::new(Property::Amount, decimal, "/value").read_with(coin);
    let has_failed = node.text_of("isError") == "1" || node.text_of("txreceipt_status") == "0";
    let outcome = if has_failed || transaction::is_zero(&amount.original) {
        Outcome::Nothing
    } else {
        Outcome::Paid
    };
    let mut facts = vec![
        said("timeStamp", Property::HappenedAt),
        said("hash", Property::TransactionHash),
        said("functionName", Property::Note),
        said("errCode", Property::Status),
    ];
    if has_failed {
        facts.push(said("isError", Property::Status));
    }
    facts.extend(fee(node).map(|fee| RawStatement::new(Property::Fee, fee, "/gasUsed+gasPrice").read_with(chain.coin)));
    let token = is_token.then(|| Token {
        contract: said("contractAddress", Property::TokenContract),
        names: vec![said("tokenName", Property::Name), said("tokenSymbol", Property::Alias)],
    });
    let transaction = Transaction {
        chain,
        from,
        to,
        amount: Some(amount),
        token,
        facts,
        outcome,
    };
    sink.observation(transaction::observation(transaction, locator))?;
    Ok(())
}

/// The fee in coin: gas used times gas price, where the product fits.
fn fee(node: &Node) -> Option<String> {
    let used: u128 = node.text_of("gasUsed").parse().ok()?;
    let price: u128 = node.text_of("gasPrice").parse().ok()?;
    transaction::shift(&used.checked_mul(price)?.to_string(), 18)
}
