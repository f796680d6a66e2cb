//! What exports of Etherscan and its sister explorers have in common: transactions between addresses.
//!
//! A transaction that succeeded and moved value is a payment. One that failed, or moved nothing, keeps its hash,
//! time, state and fee with the sender and links nobody.

use std::collections::BTreeSet;

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Locator, Observation, RawStatement, WarningCode};

use crate::chains::Chain;
use crate::draft::Draft;
use crate::records::warning;
use crate::sink::{Sink, Stop};

/// Holds one transaction, each value with its path.
pub(super) struct Transaction {
    /// Ledger, which addresses and tokens are read with.
    pub(super) chain: &'static Chain,
    /// Sender.
    pub(super) from: RawStatement,
    /// Receiver; the new contract when one is created.
    pub(super) to: RawStatement,
    /// What moved, already read with its coin.
    pub(super) amount: Option<RawStatement>,
    /// Token contract, for token transfers.
    pub(super) token: Option<Token>,
    /// Time, hash, state, fee and notes.
    pub(super) facts: Vec<RawStatement>,
    /// Whether value moved.
    pub(super) outcome: Outcome,
}

/// Describes a token.
pub(super) struct Token {
    /// Contract address.
    pub(super) contract: RawStatement,
    /// Name and symbol.
    pub(super) names: Vec<RawStatement>,
}

/// Says what became of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Value moved.
    Paid,
    /// Nothing moved: it failed, or was a call without value.
    Nothing,
}

/// Makes the observation of one transaction.
pub(super) fn observation(transaction: Transaction, locator: Locator) -> Observation {
    let Transaction {
        chain,
        from,
        to,
        amount,
        token,
        facts,
        outcome,
    } = transaction;
    let mut draft = Draft::at(locator);
    let sender = draft.thing(EntityKind::Wallet, from.read_with(chain.id));
    let receiver = (!to.original.trim().is_empty()).then(|| draft.thing(EntityKind::Wallet, to.read_with(chain.id)));
    let token = token.filter(|token| !token.contract.original.trim().is_empty());
    let contract = token.map(|token| {
        let contract = token.contract.read_with(chain.id);
        let record = draft.thing(EntityKind::Token, contract.clone());
        token.names.into_iter().for_each(|name| draft.state(record, name));
        contract
    });
    let facts = facts.into_iter().chain(contract);
    match (receiver, outcome) {
        (Some(receiver), Outcome::Paid) => {
            let mut link = draft.link(sender, receiver, RelationKind::Paid);
            for fact in amount.into_iter().chain(facts) {
                link = link.state(fact);
            }
        }
        _ => facts.for_each(|fact| draft.state(sender, fact)),
    }
    draft.done()
}

/// Tells whether a decimal text is zero (or blank).
pub(super) fn is_zero(amount: &str) -> bool {
    amount.chars().all(|c| matches!(c, '0' | '.' | ',' | ' '))
}

/// Moves the decimal point of a whole number `places` to the left, exactly; `None` if it is no whole number.
pub(super) fn shift(whole: &str, places: usize) -> Option<String> {
    let digits = whole.trim();
    if digits.is_empty() || digits.len() > 200 || places > 200 || !digits.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (units, fraction) = padded.split_at(padded.len() - places);
    let units = units.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let units = if units.is_empty() { "0" } else { units };
    Some(if fraction.is_empty() {
        units.to_owned()
    } else {
        format!("{units}.{fraction}")
    })
}

/// Finds the address whose transactions these are: the one that every row shares.
#[derive(Default)]
pub(super) struct Owner {
    given: Option<String>,
    shared: Option<BTreeSet<String>>,
}

impl Owner {
    /// Starts with the address from the file name or the analyst, if there is one.
    pub(super) fn new(given: Option<&str>) -> Self {
        Self {
            given: given
                .map(|address| address.trim().to_ascii_lowercase())
                .filter(|address| !address.is_empty()),
            shared: None,
        }
    }

    /// Notes the two ends of a row.
    pub(super) fn row(&mut self, from: &str, to: &str) {
        let ends: BTreeSet<String> = [from, to]
            .iter()
            .map(|end| end.trim().to_ascii_lowercase())
            .filter(|end| !end.is_empty())
            .collect();
        self.shared = Some(match self.shared.take() {
            None => ends,
            Some(shared) => shared.intersection(&ends).cloned().collect(),
        });
    }

    /// Names subject and origin, if one address is left.
    pub(super) fn finish(self, sink: &mut dyn Sink) -> Result<(), Stop> {
        let alone = self
            .shared
            .filter(|shared| shared.len() == 1)
            .and_then(|shared| shared.into_iter().next());
        match self.given.or(alone) {
            Some(address) => {
                sink.origin(format!("etherscan:{address}"));
                sink.subject(address);
            }
            None => {
                let message = "neither the file name nor the rows tell whose transactions these are";
                sink.warning(warning(WarningCode::Subject, Locator::Whole, message))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifting_is_exact() {
        for (whole, places, expected) in [
            ("1000000000000000000", 18, Some("1")),
            ("1", 18, Some("0.000000000000000001")),
            (
                "123456789012345678901234567890",
                18,
                Some("123456789012.34567890123456789"),
            ),
            ("0", 18, Some("0")),
            ("50", 0, Some("50")),
            ("", 18, None),
            ("1.5", 18, None),
        ] {
            assert_eq!(shift(whole, places).as_deref(), expected, "{whole} {places}");
        }
    }

    #[test]
    fn zero_is_zero_however_written() {
        for (text, zero) in [
            ("0", true),
            ("0.00", true),
            ("", true),
            ("0.01", false),
            ("1,000", false),
        ] {
            assert_eq!(is_zero(text), zero, "{text}");
        }
    }
}
