//! Tags of database pages: what tells a page from an older, genuine copy of itself.
//!
//! Every page authenticates itself, but nothing says that it is the newest of its kind: whoever puts an old page back
//! undoes an edit, and the library's own check finds nothing wrong. Eight bytes of each page's HMAC, taken when the
//! case is closed and kept outside of it, do. A page that is written again gets another HMAC.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use rusqlite::Connection;

use crate::error::{Error, Result};

/// Bytes that are kept of each page.
pub(crate) const TAG_LEN: usize = 8;
/// The HMAC-SHA512 of SQLCipher 4 stands in the last bytes of a page.
const HMAC_LEN: usize = 64;
const PAGES_AT_ONCE: usize = 256;

/// Returns the size of the pages of a database.
pub(crate) fn page_size(connection: &Connection) -> Result<usize> {
    // SQLCipher answers with text.
    let size: String = connection.query_row("PRAGMA cipher_page_size", [], |row| row.get(0))?;
    size.parse()
        .ok()
        .filter(|size| *size > HMAC_LEN)
        .ok_or_else(|| Error::damaged("the database has pages of no size"))
}

/// Reads the tags of all pages, in order, from a database that is at rest.
pub(crate) fn read(path: &Path, page_size: usize) -> Result<Vec<u8>> {
    let reading = "reading the pages of the evidence database";
    let mut file = File::open(path).map_err(Error::io(reading))?;
    let mut buffer = vec![0; page_size * PAGES_AT_ONCE];
    let mut tags = Vec::new();
    loop {
        let mut filled = 0;
        while filled < buffer.len() {
            match file.read(&mut buffer[filled..]).map_err(Error::io(reading))? {
                0 => break,
                count => filled += count,
            }
        }
        for page in buffer[..filled].chunks(page_size) {
            // A torn last page has a tag that matches nothing.
            let tag = page.get(page_size - HMAC_LEN..page_size - HMAC_LEN + TAG_LEN);
            tags.extend_from_slice(tag.unwrap_or(&[0; TAG_LEN]));
        }
        if filled < buffer.len() {
            return Ok(tags);
        }
    }
}

/// Returns the number of the first page that differs, from 1.
pub(crate) fn first_difference(before: &[u8], now: &[u8]) -> Option<u64> {
    let (mut old, mut new) = (before.chunks(TAG_LEN), now.chunks(TAG_LEN));
    (1..).find_map(|page| match (old.next(), new.next()) {
        (None, None) => Some(None),
        (left, right) if left == right => None,
        _ => Some(Some(page)),
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_that_differs_is_named() {
        let before: Vec<u8> = (0..40).collect();
        let mut changed = before.clone();
        changed[17] = 99;
        assert_eq!(first_difference(&before, &before), None);
        assert_eq!(first_difference(&before, &changed), Some(3));
        assert_eq!(first_difference(&before, &before[..32]), Some(5));
        assert_eq!(first_difference(&before[..32], &before), Some(5));
    }
}
