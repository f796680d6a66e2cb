//! The keys that a record offers, by family: digests, each with its family in the lowest four bits.

use crate::digest::{Digest, of_text};
use crate::feature::Feature;
use crate::population::Population;
use crate::records::{Held, of_feature};
use crate::value::{DateForm, NameForm, Values};

/// Sorts keys by the cap they fall under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum KeyFamily {
    /// Shared identifiers.
    Identifier,
    /// User names and local parts.
    Handle,
    /// Whole names.
    Name,
    /// Names by sound.
    NameSound,
    /// Parts of names with a date, place or firm.
    NamePart,
    /// Dates of birth with something else.
    BirthDate,
    /// Addresses.
    Address,
    /// Secrets.
    Secret,
}

impl KeyFamily {
    /// How many there are.
    pub const COUNT: usize = 8;

    /// All families.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Identifier,
        Self::Handle,
        Self::Name,
        Self::NameSound,
        Self::NamePart,
        Self::BirthDate,
        Self::Address,
        Self::Secret,
    ];

    /// Returns the word used in notes.
    pub fn label(self) -> &'static str {
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

    /// Tells whether keys of this family that are too common are split by a second key; the others are made of two parts.
    pub(crate) fn has_composites(self) -> bool {
        matches!(
            self,
            Self::Identifier | Self::Handle | Self::Name | Self::Address | Self::Secret
        )
    }

    /// Tells whether a second key of this sort splits keys of this family: one that all of its holders share does not.
    fn is_split_by(self, second: Second) -> bool {
        match second {
            Second::Name | Second::Birth | Second::Place | Second::Identifier => self.has_composites(),
            Second::Home => self.has_composites() && self != Self::Address,
            Second::Sound => matches!(self, Self::Handle | Self::Address),
        }
    }

    /// Returns the family of a key.
    pub(crate) fn of(key: u64) -> Self {
        Self::ALL[(key & 7) as usize]
    }
}

/// Finishes a key of a family.
fn key(family: KeyFamily, digest: Digest) -> u64 {
    digest.finish() << 3 | u64::from(family as u8)
}

/// Sorts second keys by what they are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Second {
    /// All letters of a name.
    Name,
    /// How a word of a name sounds.
    Sound,
    /// A whole date of birth.
    Birth,
    /// A place or firm.
    Place,
    /// An address.
    Home,
    /// An identifier.
    Identifier,
}

impl Second {
    const ALL: [Self; 6] = [
        Self::Name,
        Self::Sound,
        Self::Birth,
        Self::Place,
        Self::Home,
        Self::Identifier,
    ];

    /// Finishes a second key of this sort.
    fn key(self, digest: Digest) -> u64 {
        digest.finish() << 3 | self as u64
    }

    /// Returns the sort of a second key.
    fn of(key: u64) -> Option<Self> {
        Self::ALL.get((key & 7) as usize).copied()
    }
}

/// Joins a key that is too common with a second one, if that is one by which its family is split.
pub(crate) fn composite(first: u64, second: u64) -> Option<u64> {
    let family = KeyFamily::of(first);
    let splits = Second::of(second).is_some_and(|sort| family.is_split_by(sort));
    splits.then(|| key(family, Digest::new(99).number(first).number(second)))
}

/// Writes the keys of a record, each once.
pub(crate) fn keys_of(held: &[Held], values: &Values, population: &Population, keys: &mut Vec<u64>) {
    keys.clear();
    let live = || {
        held.iter()
            .filter(|held| !held.feature.can_be_hub() || !population.is_hub(held.value))
    };
    let names = of_feature(held, Feature::PersonName);
    for one in live() {
        match one.feature {
            Feature::Email => of_email(values, one, keys),
            Feature::Phone => keys.push(key(
                KeyFamily::Identifier,
                Digest::new(1).number(values.national(one.value)),
            )),
            Feature::Handle => of_handle(values, one, keys),
            Feature::Account | Feature::Wallet | Feature::Iban | Feature::ExternalId | Feature::FileHash => {
                of_identifier(values, one, keys);
            }
            Feature::OfficialNumber => {
                of_identifier(values, one, keys);
                of_slips(values, one, keys);
            }
            Feature::Ip => keys.push(key(KeyFamily::Address, text(3, one, values))),
            Feature::Secret => keys.push(key(KeyFamily::Secret, text(4, one, values))),
            Feature::PersonName => of_person_name(values, values.name_form(one.value), keys),
            Feature::OrganizationName | Feature::Title => of_name(values, one, keys),
            Feature::Location if names.is_empty() && held.len() <= 3 => of_name(values, one, keys),
            Feature::Address => {
                let form = values.text_form(one.value);
                keys.push(key(KeyFamily::Address, Digest::new(5).number(form.squeezed)));
            }
            Feature::BirthDate => of_birth_date(values, values.date_form(one.value), held, keys),
            _ => {}
        }
    }
    of_parts(values, held, population, keys);
    keys.sort_unstable();
    keys.dedup();
}

