//! What an analyst says about the columns of a file.
//!
//! A mapping file is plain text, one line per column or key:
//!
//! ```text
//! # left: the column or key as it stands in the file; right: what it means
//! Mobile        = phone
//! Employer      = name organization        # said of the firm, not of the person
//! Value (gross) = amount (ETH)             # with the coin the amount has to be read with
//! Sender        = from
//! Receiver      = to
//! Internal ref  = skip
//! *             = note                     # every column that is not named; default: read by its name
//! ```
//!
//! On the right stands a property by its name (a wrong one is answered with the list), or one of `from`, `to`, `platform`,
//! `accounts`, `first-name`, `middle-name`, `last-name`, `latitude`, `longitude`, `coin`, `skip`; then, if the
//! value is said of something else than the subject of the row, the kind of that thing; then, in brackets, a
//! qualifier. The same as JSON: an object from column to such a text. Columns are compared without case, blanks
//! and marks. Every wrong line is an error with its number; nothing is guessed.

use fusion_model::{EntityKind, Property};

use crate::aliases::{Axis, Meaning, NamePart, Side};
use crate::caps;
use crate::error::{ErrorCode, ImportError};
use crate::json::JsonReader;
use crate::table::fold;

/// Maps columns or keys to their meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<(String, Target)>,
    rest: Option<Target>,
}

/// Says what one column means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Its meaning.
    pub(crate) meaning: Meaning,
    /// The kind of thing it is said of, if not of the subject.
    pub(crate) of: Option<EntityKind>,
    /// What its values have to be read with.
    pub(crate) qualifier: String,
}

impl Mapping {
    /// Reads a mapping file.
    pub fn parse(text: &str) -> Result<Self, ImportError> {
        if text.len() > caps::MAPPING {
            return Err(wrong(1, "the mapping file is longer than 1 MiB"));
        }
        let text = text.trim_start_matches('\u{FEFF}');
        if text.trim_start().starts_with('{') {
            Self::parse_json(text)
        } else {
            Self::parse_lines(text)
        }
    }

    fn parse_lines(text: &str) -> Result<Self, ImportError> {
        let mut mapping = Self::default();
        for (index, line) in text.lines().enumerate() {
            let number = index as u64 + 1;
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((column, target)) = line.rsplit_once('=') else {
                return Err(wrong(number, "a line must read `column = property`"));
            };
            let target = target.split_once(" #").map_or(target, |(before, _)| before);
            mapping.add(column.trim(), target, number)?;
        }
        Ok(mapping)
    }

    fn parse_json(text: &str) -> Result<Self, ImportError> {
        let mut source = text.as_bytes();
        let mut reader = JsonReader::new(&mut source);
        let root = reader.value()?;
        reader.end()?;
        let mut mapping = Self::default();
        for (column, target) in root.members() {
            let Some(target_text) = target.text() else {
                return Err(wrong(
                    target.line,
                    "a column must be mapped to a text such as \"phone\"",
                ));
            };
            mapping.add(column, target_text, target.line)?;
        }
        Ok(mapping)
    }

    fn add(&mut self, column: &str, target: &str, line: u64) -> Result<(), ImportError> {
        let target = Target::parse(target, line)?;
        if column == "*" {
            self.rest = Some(target);
            return Ok(());
        }
        let folded = fold(column);
        if folded.is_empty() {
            return Err(wrong(line, "the column has no name"));
        }
        if self.columns.iter().any(|(other, _)| *other == folded) {
            return Err(wrong(line, "the column is mapped twice"));
        }
        self.columns.push((folded, target));
        Ok(())
    }

    /// Returns what a column or key means, if the mapping says so; the first of `names` that it knows counts.
    pub(crate) fn target(&self, names: &[&str]) -> Option<&Target> {
        let find = |name: &&str| {
            let folded = fold(name);
            self.columns
                .iter()
                .find(|(column, _)| *column == folded)
                .map(|(_, target)| target)
        };
        names.iter().find_map(find).or(self.rest.as_ref())
    }
}

