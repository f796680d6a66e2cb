//! The pinned tables that cleaning reads, as text files of this crate.
//!
//! A table is compiled in, parsed once, and hashed as it stands: editing a table changes [`digest`] and thereby
//! the revision of every case. Lines that start with `#` are comments. A malformed line is ignored here and
//! reported by a test, so cleaning itself cannot fail on a table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::hash::ContentHasher;

use super::folding;

macro_rules! table_files {
    ($($constant:ident = $file:literal),+ $(,)?) => {
        $(pub(super) const $constant: &str = include_str!(concat!("../../tables/", $file, ".txt"));)+
        const FILES: &[(&str, &str)] = &[$(($file, $constant)),+];
    };
}

table_files!(
    COUNTRIES = "countries",
    DISPOSABLE_DOMAINS = "disposable_domains",
    EMAIL_HOSTS = "email_hosts",
    IBAN_LENGTHS = "iban_lengths",
    JUNK_LOCALS = "junk_locals",
    NAME_TITLES = "name_titles",
    NICKNAMES = "nicknames",
    ROLE_LOCALS = "role_locals",
    SITES = "sites",
    TRACKING_PARAMETERS = "tracking_parameters",
    TRANSLITERATION = "transliteration",
);

/// Versions of the tables that come with libraries. A test compares them with what is linked.
pub(super) const LIBRARY_TABLES: &[(&str, &str)] = &[
    ("icu_casemap", "2.4.0"),
    ("icu_properties", "2.4.0"),
    ("idna", "1.1.0"),
    ("phonenumber", "0.3.10+9.0.33"),
    ("unicode-normalization", "0.1.26"),
    ("url", "2.5.8"),
];

/// Counts changes of the cleaning code itself that change results.
const CLEANING_VERSION: u64 = 1;

/// Returns a digest of every pinned table, of the library tables' versions and of the folding fingerprint.
pub(super) fn digest() -> [u8; 32] {
    let mut hasher = ContentHasher::new("tables");
    hasher.number(CLEANING_VERSION).part(folding::FINGERPRINT.as_bytes());
    for (name, text) in FILES.iter().chain(LIBRARY_TABLES) {
        hasher.text(name).text(text);
    }
    hasher.finish()
}

/// Yields the lines of a table that are not comments.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Reads a table of one word a line.
pub(super) fn words(table: &'static str) -> BTreeSet<&'static str> {
    lines(table).collect()
}

/// Reads the lines `<tag> <word> [<word>]` of a table that start with `tag`; the second word is empty where it is missing.
pub(super) fn tagged(table: &'static str, tag: &str) -> BTreeMap<&'static str, &'static str> {
    lines(table)
        .filter_map(|line| {
            let mut parts = line.split(' ');
            (parts.next()? == tag).then_some(())?;
            Some((parts.next()?, parts.next().unwrap_or_default()))
        })
        .collect()
}

/// Maps each letter of the transliteration table to its Latin reading.
pub(super) static LATIN_READINGS: LazyLock<BTreeMap<char, &'static str>> = LazyLock::new(|| {
    lines(TRANSLITERATION)
        .filter_map(|line| line.split_once('='))
        .filter_map(|(letter, reading)| Some((letter.chars().next()?, reading)))
        .collect()
});

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn library_versions_are_those_of_the_lock_file() {
        let lock = include_str!("../../../../Cargo.lock");
        for (name, version) in LIBRARY_TABLES {
            let entry = format!("name = \"{name}\"\nversion = \"{version}\"");
            assert!(
                lock.contains(&entry),
                "{name} is no longer {version}: update the version here"
            );
        }
    }

    #[test]
    fn every_line_of_every_table_is_read() {
        assert_eq!(LATIN_READINGS.len(), lines(TRANSLITERATION).count());
        let tags = ["name", "host", "base", "sub"];
        let sites: usize = tags.iter().map(|tag| tagged(SITES, tag).len()).sum();
        assert_eq!(sites, lines(SITES).count());
        let titles: usize = ["before", "after", "firm"]
            .iter()
            .map(|tag| tagged(NAME_TITLES, tag).len())
            .sum();
        assert_eq!(titles, lines(NAME_TITLES).count());
        assert_eq!(words(ROLE_LOCALS).len(), lines(ROLE_LOCALS).count());
        assert!(lines(COUNTRIES).all(|line| line.split('|').count() == 4));
        assert!(lines(EMAIL_HOSTS).all(|line| line.split('|').count() == 4));
    }
}
