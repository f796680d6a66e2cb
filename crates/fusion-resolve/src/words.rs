//! Words of names, each interned once with what comparing needs: its Latin reading, how it sounds, its short forms.

use fusion_model::property::{latin_skeleton, nickname_root};
use hashbrown::HashTable;

use crate::digest::of_text;

/// Addresses a word inside [`Words`]. Internal to one run; never reaches a result.
pub(crate) type WordId = u32;

/// Longest reading that is kept, in bytes.
const LONGEST: usize = 64;

/// Holds one word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    start: u32,
    len: u8,
    /// First letter of the reading.
    pub(crate) first: u8,
    /// Whether it is a single letter.
    pub(crate) is_initial: bool,
    /// Digests of the given names it may stand for; zero for none.
    pub(crate) roots: [u32; 2],
    /// How it sounds: at most eight letters.
    pub(crate) sound: u64,
    /// Groups of vowels in it.
    pub(crate) vowels: u8,
    /// Last letter of the reading.
    pub(crate) last: u8,
    /// Which letters it has.
    pub(crate) letters: u32,
}

/// Interns words.
#[derive(Debug, Default, Clone)]
pub(crate) struct Words {
    letters: String,
    words: Vec<Word>,
    index: HashTable<WordId>,
}

impl Words {
    /// Interns the reading of a word; the reading is plain lower-case Latin letters and digits.
    pub(crate) fn intern(&mut self, reading: &str) -> WordId {
        let mut end = reading.len().min(LONGEST);
        while !reading.is_char_boundary(end) {
            end -= 1;
        }
        let reading = reading.get(..end).unwrap_or_default();
        let hash = of_text(reading);
        let Self { letters, words, index } = self;
        let same = |id: &WordId| {
            words
                .get(*id as usize)
                .is_some_and(|word| text_of(letters, word) == reading)
        };
        if let Some(id) = index.find(hash, same) {
            return *id;
        }
        let id = words.len() as WordId;
        let root = nickname_root(reading);
        let word = Word {
            start: letters.len() as u32,
            len: reading.len() as u8,
            first: reading.bytes().next().unwrap_or_default(),
            is_initial: reading.chars().count() == 1,
            roots: [
                of_text(reading) as u32,
                if root == reading { 0 } else { of_text(root) as u32 },
            ],
            sound: sound_of(reading),
            vowels: vowel_groups(reading),
            last: reading.bytes().last().unwrap_or_default(),
            letters: reading.bytes().fold(0, |set, letter| set | 1 << (letter & 31)),
        };
        letters.push_str(reading);
        words.push(word);
        let rehash = |id: &WordId| {
            words
                .get(*id as usize)
                .map_or(0, |word| of_text(text_of(letters, word)))
        };
        index.insert_unique(hash, id, rehash);
        id
    }

    /// Returns a word.
    pub(crate) fn get(&self, id: WordId) -> &Word {
        &self.words[id as usize]
    }

    /// Returns the letters of a word.
    pub(crate) fn text(&self, id: WordId) -> &str {
        text_of(&self.letters, self.get(id))
    }

    /// Returns the number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }
}

fn text_of<'a>(letters: &'a str, word: &Word) -> &'a str {
    letters
        .get(word.start as usize..word.start as usize + usize::from(word.len))
        .unwrap_or_default()
}

impl Word {
    /// Tells, without comparing letters in their order, whether a slip of the pen can lie between two words.
    pub(crate) fn may_be_slip_of(&self, other: &Self) -> bool {
        let shortest = self.len.min(other.len);
        let most = if shortest < 8 { 1 } else { 2 };
        shortest >= 4
            && self.len.abs_diff(other.len) <= most
            && (self.first == other.first || self.last == other.last)
            && (self.letters ^ other.letters).count_ones() <= 2 * u32::from(most)
    }

    /// Tells whether one may be a short form of the other, or both of a third.
    pub(crate) fn is_variant_of(&self, other: &Self) -> bool {
        self.roots.iter().any(|root| *root != 0 && other.roots.contains(root))
    }
}

/// Particles and articles inside names: they come and go between spellings, so they are not compared.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "bint", "da", "das", "de", "del", "dell", "della", "den", "der", "di", "do", "dos", "du",
    "e", "el", "ibn", "la", "las", "le", "los", "op", "ten", "ter", "ul", "van", "vom", "von", "y", "zu", "zum", "zur",
];

/// Tells whether a word is a particle.
pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.binary_search(&word).is_ok()
}

/// Reads the words of a cleaned name in Latin letters: `(readings, whether some were written in another script)`.
pub(crate) fn readings(canonical: &str) -> (Vec<String>, bool) {
    if canonical.is_ascii() {
        return (
            canonical
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            false,
        );
    }
    if canonical.chars().all(is_han) {
        return (of_han(canonical), true);
    }
    let skeleton = latin_skeleton(canonical);
    let mut foreign = canonical
        .chars()
        .any(|letter| u32::from(letter) >= 0x0370 && letter.is_alphabetic());
    let words = skeleton
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| {
            if word.is_ascii() {
                return word.to_owned();
            }
            foreign = true;
            let arabic: String = word
                .chars()
                .map(|letter| arabic(letter).map_or_else(|| letter.to_string(), str::to_owned))
                .collect();
            any_ascii::any_ascii(&arabic)
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|letter| letter.to_ascii_lowercase())
                .collect()
        })
        .filter(|word: &String| !word.is_empty())
        .collect();
    (words, foreign)
}

