//! Interned values: each distinct value once, prepared for comparing.
//!
//! A value is a feature, a scope (the issuer of a number) and a canonical text, as the model's cleaning gives it. What a
//! comparator needs of it is worked out once here, so that comparing reads numbers and short slices.

mod common_words;

use fusion_model::property::{is_junk_address, is_role_address};
use fusion_model::{Precision, TimeSpan};
use hashbrown::HashTable;

use crate::digest::{Digest, of_text};
use crate::feature::Feature;
use crate::words::{WordId, Words, is_particle, readings};

pub(crate) use common_words::is_legal_form;
use common_words::{LONG_STREET_TYPES, is_street_type};

/// Addresses a value inside [`Values`]. Internal to one run; never reaches a result.
pub type ValueId = u32;

/// Words of a name that are compared.
pub(crate) const NAME_WORDS: usize = 6;

/// A name of a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameForm {
    words: [WordId; NAME_WORDS],
    len: u8,
    /// Digest of the words in alphabetical order.
    pub(crate) sorted: u64,
    /// Digest of all letters, words in alphabetical order.
    pub(crate) letters: u64,
    /// Digest of all letters as they stand.
    pub(crate) joined: u64,
    /// Whether it was written in another script than Latin.
    pub(crate) foreign: bool,
}

impl NameForm {
    /// Returns the words, particles left out.
    pub(crate) fn words(&self) -> &[WordId] {
        &self.words[..usize::from(self.len)]
    }
}

/// Words of a text, by digest, and the text itself squeezed to letters and digits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextForm {
    start: u32,
    len: u16,
    /// Digest of the squeezed text.
    pub(crate) squeezed: u64,
    /// Digest of the words with digits, in alphabetical order; zero for none.
    pub(crate) numbers: u64,
    /// First word.
    pub(crate) head: u64,
    /// Last word.
    pub(crate) tail: u64,
}

/// An e-mail address or user name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HandleForm {
    start: u32,
    len: u16,
    /// Digest of letters and digits.
    pub(crate) squeezed: u64,
    /// Digest of the letters alone.
    pub(crate) letters: u64,
    /// How many letters.
    pub(crate) letter_count: u8,
    /// How many digits.
    pub(crate) digit_count: u8,
    /// The host, as a value of its own; zero for user names.
    pub(crate) host: ValueId,
    /// One more than the user name that the local part is, as a value of its own; zero for user names.
    pub(crate) user: ValueId,
    /// Whether it names an office or fills a field.
    pub(crate) is_common: bool,
}

/// A date of birth; zero stands for unknown parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct DateForm {
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
    /// Whether it is a date that fills a field.
    pub(crate) is_filler: bool,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u32,
    len: u16,
    scope: u16,
    feature: Feature,
}

/// Holds a value that is to be interned, with its digest.
pub(crate) struct Fresh {
    digest: u64,
    feature: Feature,
    canonical: String,
    scope: String,
    span: Option<TimeSpan>,
}

impl Fresh {
    /// Digests a value.
    pub(crate) fn new(feature: Feature, canonical: String, scope: &str, span: Option<TimeSpan>) -> Self {
        Self {
            digest: key_of(feature, clipped(&canonical), clipped(scope)),
            feature,
            canonical,
            scope: scope.to_owned(),
            span,
        }
    }
}

/// Interns values in the order in which they are met; nothing that leaves the crate depends on that order.
#[derive(Debug, Default, Clone)]
pub struct Values {
    text: String,
    squeezed: String,
    entries: Vec<Entry>,
    /// Per value: where what it is compared by stands among those of its feature. Apart from the entries, since comparing
    /// reads little else of a value, and from all over.
    slots: Vec<u32>,
    /// Per value: the first that agrees exactly with it.
    firsts: Vec<ValueId>,
    /// The values by their digests, of which half stands here: growing reads no text.
    index: HashTable<(u32, ValueId)>,
    /// First value of each class of equal agreement.
    classes: HashTable<(u64, ValueId)>,
    names: Vec<NameForm>,
    texts: Vec<TextForm>,
    handles: Vec<HandleForm>,
    dates: Vec<DateForm>,
    phones: Vec<u64>,
    pub(crate) words: Words,
}

