//! Rules files: YAML text checked against the schema and laid over the built-in values.
//!
//! Every problem is collected, with the line and column at which it stands; a file with one problem changes nothing.
//! The text is not trusted: it is refused when it is very long or very deep, anchors are not followed into numbers,
//! and numbers are read from the text itself, never through floating point.

use std::collections::BTreeMap;

use saphyr::{LoadableYamlNode, MarkedYaml, Marker, Scalar, YamlData};

use super::decimal::{self, DecimalFault};
use super::problem::RulesProblem;
use super::schema::{Field, KeySpec, KeyType, Preset, Section, Value};
use super::{Rules, check};

/// Longest rules file that is read, in bytes.
const MAX_BYTES: usize = 1 << 20;
/// Deepest nesting that is read.
const MAX_DEPTH: usize = 64;

/// Reads the rules file `text`, called `name` in messages; what it leaves out keeps the built-in value of its preset.
pub fn load(text: &str, name: &str) -> Result<Rules, Vec<RulesProblem>> {
    let (rules, outgrown) = load_kept(text, name)?;
    if outgrown.is_empty() { Ok(rules) } else { Err(outgrown) }
}

/// Reads rules that a case has kept, perhaps since an earlier version.
///
/// A comparator may have got other levels since; its kept weights then mean nothing, so the built-in ones stand, and the
/// second list tells of each. Everything else is as strict as [`load`].
pub fn load_kept(text: &str, name: &str) -> Result<(Rules, Vec<RulesProblem>), Vec<RulesProblem>> {
    let mut reading = Reading {
        file: name,
        text: text.chars().collect(),
        problems: Vec::new(),
        outgrown: Vec::new(),
        places: BTreeMap::new(),
    };
    let Some(root) = reading.parse(text) else {
        return Err(reading.problems);
    };
    let preset = reading.preset(&root);
    let mut tree = Rules::built_in(preset).to_value();
    reading.section(&root, "", Rules::KEYS, &mut tree);
    let rules = Rules::from_value(&tree);
    for fault in check::faults(&rules) {
        let (line, column) = reading.place(fault.key);
        reading.problems.push(RulesProblem {
            file: name.to_owned(),
            line,
            column,
            key: fault.key.to_owned(),
            message: fault.message,
            allowed: Vec::new(),
        });
    }
    if reading.problems.is_empty() {
        Ok((rules, reading.outgrown))
    } else {
        reading.problems.append(&mut reading.outgrown);
        reading
            .problems
            .sort_by(|a, b| (a.line, a.column, &a.key).cmp(&(b.line, b.column, &b.key)));
        Err(reading.problems)
    }
}

type Node<'a> = MarkedYaml<'a>;

struct Reading<'t> {
    file: &'t str,
    text: Vec<char>,
    problems: Vec<RulesProblem>,
    /// Weights whose number is no longer that of the levels.
    outgrown: Vec<RulesProblem>,
    /// Where each key that the file names stands.
    places: BTreeMap<String, (u32, u32)>,
}

