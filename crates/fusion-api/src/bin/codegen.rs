//! Writes the TypeScript schema, or checks that the committed copy is fresh.

use std::process::ExitCode;

#[allow(clippy::print_stderr, reason = "a program speaks to its caller")]
fn main() -> ExitCode {
    let mut check = false;
    let mut path = "ui/src/generated/api.ts".to_owned();
    for argument in std::env::args().skip(1) {
        if argument == "--check" {
            check = true;
        } else {
            path = argument;
        }
    }
    let text = fusion_api::schema::typescript();
    let present = std::fs::read_to_string(&path).unwrap_or_default();
    if present == text {
        return ExitCode::SUCCESS;
    }
    if check {
        eprintln!("error: {path} is stale\nhint: run `cargo xtask codegen`");
        return ExitCode::FAILURE;
    }
    match std::fs::write(&path, text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: cannot write {path}: {error}");
            ExitCode::FAILURE
        }
    }
}
