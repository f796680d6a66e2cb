//! What every importer is: an id, a look at the head of a file, and a walk over its content.
//!
//! An importer is a pure function from text to observations. It must not know cases, stores, clocks or the network.
//! It keeps original text and never cleans it.

use std::borrow::Cow;
use std::io::BufRead;

use fusion_model::SourceKind;

use crate::error::ImportError;
use crate::mapping::Mapping;
use crate::outline::Outline;
use crate::sink::Sink;

/// Number of bytes of a file that detection wants to see.
pub const HEAD_BYTES: usize = 64 * 1024;

/// Holds what detection may look at.
#[derive(Debug, Clone, Copy)]
pub struct Probe<'a> {
    /// File name without folders.
    pub name: &'a str,
    /// First bytes of the file, at most [`HEAD_BYTES`].
    pub head: &'a [u8],
    /// Size of the whole file in bytes.
    pub size: u64,
}

impl Probe<'_> {
    /// Outlines the head: magic, first JSON keys, CSV header, first lines.
    pub(crate) fn outline(&self) -> Outline {
        Outline::of(self)
    }
}

/// Says how well an importer fits a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likelihood {
    /// Not mine.
    No,
    /// Could be; the highest score wins.
    Possible {
        /// 1 to 99.
        score: u8,
        /// What was seen, as a fragment: `header row with 5 columns`.
        reason: Cow<'static, str>,
    },
    /// A signature of the format was seen.
    Certain {
        /// What was seen.
        reason: Cow<'static, str>,
    },
}

impl Likelihood {
    /// Makes a certain answer out of a signature that was or was not seen.
    pub(crate) fn certain_if(is_seen: bool, reason: &'static str) -> Self {
        if is_seen {
            Self::Certain {
                reason: Cow::Borrowed(reason),
            }
        } else {
            Self::No
        }
    }
}

/// Holds one file to be read, with what the analyst said about it.
pub struct Input<'a> {
    /// File name without folders; evidence in itself.
    pub name: &'a str,
    /// Subject given by the analyst.
    pub subject: Option<&'a str>,
    /// Sort of collection given by the analyst.
    pub kind: Option<SourceKind>,
    /// Mapping of columns or keys, for the generic importers.
    pub mapping: Option<&'a Mapping>,
    /// The bytes, from the start.
    pub reader: &'a mut dyn BufRead,
    /// Size in bytes.
    pub size: u64,
}

/// Reads one format.
pub trait Importer: Sync {
    /// Returns the stable name, as in `--format <id>`.
    fn id(&self) -> &'static str;

    /// Returns the name for people.
    fn label(&self) -> &'static str;

    /// Returns the usual file endings without dot, for file dialogs only.
    fn extensions(&self) -> &'static [&'static str];

    /// Returns the sort of collection that such a file usually is.
    fn kind(&self) -> SourceKind;

    /// Judges from the head of a file whether it is in this format.
    fn probe(&self, probe: &Probe<'_>) -> Likelihood;

    /// Reads the file into `sink`.
    ///
    /// Row formats keep the good rows of a damaged file and warn. Tree formats fail; on failure the host drops
    /// everything that the sink has been given.
    fn run(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError>;
}
