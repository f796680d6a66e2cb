//! HTML text and attribute values.

use super::visible;

/// Encodes a text for element content and for attribute values in quotes.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for character in visible(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_becomes_text() {
        assert_eq!(super::text("<b a='x'>&\"\u{0}"), "&lt;b a=&#39;x&#39;&gt;&amp;&quot;␀");
    }
}
