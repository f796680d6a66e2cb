//! One run of the program: a workbench with one case on it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use fusion_api::bench::{Places, Workbench};
use fusion_api::commands::case::{self, Mode};
use fusion_api::commands::keys;
use fusion_api::commands::log::AsOfRequest;
use fusion_api::open_case::CaseKey;
use zeroize::Zeroizing;

use crate::output::printable;
use crate::passphrase;

/// The operation that every case of this run is shown as of; the present when it is not set.
static AS_OF: OnceLock<String> = OnceLock::new();

/// Shows the cases of this run as they were right after an operation. Called once, before any is opened.
pub fn look_back_to(operation: String) {
    // A second call would be a second run of the program, which there is not.
    let _ = AS_OF.set(operation);
}

/// Why cases of this run are written to where they should not lie; not at all when it is not set.
static ANYWAY: OnceLock<String> = OnceLock::new();

/// Lets cases of this run be written to where they should not lie. Called once, before any is opened.
pub fn write_anyway(reason: String) {
    // As above.
    let _ = ANYWAY.set(reason);
}

/// Makes a workbench without a case.
pub fn bench() -> anyhow::Result<Arc<Workbench>> {
    let bench = Workbench::new(Places::of_user())?;
    if let Some(reason) = ANYWAY.get() {
        bench.write_anyway(reason);
    }
    Ok(bench)
}

/// Opens a case for reading. What is wrong with its standing is told beside the answer, and that results are older than what they
/// are derived from.
pub fn reading(case: &Path, passphrase_file: Option<&Path>) -> anyhow::Result<Arc<Workbench>> {
    let bench = open(case, passphrase_file, Mode::Read)?;
    let custody = bench.case()?.custody();
    if matches!(custody.verdict, "behind" | "damaged") {
        warn(&custody.text);
    }
    if bench.case()?.shows_former_results()? {
        warn(
            "the results are older than the evidence, the verdicts or the rules; `fusion fuse` brings them up to date",
        );
    }
    Ok(bench)
}

/// Opens a case for writing; refuses one that does not stand well against what this computer remembers.
pub fn writing(case: &Path, passphrase_file: Option<&Path>) -> anyhow::Result<Arc<Workbench>> {
    let bench = open(case, passphrase_file, Mode::Write)?;
    bench.case()?.require_writable()?;
    Ok(bench)
}

/// Opens a case for writing, however it stands.
pub fn as_it_stands(case: &Path, passphrase_file: Option<&Path>) -> anyhow::Result<Arc<Workbench>> {
    open(case, passphrase_file, Mode::Write)
}

fn warn(text: &str) {
    // A closed standard error is no reason to stop the work.
    let _ = writeln!(std::io::stderr().lock(), "warning: {}", printable(text));
}

fn open(folder: &Path, passphrase_file: Option<&Path>, mode: Mode) -> anyhow::Result<Arc<Workbench>> {
    case::refuse_what_is_no_case(folder)?;
    open_with(folder, key(passphrase_file)?, mode)
}

/// Opens a case with a key that was read before.
pub fn open_with(folder: &Path, key: CaseKey, mode: Mode) -> anyhow::Result<Arc<Workbench>> {
    let bench = bench()?;
    case::refuse_what_is_no_case(folder)?;
    case::open_folder(&bench, folder, key, mode)?;
    if let Some(operation) = AS_OF.get() {
        let operation = Some(operation.clone());
        case::as_of(&bench, AsOfRequest { operation })?;
    }
    Ok(bench)
}

/// Files that the command line named to open a case with, instead of a passphrase.
#[derive(Debug, Default)]
struct Others {
    recovery: Option<PathBuf>,
    identity: Option<PathBuf>,
}

/// What the command line said holds for the whole run, whichever command opens the case.
static OTHERS: OnceLock<Others> = OnceLock::new();

/// Notes, once, what opens cases instead of a passphrase.
pub fn open_by(recovery: Option<PathBuf>, identity: Option<PathBuf>) {
    OTHERS.get_or_init(|| Others { recovery, identity });
}

/// Reads what opens the case: recovery code, private age key, or else the passphrase.
pub fn key(passphrase_file: Option<&Path>) -> anyhow::Result<CaseKey> {
    match OTHERS.get_or_init(Others::default) {
        Others {
            recovery: Some(file), ..
        } => Ok(CaseKey::Recovery(keys::read_secret_file(file)?)),
        Others {
            identity: Some(file), ..
        } => Ok(CaseKey::Colleague(keys::read_secret_file(file)?)),
        Others { .. } => Ok(passphrase(passphrase_file)?.into()),
    }
}

/// Reads the passphrase.
pub fn passphrase(file: Option<&Path>) -> anyhow::Result<Zeroizing<String>> {
    passphrase::read(file)
}

/// Reads the recovery code from the file that was named, or asks for it.
pub fn recovery_code() -> anyhow::Result<Zeroizing<String>> {
    match &OTHERS.get_or_init(Others::default).recovery {
        Some(file) => Ok(keys::read_secret_file(file)?),
        None => passphrase::ask("Recovery code"),
    }
}
