//! Child processes: started, awaited, and named in full when they fail.
//!
//! A child inherits the terminal, so that its own progress is seen. It does not inherit what `cargo run` put into our
//! environment: build scripts watch variables such as `CARGO_PKG_NAME`, and a changed one rebuilds half the tree.

use std::env;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Prepares `program` without the variables that `cargo run` adds.
pub fn program(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_from_cargo_run) {
            command.env_remove(name);
        }
    }
    command
}

fn is_from_cargo_run(name: &str) -> bool {
    name.starts_with("CARGO_PKG_")
        || matches!(
            name,
            "CARGO_MANIFEST_DIR"
                | "CARGO_MANIFEST_PATH"
                | "CARGO_CRATE_NAME"
                | "CARGO_BIN_NAME"
                | "CARGO_PRIMARY_PACKAGE"
                | "OUT_DIR"
        )
}

/// The cargo that started us, else the one on the path.
pub fn cargo() -> Command {
    program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end with the terminal's output.
///
/// # Errors
/// The program cannot be started, or does not exit with 0; both name the full command line.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line_of(command);
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// Runs to the end and returns what was written to standard output; standard error stays on the terminal.
///
/// # Errors
/// As [`run`], and output that is not UTF-8.
pub fn output(command: &mut Command) -> Result<String> {
    let line = line_of(command);
    let result = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start `{line}`"))?;
    if !result.status.success() {
        bail!("`{line}` ended with {}", result.status);
    }
    String::from_utf8(result.stdout).with_context(|| format!("`{line}` wrote text that is not UTF-8"))
}

/// The command line as a person would type it, for messages.
pub fn line_of(command: &Command) -> String {
    let mut line = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program())
        .to_string_lossy()
        .into_owned();
    for argument in command.get_args() {
        let text = argument.to_string_lossy();
        line.push(' ');
        if text.is_empty() || text.contains([' ', '"', '$']) {
            line.push_str(&format!("'{text}'"));
        } else {
            line.push_str(&text);
        }
    }
    line
}

/// Looks a program up in `PATH`.
pub fn is_installed(name: &str) -> bool {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(&file).is_file()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_failure_names_the_command_line() {
        let message = run(program("sh").args(["-c", "exit 7"])).unwrap_err().to_string();
        assert!(message.contains("sh -c 'exit 7'") && message.contains('7'), "{message}");
        let message = run(&mut program("no-such-program-of-ours")).unwrap_err().to_string();
        assert!(message.contains("no-such-program-of-ours"), "{message}");
    }

    #[test]
    fn children_do_not_see_the_variables_of_cargo_run() {
        let seen = output(program("sh").args(["-c", "echo ${CARGO_PKG_NAME:-none}"])).unwrap();
        assert_eq!(seen.trim(), "none");
        assert!(
            env::var_os("CARGO_PKG_NAME").is_some(),
            "cargo test sets it, so the check can fail"
        );
    }
}