impl Values {
    /// Interns a value.
    pub fn intern(&mut self, feature: Feature, canonical: &str, scope: &str, span: Option<TimeSpan>) -> ValueId {
        let (canonical, scope) = (clipped(canonical), clipped(scope));
        self.intern_digested(key_of(feature, canonical, scope), feature, canonical, scope, span)
    }

    /// Interns a value whose digest is known.
    pub(crate) fn enter(&mut self, value: &Fresh) -> ValueId {
        let (canonical, scope) = (clipped(&value.canonical), clipped(&value.scope));
        self.intern_digested(value.digest, value.feature, canonical, scope, value.span)
    }

    /// Reads what interning these values will read, without waiting for one before asking for the next.
    pub(crate) fn fetch<'a>(&self, values: impl Iterator<Item = &'a Fresh>) {
        let mut sum = 0u32;
        for value in values {
            let half = half_of(value.digest);
            let near = |known: &(u32, ValueId)| {
                if known.0 != half {
                    return false;
                }
                let start = self.entries[known.1 as usize].start;
                sum = sum.wrapping_add(u32::from(
                    self.text.as_bytes().get(start as usize).copied().unwrap_or_default(),
                ));
                false
            };
            self.index.find(spread(half), near);
        }
        std::hint::black_box(sum);
    }

    /// Tells whether no more text can be addressed.
    pub(crate) fn is_full(&self) -> bool {
        self.text.len().max(self.squeezed.len()) > u32::MAX as usize - (1 << 28)
    }

    fn intern_digested(
        &mut self,
        digest: u64,
        feature: Feature,
        canonical: &str,
        scope: &str,
        span: Option<TimeSpan>,
    ) -> ValueId {
        let half = half_of(digest);
        let Self {
            text, entries, index, ..
        } = self;
        let same = |known: &(u32, ValueId)| {
            let entry = &entries[known.1 as usize];
            known.0 == half
                && entry.feature == feature
                && (canonical_of(text, entry), scope_of(text, entry)) == (canonical, scope)
        };
        if let Some((_, id)) = index.find(spread(half), same) {
            return *id;
        }
        let host = match (feature, canonical.rsplit_once('@')) {
            (Feature::Email, Some((user, host))) => (
                self.intern(Feature::Domain, host, "", None),
                self.intern(Feature::Handle, user, "", None) + 1,
            ),
            _ => (0, 0),
        };
        let Self { text, entries, .. } = self;
        let id = entries.len() as ValueId;
        let start = text.len() as u32;
        text.push_str(canonical);
        text.push_str(scope);
        let (slot, sameness) = self.prepare(feature, canonical, span, host);
        let first = self.first_like(id, sameness);
        self.slots.push(slot);
        self.firsts.push(first);
        self.entries.push(Entry {
            start,
            len: canonical.len() as u16,
            scope: scope.len() as u16,
            feature,
        });
        self.index
            .insert_unique(spread(half), (half, id), |known| spread(known.0));
        id
    }

    /// Prepares a value: its slot, and a digest that all values share which agree exactly with it, if not only itself.
    fn prepare(
        &mut self,
        feature: Feature,
        canonical: &str,
        span: Option<TimeSpan>,
        host: (ValueId, ValueId),
    ) -> (u32, Option<u64>) {
        let class = |digest: u64| Some(Digest::new(feature as u8).number(digest).finish());
        match feature {
            Feature::PersonName => {
                let form = self.name(canonical);
                (push(&mut self.names, form), class(form.letters))
            }
            Feature::Email => {
                let form = self.handle(feature, canonical, host);
                (push(&mut self.handles, form), None)
            }
            Feature::Handle => {
                let form = self.handle(feature, canonical, (0, 0));
                (push(&mut self.handles, form), class(form.squeezed))
            }
            Feature::BirthDate => (push(&mut self.dates, date(canonical, span)), None),
            Feature::Phone => {
                let national = national(canonical);
                (push(&mut self.phones, national), class(national))
            }
            _ => {
                let form = self.plain(feature, canonical);
                let loose = matches!(
                    feature,
                    Feature::Address
                        | Feature::Location
                        | Feature::Organization
                        | Feature::OrganizationName
                        | Feature::Title
                );
                (
                    push(&mut self.texts, form),
                    class(form.squeezed).filter(|_| loose && form.head != 0),
                )
            }
        }
    }

    /// Returns the first value that agrees exactly with this one.
    fn first_like(&mut self, id: ValueId, sameness: Option<u64>) -> ValueId {
        let Some(digest) = sameness else { return id };
        if let Some((_, first)) = self.classes.find(digest, |entry| entry.0 == digest) {
            return *first;
        }
        self.classes.insert_unique(digest, (digest, id), |entry| entry.0);
        id
    }

    fn name(&mut self, canonical: &str) -> NameForm {
        let (readings, foreign) = readings(canonical);
        let joined: String = readings.concat();
        let all_particles = readings.iter().all(|word| is_particle(word));
        let last = readings.len().saturating_sub(1);
        // A letter at either end is an initial: "Mara E." is no "Mara and".
        let is_between = |at: usize, word: &str| is_particle(word) && (word.len() > 1 || (at > 0 && at < last));
        let mut ids: Vec<(WordId, String)> = readings
            .into_iter()
            .enumerate()
            .filter(|(at, word)| all_particles || !is_between(*at, word))
            .take(NAME_WORDS)
            .map(|(_, word)| (self.words.intern(&word), word))
            .collect();
        let mut words = [0; NAME_WORDS];
        for (place, (id, _)) in words.iter_mut().zip(&ids) {
            *place = *id;
        }
        let len = ids.len() as u8;
        ids.sort_by(|one, other| one.1.cmp(&other.1));
        let sorted = ids
            .iter()
            .fold(Digest::new(1), |digest, (_, word)| digest.bytes(word.as_bytes()));
        let letters: String = ids.iter().map(|(_, word)| word.as_str()).collect();
        NameForm {
            words,
            len,
            sorted: sorted.finish(),
            letters: of_text(&letters),
            joined: of_text(&joined),
            foreign,
        }
    }

    fn handle(&mut self, feature: Feature, canonical: &str, host: (ValueId, ValueId)) -> HandleForm {
        let local = match feature {
            Feature::Email => canonical.rsplit_once('@').map_or(canonical, |parts| parts.0),
            _ => canonical,
        };
        let start = self.squeezed.len();
        self.squeezed
            .extend(local.chars().filter(|letter| letter.is_alphanumeric()));
        let squeezed = self.squeezed.get(start..).unwrap_or_default();
        let letters: String = squeezed.chars().filter(|letter| letter.is_alphabetic()).collect();
        let digit_count = squeezed.chars().filter(char::is_ascii_digit).count().min(255) as u8;
        let is_common = match feature {
            Feature::Email => is_role_address(canonical) || is_junk_address(canonical),
            _ => is_role_address(&letters) || is_junk_address(&letters),
        };
        HandleForm {
            start: start as u32,
            len: squeezed.len().min(usize::from(u16::MAX)) as u16,
            squeezed: of_text(squeezed),
            letters: of_text(&letters),
            letter_count: letters.chars().count().min(255) as u8,
            digit_count,
            host: host.0,
            user: host.1,
            is_common,
        }
    }

    fn plain(&mut self, feature: Feature, canonical: &str) -> TextForm {
        let firm = matches!(feature, Feature::OrganizationName | Feature::Organization);
        let mut words = words_of(canonical, firm);
        if firm && words.iter().any(|word| !is_legal_form(word)) {
            words.retain(|word| !is_legal_form(word));
        }
        if feature == Feature::Address {
            words.retain(|word| !is_street_type(word));
            for word in &mut words {
                let grown = LONG_STREET_TYPES
                    .iter()
                    .find_map(|kind| word.strip_suffix(kind))
                    .map(str::len);
                word.truncate(grown.filter(|len| *len >= 4).unwrap_or(word.len()));
            }
        }
        let start = self.squeezed.len();
        for word in &words {
            self.squeezed.push_str(word);
        }
        let squeezed = self.squeezed.get(start..).unwrap_or_default();
        let mut numbers: Vec<&String> = words
            .iter()
            .filter(|word| word.bytes().any(|letter| letter.is_ascii_digit()))
            .collect();
        numbers.sort();
        let digest = numbers
            .iter()
            .fold(Digest::new(2), |digest, word| digest.bytes(word.as_bytes()));
        let edge = |word: Option<&String>| word.map_or(0, |word| of_text(word));
        TextForm {
            start: start as u32,
            len: squeezed.len().min(usize::from(u16::MAX)) as u16,
            squeezed: of_text(squeezed),
            numbers: if numbers.is_empty() { 0 } else { digest.finish() },
            head: edge(words.first()),
            tail: edge(words.last()),
        }
    }

    /// Returns what a value is compared as.
    pub fn feature(&self, id: ValueId) -> Feature {
        self.entries[id as usize].feature
    }

    /// Returns the canonical text of a value.
    pub fn canonical(&self, id: ValueId) -> &str {
        canonical_of(&self.text, &self.entries[id as usize])
    }

    /// Returns what a value was read with.
    pub fn scope(&self, id: ValueId) -> &str {
        scope_of(&self.text, &self.entries[id as usize])
    }

    /// Returns the user name that the local part of an address is.
    pub fn user_of_mail(&self, mail: ValueId) -> Option<ValueId> {
        (self.feature(mail) == Feature::Email).then(|| self.handle_form(mail).user.checked_sub(1))?
    }

    /// Tells whether two names of firms are the same words, a legal form among them.
    pub fn is_same_registered_name(&self, left: ValueId, right: ValueId) -> bool {
        let (one, other) = (
            words_of(self.canonical(left), true),
            words_of(self.canonical(right), true),
        );
        one == other && one.iter().any(|word| is_legal_form(word))
    }

    /// Returns the value that stands for all that agree exactly with this one.
    pub fn class_of(&self, id: ValueId) -> ValueId {
        self.firsts[id as usize]
    }

    /// Returns the number of values.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Tells whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Reads where a value is compared for nothing but to have it near.
    pub(crate) fn touch(&self, id: ValueId) -> u32 {
        self.slots[id as usize]
    }

    /// Reads what a value is compared by for nothing but to have it near.
    pub(crate) fn touch_form(&self, feature: Feature, id: ValueId) -> u32 {
        let slot = self.slots[id as usize] as usize;
        match feature {
            Feature::PersonName => u32::from(self.names[slot].len),
            Feature::Email | Feature::Handle => u32::from(self.handles[slot].len),
            Feature::BirthDate => u32::from(self.dates[slot].day),
            Feature::Phone => self.phones[slot] as u32,
            _ => u32::from(self.texts[slot].len),
        }
    }

    /// Reads the words of a name for nothing but to have them near.
    pub(crate) fn touch_words(&self, name: ValueId) -> u32 {
        let words = self.name_form(name).words().iter();
        words
            .map(|word| u32::from(self.words.get(*word).first))
            .fold(0, u32::wrapping_add)
    }

    pub(crate) fn name_form(&self, id: ValueId) -> &NameForm {
        &self.names[self.slots[id as usize] as usize]
    }

    pub(crate) fn handle_form(&self, id: ValueId) -> &HandleForm {
        &self.handles[self.slots[id as usize] as usize]
    }

    pub(crate) fn text_form(&self, id: ValueId) -> &TextForm {
        &self.texts[self.slots[id as usize] as usize]
    }

    pub(crate) fn date_form(&self, id: ValueId) -> &DateForm {
        &self.dates[self.slots[id as usize] as usize]
    }

    /// Returns the last nine digits of a telephone number.
    pub(crate) fn national(&self, id: ValueId) -> u64 {
        self.phones[self.slots[id as usize] as usize]
    }

    /// Returns letters and digits of a user name or of the local part of an address.
    pub(crate) fn handle_text(&self, form: &HandleForm) -> &str {
        self.squeezed
            .get(form.start as usize..form.start as usize + usize::from(form.len))
            .unwrap_or_default()
    }

    /// Returns letters and digits of a text.
    pub(crate) fn plain_text(&self, form: &TextForm) -> &str {
        self.squeezed
            .get(form.start as usize..form.start as usize + usize::from(form.len))
            .unwrap_or_default()
    }
}

