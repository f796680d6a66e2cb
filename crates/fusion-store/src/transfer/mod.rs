//! Copies of a case that leave its folder: backups, and sealed packages for colleagues.
//!
//! Every copy begins as a [`snapshot`]: the evidence database under a fresh master key, consistent although a writer
//! goes on, never plain on disk. Originals are copied as they lie; only their keys are wrapped anew. A copy is built
//! under a passing name, synced and then renamed, so a kill leaves either the whole copy or none. What comes in is
//! trusted in nothing: not in its names, sizes, order or numbers.
//!
//! This module must not know how a host shows progress; it reports through [`Watch`] and stops when asked to.

mod archive;
mod backup;
mod manifest;
mod memory;
mod merge;
mod pack;
mod partial;
mod restore;
mod rotation;
mod sealing;
mod selection;
pub(crate) mod snapshot;
mod totals;
mod unpack;

use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use fusion_model::StreamDigest;

pub use backup::{BackupEntry, BackupState};
pub use manifest::Extent as CopyExtent;
pub use memory::{BackupMemory, BackupPlan};
pub use merge::{MergeReport, MergeRow, MergeState};
pub use pack::{PackOrder, PackageFacts, Selection};
pub use restore::{Arrival, BackupTest, restore};
pub use rotation::{Kept, Rotated, rotate};
pub use sealing::{PackageKey, Sealing};
pub use totals::CaseTotals;
pub use unpack::{inspect, unpack};

use crate::error::{Error, Result};

/// Hears how far a copy has come, and says whether to go on.
pub trait Watch {
    /// Takes a stage in words, what is done of it, and its extent (0 when unknown).
    fn report(&self, stage: &str, done: u64, total: u64) -> ControlFlow<()>;
}

/// Watches nothing and never stops.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn report(&self, _: &str, _: u64, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

fn go_on(watch: &dyn Watch, stage: &str, done: u64, total: u64) -> Result<()> {
    match watch.report(stage, done, total) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Stopped),
    }
}

/// Holds size and digest of a file or stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Measured {
    pub(crate) size: u64,
    pub(crate) sha256: [u8; 32],
}

const BUFFER: usize = 256 * 1024;

/// Pumps everything from `input` to `output`, measuring it.
pub(crate) fn pump(
    input: &mut dyn Read,
    output: &mut dyn Write,
    watch: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Measured> {
    let mut digest = StreamDigest::new();
    let mut size = 0u64;
    let mut buffer = vec![0; BUFFER];
    loop {
        let count = match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Error::io("reading a file to copy")(error)),
        };
        digest.update(&buffer[..count]);
        output
            .write_all(&buffer[..count])
            .map_err(Error::io("writing a copy"))?;
        size += count as u64;
        watch(size)?;
    }
    Ok(Measured {
        size,
        sha256: digest.finish(),
    })
}

/// Measures a file.
pub(crate) fn measure(path: &Path) -> Result<Measured> {
    let mut file = File::open(path).map_err(Error::io("reading a file to measure"))?;
    pump(&mut file, &mut io::sink(), &mut |_| Ok(()))
}

/// Copies a file to a new one, durably, measuring what was written.
pub(crate) fn copy_file(from: &Path, to: &Path) -> Result<Measured> {
    let mut input = File::open(from).map_err(Error::io("reading a file to copy"))?;
    let mut output = File::create_new(to).map_err(Error::io("writing a copy"))?;
    let measured = pump(&mut input, &mut output, &mut |_| Ok(()))?;
    output.sync_all().map_err(Error::io("syncing a copy"))?;
    Ok(measured)
}

/// Writes a new file, durably.
pub(crate) fn write_file(to: &Path, bytes: &[u8]) -> Result<()> {
    let mut output = File::create_new(to).map_err(Error::io("writing a copy"))?;
    output.write_all(bytes).map_err(Error::io("writing a copy"))?;
    output.sync_all().map_err(Error::io("syncing a copy"))
}

/// Reads a small file that somebody else may have made, up to `limit` bytes.
pub(crate) fn read_small(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let file = File::open(path).map_err(Error::io("reading a copy"))?;
    let mut bytes = Vec::new();
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(Error::io("reading a copy"))?;
    if bytes.len() as u64 > limit {
        return Err(Error::damaged_backup("a small file of it is far too large"));
    }
    Ok(bytes)
}
