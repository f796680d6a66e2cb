//! What weighs something else than before, and which comparisons read it.
//!
//! Most that weighs something else is read only where two sides hold the same; words of names are read where they meet
//! others that are alike, and hosts of addresses where the addresses are alike. So most comparisons of a record whose
//! values changed their weight come to what they came to before, and need not be made again.

use super::Population;
use crate::bits::Bits;
use crate::compare::may_meet;
use crate::feature::Feature;
use crate::records::{Held, of_feature};
use crate::value::{ValueId, Values};

/// Tells what weighs something else than before.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    values: Bits,
    /// Those among the values that weigh less.
    lighter: Bits,
    words: Bits,
    /// The values through which something may score differently.
    through: Bits,
}

impl Moved {
    pub(super) fn of(values: &Values, moved: Bits, lighter: Bits, words: Bits) -> Self {
        let mut this = Self {
            values: moved,
            lighter,
            words,
            through: Bits::of(values.len()),
        };
        for id in 0..values.len() as u32 {
            let moved = this.values.has(id)
                || match values.feature(id) {
                    Feature::PersonName => this.has_word_of(values, id),
                    Feature::Email => this.has_user_of(values, id) || this.has_host_of(values, id),
                    _ => false,
                };
            if moved {
                this.through.set(id);
            }
        }
        this
    }

    /// Tells whether a record may score differently through a value.
    pub(crate) fn is_through(&self, value: ValueId) -> bool {
        self.through.has(value)
    }

    fn has_word_of(&self, values: &Values, name: ValueId) -> bool {
        values.name_form(name).words().iter().any(|word| self.words.has(*word))
    }

    fn has_user_of(&self, values: &Values, mail: ValueId) -> bool {
        let user = values.handle_form(mail).user.checked_sub(1);
        user.is_some_and(|user| self.values.has(user))
    }

    fn has_host_of(&self, values: &Values, mail: ValueId) -> bool {
        self.values.has(values.handle_form(mail).host)
    }

    /// Tells whether a record that did not change may score differently with another that did not. What weighs less and is
    /// said twice was said once before, so that one of the two came.
    pub(crate) fn reaches(&self, population: &Population, values: &Values, held: &[Held]) -> bool {
        let mut moved = held.iter().filter(|held| self.is_through(held.value));
        moved.any(|held| match held.feature {
            Feature::PersonName => true,
            Feature::Email if self.has_host_of(values, held.value) => true,
            _ => !self.lighter.has(held.value) || population.count_of(held.value, values) > 2,
        })
    }

    /// Tells whether comparing two sides may read something of the first that weighs something else than before.
    pub(crate) fn is_read_beside(&self, values: &Values, one: &[Held], other: &[Held]) -> bool {
        let mut moved = one.iter().filter(|held| self.is_through(held.value));
        moved.any(|held| {
            let beside = of_feature(other, held.feature);
            let mut same = beside
                .iter()
                .map(|other| values.class_of(other.value) == values.class_of(held.value));
            match held.feature {
                // A whole name is also read beside a user name made of it.
                Feature::PersonName if self.values.has(held.value) => true,
                Feature::PersonName => beside
                    .iter()
                    .any(|other| self.is_word_read(values, held.value, other.value)),
                Feature::Email if self.has_host_of(values, held.value) => !beside.is_empty(),
                _ => same.any(|same| same),
            }
        })
    }

    fn is_word_read(&self, values: &Values, one: ValueId, other: ValueId) -> bool {
        let (one, other) = (values.name_form(one), values.name_form(other));
        let foreign = one.foreign || other.foreign;
        let mut moved = one.words().iter().filter(|word| self.words.has(**word));
        moved.any(|word| {
            let mut beside = other.words().iter();
            beside.any(|other| may_meet(&values.words, *word, *other, foreign))
        })
    }
}
