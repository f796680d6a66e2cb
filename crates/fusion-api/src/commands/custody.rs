//! The chain of custody: its events, where it stands against what this computer remembers, acknowledging a gap.

use std::path::Path;
use std::sync::Arc;

use fusion_store::{Receipt, head_code};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::{OpenCaseView, open_view};
use crate::bench::Workbench;
use crate::error::{ApiError, Code};
use crate::open_case::file_of;
use crate::router::{Command, command};

/// Asks for events of custody.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustodyPageRequest {
    /// First row, 0-based, latest first.
    pub offset: u64,
    /// Rows wanted, at most 1,000.
    pub limit: u64,
    /// Only this action, e.g. `import`.
    #[ts(optional)]
    pub action: Option<String>,
    /// Only events whose action, author, reason or object holds this text.
    #[ts(optional)]
    pub text: Option<String>,
}

/// Shows events of custody, latest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustodyPageView {
    /// The events.
    pub events: Vec<CustodyEventView>,
    /// All events that answer.
    pub total: u64,
    /// Every action that occurs, for a filter.
    pub actions: Vec<String>,
}

/// Shows one event of custody.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustodyEventView {
    /// Number, from 1.
    pub seq: u64,
    /// When by the wall clock, ISO 8601 UTC.
    pub at: String,
    /// What the clocks say of that time, in words; empty when nothing is odd.
    pub clock: String,
    /// What was done.
    pub action: String,
    /// What it was done to, in words where the case knows it, else an id.
    pub object: String,
    /// Who; empty once erased, or before that was logged.
    pub who: String,
    /// Why; empty when nobody said so, or once erased.
    pub reason: String,
    /// Program and version.
    pub tool: String,
    /// Digest of the event, hexadecimal.
    pub digest: String,
}

/// Asks where the case stands.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustodyStandingRequest {}

/// Shows where the case stands against what this computer remembers of it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StandingView {
    /// `unknown-here`, `extends`, `behind`, `diverged` or `damaged`.
    pub verdict: String,
    /// In words, with what to do.
    pub text: String,
    /// Number of the last event.
    pub seq: u64,
    /// Short code of the head, as printed on receipts.
    pub code: String,
    /// Number of the last event this computer has seen; none when it has seen none.
    pub remembered: Option<u64>,
    /// First bad event or object; none when all is well.
    pub first_bad: Option<String>,
    /// Signed checkpoints.
    pub checkpoints: u64,
    /// Whose keys signed them: names with the start of the public key.
    pub signers: Vec<String>,
}

/// Asks to go on with an older case, on the record.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustodyAcknowledgeRequest {
    /// Why this older case is the one to go on with.
    pub reason: String,
}

/// Asks whether a printed code belongs to the history of this case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustodyCompareRequest {
    /// The code from a receipt or report.
    pub code: String,
}

/// Shows whether a printed code belongs to the history of this case.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustodyCompareView {
    /// Number of the event the code names; none when the history does not hold it.
    pub seq: Option<u64>,
    /// In words.
    pub text: String,
}

pub(crate) const COMMANDS: &[Command] = &[
    command!("custody.page", Read, "Events of custody, latest first.", CustodyPageRequest => CustodyPageView, page),
    command!("custody.standing", Read, "Where the case stands against what this computer remembers.", CustodyStandingRequest => StandingView, standing),
    command!("custody.acknowledge", Write, "Goes on with an older case, on the record.", CustodyAcknowledgeRequest => OpenCaseView, acknowledge),
    command!("custody.compare", Read, "Whether a printed code belongs to the history of this case.", CustodyCompareRequest => CustodyCompareView, compare),
];

const MOST_ROWS: u64 = 1000;
/// Far more than a receipt needs.
const MOST_BYTES: u64 = 64 * 1024;

/// Returns events of custody.
pub fn page(bench: &Arc<Workbench>, mut request: CustodyPageRequest) -> Result<CustodyPageView, ApiError> {
    request.limit = request.limit.min(MOST_ROWS);
    bench.case()?.custody_page(&request)
}

/// Returns where the case stands.
pub fn standing(bench: &Arc<Workbench>, _request: CustodyStandingRequest) -> Result<StandingView, ApiError> {
    bench.case()?.standing()
}

/// Goes on with an older case, on the record.
pub fn acknowledge(bench: &Arc<Workbench>, request: CustodyAcknowledgeRequest) -> Result<OpenCaseView, ApiError> {
    let case = bench.case()?;
    case.acknowledge(&request.reason)?;
    open_view(&case)
}

/// Returns whether a printed code belongs to the history of this case.
pub fn compare(bench: &Arc<Workbench>, request: CustodyCompareRequest) -> Result<CustodyCompareView, ApiError> {
    bench.case()?.compare_code(&request.code)
}

/// Shows what a receipt says.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiptView {
    /// The file that was checked.
    pub file: String,
    /// Digest of its bytes, as the receipt and the file have it.
    pub sha256: String,
    /// Newest event of custody when it was written.
    pub seq: u64,
    /// Short code of that event.
    pub code: String,
    /// When, ISO 8601 UTC.
    pub time: String,
    /// Public key that signed it.
    pub key: String,
    /// Whether it was held against a case, in words.
    pub text: String,
}

/// Checks a receipt and the file beside it, and holds it against the open case where there is one.
pub fn check_receipt(bench: &Arc<Workbench>, place: &Path) -> Result<ReceiptView, ApiError> {
    let unreadable = |error: std::io::Error, path: &Path| {
        ApiError::new(Code::Failed, format!("cannot be read: {error}: {}", path.display()))
    };
    let size = std::fs::metadata(place)
        .map_err(|error| unreadable(error, place))?
        .len();
    if size > MOST_BYTES {
        return Err(ApiError::new(
            Code::Damaged,
            "this is not a receipt, or not a whole one",
        ));
    }
    let text = std::fs::read_to_string(place).map_err(|error| unreadable(error, place))?;
    let receipt = Receipt::read(&text)?;
    let file = file_of(place).unwrap_or_else(|| place.with_file_name(&receipt.file));
    if !receipt.describes(&file)? {
        let what = format!(
            "the file is not the one the receipt was written for: {}",
            file.display()
        );
        return Err(ApiError::new(Code::Damaged, what));
    }
    let text = match bench.try_case() {
        Some(case) => {
            case.check_receipt(&receipt)?;
            "The file is unchanged, and the history of the case holds its receipt."
        }
        None => "The file is unchanged, and the receipt is signed by the key it names.",
    };
    Ok(ReceiptView {
        file: file.display().to_string(),
        sha256: receipt.sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
        seq: receipt.seq,
        code: head_code(&receipt.head),
        time: receipt.time,
        key: receipt.key.iter().map(|byte| format!("{byte:02x}")).collect(),
        text: text.to_owned(),
    })
}