fn push<T>(forms: &mut Vec<T>, form: T) -> u32 {
    forms.push(form);
    (forms.len() - 1) as u32
}

fn key_of(feature: Feature, canonical: &str, scope: &str) -> u64 {
    Digest::new(feature as u8)
        .bytes(canonical.as_bytes())
        .bytes(scope.as_bytes())
        .finish()
}

fn half_of(digest: u64) -> u32 {
    (digest >> 32) as u32
}

/// Makes a hash of half a digest.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn canonical_of<'a>(text: &'a str, entry: &Entry) -> &'a str {
    let start = entry.start as usize;
    text.get(start..start + usize::from(entry.len)).unwrap_or_default()
}

fn scope_of<'a>(text: &'a str, entry: &Entry) -> &'a str {
    let start = entry.start as usize + usize::from(entry.len);
    text.get(start..start + usize::from(entry.scope)).unwrap_or_default()
}

/// A text longer than this is no value that two records share by letters; its start stands for it.
fn clipped(text: &str) -> &str {
    let mut end = text.len().min(4_096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Cuts a text into words; in names of firms single letters in a row (`b.v.`) become one word.
fn words_of(text: &str, firm: bool) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_letters = false;
    for word in text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let is_letter = firm && word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match words.last_mut() {
            Some(last) if is_letter && in_letters => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        in_letters = is_letter;
    }
    words
}

fn date(canonical: &str, span: Option<TimeSpan>) -> DateForm {
    let Some(span) = span else { return DateForm::default() };
    let (year, month, day) = calendar(span.start.days());
    let known = |least| span.precision >= least;
    let date = DateForm {
        year,
        month: if known(Precision::Month) { month } else { 0 },
        day: if known(Precision::Day) { day } else { 0 },
        is_filler: false,
    };
    let first = date.day == 1 && date.month == 1;
    DateForm {
        is_filler: year < 1_900
            || (first && matches!(year, 1_900 | 1_901 | 1_970 | 1_980 | 1_990 | 2_000))
            || canonical.is_empty(),
        ..date
    }
}

/// Returns year, month and day of a day since the epoch (proleptic Gregorian).
fn calendar(days: i64) -> (i32, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as u8, (of_year - (153 * shifted + 2) / 5 + 1) as u8)
}

/// The last nine digits, with their number in front so that shorter numbers stay apart.
fn national(canonical: &str) -> u64 {
    let digits: Vec<u8> = canonical.bytes().filter(u8::is_ascii_digit).collect();
    let skip = digits.len().saturating_sub(9);
    let value = digits[skip..]
        .iter()
        .fold(0u64, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    (digits.len() - skip) as u64 * 1_000_000_000_000 + value
}
