//! Text from evidence inside a sentence of ours: always quoted, never long, never with control characters.

/// Longest quotation, in characters.
const LONGEST: usize = 160;

/// Quotes a text from evidence.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("“");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = flat.chars().filter(|c| !c.is_control());
    for (index, c) in shown.enumerate() {
        if index == LONGEST {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out.push('”');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotations_are_flat_and_bounded() {
        assert_eq!(quoted("a\n\tb\u{7}"), "“a b”");
        assert_eq!(quoted(&"x".repeat(500)).chars().count(), 163);
    }
}
