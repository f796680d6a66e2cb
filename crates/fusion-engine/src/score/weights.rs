//! Where the rules keep the weights and hub limits of each feature.

use fusion_model::MilliBits;

use crate::compare::Feature;
use crate::rules::{ComparatorWeights, HubLimits};

/// Returns the weight of a feature's agreement level in milli-bits.
pub(super) fn weight(weights: &ComparatorWeights, feature: Feature, level: u8) -> i32 {
    let levels: &[MilliBits] = match feature {
        Feature::PersonName => &weights.person_name,
        Feature::OrganizationName => &weights.organization_name,
        Feature::Title => &weights.title,
        Feature::Email => &weights.email,
        Feature::Phone => &weights.phone,
        Feature::Handle => &weights.handle,
        Feature::HandleName => &weights.handle_name,
        Feature::Account => &weights.account,
        Feature::Wallet => &weights.wallet,
        Feature::Iban => &weights.iban,
        Feature::OfficialNumber => &weights.official_number,
        Feature::ExternalId => &weights.external_id,
        Feature::FileHash => &weights.file_hash,
        Feature::BirthDate => &weights.birth_date,
        Feature::Address => &weights.address,
        Feature::Location => &weights.location,
        Feature::Country => &weights.country,
        Feature::Organization => &weights.organization,
        Feature::Occupation => &weights.occupation,
        Feature::Url => &weights.url,
        Feature::Domain => &weights.domain,
        Feature::Ip => &weights.ip,
        Feature::Secret => &weights.secret,
        Feature::Image => &weights.image,
        Feature::Bio => &weights.bio,
    };
    levels.get(usize::from(level)).copied().unwrap_or_default().0
}

/// Returns the number of distinct names above which a value joins nobody.
pub(crate) fn hub_limit(limits: &HubLimits, feature: Feature) -> u32 {
    match feature {
        Feature::Email => limits.email,
        Feature::Phone => limits.phone,
        Feature::Account => limits.account,
        Feature::Handle => limits.handle,
        Feature::Wallet => limits.wallet,
        Feature::Iban => limits.iban,
        Feature::OfficialNumber => limits.official_number,
        Feature::ExternalId => limits.external_id,
        Feature::Address => limits.address,
        Feature::Url => limits.url,
        Feature::Domain => limits.domain,
        Feature::Ip => limits.ip,
        Feature::Secret => limits.secret,
        Feature::Organization => limits.organization,
        _ => limits.other,
    }
}