/// Writes the fixed second keys by which a key that is too common is split.
pub(crate) fn second_keys_of(held: &[Held], values: &Values, population: &Population, keys: &mut Vec<u64>) {
    keys.clear();
    for one in held
        .iter()
        .filter(|held| !held.feature.can_be_hub() || !population.is_hub(held.value))
    {
        let form = |tag: u8, digest: u64| Digest::new(tag).number(digest);
        match one.feature {
            Feature::PersonName => {
                let name = values.name_form(one.value);
                keys.push(Second::Name.key(form(30, name.letters)));
                let words = name.words().iter().map(|word| values.words.get(*word));
                let sounds = words.filter(|word| !word.is_initial).map(|word| form(36, word.sound));
                keys.extend(sounds.map(|sound| Second::Sound.key(sound)));
            }
            Feature::BirthDate => {
                let date = values.date_form(one.value);
                if date.day > 0 && !date.is_filler {
                    keys.push(Second::Birth.key(day(31, date)));
                }
            }
            Feature::Location | Feature::Organization => {
                keys.push(Second::Place.key(form(32, values.text_form(one.value).squeezed)));
            }
            Feature::Address => keys.push(Second::Home.key(form(32, values.text_form(one.value).squeezed))),
            Feature::Phone => keys.push(Second::Identifier.key(form(33, values.national(one.value)))),
            Feature::Handle | Feature::Email => {
                keys.push(Second::Identifier.key(form(34, values.handle_form(one.value).squeezed)));
            }
            Feature::Account | Feature::Wallet | Feature::OfficialNumber | Feature::Ip => {
                let digest = Digest::new(35).bytes(values.canonical(one.value).as_bytes());
                keys.push(Second::Identifier.key(digest));
            }
            _ => {}
        }
    }
    keys.sort_unstable();
    keys.dedup();
}

fn text(tag: u8, held: &Held, values: &Values) -> Digest {
    Digest::new(tag)
        .number(held.feature as u64)
        .bytes(values.canonical(held.value).as_bytes())
}

fn day(tag: u8, date: &DateForm) -> Digest {
    Digest::new(tag)
        .number(date.year as u64)
        .number(u64::from(date.month) << 8 | u64::from(date.day))
}

fn of_identifier(values: &Values, held: &Held, keys: &mut Vec<u64>) {
    keys.push(key(
        KeyFamily::Identifier,
        text(2, held, values).bytes(values.scope(held.value).as_bytes()),
    ));
}

/// What is left of a number without one of its signs: two that are a slip apart have such a rest in common.
fn of_slips(values: &Values, held: &Held, keys: &mut Vec<u64>) {
    let (number, issuer) = (values.canonical(held.value).as_bytes(), values.scope(held.value));
    if !(6..=LONGEST_NUMBER).contains(&number.len()) || issuer.is_empty() {
        return;
    }
    let mut rest = number.to_vec();
    rest.pop();
    for at in (0..number.len()).rev() {
        let digest = Digest::new(26).bytes(&rest).bytes(issuer.as_bytes());
        keys.push(key(KeyFamily::Identifier, digest));
        if at > 0 {
            rest[at - 1] = number[at];
        }
    }
}

/// Longest official number that is looked for with slips.
const LONGEST_NUMBER: usize = 12;

fn of_email(values: &Values, held: &Held, keys: &mut Vec<u64>) {
    let form = values.handle_form(held.value);
    if form.is_common {
        return;
    }
    keys.push(key(KeyFamily::Identifier, text(2, held, values)));
    let local = values.handle_text(form);
    if local.len() >= 5 {
        keys.push(key(KeyFamily::Handle, Digest::new(10).number(form.squeezed)));
    }
    halves(local, 1, keys);
}

/// One slip leaves one half of a name as it was.
fn halves(local: &str, host: u64, keys: &mut Vec<u64>) {
    if local.len() < 8 || !local.is_ascii() {
        return;
    }
    let middle = local.len() / 2;
    for (tag, part) in [(11, &local[..middle]), (12, &local[local.len() - middle..])] {
        keys.push(key(
            KeyFamily::Handle,
            Digest::new(tag).bytes(part.as_bytes()).number(host),
        ));
    }
}

fn of_handle(values: &Values, held: &Held, keys: &mut Vec<u64>) {
    let form = values.handle_form(held.value);
    if form.is_common {
        return;
    }
    let text = values.handle_text(form);
    keys.push(key(KeyFamily::Handle, Digest::new(10).number(form.squeezed)));
    keys.push(key(KeyFamily::Name, Digest::new(13).number(form.letters)));
    if form.digit_count > 0 && text.len() > 5 && text.is_ascii() {
        let without = &text[..text.len() - 1];
        keys.push(key(KeyFamily::Handle, Digest::new(10).number(of_text(without))));
    }
    halves(text, 0, keys);
}

