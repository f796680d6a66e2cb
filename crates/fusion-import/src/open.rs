//! Opening a file for an importer: decoding, a look at its head, and the failures that all formats share.

use std::io::{BufRead, Read};

use crate::error::{ErrorCode, ImportError};
use crate::importer::{HEAD_BYTES, Input};
use crate::sink::Sink;
use crate::text::TextReader;

/// Holds the decoded text of a file, from its start, and its head for sniffing.
pub(crate) struct Opened<'t> {
    /// The first bytes as text, at most [`HEAD_BYTES`].
    pub(crate) head: &'t str,
    /// Whether the head is the whole text.
    pub(crate) is_whole: bool,
    /// The whole text.
    pub(crate) text: &'t mut dyn BufRead,
}

/// Decodes a file and hands it to `body`; stores the encoding warning afterwards.
///
/// Fails with `empty` for a blank file and with `binary` for one whose head is full of control characters.
pub(crate) fn read(
    input: &mut Input<'_>,
    sink: &mut dyn Sink,
    body: impl FnOnce(Opened<'_>, &mut dyn Sink) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut reader = TextReader::new(input.reader);
    let mut bytes = Vec::new();
    (&mut reader).take(HEAD_BYTES as u64).read_to_end(&mut bytes)?;
    let is_whole = bytes.len() < HEAD_BYTES;
    // The head may end inside a letter; only whole letters are shown, all bytes are read.
    let head = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => bytes
            .get(..error.valid_up_to())
            .and_then(|whole| std::str::from_utf8(whole).ok())
            .unwrap_or(""),
    };
    if head.trim().is_empty() && is_whole {
        return Err(ImportError::new(ErrorCode::Empty, "the file is empty").hint("check that the export has finished"));
    }
    // Terminal colours are text that somebody pasted or planted, as detection sees it too.
    let is_binary = |c: &char| c.is_control() && !c.is_whitespace() && *c != '\u{1b}';
    let controls = head.chars().filter(is_binary).count();
    if controls * 50 > head.len() {
        return Err(ImportError::new(ErrorCode::Binary, "the file is binary, not text")
            .hint("choose the export format by its name, or convert the file to text first"));
    }
    let mut text = bytes.as_slice().chain(&mut reader);
    body(
        Opened {
            head,
            is_whole,
            text: &mut text,
        },
        sink,
    )?;
    reader.report(sink)?;
    Ok(())
}
