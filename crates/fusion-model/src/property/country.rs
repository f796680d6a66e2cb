//! Countries: ISO 3166-1 codes and the common names of the table `countries`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{CleanFailure, CleanValue, fail, folding, tables};

const EXPECTED: &str = "known country";

/// Folded code or name to (alpha-2, English name). Sub-country names such as `Scotland` map to their state.
static BY_NAME: LazyLock<BTreeMap<String, (&'static str, &'static str)>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for line in tables::lines(tables::COUNTRIES) {
        let mut parts = line.split('|');
        let (Some(two), Some(three), Some(name), Some(others)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        for key in [two, three, name]
            .into_iter()
            .chain(others.split(';'))
            .filter(|key| !key.is_empty())
        {
            names.insert(lookup_key(key), (two, name));
        }
    }
    names
});

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    match BY_NAME.get(&lookup_key(original)) {
        Some((code, name)) => Ok(CleanValue::shown(*code, *name)),
        None => fail(EXPECTED, "neither an ISO 3166-1 code nor a name of the table"),
    }
}

/// Returns the English name of an alpha-2 code.
pub fn country_name(code: &str) -> Option<&'static str> {
    BY_NAME
        .get(&lookup_key(code))
        .filter(|(two, _)| *two == code)
        .map(|(_, name)| *name)
}

fn lookup_key(text: &str) -> String {
    folding::fold(text)
        .chars()
        .filter(|character| !matches!(character, '.' | ',' | '\'' | '’'))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn country_rows() {
        for (original, canonical) in [
            ("nl", Some("NL")),
            ("NLD", Some("NL")),
            ("The Netherlands", Some("NL")),
            ("U.S.A.", Some("US")),
            ("Côte d’Ivoire", Some("CI")),
            ("Scotland", Some("GB")),
            ("DEUTSCHLAND", Some("DE")),
            ("Россия", Some("RU")),
            ("Atlantis", None),
            ("", None),
        ] {
            assert_eq!(
                clean(original).ok().map(|value| value.canonical).as_deref(),
                canonical,
                "{original:?}"
            );
        }
        assert_eq!(country_name("NL"), Some("Netherlands"));
        assert_eq!(country_name("Netherlands"), None);
    }

    #[test]
    fn the_table_is_complete_and_without_double_names() {
        let rows = tables::lines(tables::COUNTRIES).count();
        assert_eq!(rows, 250);
        let keys: usize = tables::lines(tables::COUNTRIES)
            .flat_map(|line| line.split(['|', ';']))
            .filter(|key| !key.is_empty())
            .map(lookup_key)
            .collect::<std::collections::BTreeSet<_>>()
            .len();
        assert_eq!(keys, BY_NAME.len());
    }
}
