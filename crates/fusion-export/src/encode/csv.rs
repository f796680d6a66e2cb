//! CSV cells after RFC 4180, safe to open in a spreadsheet.
//!
//! A cell that a spreadsheet could take for a formula gets an apostrophe in front, and so does a cell that already
//! begins with one; [`uncell`] takes exactly that apostrophe away again, so the text comes back unchanged.

use super::visible;

/// First characters that spreadsheets read as the start of a formula, with their full-width forms.
const TRIGGERS: &[char] = &['=', '+', '-', '@', '\t', '\r', '|', '%', '＝', '＋', '－', '＠', '\''];

/// Encodes one cell.
pub fn cell(text: &str) -> String {
    let mut shown = visible(text);
    if shown.starts_with(TRIGGERS) {
        shown.insert(0, '\'');
    }
    if shown.contains(['"', ',', ';', '\n', '\r']) || shown.starts_with(' ') || shown.ends_with(' ') {
        shown = format!("\"{}\"", shown.replace('"', "\"\""));
    }
    shown
}

/// Encodes one row with its line end.
pub fn row<T: AsRef<str>>(cells: &[T]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

/// Takes the protection of a cell away, after a CSV reader has undone the quoting.
pub fn uncell(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(TRIGGERS) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        for (text, encoded) in [
            ("=1+1", "'=1+1"),
            ("+31101234567", "'+31101234567"),
            ("'quoted", "''quoted"),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(cell(text), encoded);
        }
    }

    proptest! {
        #[test]
        fn cells_come_back(text in any::<String>()) {
            let encoded = cell(&text);
            let unquoted = match encoded.strip_prefix('"') {
                Some(rest) => rest.strip_suffix('"').unwrap_or_default().replace("\"\"", "\""),
                None => encoded,
            };
            prop_assert!(!unquoted.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(uncell(&unquoted), visible(&text));
        }
    }
}
