//! The sample case: invented people, firms and files that show every part of the workbench.
//!
//! The files go through the same detection, import and fusion as anybody's; nothing in the product knows what they
//! hold. Addresses are digests of phrases, numbers come from ranges set aside for fiction, domains end in `.example`.

use std::path::Path;

use crate::commands::import::ImportFileRequest;
use crate::error::{ApiError, Code};
use crate::intake::{self, Fate, Wish};
use crate::open_case::OpenCase;
use crate::progress::Progress;

/// Name of the sample case.
pub const CASE_NAME: &str = "Lantern sample";
/// Region of its phone numbers.
pub const REGION: &str = "GB";
/// Passphrase of the sample case that a window creates. It protects nothing: all of it is invented.
pub const PASSPHRASE: &str = "lantern sample, nothing secret";

/// Why it may lie on a network or where it is copied about.
pub const ANYWAY: &str = "the sample case holds nothing that could be lost";

struct SampleFile {
    name: &'static str,
    kind: &'static str,
    grade: &'static str,
    subject: &'static str,
    bytes: &'static [u8],
}

macro_rules! sample_files {
    ($($name:literal, $kind:literal, $grade:literal, $subject:literal;)+) => {
        &[$(SampleFile {
            name: $name,
            kind: $kind,
            grade: $grade,
            subject: $subject,
            bytes: include_bytes!(concat!("../sample/", $name)),
        }),+]
    };
}

const FILES: &[SampleFile] = sample_files! {
    "kestrel_t.csv", "sherlock", "B3", "";
    "tomas.brandt.csv", "sherlock", "C3", "";
    "report_kestrel_t_simple.json", "osint", "B3", "";
    "profiles.json", "osint", "B2", "";
    "breachedaccount_t.brandt84.json", "breach", "A2", "t.brandt84@post.example";
    "leakcheck_kestrel.json", "breach", "C3", "";
    "dehashed_tidewater.json", "breach", "C3", "";
    "export-0x496353ddaffd91711757ea61d280a3f964686bd4.csv", "blockchain", "A1", "";
    "wallet_labels.json", "blockchain", "B3", "";
    "lantern_crew_result.json", "socmint", "B2", "";
    "register_extract.csv", "corporate", "A2", "";
    "informant_notes.csv", "humint", "C3", "";
    "call_records.csv", "sigint", "B2", "";
    "cargodesk_logins.csv", "forensic", "B2", "";
    "invoices.ndjson", "document", "B2", "";
};

/// Imports the sample evidence.
pub fn fill(case: &OpenCase, progress: &dyn Progress) -> Result<(), ApiError> {
    let folder = scratch_folder(case)?;
    let outcome = FILES.iter().try_for_each(|file| import(case, &folder, file, progress));
    // The copies are public sample files; one left behind does no harm.
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

fn import(case: &OpenCase, folder: &Path, file: &SampleFile, progress: &dyn Progress) -> Result<(), ApiError> {
    let path = folder.join(file.name);
    std::fs::write(&path, file.bytes).map_err(|error| failed(format!("the sample cannot be written: {error}")))?;
    let request = ImportFileRequest {
        kind: Some(file.kind.to_owned()),
        grade: Some(file.grade.to_owned()),
        subject: (!file.subject.is_empty()).then(|| file.subject.to_owned()),
        ..ImportFileRequest::default()
    };
    let outcome = intake::import(case, &Wish::of_path(&path, &request)?, progress)?;
    if outcome.state == Fate::Imported.id() {
        return Ok(());
    }
    Err(failed(format!(
        "the sample file {} was not imported: {}",
        file.name, outcome.message
    )))
}

fn scratch_folder(case: &OpenCase) -> Result<std::path::PathBuf, ApiError> {
    let root = case.folder();
    let name = format!(
        "{}.sample-files",
        root.file_name().unwrap_or_default().to_string_lossy()
    );
    let folder = root.with_file_name(name);
    std::fs::create_dir_all(&folder).map_err(|error| failed(format!("the sample cannot be written: {error}")))?;
    Ok(folder)
}

fn failed(message: String) -> ApiError {
    ApiError::new(Code::Failed, message)
}
