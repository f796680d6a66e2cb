//! CSV exports of Etherscan and its sister explorers: normal, internal and token (ERC-20) transactions.
//!
//! Heads changed over the years and carry live values (`CurrentValue @ $2611.85/Eth`) and the coin in brackets
//! (`Value_IN(BNB)`); columns are found by their folded names, the coin gives the ledger. The own address stands
//! in the file name only (`export-0x….csv`); else it is the one that all rows share. The amount is whichever of
//! `Value_IN` and `Value_OUT` is not zero. A failed row pays its fee and moves no value.

use fusion_model::{Locator, Property, RawStatement, SourceKind, WarningCode};

use super::transaction::{self, Outcome, Owner, Token, Transaction};
use crate::chains::{self, Chain};
use crate::error::{ErrorCode, ImportError};
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::looks;
use crate::open;
use crate::records::{address_in_name, warning};
use crate::rows::{Row, RowReader, Step};
use crate::shape::is_failure;
use crate::sink::Sink;
use crate::table::fold;

/// Reads CSV exports of Etherscan-like explorers.
pub struct EtherscanCsv;

impl Importer for EtherscanCsv {
    fn id(&self) -> &'static str {
        "etherscan-csv"
    }

    fn label(&self) -> &'static str {
        "Etherscan CSV (transactions, internal, tokens)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Blockchain
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        let outline = probe.outline();
        let is_mine = outline
            .table
            .as_ref()
            .is_some_and(|table| Columns::find(&table.columns).is_some());
        // Non-fungible tokens move pieces, not amounts, and have no importer yet.
        let is_nft = outline.header_has(&["TokenId"]);
        Likelihood::certain_if(is_mine && !is_nft, "the columns of an Etherscan export")
    }

    fn run(&self, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let named = address_in_name(input.name);
        let given = input.subject.filter(|subject| looks::is_evm_address(subject.trim()));
        let mut owner = Owner::new(given.or(named));
        open::read(&mut input, sink, |opened, sink| {
            let mut reader = RowReader::new(opened.text, ',');
            let mut columns: Option<Columns> = None;
            while let Some(step) = reader.next_row()? {
                match (step, &columns) {
                    (Step::Skipped(skipped), _) => {
                        sink.row_read()?;
                        sink.warning(skipped)?;
                    }
                    (Step::Row(row), None) => {
                        columns = Some(Columns::find(&row.cells).ok_or_else(|| {
                            ImportError::new(
                                ErrorCode::WrongShape,
                                "the columns are not those of an Etherscan export",
                            )
                            .at_line(row.line)
                        })?);
                    }
                    (Step::Row(row), Some(columns)) => take(&row, columns, &mut owner, sink)?,
                }
            }
            owner.finish(sink)?;
            Ok(())
        })
    }
}

/// Positions of the columns, with their names as written.
struct Columns {
    heads: Vec<String>,
    chain: &'static Chain,
    hash: usize,
    from: usize,
    to: usize,
    unix: Option<usize>,
    date: Option<usize>,
    contract: Option<usize>,
    value_in: Option<usize>,
    value_out: Option<usize>,
    token_value: Option<usize>,
    token_name: Option<usize>,
    token_symbol: Option<usize>,
    fiat: Option<usize>,
    fee: Option<usize>,
    status: Option<usize>,
    error: Option<usize>,
    notes: Vec<usize>,
    form: Form,
}

/// Sorts the exports.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Normal,
    Internal,
    Token,
}

impl Columns {
    fn find(heads: &[String]) -> Option<Self> {
        let folded: Vec<String> = heads.iter().map(|head| fold(head)).collect();
        let at = |names: &[&str]| folded.iter().position(|head| names.contains(&head.as_str()));
        let starting = |name: &str| folded.iter().position(|head| head.starts_with(name));
        let (value_in, value_out) = (starting("valuein"), starting("valueout"));
        let token_symbol = at(&["tokensymbol"]);
        let coin = value_in
            .and_then(|at| heads.get(at))
            .and_then(|head| bracketed(head))
            .unwrap_or("ETH");
        let form = match (token_symbol, starting("parenttx")) {
            (Some(_), _) => Form::Token,
            (None, Some(_)) => Form::Internal,
            (None, None) => Form::Normal,
        };
        let is_complete = token_symbol.is_some() || (value_in.is_some() && value_out.is_some());
        Some(Self {
            chain: chains::chain(coin).or_else(|| chains::chain("ETH"))?,
            hash: at(&["transactionhash", "txhash"])?,
            from: at(&["from"])?,
            to: at(&["to", "txto"])?,
            unix: at(&["unixtimestamp"]),
            date: at(&["datetimeutc", "datetime"]),
            contract: at(&["contractaddress"]),
            value_in,
            value_out,
            token_value: at(&["tokenvalue", "value"]),
            token_name: at(&["tokenname"]),
            token_symbol,
            fiat: at(&["usdvaluedayoftx"]),
            // The first of TxnFee(ETH) and TxnFee(USD).
            fee: starting("txnfee"),
            status: at(&["status"]),
            error: at(&["errcode"]),
            notes: ["method", "privatenote", "type"]
                .iter()
                .filter_map(|name| at(&[name]))
                .collect(),
            form,
            heads: heads.to_vec(),
        })
        .filter(|columns| is_complete && (columns.unix.is_some() || columns.date.is_some()))
    }

