//! Interned values: each distinct value once, prepared for comparing.

use std::collections::BTreeMap;

use fusion_model::TimeSpan;
use fusion_model::property::latin_skeleton;

use super::feature::Feature;
use super::tokens;

/// Addresses a value inside [`Values`]. Internal to one run; never reaches a result.
pub(crate) type ValueId = u32;

/// Holds one value with what comparators need of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// What it is compared as.
    pub(crate) feature: Feature,
    /// Canonical text.
    pub(crate) canonical: String,
    /// What the text was read with, where that is part of the value (issuer of a number).
    pub(crate) scope: String,
    /// Text for people.
    pub(crate) shown: String,
    /// Words of the canonical text.
    pub(crate) tokens: Vec<String>,
    /// Words in Latin letters, where a reading is known; for names only, else the words themselves.
    pub(crate) latin: Vec<String>,
    /// Words in Latin letters and alphabetical order, joined: equal for the same words in another order.
    pub(crate) skeleton: String,
    /// The interval, for dates.
    pub(crate) span: Option<TimeSpan>,
}

impl Value {
    /// Prepares a value.
    pub(crate) fn new(feature: Feature, canonical: &str, scope: &str, shown: &str, span: Option<TimeSpan>) -> Self {
        let tokens = match feature {
            Feature::OrganizationName | Feature::Organization => tokens::of_organization(canonical),
            _ => tokens::of(canonical),
        };
        let latin = match feature {
            Feature::PersonName | Feature::OrganizationName => tokens::of(&latin_skeleton(canonical)),
            _ => tokens.clone(),
        };
        let mut sorted = latin.clone();
        sorted.sort();
        Self {
            feature,
            canonical: canonical.to_owned(),
            scope: scope.to_owned(),
            shown: shown.to_owned(),
            skeleton: sorted.join(" "),
            tokens,
            latin,
            span,
        }
    }

    /// Returns the words run together, as in a user name.
    pub(crate) fn run_together(&self) -> String {
        self.latin.concat()
    }
}

/// Interns values in the order in which they are met; the walk over records fixes that order.
#[derive(Debug, Default)]
pub(crate) struct Values {
    values: Vec<Value>,
    by_key: BTreeMap<(Feature, String, String), ValueId>,
}

impl Values {
    /// Interns a value. Of two spellings for people the smaller is kept, so that no order decides.
    pub(crate) fn intern(&mut self, value: Value) -> ValueId {
        let key = (value.feature, value.canonical.clone(), value.scope.clone());
        if let Some(id) = self.by_key.get(&key) {
            if let Some(kept) = self
                .values
                .get_mut(*id as usize)
                .filter(|kept| value.shown < kept.shown)
            {
                kept.shown = value.shown;
            }
            return *id;
        }
        let id = self.values.len() as ValueId;
        self.values.push(value);
        self.by_key.insert(key, id);
        id
    }

    /// Returns a value.
    pub(crate) fn get(&self, id: ValueId) -> Option<&Value> {
        self.values.get(id as usize)
    }

    /// Walks all values with their ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (ValueId, &Value)> {
        (0..).zip(&self.values)
    }

    /// Returns the number of distinct values.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }
}
