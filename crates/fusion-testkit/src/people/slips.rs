//! What hands and machines do to a text: slips of the finger, lost marks, other spellings.

use super::draws::Draws;

/// Letters without the marks that many systems lose.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match bare(letter) {
            Some(bare) => plain.push_str(bare),
            None => plain.push(letter),
        }
    }
    plain
}

fn bare(letter: char) -> Option<&'static str> {
    Some(match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'ą' => "a",
        'Á' | 'À' | 'Â' | 'Ä' | 'Ą' => "A",
        'ç' | 'ć' => "c",
        'Ç' | 'Ć' => "C",
        'é' | 'è' | 'ê' | 'ë' | 'ę' => "e",
        'É' | 'È' | 'Ê' | 'Ę' => "E",
        'ğ' => "g",
        'í' | 'ì' | 'î' | 'ï' | 'ı' => "i",
        'Í' | 'İ' => "I",
        'ł' => "l",
        'Ł' => "L",
        'ñ' | 'ń' => "n",
        'Ñ' => "N",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => "o",
        'Ó' | 'Ö' => "O",
        'ś' | 'ş' => "s",
        'Ś' | 'Ş' => "S",
        'ß' => "ss",
        'ú' | 'ù' | 'û' | 'ü' => "u",
        'Ú' | 'Ü' => "U",
        'ź' | 'ż' => "z",
        'Ź' | 'Ż' => "Z",
        _ => return None,
    })
}

/// Umlauts as two letters, as German offices write them where a machine has no marks.
pub(super) fn umlauts(text: &str) -> String {
    let pairs = [
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        ("Ä", "Ae"),
        ("Ö", "Oe"),
        ("Ü", "Ue"),
        ("ß", "ss"),
    ];
    pairs
        .into_iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Rows of a keyboard: a finger that misses hits a neighbour.
const ROWS: &[&str] = &["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"];

/// Makes one slip of the finger, never in the first place.
pub(super) fn slip(text: &str, draws: &mut Draws) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 {
        return text.to_owned();
    }
    let at = draws.between(1, letters.len() - 1);
    match draws.below(100) {
        0..30 => {
            letters.remove(at);
        }
        30..55 if at + 1 < letters.len() => letters.swap(at, at + 1),
        30..80 => letters[at] = neighbour(letters[at], draws),
        _ => {
            let more = neighbour(letters[at], draws);
            letters.insert(at, more);
        }
    }
    letters.into_iter().collect()
}

fn neighbour(letter: char, draws: &mut Draws) -> char {
    let small = letter.to_ascii_lowercase();
    for row in ROWS {
        let keys: Vec<char> = row.chars().collect();
        if let Some(at) = keys.iter().position(|key| *key == small) {
            return if at == 0 || (at + 1 < keys.len() && draws.happens(500)) {
                keys[at + 1]
            } else {
                keys[at - 1]
            };
        }
    }
    letter
}
