//! Markdown text (CommonMark with tables): every sign that could start markup is escaped.

use super::visible;

/// Encodes a text for a paragraph, heading or table cell.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for character in visible(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '!' | '|' | '~' | '$' | '=' => {
                out.push('\\');
                out.push(character);
            }
            // A dash, a colon or a dot only means something at certain places; escaped they never do.
            '-' if out.is_empty() => out.push_str("\\-"),
            '.' if out.chars().all(|before| before.is_ascii_digit()) && !out.is_empty() => out.push_str("\\."),
            ':' => out.push_str("&#58;"),
            '@' => out.push_str("&#64;"),
            other => out.push(other),
        }
    }
    if out.starts_with("www.") {
        out.replace_range(3..4, "&#46;");
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_becomes_text() {
        for (text, encoded) in [
            ("# head", "\\# head"),
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            ("[a](javascript:x)", "\\[a\\]\\(javascript&#58;x\\)"),
            ("a|b\nc", "a\\|b␊c"),
            ("<i>", "&lt;i&gt;"),
            ("mara@example.org", "mara&#64;example.org"),
        ] {
            assert_eq!(super::text(text), encoded);
        }
    }
}
