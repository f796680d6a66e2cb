//! Small steps that several importers share: warnings, and what a file name says.

use fusion_model::{Locator, Observation, Warning, WarningCode};

use crate::error::ImportError;
use crate::looks;
use crate::sink::Sink;

/// Makes a stored warning.
pub(crate) fn warning(code: WarningCode, locator: Locator, message: impl Into<String>) -> Warning {
    Warning {
        code,
        locator,
        message: message.into(),
    }
}

/// Hands on what a row says; a row that says nothing is a warning with `silence`.
pub(crate) fn deliver(
    observations: Vec<Observation>,
    locator: Locator,
    silence: &str,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    if observations.is_empty() {
        sink.warning(warning(WarningCode::RowSkipped, locator, silence))?;
    }
    for observation in observations {
        sink.observation(observation)?;
    }
    Ok(())
}

/// Returns the stem of a file name: without folders and without the last ending.
pub(crate) fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// Returns the e-mail address behind `prefix` in a file name, e.g. `breachedaccount_mara@mail.example.json`.
pub(crate) fn email_in_name<'n>(name: &'n str, prefix: &str) -> Option<&'n str> {
    let rest = stem(name).strip_prefix(prefix)?;
    let address = rest.split([' ', '(']).next()?;
    looks::is_email(address).then_some(address)
}

/// Returns the Ethereum-style address in a file name, e.g. `export-0x…`.
pub(crate) fn address_in_name(name: &str) -> Option<&str> {
    stem(name)
        .split(['-', '_', ' ', '(', ')', '.'])
        .find(|word| looks::is_evm_address(word))
}

/// Shortens a long list of names to something that can stand in an origin; equal lists give equal texts.
pub(crate) fn joined_names<'a>(names: impl Iterator<Item = &'a str> + Clone) -> String {
    const SHOWN: usize = 4;
    let count = names.clone().count();
    if count <= SHOWN {
        return names.collect::<Vec<_>>().join("+");
    }
    let mut hasher = fusion_model::ContentHasher::new("names");
    names.for_each(|name| {
        hasher.text(name);
    });
    let digest: String = hasher.finish_short().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{count}-names-{digest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_speak() {
        assert_eq!(
            email_in_name("x/breachedaccount_mara_e@mail.example.json", "breachedaccount_"),
            Some("mara_e@mail.example")
        );
        assert_eq!(
            email_in_name("breachedaccount_mara@mail.example (1).json", "breachedaccount_"),
            Some("mara@mail.example")
        );
        assert_eq!(
            email_in_name("breachedaccount_nightjar77.json", "breachedaccount_"),
            None
        );
        let address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        assert_eq!(
            address_in_name(&format!("export-address-token-{address}.csv")),
            Some(address)
        );
        assert_eq!(address_in_name("export.csv"), None);
        assert_eq!(
            (stem("a/b.tar.gz"), stem(".hidden"), stem("plain")),
            ("b.tar", ".hidden", "plain")
        );
    }

    #[test]
    fn long_lists_are_shortened() {
        assert_eq!(joined_names(["a", "b"].into_iter()), "a+b");
        let long = joined_names(["a", "b", "c", "d", "e"].into_iter());
        assert!(long.starts_with("5-names-"), "{long}");
    }
}
