//! Compare: how far two values of one feature agree, as an integer level.
//!
//! One file per comparator. A comparator takes two values and returns an [`Agreement`]: the level that the rules weigh,
//! and the level in words. All are symmetric and work in integers. They must not know weights, records or thresholds,
//! and never fail; what cannot contradict (a single word against a full name, another script) is neutral.

mod address;
mod birth_date;
mod country;
mod email;
mod exact;
mod free_text;
mod handle;
mod handle_name;
mod location;
mod organization_name;
mod person_name;
mod phone;
mod similarity;

pub(crate) use handle_name::{compare as compare_handle_name, is_made_of};
pub(crate) use person_name::{Class, Matched, compare as compare_names, may_meet};

#[cfg(test)]
mod tests;

use crate::agreement::Agreement;
use crate::feature::Feature;
use crate::value::{ValueId, Values};

/// Compares two values of one feature; `fuzzy` is the similarity, in ten-thousandths, from which spellings are alike.
pub fn compare(values: &Values, feature: Feature, left: ValueId, right: ValueId, fuzzy: u32) -> Agreement {
    match feature {
        Feature::PersonName => person_name::compare(values, left, right).agreement,
        Feature::OrganizationName => organization_name::compare(values, left, right, fuzzy),
        Feature::Organization => organization_name::compare_membership(values, left, right, fuzzy),
        Feature::Email => email::compare(values, left, right),
        Feature::Phone => phone::compare(values, left, right),
        Feature::Handle => handle::compare(values, left, right),
        Feature::BirthDate => birth_date::compare(values.date_form(left), values.date_form(right), left == right),
        Feature::Address => address::compare(values, left, right, fuzzy),
        Feature::Location => location::compare(values, left, right),
        Feature::Country | Feature::Region => country::compare(left, right),
        Feature::Account => exact::compare_accounts(values, left, right),
        Feature::OfficialNumber => exact::compare_numbers(values, left, right),
        Feature::Occupation | Feature::Bio | Feature::Title => free_text::compare(values, left, right, fuzzy),
        Feature::Postcode => exact::compare_near(values, left, right),
        Feature::HandleName
        | Feature::Wallet
        | Feature::Iban
        | Feature::ExternalId
        | Feature::FileHash
        | Feature::Url
        | Feature::Domain
        | Feature::Ip
        | Feature::Secret
        | Feature::Image => exact::compare(left, right),
    }
}
