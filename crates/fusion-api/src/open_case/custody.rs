//! Custody as hosts see it: where the case stands, its events in words, receipts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fusion_model::{OperationId, SourceId};
use fusion_store::{Change, CustodyEvent, Receipt, Standing, head_code};

use super::{Custody, OpenCase, stamp};
use crate::clock;
use crate::commands::custody::{
    CustodyCompareView, CustodyEventView, CustodyPageRequest, CustodyPageView, StandingView,
};
use crate::commands::log::{CheckView, VerifyView};
use crate::error::{ApiError, Code};

/// Ends the name of a receipt.
const RECEIPT_ENDING: &str = ".receipt.txt";

impl OpenCase {
    /// Returns what the check at opening found.
    pub fn custody(&self) -> Custody {
        let standing = self.store.standing();
        let (verdict, advice) = match &standing {
            Standing::Extends { .. } => ("verified", "A full check is under Custody."),
            Standing::UnknownHere => (
                "unverified",
                "Compare the printed code of a receipt or of a colleague before you rely on it.",
            ),
            Standing::MemoryGarbled => (
                "unverified",
                "Compare a printed code; another program may have written into the folder of this computer's memory.",
            ),
            Standing::Behind { .. } => (
                "behind",
                "It is open for reading only. Look for the newer copy, or go on with this one and say why.",
            ),
            Standing::Diverged { .. } | Standing::Damaged { .. } => (
                "damaged",
                "It is open for reading only. Work on a copy, and restore the newest backup that verifies.",
            ),
        };
        let (verdict, unseen) = match self.store.pages_unseen() {
            Some(why) if verdict == "verified" => ("unverified", format!(" Its pages could not be compared: {why}.")),
            _ => (verdict, String::new()),
        };
        let mut text = format!("{standing}{unseen} {advice}");
        if let Some(trouble) = self.store.memory_trouble() {
            text = format!("{text} This computer could not remember the case: {trouble}.");
        }
        Custody { verdict, text }
    }

    /// Says why this opening may not write; empty when it may.
    pub fn read_only_reason(&self) -> String {
        if self.writable() {
            return String::new();
        }
        let standing = self.store.standing();
        if let Some(operation) = self.store.as_of() {
            format!("The case is shown as it was right after operation {operation}.")
        } else if let Some(refusal) = self.refusal.get() {
            format!("The case is open for reading only: {refusal}.")
        } else if standing.lets_write() {
            "The case is open for writing elsewhere.".to_owned()
        } else {
            standing.to_string()
        }
    }

    /// Notes why the case is open for reading although writing was asked for.
    pub(crate) fn note_refusal(&self, why: &ApiError) {
        if why.code == Code::ReadOnly {
            // An opening is refused once.
            let _ = self.refusal.set(why.message.clone());
        }
    }

    /// Refuses, saying why, where this opening may not write.
    pub fn require_writable(&self) -> Result<(), ApiError> {
        Ok(self.store.require_writable()?)
    }

    /// Returns where the case stands.
    pub fn standing(&self) -> Result<StandingView, ApiError> {
        let (standing, (seq, head)) = (self.store.standing(), self.store.head()?);
        let signers = self.store.signers()?;
        let own = self.store.machine().and_then(|machine| machine.identity().ok());
        let own = own.map(|identity| identity.public_key());
        let name = |key: &[u8; 32]| {
            let whose = if own.as_ref() == Some(key) {
                "this computer"
            } else {
                "another computer"
            };
            format!("{whose} ({}…)", hex(&key[..8]))
        };
        Ok(StandingView {
            verdict: standing.verdict().to_owned(),
            text: self.custody().text,
            seq,
            code: head_code(&head),
            remembered: standing.remembered(),
            first_bad: standing.first_bad(),
            checkpoints: self.store.checkpoints()?,
            signers: signers.iter().map(name).collect(),
        })
    }

    /// Goes on with an older case, on the record.
    pub fn acknowledge(&self, reason: &str) -> Result<(), ApiError> {
        if reason.trim().is_empty() {
            return Err(ApiError::usage("going on with an older case needs a reason"));
        }
        Ok(self.store.acknowledge(reason.trim(), &stamp())?)
    }

    /// Says whether a printed code belongs to the history of this case.
    pub fn compare_code(&self, code: &str) -> Result<CustodyCompareView, ApiError> {
        let seq = self.store.find_code(code)?;
        let text = match seq {
            Some(seq) => format!("The code is that of event {seq}: the history of this case holds it."),
            None => "The history of this case does not hold this code.".to_owned(),
        };
        Ok(CustodyCompareView { seq, text })
    }

    /// Checks the whole case.
    pub fn verify(&self) -> Result<VerifyView, ApiError> {
        let report = self.store.verify();
        let checks = report.checks.iter().map(|check| CheckView {
            name: check.name.to_owned(),
            state: if check.first_bad.is_none() { "ok" } else { "bad" }.to_owned(),
            text: match (&check.first_bad, check.unseen) {
                (Some(bad), _) => bad.clone(),
                (None, Some(why)) => format!("not compared: {why}"),
                (None, None) => format!("{} looked at", check.looked_at),
            },
        });
        Ok(VerifyView {
            verdict: report.verdict().id().to_owned(),
            checks: checks.collect(),
            first_bad: report.first_bad().map(str::to_owned),
            unseen: report.unseen().map(str::to_owned),
        })
    }

