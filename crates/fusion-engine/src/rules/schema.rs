//! The schema of the rules file: every key once, with its type, range, built-in values and meaning.
//!
//! A section is written down once with [`section!`]; the macro makes the typed struct that the stages read and the
//! [`KeySpec`] table that validation, documentation, `show` and `diff` read, so that the two can never disagree.
//! This module must not know YAML: a [`Value`] tree is the meeting point, and only `read.rs` makes one from text.

use fusion_model::{MilliBits, Score};

/// Names a set of built-in values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preset {
    /// The shipped default.
    Standard,
    /// Fewer false links at the price of more review.
    Strict,
}

impl Preset {
    /// All presets.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Strict];

    /// Returns the name used by the `preset` key.
    pub fn id(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Strict => "strict",
        }
    }

    /// Finds a preset by name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.id() == id)
    }
}

/// Describes one key.
#[derive(Debug)]
pub struct KeySpec {
    /// Name inside its section.
    pub name: &'static str,
    /// What may stand there.
    pub kind: KeyType,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

/// Says what may stand at a key.
#[derive(Debug)]
pub enum KeyType {
    /// A decimal with at most `decimals` places, kept as an integer scaled by ten to that power.
    Number {
        /// Decimal places that are kept.
        decimals: u32,
        /// Smallest scaled value.
        min: i64,
        /// Largest scaled value.
        max: i64,
    },
    /// `true` or `false`.
    Flag,
    /// Any text.
    Text,
    /// One of a list of words.
    Choice(fn() -> Vec<&'static str>),
    /// A list of texts.
    Texts,
    /// A list of words out of a list of words.
    Choices(fn() -> Vec<&'static str>),
    /// A list of weights in bits with three decimals, lowest agreement level first; its length is fixed.
    Levels,
    /// A nested section.
    Section(&'static [KeySpec]),
    /// A list of nested sections; what an item leaves out has its built-in value.
    List {
        /// Keys of one item.
        keys: &'static [KeySpec],
        /// Values of an item that says nothing.
        blank: fn() -> Value,
    },
}

/// Holds rules as a tree, for comparing, hashing and showing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Scaled number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Text.
    Text(String),
    /// Texts in order.
    Texts(Vec<String>),
    /// Scaled numbers in order.
    Levels(Vec<i64>),
    /// Keys of a section in the order of its schema.
    Section(Vec<(&'static str, Value)>),
    /// Items of a list.
    List(Vec<Value>),
}

impl Value {
    /// Returns the value at `key` of a section.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Section(entries) => entries.iter().find(|(name, _)| *name == key).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// Moves a typed field into and out of a [`Value`]. A value of another type reads as the empty value: the schema,
/// made by the same macro as the field, has already refused it.
pub(crate) trait Field: Sized {
    fn from_value(value: &Value) -> Self;
    fn to_value(&self) -> Value;
}

/// Marks a struct made by [`section!`].
pub(crate) trait Section: Field {
    const KEYS: &'static [KeySpec];
    fn built_in(preset: Preset) -> Self;
}

impl Field for Score {
    fn from_value(value: &Value) -> Self {
        Self::from_basis_points(u64::from(u32::from_value(value)))
    }
    fn to_value(&self) -> Value {
        Value::Number(self.basis_points().into())
    }
}

impl Field for MilliBits {
    fn from_value(value: &Value) -> Self {
        match value {
            Value::Number(number) => Self(i32::try_from(*number).unwrap_or_default()),
            _ => Self::default(),
        }
    }
    fn to_value(&self) -> Value {
        Value::Number(self.0.into())
    }
}

impl Field for u32 {
    fn from_value(value: &Value) -> Self {
        match value {
            Value::Number(number) => Self::try_from(*number).unwrap_or_default(),
            _ => 0,
        }
    }
    fn to_value(&self) -> Value {
        Value::Number((*self).into())
    }
}

impl Field for bool {
    fn from_value(value: &Value) -> Self {
        matches!(value, Value::Flag(true))
    }
    fn to_value(&self) -> Value {
        Value::Flag(*self)
    }
}

impl Field for String {
    fn from_value(value: &Value) -> Self {
        match value {
            Value::Text(text) => text.clone(),
            _ => Self::new(),
        }
    }
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Field for Vec<String> {
    fn from_value(value: &Value) -> Self {
        match value {
            Value::Texts(texts) => texts.clone(),
            _ => Self::new(),
        }
    }
    fn to_value(&self) -> Value {
        Value::Texts(self.clone())
    }
}

impl Field for Vec<MilliBits> {
    fn from_value(value: &Value) -> Self {
        match value {
            Value::Levels(levels) => levels
                .iter()
                .map(|level| MilliBits::from_value(&Value::Number(*level)))
                .collect(),
            _ => Self::new(),
        }
    }
    fn to_value(&self) -> Value {
        Value::Levels(self.iter().map(|level| level.0.into()).collect())
    }
}

impl Field for Preset {
    fn from_value(value: &Value) -> Self {
        Self::from_id(&String::from_value(value)).unwrap_or(Self::Standard)
    }
    fn to_value(&self) -> Value {
        Value::Text(self.id().to_owned())
    }
}

pub(crate) fn preset_names() -> Vec<&'static str> {
    Preset::ALL.iter().map(|preset| preset.id()).collect()
}

impl<T: Section> Field for Vec<T> {
    fn from_value(value: &Value) -> Self {
        match value {
            Value::List(items) => items.iter().map(T::from_value).collect(),
            _ => Self::new(),
        }
    }
    fn to_value(&self) -> Value {
        Value::List(self.iter().map(T::to_value).collect())
    }
}

/// Writes a section down once: `name: kind [(argument)] [in low to high] = standard [/ strict];`.
///
/// Kinds: `share` (basis points), `bits` (milli-bits), `milli` (thousandths), `count`, `flag`, `preset`,
/// `text`, `choice(list)`, `words`, `choices(list)`, `levels`, `sub(Section)`, `list(Section)`.
macro_rules! section {
    ($(#[doc = $about:literal])+ $name:ident {
        $($(#[doc = $doc:literal])+ $field:ident : $kind:ident $(($arg:path))? $(in $low:literal to $high:literal)? = $standard:tt $(/ $strict:tt)? ;)+
    }) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $crate::rules::schema::field_type!($kind $(($arg))?),)+
        }

        impl $crate::rules::schema::Field for $name {
            fn from_value(value: &$crate::rules::schema::Value) -> Self {
                let missing = $crate::rules::schema::Value::List(Vec::new());
                Self {
                    $($field: $crate::rules::schema::Field::from_value(value.get(stringify!($field)).unwrap_or(&missing)),)+
                }
            }
            fn to_value(&self) -> $crate::rules::schema::Value {
                $crate::rules::schema::Value::Section(vec![
                    $((stringify!($field), $crate::rules::schema::Field::to_value(&self.$field)),)+
                ])
            }
        }

        impl $crate::rules::schema::Section for $name {
            const KEYS: &'static [$crate::rules::schema::KeySpec] = &[
                $($crate::rules::schema::KeySpec {
                    name: stringify!($field),
                    kind: $crate::rules::schema::key_type!($kind $(($arg))? $(in $low to $high)?),
                    doc: concat!($($doc),+),
                },)+
            ];

            fn built_in(preset: $crate::rules::schema::Preset) -> Self {
                match preset {
                    $crate::rules::schema::Preset::Standard => Self {
                        $($field: $crate::rules::schema::built_in!(preset, $kind $(($arg))?, $standard),)+
                    },
                    $crate::rules::schema::Preset::Strict => Self {
                        $($field: $crate::rules::schema::built_in!(preset, $kind $(($arg))?, $standard $(, $strict)?),)+
                    },
                }
            }
        }
    };
}

macro_rules! field_type {
    (share) => { fusion_model::Score };
    (bits) => { fusion_model::MilliBits };
    (milli) => { u32 };
    (count) => { u32 };
    (flag) => { bool };
    (preset) => { $crate::rules::schema::Preset };
    (text) => { String };
    (choice($list:path)) => { String };
    (words) => { Vec<String> };
    (choices($list:path)) => { Vec<String> };
    (levels) => { Vec<fusion_model::MilliBits> };
    (sub($section:path)) => { $section };
    (list($section:path)) => { Vec<$section> };
}

macro_rules! key_type {
    (share) => { $crate::rules::schema::key_type!(share in 0 to 10_000) };
    (bits) => { $crate::rules::schema::key_type!(bits in -50_000 to 50_000) };
    (count) => { $crate::rules::schema::key_type!(count in 0 to 1_000_000) };
    (share in $low:literal to $high:literal) => { $crate::rules::schema::KeyType::Number { decimals: 4, min: $low, max: $high } };
    (bits in $low:literal to $high:literal) => { $crate::rules::schema::KeyType::Number { decimals: 3, min: $low, max: $high } };
    (milli in $low:literal to $high:literal) => { $crate::rules::schema::KeyType::Number { decimals: 3, min: $low, max: $high } };
    (count in $low:literal to $high:literal) => { $crate::rules::schema::KeyType::Number { decimals: 0, min: $low, max: $high } };
    (flag) => { $crate::rules::schema::KeyType::Flag };
    (preset) => { $crate::rules::schema::KeyType::Choice($crate::rules::schema::preset_names) };
    (text) => { $crate::rules::schema::KeyType::Text };
    (choice($list:path)) => { $crate::rules::schema::KeyType::Choice($list) };
    (words) => { $crate::rules::schema::KeyType::Texts };
    (choices($list:path)) => { $crate::rules::schema::KeyType::Choices($list) };
    (levels) => { $crate::rules::schema::KeyType::Levels };
    (sub($section:path)) => { $crate::rules::schema::KeyType::Section(<$section as $crate::rules::schema::Section>::KEYS) };
    (list($section:path)) => {
        $crate::rules::schema::KeyType::List {
            keys: <$section as $crate::rules::schema::Section>::KEYS,
            blank: || $crate::rules::schema::Field::to_value(&<$section as $crate::rules::schema::Section>::built_in($crate::rules::schema::Preset::Standard)),
        }
    };
}

macro_rules! built_in {
    ($preset:ident, $kind:ident $(($arg:path))?, $standard:tt, $strict:tt) => {
        $crate::rules::schema::built_in!($preset, $kind $(($arg))?, $strict)
    };
    ($preset:ident, share, $value:tt) => { fusion_model::Score::from_basis_points($value) };
    ($preset:ident, bits, $value:tt) => { fusion_model::MilliBits($value) };
    ($preset:ident, milli, $value:tt) => { $value };
    ($preset:ident, count, $value:tt) => { $value };
    ($preset:ident, flag, $value:tt) => { $value };
    ($preset:ident, preset, built_in) => { $preset };
    ($preset:ident, text, $value:tt) => { String::from($value) };
    ($preset:ident, choice($list:path), $value:tt) => { String::from($value) };
    ($preset:ident, words, []) => { Vec::new() };
    ($preset:ident, words, $value:tt) => { $value.into_iter().map(String::from).collect() };
    ($preset:ident, choices($list:path), []) => { Vec::new() };
    ($preset:ident, choices($list:path), $value:tt) => { $value.into_iter().map(String::from).collect() };
    ($preset:ident, levels, $value:tt) => { $value.into_iter().map(fusion_model::MilliBits).collect() };
    ($preset:ident, sub($section:path), built_in) => { <$section as $crate::rules::schema::Section>::built_in($preset) };
    ($preset:ident, sub($section:path), $value:tt) => { $value };
    ($preset:ident, list($section:path), $value:tt) => { $value() };
}

pub(crate) use {built_in, field_type, key_type, section};
