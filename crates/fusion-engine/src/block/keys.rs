//! The keys that a holder offers, by family.

use std::collections::BTreeSet;

use fusion_model::property::nickname_root;

use crate::compare::{Feature, Value, Values, letters_of, sound_of};
use crate::resolve::{Held, Holder, Population, skeleton_of};
use crate::rules::KeyCaps;

/// Sorts keys by the cap they fall under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Identifier,
    Handle,
    Name,
    NameSound,
    NamePart,
    BirthDate,
    Address,
    Secret,
}

impl Family {
    /// Returns the word used in notes.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Identifier => "identifiers",
            Self::Handle => "user names",
            Self::Name => "names",
            Self::NameSound => "names by sound",
            Self::NamePart => "parts of names",
            Self::BirthDate => "dates of birth",
            Self::Address => "addresses",
            Self::Secret => "secrets",
        }
    }
}

/// Names a block: family and text.
pub(super) type Key = (Family, String);

/// Returns the number of holders up to which a key lives.
pub(super) fn cap(caps: &KeyCaps, family: Family) -> u64 {
    u64::from(match family {
        Family::Identifier => caps.identifier,
        Family::Handle => caps.handle,
        Family::Name => caps.name,
        Family::NameSound => caps.name_sound,
        Family::NamePart => caps.name_part,
        Family::BirthDate => caps.birth_date,
        Family::Address => caps.address,
        Family::Secret => caps.secret,
    })
}

/// Returns the keys of a holder, each once.
pub(super) fn keys_of(holder: &Holder, values: &Values, population: &Population) -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    for (held, value) in live(holder, values, population) {
        match held.feature {
            Feature::Email => {
                keys.insert(identifier(value));
                let local = value.canonical.rsplit_once('@').map_or("", |(local, _)| local);
                if local.chars().count() >= 5 {
                    keys.insert((Family::Handle, format!("local {local}")));
                }
            }
            Feature::Phone => {
                keys.insert(identifier(value));
                let digits: String = value.canonical.chars().filter(char::is_ascii_digit).collect();
                if let Some(start) = digits.len().checked_sub(9) {
                    keys.insert((Family::Identifier, format!("digits {}", &digits[start..])));
                }
            }
            Feature::Account
            | Feature::Wallet
            | Feature::Iban
            | Feature::OfficialNumber
            | Feature::ExternalId
            | Feature::FileHash => {
                keys.insert(identifier(value));
            }
            Feature::Handle => {
                keys.insert((Family::Handle, value.run_together()));
                keys.insert((Family::Name, format!("letters {}", letters_of(value))));
            }
            Feature::PersonName => keys.extend(of_person_name(value)),
            Feature::OrganizationName | Feature::Title => keys.extend(of_name(value)),
            Feature::Location if is_place(holder) => keys.extend(of_name(value)),
            Feature::BirthDate => keys.extend(of_birth_date(holder, values, value)),
            Feature::Address => {
                keys.insert((Family::Address, value.skeleton.clone()));
            }
            Feature::Secret => {
                keys.insert((Family::Secret, value.canonical.clone()));
            }
            _ => {}
        }
    }
    keys
}

/// Returns the fixed second keys by which a key that is too common is split.
pub(super) fn second_keys_of(holder: &Holder, values: &Values, population: &Population) -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    if let Some(name) = skeleton_of(values, holder) {
        keys.insert((Family::Name, name.to_owned()));
    }
    for (held, value) in live(holder, values, population) {
        match held.feature {
            Feature::BirthDate => {
                keys.insert((Family::BirthDate, value.canonical.clone()));
            }
            Feature::Location | Feature::Organization => {
                let first = value.tokens.first().cloned().unwrap_or_default();
                keys.insert((Family::Address, format!("{} {first}", held.feature.id())));
            }
            Feature::Email | Feature::Phone | Feature::Account | Feature::Wallet | Feature::OfficialNumber => {
                keys.insert(identifier(value));
            }
            Feature::Handle => {
                keys.insert((Family::Handle, value.run_together()));
            }
            _ => {}
        }
    }
    keys
}

fn live<'a>(
    holder: &'a Holder,
    values: &'a Values,
    population: &'a Population,
) -> impl Iterator<Item = (&'a Held, &'a Value)> {
    holder
        .held
        .iter()
        .filter(|held| !population.is_hub(held.value))
        .filter_map(|held| values.get(held.value).map(|value| (held, value)))
}

fn identifier(value: &Value) -> Key {
    (
        Family::Identifier,
        format!("{} {} {}", value.feature.id(), value.scope, value.canonical),
    )
}

/// A holder without any other name than places is a place.
fn is_place(holder: &Holder) -> bool {
    [
        Feature::PersonName,
        Feature::OrganizationName,
        Feature::Title,
        Feature::Handle,
        Feature::Account,
    ]
    .into_iter()
    .all(|feature| holder.of(feature).is_empty())
}

fn of_person_name(value: &Value) -> Vec<Key> {
    let words: Vec<&str> = value.latin.iter().map(|word| nickname_root(word)).collect();
    let mut sorted = words.clone();
    sorted.sort_unstable();
    let mut keys = vec![(Family::Name, format!("words {}", sorted.join(" ")))];
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Vec::new();
    };
    if words.len() < 2 {
        return keys;
    }
    let (spoken, family) = (
        value.latin.first().map_or(*first, String::as_str),
        value.latin.last().map_or(*last, String::as_str),
    );
    for joined in [
        value.run_together(),
        format!("{spoken}{family}"),
        format!("{family}{spoken}"),
    ] {
        keys.push((Family::Name, format!("letters {joined}")));
    }
    for (initial, word) in [(spoken, family), (family, spoken)] {
        let initial = first_letter(initial);
        keys.push((Family::Name, format!("letters {initial}{word}")));
        keys.push((Family::Name, format!("letters {word}{initial}")));
    }
    let mut sounds = [sound_of(first), sound_of(last)];
    sounds.sort();
    keys.push((Family::NameSound, sounds.join(" ")));
    keys.push((Family::NamePart, format!("{first} {}", first_letter(last))));
    keys.push((Family::NamePart, format!("{last} {}", first_letter(first))));
    keys
}

fn of_name(value: &Value) -> Vec<Key> {
    let first = value
        .tokens
        .first()
        .map(|word| (Family::NameSound, format!("first {}", sound_of(word))));
    let whole = (!value.skeleton.is_empty()).then(|| (Family::Name, format!("words {}", value.skeleton)));
    whole.into_iter().chain(first).collect()
}

fn of_birth_date(holder: &Holder, values: &Values, date: &Value) -> Vec<Key> {
    let names = holder
        .of(Feature::PersonName)
        .iter()
        .filter_map(|held| values.get(held.value));
    names
        .map(|name| {
            let mut initials: Vec<String> = name.latin.iter().map(|word| first_letter(word)).collect();
            initials.sort();
            (Family::BirthDate, format!("{} {}", date.canonical, initials.concat()))
        })
        .collect()
}

fn first_letter(word: &str) -> String {
    word.chars().next().map(String::from).unwrap_or_default()
}
