//! One JSON value per line: a bad line costs only itself.

use std::io::BufRead;

use fusion_model::{Locator, WarningCode};

use crate::error::{ErrorCode, ImportError};
use crate::json::{JsonReader, Node};
use crate::lines::{LineEnd, LineReader};
use crate::records::warning;
use crate::sink::Sink;

/// Calls `each` with every line that is a JSON object, and its 1-based number; stores a warning for the others.
pub(crate) fn each(
    text: &mut dyn BufRead,
    sink: &mut dyn Sink,
    mut each: impl FnMut(&Node, u64, &mut dyn Sink) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut lines = LineReader::new(text);
    while let Some(line) = lines.next_line()? {
        let body = line.text.trim();
        if body.is_empty() {
            continue;
        }
        sink.row_read()?;
        let locator = Locator::Line(line.number);
        if line.end == LineEnd::Cap {
            sink.warning(warning(WarningCode::Cap, locator, "the line is too long"))?;
            continue;
        }
        match whole(body) {
            Ok(node) if node.is_object() => each(&node, line.number, sink)?,
            Ok(_) => sink.warning(warning(WarningCode::RowSkipped, locator, "the line is no JSON object"))?,
            Err(error) if error.code == ErrorCode::Truncated && line.end == LineEnd::File => {
                sink.warning(warning(
                    WarningCode::Truncated,
                    locator,
                    "the file ends in the middle of a line",
                ))?;
            }
            Err(error) if error.code == ErrorCode::Truncated => {
                sink.warning(warning(
                    WarningCode::RowSkipped,
                    locator,
                    "the line ends in the middle of its JSON value",
                ))?;
            }
            Err(error) => sink.warning(warning(WarningCode::RowSkipped, locator, error.message))?,
        }
    }
    Ok(())
}

fn whole(text: &str) -> Result<Node, ImportError> {
    let mut source = text.as_bytes();
    let mut reader = JsonReader::new(&mut source);
    let node = reader.value()?;
    reader.end()?;
    Ok(node)
}
