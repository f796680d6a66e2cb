//! From the rules file to the numbers that the resolver reads. Every number of the resolver has a key.

use fusion_model::MilliBits;
use fusion_resolve::block::KeyFamily;
use fusion_resolve::odds::least_for;
use fusion_resolve::{Feature, Model};

use crate::rules::{ComparatorWeights, HubLimits, KeyCaps, RarityCaps, Rules, Worlds};

/// Returns what the rules say, as the resolver reads it.
pub fn model(rules: &Rules) -> Model {
    let section = &rules.entity_resolution;
    let link = least_for(section.merge_confidence_threshold);
    Model {
        fuzzy: u32::from(section.fuzzy_threshold.basis_points()),
        link,
        review: least_for(section.review_confidence_threshold).min(link),
        email_joins: section.email_exact_match,
        name_alone_reviews: section.name_alone_reviews,
        name_alone_cap: section.name_alone_cap.0,
        min_kinds: section.min_kinds_of_evidence,
        prior: section.prior_constant.0,
        prior_most: section.prior_most.0,
        prior_step: section.prior_step.0,
        rarity_caps: Feature::ALL.map(|feature| {
            rarity_cap(&section.rarity_caps, feature)
                .unwrap_or(section.rarity_cap)
                .0
        }),
        worlds: Feature::ALL.map(|feature| world(&section.worlds, feature) as i32),
        word_world: section.worlds.name_word as i32,
        town_cap: section.town_cap.0,
        household_cap: section.household_cap.0,
        through_account: u32::from(section.said_through_account.basis_points()),
        repeated: u32::from(section.repeated_evidence.basis_points()),
        rounds: section.rounds,
        max_size: section.max_cluster_size,
        oversize_step: section.oversize_step.0,
        cohesion: section.cohesion_threshold.0,
        pair_budget: u64::from(section.pair_budget),
        hubs: Feature::ALL.map(|feature| hub_limit(&section.hub_limits, feature)),
        kept_below: section.kept_below.0,
        caps: KeyFamily::ALL.map(|family| key_cap(&section.key_caps, family)),
        weights: Feature::ALL.map(|feature| {
            weights(&section.weights, feature)
                .iter()
                .map(|weight| weight.0)
                .collect()
        }),
    }
}

fn rarity_cap(caps: &RarityCaps, feature: Feature) -> Option<MilliBits> {
    match feature {
        Feature::Location => Some(caps.location),
        Feature::Region => Some(caps.region),
        Feature::Country => Some(caps.country),
        _ => None,
    }
}

fn world(worlds: &Worlds, feature: Feature) -> u32 {
    match feature {
        Feature::PersonName | Feature::HandleName => worlds.person_name,
        Feature::OrganizationName => worlds.organization_name,
        Feature::Title => worlds.title,
        Feature::Email => worlds.email,
        Feature::Phone => worlds.phone,
        Feature::Handle => worlds.handle,
        Feature::Account => worlds.account,
        Feature::Wallet => worlds.wallet,
        Feature::Iban => worlds.iban,
        Feature::OfficialNumber => worlds.official_number,
        Feature::ExternalId => worlds.external_id,
        Feature::FileHash => worlds.file_hash,
        Feature::BirthDate => worlds.birth_date,
        Feature::Address => worlds.address,
        Feature::Postcode => worlds.postcode,
        Feature::Location => worlds.location,
        Feature::Region => worlds.region,
        Feature::Country => worlds.country,
        Feature::Organization => worlds.organization,
        Feature::Ip => worlds.ip,
        Feature::Domain => worlds.domain,
        Feature::Occupation | Feature::Url | Feature::Secret | Feature::Image | Feature::Bio => worlds.other,
    }
}

fn hub_limit(limits: &HubLimits, feature: Feature) -> u32 {
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

fn key_cap(caps: &KeyCaps, family: KeyFamily) -> u32 {
    match family {
        KeyFamily::Identifier => caps.identifier,
        KeyFamily::Handle => caps.handle,
        KeyFamily::Name => caps.name,
        KeyFamily::NameSound => caps.name_sound,
        KeyFamily::NamePart => caps.name_part,
        KeyFamily::BirthDate => caps.birth_date,
        KeyFamily::Address => caps.address,
        KeyFamily::Secret => caps.secret,
    }
}

fn weights(weights: &ComparatorWeights, feature: Feature) -> &[MilliBits] {
    match feature {
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
        Feature::Postcode => &weights.postcode,
        Feature::Location => &weights.location,
        Feature::Region => &weights.region,
        Feature::Country => &weights.country,
        Feature::Organization => &weights.organization,
        Feature::Occupation => &weights.occupation,
        Feature::Url => &weights.url,
        Feature::Domain => &weights.domain,
        Feature::Ip => &weights.ip,
        Feature::Secret => &weights.secret,
        Feature::Image => &weights.image,
        Feature::Bio => &weights.bio,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_the_standard_model() {
        assert_eq!(model(&Rules::shipped()), Model::standard());
    }
}