    fn said(&self, row: &Row, at: Option<usize>, property: Property) -> RawStatement {
        let text = at.and_then(|at| row.cells.get(at)).map_or("", |cell| cell.trim());
        let path = at.and_then(|at| self.heads.get(at)).map_or("", |head| head.trim());
        RawStatement::new(property, text, path)
    }
}

fn bracketed(head: &str) -> Option<&str> {
    head.split_once('(')?.1.split_once(')').map(|(coin, _)| coin)
}

fn take(row: &Row, columns: &Columns, owner: &mut Owner, sink: &mut dyn Sink) -> Result<(), ImportError> {
    sink.row_read()?;
    if let Some(short) = row.short_of(columns.heads.len()) {
        sink.warning(short)?;
        return Ok(());
    }
    let said = |at: Option<usize>, property: Property| columns.said(row, at, property);
    let from = said(Some(columns.from), Property::Wallet);
    let stated_to = said(Some(columns.to), Property::Wallet);
    let creates = stated_to.original.is_empty() && columns.form != Form::Token;
    let to = if creates {
        said(columns.contract, Property::Wallet)
    } else {
        stated_to
    };
    let locator = Locator::Line(row.line);
    if from.original.is_empty() || (to.original.is_empty() && columns.form == Form::Token) {
        sink.warning(warning(
            WarningCode::RowSkipped,
            locator,
            "the row does not say who sent or received",
        ))?;
        return Ok(());
    }
    owner.row(&from.original, &to.original);

    let symbol = said(columns.token_symbol, Property::Alias);
    let amount = match columns.form {
        Form::Token => said(columns.token_value, Property::Amount).read_with(symbol.original.as_str()),
        Form::Normal | Form::Internal => {
            let received = said(columns.value_in, Property::Amount);
            let sent = said(columns.value_out, Property::Amount);
            let amount = if transaction::is_zero(&received.original) {
                sent
            } else {
                received
            };
            amount.read_with(columns.chain.coin)
        }
    };
    let status = said(columns.status, Property::Status);
    let error = said(columns.error, Property::Status);
    // Internal exports write 0 and 1, normal ones leave a good row blank and write Error(0) for a failed one.
    let has_failed = !error.original.is_empty()
        || is_failure(&status.original)
        || (columns.form == Form::Internal && status.original == "1");
    let is_paid = !has_failed && !transaction::is_zero(&amount.original);
    let mut facts = vec![
        moment(row, columns),
        said(Some(columns.hash), Property::TransactionHash),
        said(columns.fee, Property::Fee).read_with(columns.chain.coin),
        status,
        error,
    ];
    let fiat = said(columns.fiat, Property::FiatValue).read_with("USD");
    if fiat.original != "N/A" {
        facts.push(fiat);
    }
    facts.extend(columns.notes.iter().map(|at| said(Some(*at), Property::Note)));
    if creates && !to.original.is_empty() {
        facts.push(RawStatement::new(Property::Note, "contract creation", to.path.clone()));
    }
    let token = (columns.form == Form::Token).then(|| Token {
        contract: said(columns.contract, Property::TokenContract),
        names: vec![said(columns.token_name, Property::Name), symbol],
    });
    let outcome = if is_paid { Outcome::Paid } else { Outcome::Nothing };
    let amount = Some(amount);
    let transaction = Transaction {
        chain: columns.chain,
        from,
        to,
        amount,
        token,
        facts,
        outcome,
    };
    sink.observation(transaction::observation(transaction, locator))?;
    Ok(())
}

/// The time as UTC seconds; old files have only the UTC text.
fn moment(row: &Row, columns: &Columns) -> RawStatement {
    let seconds = columns.said(row, columns.unix, Property::HappenedAt);
    if seconds.original.is_empty() {
        columns.said(row, columns.date, Property::HappenedAt).read_with("utc")
    } else {
        seconds
    }
}
