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
        let text = Zeroizing::new(
            std::fs::read_to_string(path)
                .with_context(|| format!("the passphrase file cannot be read: {}", path.display()))?,
        );
        return Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()));
    }
    if std::io::stdin().is_terminal() {
        return prompt();
    }
    Err(ApiError::new(Code::Usage, "no passphrase was given")
        .hint(format!("name a file with --passphrase-file or {FILE_VARIABLE}"))
        .into())
}

fn prompt() -> anyhow::Result<Zeroizing<String>> {
    let mut err = std::io::stderr().lock();
    write!(err, "Passphrase: ")?;
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
