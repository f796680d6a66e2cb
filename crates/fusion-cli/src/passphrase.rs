//! Where the passphrase comes from: a file, or a prompt on a terminal; never an argument.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::Context as _;
use fusion_api::error::{ApiError, Code};
use zeroize::Zeroizing;

/// Names the file that holds the passphrase.
pub const FILE_VARIABLE: &str = "FUSION_PASSPHRASE_FILE";

/// Reads the passphrase of a case from the first line of a file, or asks for it.
pub fn read(file: Option<&Path>) -> anyhow::Result<Zeroizing<String>> {
    let from_environment = std::env::var_os(FILE_VARIABLE).filter(|value| !value.is_empty());
    if let Some(path) = file.or(from_environment.as_deref().map(Path::new)) {
        return first_line(path);
    }
    if std::io::stdin().is_terminal() {
        return prompt("Passphrase");
    }
    Err(ApiError::new(Code::Usage, "no passphrase was given")
        .hint(format!("name a file with --passphrase-file or {FILE_VARIABLE}"))
        .into())
}

/// Reads a new passphrase from the first line of a file, or asks for it twice.
pub fn read_new(file: Option<&Path>) -> anyhow::Result<Zeroizing<String>> {
    let given = match file {
        Some(path) => first_line(path)?,
        None if std::io::stdin().is_terminal() => {
            let first = prompt("New passphrase")?;
            if first != prompt("New passphrase, again")? {
                return Err(ApiError::new(Code::Usage, "the new passphrase was typed in two ways").into());
            }
            first
        }
        None => {
            return Err(ApiError::new(Code::Usage, "no new passphrase was given")
                .hint("name a file with --new-passphrase-file")
                .into());
        }
    };
    if given.is_empty() {
        return Err(ApiError::new(Code::Usage, "the new passphrase is empty")
            .hint("choose a passphrase of several words")
            .into());
    }
    Ok(given)
}

/// Asks for a code on a terminal.
pub fn ask(what: &str) -> anyhow::Result<Zeroizing<String>> {
    if std::io::stdin().is_terminal() {
        return prompt(what);
    }
    Err(ApiError::new(Code::Usage, "no recovery code was given")
        .hint("name a file with --recovery-file")
        .into())
}

fn first_line(path: &Path) -> anyhow::Result<Zeroizing<String>> {
    let text = Zeroizing::new(
        std::fs::read_to_string(path)
            .with_context(|| format!("the passphrase file cannot be read: {}", path.display()))?,
    );
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}

fn prompt(what: &str) -> anyhow::Result<Zeroizing<String>> {
    let mut err = std::io::stderr().lock();
    write!(err, "{what}: ")?;
    err.flush()?;
    let quiet = EchoOff::new();
    let mut line = Zeroizing::new(String::new());
    std::io::stdin().lock().read_line(&mut line)?;
    drop(quiet);
    writeln!(err)?;
    Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
}

/// Keeps a terminal from showing what is typed, for as long as it lives.
struct EchoOff;

impl EchoOff {
    fn new() -> Self {
        stty("-echo");
        Self
    }
}

impl Drop for EchoOff {
    fn drop(&mut self) {
        stty("echo");
    }
}

fn stty(setting: &str) {
    // Without `stty` the prompt still works; what is typed is then shown.
    let _ = std::process::Command::new("stty").arg(setting).status();
}