impl Reading<'_> {
    fn problem(&mut self, (line, column): (u32, u32), key: &str, message: String, allowed: Vec<String>) {
        self.problems.push(RulesProblem {
            file: self.file.to_owned(),
            line,
            column,
            key: key.to_owned(),
            message,
            allowed,
        });
    }

    /// Returns where `key` stands, or else where the nearest section around it stands.
    fn place(&self, key: &str) -> (u32, u32) {
        let mut key = key;
        loop {
            if let Some(place) = self.places.get(key) {
                return *place;
            }
            match key.rsplit_once('.') {
                Some((outer, _)) => key = outer,
                None => return (1, 1),
            }
        }
    }

    fn parse<'a>(&mut self, text: &str) -> Option<Node<'a>> {
        if text.len() > MAX_BYTES {
            self.problem(
                (1, 1),
                "",
                format!("the file is longer than {MAX_BYTES} bytes"),
                Vec::new(),
            );
            return None;
        }
        if let Some(line) = too_deep(text) {
            self.problem(
                (line, 1),
                "",
                format!("nested deeper than {MAX_DEPTH} levels"),
                Vec::new(),
            );
            return None;
        }
        let mut documents = match Node::load_from_str(text) {
            Ok(documents) => documents,
            Err(error) => {
                let place = position(error.marker());
                if error.info().contains("duplicated key") {
                    let key = self.word_at(error.marker().index());
                    self.problem(
                        place,
                        &key,
                        format!("key `{key}` stands here a second time"),
                        Vec::new(),
                    );
                } else {
                    self.problem(place, "", format!("not readable as YAML: {}", error.info()), Vec::new());
                }
                return None;
            }
        };
        if let Some(second) = documents.get(1) {
            let place = position(&second.span.start);
            self.problem(
                place,
                "",
                "a rules file holds one document, this is a second".to_owned(),
                Vec::new(),
            );
            return None;
        }
        Some(
            documents
                .pop()
                .unwrap_or_else(|| Node::from(YamlData::Value(Scalar::Null))),
        )
    }

    fn word_at(&self, index: usize) -> String {
        self.text
            .iter()
            .skip(index)
            .take_while(|c| !matches!(c, ':' | '\n' | ' '))
            .filter(|c| !matches!(c, '"' | '\''))
            .collect()
    }

    fn preset(&mut self, root: &Node<'_>) -> Preset {
        let YamlData::Mapping(entries) = &root.data else {
            return Preset::Standard;
        };
        entries
            .iter()
            .find(|(key, _)| text_of(key) == Some("preset"))
            .and_then(|(_, value)| Preset::from_id(text_of(value)?))
            .unwrap_or(Preset::Standard)
    }

    fn section(&mut self, node: &Node<'_>, path: &str, keys: &'static [KeySpec], tree: &mut Value) {
        let entries = match &node.data {
            YamlData::Mapping(entries) => entries,
            // A section whose keys are all commented out overrides nothing.
            YamlData::Value(Scalar::Null) | YamlData::BadValue => return,
            _ => {
                let place = position(&node.span.start);
                let message = if path.is_empty() {
                    "expected sections".to_owned()
                } else {
                    format!("expected keys below `{path}`")
                };
                self.problem(place, path, message, names(keys));
                return;
            }
        };
        for (key, value) in entries {
            let place = position(&key.span.start);
            let Some(name) = text_of(key) else {
                self.problem(place, path, "a key must be a word".to_owned(), names(keys));
                continue;
            };
            let full = if path.is_empty() {
                name.to_owned()
            } else {
                format!("{path}.{name}")
            };
            let Some(spec) = keys.iter().find(|spec| spec.name == name) else {
                let around = if path.is_empty() {
                    "at the top".to_owned()
                } else {
                    format!("in `{path}`")
                };
                let near =
                    nearest(name, keys.iter().map(|spec| spec.name)).map(|near| format!("; did you mean `{near}`?"));
                self.problem(
                    place,
                    &full,
                    format!("unknown key `{name}` {around}{}", near.unwrap_or_default()),
                    names(keys),
                );
                continue;
            };
            self.places.insert(full.clone(), place);
            if let Value::Section(slots) = tree
                && let Some((_, slot)) = slots.iter_mut().find(|(slot, _)| *slot == spec.name)
            {
                self.value(value, &full, &spec.kind, slot);
            }
        }
    }

    fn value(&mut self, node: &Node<'_>, path: &str, kind: &'static KeyType, slot: &mut Value) {
        let place = position(&node.span.start);
        match kind {
            KeyType::Section(keys) => self.section(node, path, keys, slot),
            KeyType::Number { decimals, min, max } => {
                if let Some(number) = self.number(node, path, *decimals, *min, *max) {
                    *slot = Value::Number(number);
                }
            }
            KeyType::Flag => match &node.data {
                YamlData::Value(Scalar::Boolean(flag)) => *slot = Value::Flag(*flag),
                _ => self.problem(
                    place,
                    path,
                    format!("`{path}` must be true or false"),
                    vec!["true".to_owned(), "false".to_owned()],
                ),
            },
            KeyType::Text => match text_of(node) {
                Some(text) => *slot = Value::Text(text.to_owned()),
                None => self.problem(
                    place,
                    path,
                    format!("`{path}` must be a text; put quotes around it"),
                    Vec::new(),
                ),
            },
            KeyType::Choice(choices) => {
                if let Some(word) = self.choice(node, path, &choices()) {
                    *slot = Value::Text(word);
                }
            }
            KeyType::Texts | KeyType::Choices(_) => {
                let Some(items) = self.items(node, path) else { return };
                let mut texts = Vec::with_capacity(items.len());
                for item in items {
                    let text = match kind {
                        KeyType::Choices(choices) => self.choice(item, path, &choices()),
                        _ => {
                            let text = text_of(item).map(str::to_owned);
                            if text.is_none() {
                                self.problem(
                                    position(&item.span.start),
                                    path,
                                    format!("`{path}` holds texts; put quotes around this one"),
                                    Vec::new(),
                                );
                            }
                            text
                        }
                    };
                    texts.extend(text);
                }
                *slot = Value::Texts(texts);
            }
            KeyType::Levels => {
                let expected = if let Value::Levels(levels) = &*slot {
                    levels.len()
                } else {
                    0
                };
                let Some(items) = self.items(node, path) else { return };
                if items.len() != expected {
                    self.outgrown.push(RulesProblem {
                        file: self.file.to_owned(),
                        line: place.0,
                        column: place.1,
                        key: path.to_owned(),
                        message: format!(
                            "`{path}` needs {expected} weights, from disagreement to exact agreement; {} stand here",
                            items.len()
                        ),
                        allowed: Vec::new(),
                    });
                    return;
                }
                let levels: Vec<i64> = items
                    .iter()
                    .filter_map(|item| self.number(item, path, 3, -50_000, 50_000))
                    .collect();
                if levels.len() == expected {
                    *slot = Value::Levels(levels);
                }
            }
            KeyType::List { keys, blank } => {
                let Some(items) = self.items(node, path) else { return };
                let mut values = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    let mut value = blank();
                    self.section(item, &format!("{path}[{index}]"), keys, &mut value);
                    values.push(value);
                }
                *slot = Value::List(values);
            }
        }
    }

    fn items<'n, 'a>(&mut self, node: &'n Node<'a>, path: &str) -> Option<&'n [Node<'a>]> {
        match &node.data {
            YamlData::Sequence(items) => Some(items),
            YamlData::Value(Scalar::Null) => Some(&[]),
            _ => {
                self.problem(
                    position(&node.span.start),
                    path,
                    format!("`{path}` must be a list"),
                    Vec::new(),
                );
                None
            }
        }
    }

    fn choice(&mut self, node: &Node<'_>, path: &str, choices: &[&'static str]) -> Option<String> {
        let allowed = || choices.iter().map(|choice| (*choice).to_owned()).collect();
        let place = position(&node.span.start);
        match text_of(node) {
            Some(word) if choices.contains(&word) => Some(word.to_owned()),
            Some(word) => {
                let near = nearest(word, choices.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
                self.problem(
                    place,
                    path,
                    format!("`{path}` cannot be `{word}`{}", near.unwrap_or_default()),
                    allowed(),
                );
                None
            }
            None => {
                self.problem(place, path, format!("`{path}` must be a word"), allowed());
                None
            }
        }
    }

    fn number(&mut self, node: &Node<'_>, path: &str, decimals: u32, min: i64, max: i64) -> Option<i64> {
        let range = format!("{} to {}", decimal::show(min, decimals), decimal::show(max, decimals));
        let place = position(&node.span.start);
        let is_number = matches!(
            &node.data,
            YamlData::Value(Scalar::Integer(_) | Scalar::FloatingPoint(_))
        );
        let text: String = self
            .text
            .iter()
            .skip(node.span.start.index())
            .take(node.span.len())
            .collect();
        let parsed = if is_number {
            decimal::parse(text.trim(), decimals)
        } else {
            Err(DecimalFault::NotANumber)
        };
        let message = match parsed {
            Ok(number) if (min..=max).contains(&number) => return Some(number),
            Ok(number) => format!("`{path}` is {}, out of range", decimal::show(number, decimals)),
            Err(DecimalFault::TooFine) if decimals == 0 => format!("`{path}` must be a whole number"),
            Err(DecimalFault::TooFine) => format!("`{path}` keeps at most {decimals} decimal places"),
            Err(DecimalFault::TooLarge) => format!("`{path}` is out of range"),
            Err(DecimalFault::NotANumber) => format!("`{path}` must be a plain number"),
        };
        self.problem(place, path, message, vec![range]);
        None
    }
}

