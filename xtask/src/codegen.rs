//! The generated TypeScript: written from the Rust types, or compared with them.
//!
//! The program `codegen` of fusion-api does the work; it fails in `--check` when the committed file is stale.

use anyhow::Result;

use crate::cargo;
use crate::command;
use crate::options::Codegen;
use crate::paths::Paths;

/// The generated file, relative to the workspace root.
const OUTPUT: &str = "ui/src/generated/api.ts";

/// Builds the generator and runs it.
///
/// # Errors
/// The build fails, the file cannot be written, or, when checking, the file is stale.
pub fn codegen(paths: &Paths, mode: Codegen) -> Result<()> {
    cargo::build_programs(paths, &["codegen"])?;
    let mut generator = command::program(paths.program("codegen"));
    generator.current_dir(&paths.root);
    if mode == Codegen::Check {
        generator.arg("--check");
    }
    command::run(generator.arg(OUTPUT))
}
