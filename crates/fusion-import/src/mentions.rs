//! Finding what a text names: e-mail addresses, international phone numbers, web addresses, wallets, @handles.
//!
//! Precision before recall: each find is said of a text that a person can read, and a false one costs more than a
//! missed one. National phone numbers and bare domains are left alone. A base58 candidate counts only if the model
//! accepts it as an address. The text itself is kept whole elsewhere.

use fusion_model::{CleanContext, EntityKind, Property};

use crate::looks;

/// Is one thing that a text names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mention {
    /// What it is.
    pub(crate) property: Property,
    /// Its text, without brackets and full stops around it.
    pub(crate) text: String,
    /// What it has to be read with.
    pub(crate) qualifier: String,
}

impl Mention {
    /// Makes a mention read with nothing.
    pub(crate) fn new(property: Property, text: impl Into<String>) -> Self {
        Self {
            property,
            text: text.into(),
            qualifier: String::new(),
        }
    }

    /// Returns the kind of thing that is named.
    pub(crate) fn kind(&self) -> EntityKind {
        match self.property {
            Property::Email => EntityKind::Email,
            Property::Phone => EntityKind::Phone,
            Property::Wallet => EntityKind::Wallet,
            Property::Account => EntityKind::Account,
            _ => EntityKind::Url,
        }
    }
}

/// Returns what `text` names, each once, in order of appearance.
pub(crate) fn scan(text: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut add = |mention: Mention| {
        if !found.contains(&mention) {
            found.push(mention);
        }
    };
    for word in text.split(|c: char| c.is_whitespace() || "<>\"`|,;".contains(c)) {
        word_mentions(word, &mut add);
    }
    phones(text, &mut add);
    found
}

fn word_mentions(word: &str, add: &mut impl FnMut(Mention)) {
    if let Some(url) = url_in(word) {
        return add(Mention::new(Property::Url, url));
    }
    let bare = trim(word);
    let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
    if let Some(handle) = bare.strip_prefix('@') {
        let is_handle = handle.len() >= 3
            && handle
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
            && handle.chars().any(|c| c.is_ascii_alphabetic());
        if is_handle {
            add(Mention::new(Property::Account, handle.trim_end_matches('.')));
        }
        return;
    }
    // A label in front (`mail:`, `BTC=`) is not part of the value.
    let value = bare.rsplit([':', '=']).next().map_or(bare, trim);
    if looks::is_email(value) {
        add(Mention::new(Property::Email, value));
    } else if looks::is_wallet(value) && is_address(value) {
        add(Mention::new(Property::Wallet, value));
    }
}

/// Checks the digits of what only looks like an address.
fn is_address(value: &str) -> bool {
    !looks::is_base58_wallet(value) || Property::Wallet.clean(value, "", &CleanContext::default()).is_ok()
}

fn trim(word: &str) -> &str {
    word.trim_matches(|c: char| {
        matches!(
            c,
            '(' | ')' | '[' | ']' | '{' | '}' | '\'' | '.' | '!' | '?' | ':' | '*' | '_' | '\u{2026}'
        )
    })
}

fn url_in(word: &str) -> Option<&str> {
    let at = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| word.to_ascii_lowercase().find(scheme))
        .min()?;
    let url = word.get(at..)?;
    let mut url = url.trim_end_matches(['.', ',', '!', '?', ':', '\'', '*']);
    // A closing bracket belongs to the address only if it was opened there.
    for (open, close) in [('(', ')'), ('[', ']')] {
        while url.ends_with(close) && url.matches(open).count() < url.matches(close).count() {
            url = url.get(..url.len() - 1)?;
        }
    }
    looks::is_url(url).then_some(url)
}

/// Finds `+` and 8 to 15 digits, with blanks, dashes, dots and brackets between them.
fn phones(text: &str, add: &mut impl FnMut(Mention)) {
    for (at, _) in text.match_indices('+') {
        let is_inside = text
            .get(..at)
            .and_then(|before| before.chars().next_back())
            .is_some_and(|c| c.is_alphanumeric() || c == '@');
        let rest = text.get(at + 1..).unwrap_or_default();
        if is_inside || !rest.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let (mut digits, mut end, mut gap) = (0, 0, 0);
        for (offset, c) in rest.char_indices() {
            match c {
                '0'..='9' if digits < 15 => {
                    digits += 1;
                    gap = 0;
                    end = offset + 1;
                }
                ' ' | '-' | '.' | '(' | ')' if gap < 2 => gap += 1,
                _ => break,
            }
        }
        let is_cut = rest
            .get(end..)
            .and_then(|after| after.chars().next())
            .is_some_and(char::is_alphanumeric);
        if digits >= 8 && !is_cut {
            let number = text.get(at..=at + end).unwrap_or_default();
            add(Mention::new(Property::Phone, number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(Property, String)> {
        scan(text)
            .into_iter()
            .map(|mention| (mention.property, mention.text))
            .collect()
    }

    #[test]
    fn texts_name_things() {
        let rows: &[(&str, &[(Property, &str)])] = &[
            (
                "reach me: nightjar77@mail.example.",
                &[(Property::Email, "nightjar77@mail.example")],
            ),
            (
                "mail:a@x.example, (b@x.example)",
                &[(Property::Email, "a@x.example"), (Property::Email, "b@x.example")],
            ),
            (
                "pay @nightjar_77 at https://a.example/x(1).",
                &[
                    (Property::Account, "nightjar_77"),
                    (Property::Url, "https://a.example/x(1)"),
                ],
            ),
            ("(see https://a.example/x)", &[(Property::Url, "https://a.example/x")]),
            ("call +31 10 123 4567 now", &[(Property::Phone, "+31 10 123 4567")]),
            ("1+12345678 and +123", &[]),
            (
                "ok bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                &[(Property::Wallet, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")],
            ),
            (
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed!",
                &[(Property::Wallet, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")],
            ),
            (
                "BTC=1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
                &[(Property::Wallet, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2")],
            ),
            ("@12 a@ @ +", &[]),
            ("\u{1F426}+\u{1F426} https://", &[]),
        ];
        for (text, expected) in rows {
            let expected: Vec<(Property, String)> = expected.iter().map(|(p, t)| (*p, (*t).to_owned())).collect();
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn things_are_named_once() {
        assert_eq!(scan("a@x.example a@x.example").len(), 1);
    }
}
