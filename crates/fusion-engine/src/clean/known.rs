//! Values that were cleaned before, so that what thousands of rows repeat is cleaned once.
//!
//! Cleaning is a function of property, text and qualifier, so forgetting changes nothing but time. What is held is
//! bounded: in a case where every value is new, holding them all would cost more memory than the values themselves.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use fusion_model::{CleanContext, CleanFailure, CleanValue, Property, RawStatement};

/// Values held at most.
const HELD: usize = 1 << 17;

type Cleaning = Result<CleanValue, CleanFailure>;

/// Cleans values and remembers them.
pub(super) struct Known<'a> {
    context: &'a CleanContext,
    hasher: RandomState,
    /// By the hash of what they were made of; looked up only, never walked.
    met: HashMap<u64, Met>,
}

struct Met {
    property: Property,
    original: String,
    qualifier: String,
    value: Cleaning,
}

impl Met {
    fn is_of(&self, raw: &RawStatement) -> bool {
        self.property == raw.property && self.original == raw.original && self.qualifier == raw.qualifier
    }
}

impl<'a> Known<'a> {
    /// Starts with nothing.
    pub(super) fn new(context: &'a CleanContext) -> Self {
        Self {
            context,
            hasher: RandomState::new(),
            met: HashMap::new(),
        }
    }

    /// Returns the cleaned value of a statement.
    pub(super) fn value_of(&mut self, raw: &RawStatement) -> Cleaning {
        let hash = self.hasher.hash_one((raw.property, &raw.original, &raw.qualifier));
        if let Some(met) = self.met.get(&hash).filter(|met| met.is_of(raw)) {
            return met.value.clone();
        }
        let value = raw.property.clean(&raw.original, &raw.qualifier, self.context);
        if self.met.len() >= HELD {
            self.met.clear();
        }
        let met = Met {
            property: raw.property,
            original: raw.original.clone(),
            qualifier: raw.qualifier.clone(),
            value: value.clone(),
        };
        self.met.insert(hash, met);
        value
    }
}
