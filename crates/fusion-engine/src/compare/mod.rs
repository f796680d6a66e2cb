//! Compare: how far two values of one feature agree, as an integer level.
//!
//! One file per comparator. A comparator takes two values and returns an [`Agreement`]: the level that the rules
//! file weighs, and the level in words. All are symmetric, work in integers over Unicode scalars, and round half up.
//! They must not know weights, records or thresholds. They never fail; what cannot contradict (a single word against
//! a full name, another script) is [`Agreement::NEUTRAL`]-like: shown, but weighing nothing.

mod account;
mod address;
mod birth_date;
mod country;
mod email;
mod exact;
mod feature;
mod free_text;
mod handle;
mod handle_name;
mod legal_forms;
mod location;
mod organization_name;
mod person_name;
mod phone;
mod secret;
mod similarity;
mod tokens;
mod value;
mod wallet;

use fusion_model::Score;

pub(crate) use feature::{Family, Feature};
pub(crate) use handle::letters_of;
pub(crate) use handle_name::compare as compare_handle_name;
pub(crate) use organization_name::has_legal_form;
pub(crate) use person_name::sound_of;
pub(crate) use value::{Value, ValueId, Values};

/// Says how far two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Agreement {
    /// Index into the comparator's weights; 0 is disagreement.
    pub(crate) level: u8,
    /// The level in words.
    pub(crate) words: &'static str,
    /// What it means for the decision.
    pub(crate) strength: Strength,
}

/// Sorts levels by what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// The values contradict each other.
    Differs,
    /// The values can stand side by side; nothing is weighed.
    Neutral,
    /// Something is alike, too little to count as evidence of its own.
    Leans,
    /// The values agree, though not to the letter.
    Agrees,
    /// The values are equal; rarity counts.
    Exact,
}

impl Agreement {
    /// Makes a disagreement.
    pub(crate) const fn differs(words: &'static str) -> Self {
        Self {
            level: 0,
            words,
            strength: Strength::Differs,
        }
    }

    /// Makes an agreement that weighs nothing.
    pub(crate) const fn neutral(words: &'static str) -> Self {
        Self {
            level: 0,
            words,
            strength: Strength::Neutral,
        }
    }

    /// Makes a leaning.
    pub(crate) const fn leans(level: u8, words: &'static str) -> Self {
        Self {
            level,
            words,
            strength: Strength::Leans,
        }
    }

    /// Makes an agreement.
    pub(crate) const fn agrees(level: u8, words: &'static str) -> Self {
        Self {
            level,
            words,
            strength: Strength::Agrees,
        }
    }

    /// Makes an exact agreement.
    pub(crate) const fn exact(level: u8, words: &'static str) -> Self {
        Self {
            level,
            words,
            strength: Strength::Exact,
        }
    }
}

/// Compares two values of one feature; `fuzzy` is the similarity from which spellings count as alike.
pub(crate) fn compare(left: &Value, right: &Value, fuzzy: Score) -> Agreement {
    match left.feature {
        Feature::PersonName => person_name::compare(left, right, fuzzy),
        Feature::OrganizationName => organization_name::compare(left, right, fuzzy),
        Feature::Organization => organization_name::compare_membership(left, right, fuzzy),
        Feature::Email => email::compare(left, right),
        Feature::Phone => phone::compare(left, right),
        Feature::Handle => handle::compare(left, right, fuzzy),
        Feature::Account => account::compare(left, right),
        Feature::Wallet => wallet::compare(left, right),
        Feature::Secret => secret::compare(left, right),
        Feature::BirthDate => birth_date::compare(left, right),
        Feature::Address => address::compare(left, right, fuzzy),
        Feature::Location => location::compare(left, right),
        Feature::Country => country::compare(left, right),
        Feature::Occupation | Feature::Bio | Feature::Title => free_text::compare(left, right, fuzzy),
        Feature::HandleName
        | Feature::Iban
        | Feature::OfficialNumber
        | Feature::ExternalId
        | Feature::FileHash
        | Feature::Url
        | Feature::Domain
        | Feature::Ip
        | Feature::Image => exact::compare(left, right),
    }
}

#[cfg(test)]
mod tests;
