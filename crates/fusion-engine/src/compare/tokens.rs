//! Words of a value. The canonical text is already folded by the model's pinned tables; here it is only cut.

/// Cuts a text into its words.
pub(super) fn of(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Cuts the name of a firm into its words; single letters in a row (`b.v.`) become one word.
pub(super) fn of_organization(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_letters = false;
    for word in of(text) {
        let is_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match words.last_mut() {
            Some(last) if is_letter && in_letters => last.push_str(&word),
            _ => words.push(word),
        }
        in_letters = is_letter;
    }
    words
}
