//! Rules as text: the commented file that holds every key.
//!
//! Everything here is drawn from the schema, so a key cannot be undocumented. The shipped file is exactly what
//! [`show`] writes for the shipped rules; a test holds the two together.

use std::fmt::Write as _;

use super::Rules;
use super::decimal;
use super::schema::{Field, KeySpec, KeyType, Preset, Section, Value};

const WIDTH: usize = 100;

/// Writes `rules` as a commented file that reads back to the same rules.
pub fn show(rules: &Rules) -> String {
    let mut out = String::from(HEADER);
    let strict = Rules::built_in(Preset::Strict).to_value();
    write_section(&mut out, Rules::KEYS, &rules.to_value(), Some(&strict), 0);
    out
}

const HEADER: &str = "\
# Rules of Fusion Workbench: every number and list that results depend on.
#
# This is the shipped default. A file of your own needs only the keys that it changes; it is named on the command
# line (--rules), by the environment variable FUSION_CONFIG, or by the case, in this order. A key that does not
# exist, a value of another type or out of its range, or a key that stands twice is refused with line and column.
# `fusion rules check FILE` tries a file, `fusion rules show` writes all keys in force, `fusion rules diff FILE`
# lists what a file changes.
#
# Shares are decimals from 0 to 1 with at most four places, weights in bits have at most three. Nothing is read
# through floating point.
";

/// Says in words what may stand at a key.
pub(super) fn allowed(kind: &KeyType) -> String {
    match kind {
        KeyType::Number { decimals, min, max } => format!(
            "{} to {}",
            decimal::show(*min, *decimals),
            decimal::show(*max, *decimals)
        ),
        KeyType::Flag => "true or false".to_owned(),
        KeyType::Text => "text".to_owned(),
        KeyType::Choice(choices) => format!("one of {}", choices().join(", ")),
        KeyType::Texts => "list of texts".to_owned(),
        KeyType::Choices(choices) => format!("list out of {}", choices().join(", ")),
        KeyType::Levels => "weights in bits, lowest level first".to_owned(),
        KeyType::Section(_) => "section".to_owned(),
        KeyType::List { .. } => "list of sections".to_owned(),
    }
}

/// Writes a value on one line.
pub(super) fn inline(kind: &KeyType, value: &Value) -> String {
    match (kind, value) {
        (KeyType::Number { decimals, .. }, Value::Number(number)) => decimal::show(*number, *decimals),
        (_, Value::Number(number)) => number.to_string(),
        (_, Value::Flag(flag)) => flag.to_string(),
        (KeyType::Choice(_), Value::Text(text)) => text.clone(),
        (_, Value::Text(text)) => quoted(text),
        (KeyType::Choices(_), Value::Texts(texts)) => format!("[{}]", texts.join(", ")),
        (_, Value::Texts(texts)) => format!(
            "[{}]",
            texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")
        ),
        (_, Value::Levels(levels)) => {
            format!(
                "[{}]",
                levels
                    .iter()
                    .map(|level| decimal::show(*level, 3))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        }
        (_, Value::Section(_) | Value::List(_)) => String::new(),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn comment(out: &mut String, text: &str, indent: usize) {
    let pad = " ".repeat(indent);
    let mut line = format!("{pad}#");
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && line.len() > indent + 1 {
            out.push_str(&line);
            out.push('\n');
            line = format!("{pad}#");
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}

fn write_section(out: &mut String, keys: &'static [KeySpec], value: &Value, strict: Option<&Value>, indent: usize) {
    for spec in keys {
        let Some(value) = value.get(spec.name) else { continue };
        let strict = strict.and_then(|strict| strict.get(spec.name));
        if indent == 0 || matches!(spec.kind, KeyType::Section(_) | KeyType::List { .. }) {
            out.push('\n');
        }
        comment(out, &about(spec, value, strict), indent);
        let pad = " ".repeat(indent);
        match (&spec.kind, value) {
            (KeyType::Section(keys), value) => {
                let _ = writeln!(out, "{pad}{}:", spec.name);
                write_section(out, keys, value, strict, indent + 2);
            }
            (KeyType::List { keys, blank }, Value::List(items)) => {
                let blank = blank();
                for key in *keys {
                    let default = blank
                        .get(key.name)
                        .map(|value| inline(&key.kind, value))
                        .unwrap_or_default();
                    comment(
                        out,
                        &format!(
                            "- {} ({}; else {default}): {}",
                            key.name,
                            allowed_briefly(&key.kind),
                            key.doc.trim()
                        ),
                        indent,
                    );
                }
                let _ = writeln!(out, "{pad}{}:{}", spec.name, if items.is_empty() { " []" } else { "" });
                items
                    .iter()
                    .for_each(|item| write_item(out, keys, item, &blank, indent + 2));
            }
            (kind, value) => write_leaf(out, kind, value, &format!("{pad}{}:", spec.name), indent),
        }
    }
}

fn write_item(out: &mut String, keys: &'static [KeySpec], item: &Value, blank: &Value, indent: usize) {
    let mut lead = format!("{}- ", " ".repeat(indent));
    for key in keys {
        let Some(value) = item.get(key.name) else { continue };
        if blank.get(key.name) == Some(value) && key.name != "name" {
            continue;
        }
        write_leaf(out, &key.kind, value, &format!("{lead}{}:", key.name), indent + 2);
        lead = " ".repeat(indent + 2);
    }
}

fn write_leaf(out: &mut String, kind: &KeyType, value: &Value, lead: &str, indent: usize) {
    let short = format!("{lead} {}", inline(kind, value));
    match value {
        Value::Texts(texts) if short.chars().count() > WIDTH => {
            let _ = writeln!(out, "{lead}");
            for text in texts {
                let _ = writeln!(out, "{}- {}", " ".repeat(indent + 2), quoted(text));
            }
        }
        _ => {
            out.push_str(&short);
            out.push('\n');
        }
    }
}

fn allowed_briefly(kind: &KeyType) -> String {
    match kind {
        KeyType::Choice(choices) if choices().len() > 12 => "one word".to_owned(),
        KeyType::Choices(_) => "list of words".to_owned(),
        kind => allowed(kind),
    }
}

fn about(spec: &KeySpec, value: &Value, strict: Option<&Value>) -> String {
    let mut text = spec.doc.trim().to_owned();
    if !matches!(
        spec.kind,
        KeyType::Section(_) | KeyType::List { .. } | KeyType::Text | KeyType::Texts | KeyType::Flag | KeyType::Levels
    ) {
        let _ = write!(text, " ({})", allowed_briefly(&spec.kind));
    }
    if !matches!(spec.kind, KeyType::Section(_) | KeyType::List { .. })
        && spec.name != "preset"
        && let Some(strict) = strict.filter(|strict| *strict != value)
    {
        let _ = write!(text, " Strict: {}.", inline(&spec.kind, strict));
    }
    text
}