impl Target {
    fn parse(text: &str, line: u64) -> Result<Self, ImportError> {
        let text = text.trim();
        let (text, qualifier) = match text.strip_suffix(')').and_then(|inner| inner.split_once('(')) {
            Some((before, inside)) => (before.trim(), inside.trim().to_owned()),
            None => (text, String::new()),
        };
        let mut words = text.split_whitespace();
        let Some(word) = words.next() else {
            return Err(wrong(line, "there is no property behind the equals sign"));
        };
        let Some(meaning) = meaning(word) else {
            return Err(wrong(line, "the property is unknown").hint(format!("properties are {}", property_names())));
        };
        let of = match words.next() {
            None => None,
            Some(word) => match EntityKind::from_id(word) {
                Some(kind) => Some(kind),
                None => {
                    let kinds: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.id()).collect();
                    return Err(
                        wrong(line, "the kind of thing is unknown").hint(format!("kinds are {}", kinds.join(", ")))
                    );
                }
            },
        };
        if words.next().is_some() {
            return Err(wrong(
                line,
                "too many words; a line reads `column = property kind (qualifier)`",
            ));
        }
        Ok(Self { meaning, of, qualifier })
    }
}

fn meaning(word: &str) -> Option<Meaning> {
    Some(match word {
        "from" => Meaning::Party(Side::From),
        "to" => Meaning::Party(Side::To),
        "platform" => Meaning::Platform,
        "accounts" => Meaning::Accounts,
        "first-name" => Meaning::NamePart(NamePart::First),
        "middle-name" => Meaning::NamePart(NamePart::Middle),
        "last-name" => Meaning::NamePart(NamePart::Last),
        "latitude" => Meaning::Axis(Axis::Latitude),
        "longitude" => Meaning::Axis(Axis::Longitude),
        "coin" => Meaning::Coin,
        "skip" => Meaning::Nothing,
        other => Meaning::Is(Property::from_id(other)?),
    })
}

fn property_names() -> String {
    Property::ALL
        .iter()
        .map(|property| property.id())
        .collect::<Vec<_>>()
        .join(", ")
}

fn wrong(line: u64, message: &str) -> ImportError {
    ImportError::new(ErrorCode::Mapping, format!("mapping: {message}")).at_line(line)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let lines = Mapping::parse(
            "# who\nMobile = phone\nEmployer=name organization # the firm\nValue (gross) = amount (ETH)\n* = note\n",
        )
        .unwrap();
        let json = Mapping::parse(
            "{\"Mobile\": \"phone\", \"Employer\": \"name organization\", \"Value (gross)\": \"amount (ETH)\", \"*\": \"note\"}",
        )
        .unwrap();
        assert_eq!(lines, json);
        let employer = lines.target(&["/x/y", "employer"]).unwrap();
        assert_eq!(
            (employer.meaning, employer.of),
            (Meaning::Is(Property::Name), Some(EntityKind::Organization))
        );
        assert_eq!(lines.target(&["VALUE GROSS"]).unwrap().qualifier, "ETH");
        assert_eq!(
            lines.target(&["anything"]).unwrap().meaning,
            Meaning::Is(Property::Note)
        );
    }

    #[test]
    fn wrong_lines_are_named() {
        for (text, line) in [
            ("a = phone\nb", 2),
            ("a = telepathy", 1),
            ("a = phone spaceship", 1),
            ("a = phone person extra", 1),
            ("a = phone\n\nA = email", 3),
            (" = phone", 1),
            ("a =", 1),
            ("{\"a\":\n 1}", 2),
        ] {
            let error = Mapping::parse(text).unwrap_err();
            assert_eq!(
                (error.code, error.line),
                (ErrorCode::Mapping, Some(line)),
                "{text}: {error}"
            );
        }
    }
}