/// Arabic letters whose plain reading would lose the vowel they carry.
fn arabic(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ا' | 'أ' | 'إ' | 'آ' | 'ع' | 'ى' => "a",
        'ة' => "a",
        'ي' | 'ئ' => "i",
        'و' | 'ؤ' => "u",
        'ء' => "",
        'ق' => "q",
        'ك' => "k",
        'خ' => "kh",
        'ش' => "sh",
        'غ' => "gh",
        'ث' => "th",
        'ذ' => "dh",
        _ => return None,
    })
}

fn is_han(letter: char) -> bool {
    matches!(u32::from(letter), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Han names: the family name is the first character (two for the known double ones), the given name is the rest.
fn of_han(name: &str) -> Vec<String> {
    const DOUBLE: &[&str] = &[
        "上官", "司徒", "司马", "司馬", "夏侯", "欧阳", "歐陽", "皇甫", "诸葛", "諸葛",
    ];
    let letters: Vec<char> = name.chars().collect();
    let double = letters.len() > 2 && DOUBLE.iter().any(|known| name.starts_with(known));
    let family = if double { 2 } else { 1 };
    let read = |part: &[char]| {
        part.iter()
            .flat_map(|letter| {
                any_ascii::any_ascii(&letter.to_string())
                    .to_ascii_lowercase()
                    .into_bytes()
            })
            .filter(u8::is_ascii_alphanumeric)
            .map(char::from)
            .collect::<String>()
    };
    let family = family.min(letters.len());
    [&letters[..family], &letters[family..]]
        .into_iter()
        .map(read)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Returns how a word sounds, across spellings and transliterations: its first sound and its consonants, by class.
///
/// Digraphs become one class, vowels after the first sound fall away, doubled sounds count once, and an article grown
/// together with an Arabic name is cut off. At most eight sounds are kept, packed into a number.
pub(crate) fn sound_of(reading: &str) -> u64 {
    let bytes = reading.as_bytes();
    let bytes = match bytes {
        [b'a' | b'e', b'l', rest @ ..] if rest.len() >= 4 && !b"aeiou".contains(&rest[0]) && rest[0] != b'l' => rest,
        other => other,
    };
    let mut sound = 0u64;
    let mut count = 0;
    let mut last = 0u8;
    let mut at = 0;
    while at < bytes.len() && count < 8 {
        let rest = &bytes[at..];
        let (class, width) = match rest {
            [b's', b'h', b'c', b'h', ..] | [b't', b's', b'c', b'h', ..] => (b'S', 4),
            [b's', b'c', b'h', ..] | [b't', b'c', b'h', ..] => (b'S', 3),
            [b's' | b'c', b'h', ..] | [b'c' | b's', b'z', ..] => (b'S', 2),
            [b'p', b'h', ..] => (b'f', 2),
            [b'k' | b'g', b'h', ..] => (b'k', 2),
            [b'z', b'h', ..] => (b'j', 2),
            [b't', b's' | b'z', ..] => (b's', 2),
            [b'c', b'k', ..] => (b'k', 2),
            [b'c', b'e' | b'i' | b'y', ..] => (b's', 1),
            [b'c' | b'q' | b'k' | b'g', ..] => (b'k', 1),
            [b'x', ..] => (b'x', 1),
            [b'z' | b's', ..] => (b's', 1),
            [b'v' | b'w' | b'f', ..] => (b'f', 1),
            [b'd', b'h', ..] => (b'd', 2),
            [b't', b'h', ..] => (b't', 2),
            [b'a' | b'e' | b'i' | b'o' | b'u' | b'y', ..] => (b'a', 1),
            [b'h', ..] => (b'h', 1),
            [other, ..] => (*other, 1),
            [] => break,
        };
        let silent = count > 0 && matches!(class, b'a' | b'h');
        if !silent && class != last {
            sound = sound << 8 | u64::from(class);
            count += 1;
        }
        if class != b'h' || count == 1 {
            last = class;
        }
        at += width;
    }
    sound
}

/// Counts the groups of vowels of a word.
fn vowel_groups(reading: &str) -> u8 {
    let is_vowel = |letter: &u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    reading
        .as_bytes()
        .chunk_by(|one, other| is_vowel(one) == is_vowel(other))
        .filter(|run| is_vowel(&run[0]))
        .count() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_sound_alike() {
        for (one, other) in [
            ("sergei", "serguei"),
            ("ivanov", "ivanoff"),
            ("kuznetsov", "kouznetsov"),
            ("yevgeny", "evgenii"),
            ("mohammed", "muhammad"),
            ("gaddafi", "qaddafi"),
            ("husseini", "alhusaini"),
            ("zhukov", "jukov"),
            ("yusuf", "youssef"),
        ] {
            assert_eq!(sound_of(one), sound_of(other), "{one} / {other}");
        }
        for (one, other) in [("mara", "tom"), ("ellison", "byrne"), ("ali", "omar")] {
            assert_ne!(sound_of(one), sound_of(other), "{one} / {other}");
        }
    }

    #[test]
    fn particles_are_in_order_for_the_search() {
        assert!(PARTICLES.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn other_scripts_are_read() {
        for (name, words) in [
            ("сергей иванов", vec!["sergei", "ivanov"]),
            ("王秀英", vec!["wang", "xiuying"]),
            ("mara ellison", vec!["mara", "ellison"]),
        ] {
            assert_eq!(readings(name).0, words, "{name}");
        }
    }
}
