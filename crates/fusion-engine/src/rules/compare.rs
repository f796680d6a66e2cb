//! What differs between two rule sets, what each key means, and the digest that tells rule sets apart.

use std::collections::BTreeMap;

use fusion_model::ContentHasher;

use super::Rules;
use super::schema::{Field, KeySpec, KeyType, Preset, Section, Value};
use super::show::{allowed, inline};

/// Sections on which no result depends; they stay outside the digest.
const PRACTICE: &[&str] = &["preset", "retention", "export", "performance", "logging"];

/// Names a key whose value differs between two rule sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesChange {
    /// Full path of the key; an item of a list is named by its `name`.
    pub key: String,
    /// Value in the first set; empty when it has no such item.
    pub old: String,
    /// Value in the second set; empty when it has no such item.
    pub new: String,
}

/// Describes a key for documentation and settings screens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyDescription {
    /// Full path.
    pub key: String,
    /// What may stand there, in words.
    pub allowed: String,
    /// Value of the standard preset.
    pub standard: String,
    /// Value of the strict preset.
    pub strict: String,
    /// What it means.
    pub meaning: String,
}

/// Lists what differs between two rule sets, by key.
pub fn diff(old: &Rules, new: &Rules) -> Vec<RulesChange> {
    let before = flatten(old);
    let after = flatten(new);
    let mut keys: Vec<&String> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter()
        .filter(|key| before.get(*key) != after.get(*key))
        .map(|key| RulesChange {
            key: key.clone(),
            old: before.get(key).cloned().unwrap_or_default(),
            new: after.get(key).cloned().unwrap_or_default(),
        })
        .collect()
}

/// Describes every key outside lists, and every key of a list's item under `list[]`.
pub fn describe() -> Vec<KeyDescription> {
    let mut out = Vec::new();
    let standard = Rules::built_in(Preset::Standard).to_value();
    let strict = Rules::built_in(Preset::Strict).to_value();
    describe_section(Rules::KEYS, &standard, &strict, "", &mut out);
    out
}

impl Rules {
    /// Returns a digest of every key that results depend on.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = ContentHasher::new("rules");
        if let Value::Section(sections) = self.to_value() {
            for (name, section) in sections.iter().filter(|(name, _)| !PRACTICE.contains(name)) {
                hasher.text(name);
                hash_value(&mut hasher, section);
            }
        }
        hasher.finish()
    }
}

fn hash_value(hasher: &mut ContentHasher, value: &Value) {
    match value {
        Value::Number(number) => hasher.text("number").part(&number.to_le_bytes()),
        Value::Flag(flag) => hasher.text("flag").number(u64::from(*flag)),
        Value::Text(text) => hasher.text("text").text(text),
        Value::Texts(texts) => {
            hasher.text("texts").number(texts.len() as u64);
            texts.iter().fold(hasher, |hasher, text| hasher.text(text))
        }
        Value::Levels(levels) => {
            hasher.text("levels").number(levels.len() as u64);
            levels
                .iter()
                .fold(hasher, |hasher, level| hasher.part(&level.to_le_bytes()))
        }
        Value::Section(entries) => {
            hasher.text("section").number(entries.len() as u64);
            for (name, entry) in entries {
                hasher.text(name);
                hash_value(hasher, entry);
            }
            hasher
        }
        Value::List(items) => {
            hasher.text("list").number(items.len() as u64);
            items.iter().for_each(|item| hash_value(hasher, item));
            hasher
        }
    };
}

fn flatten(rules: &Rules) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    flatten_section(Rules::KEYS, &rules.to_value(), "", &mut out);
    out
}

fn flatten_section(keys: &'static [KeySpec], value: &Value, path: &str, out: &mut BTreeMap<String, String>) {
    for spec in keys {
        let Some(value) = value.get(spec.name) else { continue };
        let full = join(path, spec.name);
        match (&spec.kind, value) {
            (KeyType::Section(keys), value) => flatten_section(keys, value, &full, out),
            (KeyType::List { keys, .. }, Value::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let name = match item.get("name") {
                        Some(Value::Text(name)) => name.clone(),
                        _ => index.to_string(),
                    };
                    flatten_section(keys, item, &join(&full, &name), out);
                }
            }
            (kind, value) => {
                out.insert(full, inline(kind, value));
            }
        }
    }
}

fn describe_section(
    keys: &'static [KeySpec],
    standard: &Value,
    strict: &Value,
    path: &str,
    out: &mut Vec<KeyDescription>,
) {
    for spec in keys {
        let (Some(standard), Some(strict)) = (standard.get(spec.name), strict.get(spec.name)) else {
            continue;
        };
        let full = join(path, spec.name);
        match &spec.kind {
            KeyType::Section(keys) => describe_section(keys, standard, strict, &full, out),
            KeyType::List { keys, blank } => describe_section(keys, &blank(), &blank(), &format!("{full}[]"), out),
            kind => out.push(KeyDescription {
                key: full,
                allowed: allowed(kind),
                standard: inline(kind, standard),
                strict: inline(kind, strict),
                meaning: spec.doc.trim().to_owned(),
            }),
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