fn text_of<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.data {
        YamlData::Value(Scalar::String(text)) => Some(text),
        _ => None,
    }
}

fn names(keys: &[KeySpec]) -> Vec<String> {
    keys.iter().map(|spec| spec.name.to_owned()).collect()
}

/// Finds the candidate with the fewest edits, if it is near enough to be a slip of the hand.
fn nearest(word: &str, candidates: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .min()
        .filter(|(distance, candidate)| *distance * 3 <= candidate.len().max(3))
        .map(|(_, candidate)| candidate)
}

fn position(marker: &Marker) -> (u32, u32) {
    let clamp = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (clamp(marker.line()), clamp(marker.col() + 1))
}

/// Finds the first line that nests too deep, by an upper bound: open brackets, and leading characters that may each
/// open a level. The parser descends by recursion, so it must not see such a text.
fn too_deep(text: &str) -> Option<u32> {
    let mut open = 0_usize;
    for (line, content) in (1..).zip(text.lines()) {
        let leading = content
            .chars()
            .take_while(|c| matches!(c, ' ' | '\t' | '-' | '?' | ':'))
            .count();
        let is_comment =
            content[content.len().min(leading)..].starts_with('#') || content.trim_start().starts_with('#');
        if is_comment {
            continue;
        }
        open += content.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
        if open > MAX_DEPTH
            && open.saturating_sub(content.bytes().filter(|byte| matches!(byte, b']' | b'}')).count()) > MAX_DEPTH
            || leading > 2 * MAX_DEPTH
        {
            return Some(line);
        }
        open = open.saturating_sub(content.bytes().filter(|byte| matches!(byte, b']' | b'}')).count());
    }
    None
}