fn of_person_name(values: &Values, form: &NameForm, keys: &mut Vec<u64>) {
    let words = form.words();
    keys.push(key(KeyFamily::Name, Digest::new(14).number(form.letters)));
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return;
    };
    if words.len() < 2 {
        return;
    }
    let (first, last) = (values.words.text(*first), values.words.text(*last));
    let joined = |parts: &[&str]| {
        let text: String = parts.concat();
        key(KeyFamily::Name, Digest::new(13).number(of_text(&text)))
    };
    let initial = |word: &str| word.get(..1).unwrap_or_default().to_owned();
    keys.push(joined(&[first, last]));
    keys.push(joined(&[last, first]));
    keys.push(joined(&[&initial(first), last]));
    keys.push(joined(&[last, &initial(first)]));
    let word = |at: usize| values.words.get(words[at]);
    for one in 0..words.len().min(4) {
        for other in one + 1..words.len().min(4) {
            let (left, right) = (word(one), word(other));
            if left.is_initial || right.is_initial {
                let (initial, whole) = if left.is_initial { (left, right) } else { (right, left) };
                if !whole.is_initial {
                    keys.push(initials(whole.sound, initial.first));
                }
                continue;
            }
            let sounds = [left.sound.min(right.sound), left.sound.max(right.sound)];
            keys.push(key(
                KeyFamily::NameSound,
                Digest::new(15).number(sounds[0]).number(sounds[1]),
            ));
            keys.push(initials(left.sound, right.first));
            keys.push(initials(right.sound, left.first));
            for root in left.roots.iter().filter(|root| **root != 0) {
                keys.push(key(
                    KeyFamily::NameSound,
                    Digest::new(16).number(u64::from(*root)).number(right.sound),
                ));
            }
            for root in right.roots.iter().filter(|root| **root != 0) {
                keys.push(key(
                    KeyFamily::NameSound,
                    Digest::new(16).number(u64::from(*root)).number(left.sound),
                ));
            }
        }
    }
}

fn initials(sound: u64, initial: u8) -> u64 {
    key(
        KeyFamily::NamePart,
        Digest::new(17).number(sound).number(u64::from(initial)),
    )
}

fn of_name(values: &Values, held: &Held, keys: &mut Vec<u64>) {
    let form = values.text_form(held.value);
    keys.push(key(KeyFamily::Name, Digest::new(18).number(form.squeezed)));
    keys.push(key(KeyFamily::NameSound, Digest::new(19).number(form.head)));
}

/// A date of birth with the initials of a name, and with the sound of each of its words.
fn of_birth_date(values: &Values, date: &DateForm, held: &[Held], keys: &mut Vec<u64>) {
    if date.is_filler || date.year == 0 {
        return;
    }
    for name in of_feature(held, Feature::PersonName) {
        let form = values.name_form(name.value);
        for word in form.words() {
            let word = values.words.get(*word);
            if date.day > 0 {
                keys.push(key(KeyFamily::BirthDate, day(20, date).number(u64::from(word.first))));
                let month_day = u64::from(date.month) << 8 | u64::from(date.day);
                if !word.is_initial {
                    keys.push(key(
                        KeyFamily::BirthDate,
                        Digest::new(21).number(word.sound).number(month_day),
                    ));
                }
            }
            if !word.is_initial {
                keys.push(key(
                    KeyFamily::BirthDate,
                    Digest::new(22).number(word.sound).number(date.year as u64),
                ));
            }
        }
    }
    if date.day > 0 {
        for user in of_feature(held, Feature::Handle) {
            let form = values.handle_form(user.value);
            if let Some(first) = values.handle_text(form).bytes().next().filter(|_| !form.is_common) {
                keys.push(key(KeyFamily::BirthDate, day(20, date).number(u64::from(first))));
            }
        }
        for place in of_feature(held, Feature::Location) {
            keys.push(key(
                KeyFamily::BirthDate,
                day(23, date).number(values.text_form(place.value).squeezed),
            ));
        }
        for place in of_feature(held, Feature::Postcode) {
            keys.push(key(
                KeyFamily::BirthDate,
                day(23, date).number(values.text_form(place.value).squeezed),
            ));
        }
    }
}

/// Parts of a name with a town, firm, address or number.
fn of_parts(values: &Values, held: &[Held], population: &Population, keys: &mut Vec<u64>) {
    let names = of_feature(held, Feature::PersonName);
    if names.is_empty() {
        return;
    }
    let seconds: Vec<Digest> = held
        .iter()
        .filter_map(|one| {
            let second = match one.feature {
                Feature::Location | Feature::Organization | Feature::Postcode => values.text_form(one.value).squeezed,
                Feature::Address => values.text_form(one.value).numbers,
                _ => return None,
            };
            let counts = second != 0 && !(one.feature.can_be_hub() && population.is_hub(one.value));
            counts.then(|| Digest::new(24).number(one.feature as u64).number(second))
        })
        .collect();
    for name in names {
        for word in values.name_form(name.value).words() {
            let word = values.words.get(*word);
            if !word.is_initial {
                let parts = seconds
                    .iter()
                    .map(|second| key(KeyFamily::NamePart, second.number(word.sound)));
                keys.extend(parts);
            }
        }
    }
}
