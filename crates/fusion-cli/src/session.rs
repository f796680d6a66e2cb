//! One run of the program: a workbench with one case on it.

use std::path::Path;
use std::sync::Arc;

use fusion_api::bench::{Places, Workbench};
use fusion_api::commands::case::{self, Mode};

use crate::passphrase;

/// Makes a workbench without a case.
pub fn bench() -> anyhow::Result<Arc<Workbench>> {
    Ok(Workbench::new(Places::of_user())?)
}

/// Opens a case for reading; derived results are brought up to date in memory where they are stale.
pub fn reading(case: &Path, passphrase_file: Option<&Path>) -> anyhow::Result<Arc<Workbench>> {
    open(case, passphrase_file, Mode::Read)
}

/// Opens a case for writing.
pub fn writing(case: &Path, passphrase_file: Option<&Path>) -> anyhow::Result<Arc<Workbench>> {
    open(case, passphrase_file, Mode::Write)
}

fn open(folder: &Path, passphrase_file: Option<&Path>, mode: Mode) -> anyhow::Result<Arc<Workbench>> {
    let bench = bench()?;
    case::refuse_what_is_no_case(folder)?;
    let passphrase = passphrase::read(passphrase_file)?;
    case::open_folder(&bench, folder, passphrase, mode)?;
    Ok(bench)
}