    /// Returns events of custody, latest first.
    pub fn custody_page(&self, request: &CustodyPageRequest) -> Result<CustodyPageView, ApiError> {
        let wanted = request.text.as_deref().unwrap_or_default().trim().to_lowercase();
        let action = request.action.as_deref().filter(|action| !action.is_empty());
        let mut words = Words::of(self)?;
        let mut trouble = None;
        let mut holds = |event: &CustodyEvent| {
            if wanted.is_empty() {
                return true;
            }
            match words.event(event) {
                Ok(view) => [
                    &view.action,
                    &view.object,
                    &view.who,
                    &view.reason,
                    &view.tool,
                    &view.clock,
                ]
                .iter()
                .any(|text| text.to_lowercase().contains(&wanted)),
                Err(error) => {
                    trouble = Some(error);
                    false
                }
            }
        };
        let (offset, limit) = (request.offset, request.limit);
        let (events, total) = if action.is_none() && wanted.is_empty() {
            self.store.custody_before(offset, limit)?
        } else {
            self.store.custody_where(action, &mut holds, offset, limit)?
        };
        if let Some(error) = trouble {
            return Err(error);
        }
        Ok(CustodyPageView {
            events: events
                .iter()
                .map(|event| words.event(event))
                .collect::<Result<_, _>>()?,
            total,
            actions: self.store.custody_actions()?,
        })
    }

    /// Writes the receipt beside a file that has just left the case, and returns where it lies.
    pub fn write_receipt(&self, file: &Path, sha256: &[u8; 32], size: u64) -> Result<PathBuf, ApiError> {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = self.store.receipt(&name, sha256, size, clock::wall())?;
        let place = receipt_of(file);
        std::fs::write(&place, text).map_err(|error| {
            ApiError::new(
                Code::Failed,
                format!("the receipt cannot be written: {error}: {}", place.display()),
            )
        })?;
        Ok(place)
    }

    /// Holds a receipt against the history of this case.
    pub fn check_receipt(&self, receipt: &Receipt) -> Result<(), ApiError> {
        Ok(self.store.check_receipt(receipt)?)
    }
}

/// Returns where the receipt of a file lies.
pub(crate) fn receipt_of(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(RECEIPT_ENDING);
    file.with_file_name(name)
}

/// Returns the file that a receipt lies beside.
pub(crate) fn file_of(receipt: &Path) -> Option<PathBuf> {
    let name = receipt.file_name()?.to_str()?.strip_suffix(RECEIPT_ENDING)?;
    Some(receipt.with_file_name(name))
}

/// Puts events in words, looking each name up once.
struct Words<'a> {
    case: &'a OpenCase,
    sources: BTreeMap<SourceId, String>,
    operations: BTreeMap<OperationId, [String; 3]>,
}

impl<'a> Words<'a> {
    fn of(case: &'a OpenCase) -> Result<Self, ApiError> {
        let sources = case.store.sources()?.into_iter();
        Ok(Self {
            case,
            sources: sources.map(|entry| (entry.source.id, entry.source.name)).collect(),
            operations: BTreeMap::new(),
        })
    }

    fn event(&mut self, event: &CustodyEvent) -> Result<CustodyEventView, ApiError> {
        let [object, who, reason] = match event.operation() {
            Some(id) => self.operation(id)?,
            None => [self.object(event), event.who.clone(), event.reason.clone()],
        };
        Ok(CustodyEventView {
            seq: event.seq,
            at: event.at.iso(),
            clock: event.clock.clone(),
            action: event.action.clone(),
            object,
            who,
            reason,
            tool: event.tool.clone(),
            digest: hex(&event.digest),
        })
    }

    /// What an operation does, who made it and why, as the log of operations has it.
    fn operation(&mut self, id: OperationId) -> Result<[String; 3], ApiError> {
        if let Some(known) = self.operations.get(&id) {
            return Ok(known.clone());
        }
        let operation = self.case.store.operation(id)?;
        let reason = match &operation.change {
            Change::Withdraw { reason, .. }
            | Change::Judge { reason, .. }
            | Change::AlertState { reason, .. }
            | Change::Disclose { reason, .. }
            | Change::Erase { reason, .. } => reason.clone(),
            _ => String::new(),
        };
        let words = [self.case.describe(&operation)?, operation.author.clone(), reason];
        self.operations.insert(id, words.clone());
        Ok(words)
    }

    fn object(&self, event: &CustodyEvent) -> String {
        let short = |bytes: &[u8]| hex(&bytes[..bytes.len().min(8)]);
        let number = |bytes: &[u8]| bytes.try_into().map(u64::from_le_bytes).unwrap_or_default();
        match event.about.as_str() {
            "source" => {
                let id = event.object.as_slice().try_into().map(SourceId);
                let name = id.ok().and_then(|id| self.sources.get(&id).cloned());
                name.unwrap_or_else(|| format!("source {}", short(&event.object)))
            }
            "case" => "the case".to_owned(),
            "keys" => format!("key file {} → {}", number(&event.before), number(&event.after)),
            "place" => String::from_utf8_lossy(&event.object).into_owned(),
            "count" => number(&event.object).to_string(),
            "instance" => format!("copy {} after copy {}", short(&event.object), short(&event.before)),
            "signer" => format!("key {}…", short(&event.object)),
            "missing-head" => match event.object.as_slice().try_into() {
                Ok(digest) => format!("missing head {}", head_code(&digest)),
                Err(_) => String::new(),
            },
            _ if event.object.is_empty() => String::new(),
            sort => format!("{sort} {}", short(&event.object)).trim().to_owned(),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
