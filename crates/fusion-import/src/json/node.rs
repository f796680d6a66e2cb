//! One JSON value held in memory, with the line on which it starts.

use fusion_model::{ContentHasher, RecordKey};

/// Holds one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// 1-based line on which it starts.
    pub(crate) line: u64,
    /// What it is.
    pub(crate) value: Value,
}

/// Sorts values; numbers keep their text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Array(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Returns the member `key` of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.members()
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, node)| node)
    }

    /// Returns the member reached by `path`, keys joined by dots.
    pub(crate) fn at(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |node, key| node.get(key))
    }

    /// Returns the text of a string, number or truth value, as written.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Number(text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// Returns the text of the scalar member `key`, empty when there is none.
    pub(crate) fn text_of(&self, key: &str) -> &str {
        self.get(key).and_then(Self::text).unwrap_or_default()
    }

    /// Tells whether the member `key` is the truth value true.
    pub(crate) fn is_true(&self, key: &str) -> bool {
        self.get(key).is_some_and(|node| node.value == Value::Bool(true))
    }

    /// Returns the elements of an array; nothing for other values.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// Returns the members of an object in file order; nothing for other values.
    pub(crate) fn members(&self) -> &[(String, Self)] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// Tells whether this is an object.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// Returns the record key of a raw row: a digest over the value with its keys sorted, so that neither key
    /// order nor white space matters.
    pub(crate) fn row_key(&self) -> RecordKey {
        let mut hasher = ContentHasher::new("raw-json");
        self.hash_into(&mut hasher);
        RecordKey::RawRow {
            digest: hasher.finish_short(),
        }
    }

    fn hash_into(&self, hasher: &mut ContentHasher) {
        match &self.value {
            Value::Null => {
                hasher.text("null");
            }
            Value::Bool(truth) => {
                hasher.text("bool").number(u64::from(*truth));
            }
            Value::Number(text) => {
                hasher.text("number").text(text);
            }
            Value::Text(text) => {
                hasher.text("text").text(text);
            }
            Value::Array(items) => {
                hasher.text("array").number(items.len() as u64);
                items.iter().for_each(|item| item.hash_into(hasher));
            }
            Value::Object(members) => {
                hasher.text("object").number(members.len() as u64);
                let mut sorted: Vec<&(String, Self)> = members.iter().collect();
                sorted.sort_by(|a, b| a.0.cmp(&b.0));
                for (key, member) in sorted {
                    hasher.text(key);
                    member.hash_into(hasher);
                }
            }
        }
    }
}

/// Appends one key or index to an RFC 6901 pointer.
pub(crate) fn pointer_step(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
}
