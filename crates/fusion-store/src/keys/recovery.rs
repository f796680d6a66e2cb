//! The printed recovery code: 256 random bits that a person can copy, and that say when they were copied wrong.
//!
//! Thirteen groups of four carry the bits in Crockford's alphabet (no I, L, O or U); a fourteenth carries twenty bits
//! of their SHA-256. That check is wide enough to name the group in which one character is wrong: of the 1,736 codes
//! that differ in one character, hardly ever another one fits it.

use zeroize::Zeroizing;

use super::wrap;
use crate::error::{Error, Result};
use crate::secret::{Key, Passphrase};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP: usize = 4;
const GROUPS: usize = 14;
const DIGITS: usize = GROUP * GROUPS;
const CARRYING: usize = DIGITS - GROUP;

/// Holds the bits of a recovery code.
pub(crate) struct RecoveryCode(Key);

impl RecoveryCode {
    /// Draws a code.
    pub(super) fn random() -> Result<Self> {
        Ok(Self(Key::random()?))
    }

    /// Returns the code as it is printed.
    pub(super) fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(DIGITS + GROUPS));
        for (index, digit) in digits(&self.0).iter().enumerate() {
            if index > 0 && index % GROUP == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(*digit)]));
        }
        text
    }

    /// Reads a code as it was typed; small letters, spaces, O for 0 and I or L for 1 are understood.
    pub(crate) fn parse(typed: &Passphrase) -> Result<Self> {
        let mut found: Zeroizing<Vec<u8>> = Zeroizing::new(Vec::with_capacity(DIGITS));
        for character in String::from_utf8_lossy(typed.bytes()).chars() {
            if character == '-' || character.is_whitespace() {
                continue;
            }
            match digit(character) {
                Some(digit) if found.len() < DIGITS => found.push(digit),
                Some(_) => {
                    return Err(Error::conflict(
                        "the recovery code is too long: it has 14 groups of four",
                    ));
                }
                None => return Err(mistyped(found.len() / GROUP)),
            }
        }
        if found.len() < DIGITS {
            return Err(Error::conflict(
                "the recovery code is too short: it has 14 groups of four",
            ));
        }
        match key_of(&found) {
            Some(key) => Ok(Self(key)),
            None => {
                Err(locate(&mut found)
                    .map_or_else(|| Error::conflict("the recovery code has a typing error"), mistyped))
            }
        }
    }

    /// Derives the key that wraps the master key.
    pub(super) fn wrapping_key(&self, salt: &[u8], label: &str) -> Result<Key> {
        wrap::derive(&self.0, salt, label)
    }
}

fn mistyped(group: usize) -> Error {
    Error::conflict(format!("the recovery code has a typing error in group {}", group + 1))
}

fn digit(character: char) -> Option<u8> {
    let plain = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET
        .iter()
        .position(|known| char::from(*known) == plain)
        .and_then(|at| u8::try_from(at).ok())
}

/// Spells out key and check; the last four of the 260 carried bits are zero.
fn digits(key: &Key) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(vec![0; DIGITS]);
    for (bit, index) in (0..256usize).map(|bit| (bit, bit / 5)) {
        let set = key.bytes()[bit / 8] >> (7 - bit % 8) & 1;
        out[index] |= set << (4 - bit % 5);
    }
    out[CARRYING..].copy_from_slice(&check(key));
    out
}

/// Returns the key behind the digits when they fit their check.
fn key_of(digits: &[u8]) -> Option<Key> {
    let mut key = Key::zeroed();
    for bit in 0..256usize {
        let set = digits[bit / 5] >> (4 - bit % 5) & 1;
        key.bytes_mut()[bit / 8] |= set << (7 - bit % 8);
    }
    let fits = digits[CARRYING - 1] & 0b1111 == 0 && digits[CARRYING..] == check(&key);
    fits.then_some(key)
}

fn check(key: &Key) -> [u8; GROUP] {
    let digest = wrap::keyed_digest(key, &[b"fusion recovery code v1"]);
    let bits = u32::from_be_bytes([0, digest[0], digest[1], digest[2]]) >> 4;
    [15, 10, 5, 0].map(|shift| (bits >> shift & 31) as u8)
}

/// Names the group in which one other character, or two neighbours exchanged, would make the code fit.
fn locate(found: &mut [u8]) -> Option<usize> {
    let mut groups = Vec::new();
    for at in 0..DIGITS {
        let typed = found[at];
        for other in (0..32).filter(|other| *other != typed) {
            found[at] = other;
            if key_of(found).is_some() {
                groups.push(at / GROUP);
            }
        }
        found[at] = typed;
        if at + 1 < DIGITS && found[at] != found[at + 1] {
            found.swap(at, at + 1);
            if key_of(found).is_some() {
                groups.push(at / GROUP);
            }
            found.swap(at, at + 1);
        }
    }
    match groups.as_slice() {
        [group] => Some(*group),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse(text: &str) -> Result<RecoveryCode> {
        RecoveryCode::parse(&Passphrase::new(text.to_owned()))
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for _ in 0..50 {
            let code = RecoveryCode::random().unwrap();
            let text = code.text();
            assert_eq!(text.split('-').filter(|group| group.len() == 4).count(), 14);
            let sloppy = text
                .to_lowercase()
                .replace('-', " ")
                .replace('0', "o")
                .replace('1', "l");
            for typed in [
                text.as_str(),
                &sloppy,
                &text.replace('-', ""),
                &format!("\t{}\n", *text),
            ] {
                assert_eq!(parse(typed).unwrap().0.bytes(), code.0.bytes());
            }
        }
    }

    #[test]
    fn one_wrong_character_is_noticed_and_its_group_named() {
        let key = Key::take(&mut [0x5a; 32]).unwrap();
        let text = RecoveryCode(key).text();
        let mut named = 0;
        for (at, present) in text.char_indices().filter(|(_, present)| *present != '-') {
            let other = if present == 'Z' { 'Y' } else { 'Z' };
            let mut typed = text.to_string();
            typed.replace_range(at..=at, &other.to_string());
            let refused = parse(&typed).err().unwrap().to_string();
            let expected = format!("the recovery code has a typing error in group {}", at / 5 + 1);
            assert!(refused.starts_with("the recovery code has a typing error"), "{refused}");
            named += u32::from(refused == expected);
        }
        assert!(named >= 54, "{named} of 56 groups were named");
    }

    #[test]
    fn what_is_no_code_is_refused_in_words() {
        let text = RecoveryCode::random().unwrap().text();
        let rows = [
            (text[..60].to_owned(), "too short"),
            (format!("{}-0000", *text), "too long"),
            (text.replacen(&text[10..14], "AU!A", 1), "typing error in group 3"),
            (String::new(), "too short"),
        ];
        for (typed, expected) in rows {
            let refused = parse(&typed).err().unwrap();
            assert!(refused.to_string().contains(expected), "{refused}");
            assert_eq!(refused.code(), "conflict");
        }
    }
}
