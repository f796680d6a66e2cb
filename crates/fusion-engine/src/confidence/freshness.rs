//! Part two: how old it is, for what it claims.
//!
//! Each type of claim has its half-life: an address ages within months, a birth date never. The newest support
//! counts. A claim that is dated only by its acquisition starts lower, since nobody knows how old it was then.

use fusion_model::{Property, Score, Statement, Timestamp, ValueType};

use super::Part;
use super::decay::left_after;
use crate::lookup::Lookup;
use crate::rules::Rules;

/// Rates the newest of the statements that say one value of `property`.
pub(super) fn of_property(
    lookup: &Lookup<'_>,
    rules: &Rules,
    now: Timestamp,
    property: Property,
    positions: &[usize],
) -> Part {
    rated(lookup, rules, now, half_life(rules, property), positions)
}

/// Rates a relation by the most lasting of the claims that it rests on.
pub(super) fn of_claims(
    lookup: &Lookup<'_>,
    rules: &Rules,
    now: Timestamp,
    claims: &[Property],
    positions: &[usize],
) -> Part {
    let lives: Vec<(u32, &str)> = claims.iter().map(|property| half_life(rules, *property)).collect();
    let default = (rules.confidence.freshness_decay_days.default, "ordinary claims");
    let never = lives.iter().find(|(days, _)| *days == 0);
    let life = never
        .or_else(|| lives.iter().max_by_key(|(days, _)| *days))
        .copied()
        .unwrap_or(default);
    rated(lookup, rules, now, life, positions)
}

/// Rates an entity by its newest statement, as an ordinary claim.
pub(super) fn newest(lookup: &Lookup<'_>, rules: &Rules, now: Timestamp, positions: &[usize]) -> Part {
    rated(
        lookup,
        rules,
        now,
        (rules.confidence.freshness_decay_days.account, "facts of an entity"),
        positions,
    )
}

fn rated(
    lookup: &Lookup<'_>,
    rules: &Rules,
    now: Timestamp,
    (half_life, claim): (u32, &str),
    positions: &[usize],
) -> Part {
    if half_life == 0 {
        return Part {
            score: Score::ONE,
            why: format!("{claim} do not age"),
            rests_on: Vec::new(),
        };
    }
    let aged = |at: usize, statement: &Statement| {
        let age_days = now.days().saturating_sub(lookup.as_of(statement).days()).max(0) as u64;
        let left = left_after(age_days, half_life.into());
        let dated = lookup.is_dated(statement);
        let score = if dated {
            left
        } else {
            left.times(rules.confidence.undated_freshness)
        };
        (score, at, age_days, dated)
    };
    let best = positions
        .iter()
        .filter_map(|at| lookup.statement(*at).map(|statement| aged(*at, statement)))
        .max_by(|left, right| (left.0, right.1).cmp(&(right.0, left.1)));
    let Some((score, at, age_days, dated)) = best else {
        return Part {
            score: Score::ZERO,
            why: "nothing dated".to_owned(),
            rests_on: Vec::new(),
        };
    };
    let how = if dated {
        "newest support is"
    } else {
        "undated; acquired"
    };
    let ago = if dated { "days old" } else { "days ago" };
    let why = format!("{how} {age_days} {ago}; {claim} lose half in {half_life} days");
    Part {
        score,
        why,
        rests_on: vec![at],
    }
}

/// Returns the half-life of a claim in days, and what such claims are called.
fn half_life(rules: &Rules, property: Property) -> (u32, &'static str) {
    let days = &rules.confidence.freshness_decay_days;
    match property {
        Property::BirthDate
        | Property::OfficialNumber
        | Property::CompanyNumber
        | Property::ExternalId
        | Property::FileHash
        | Property::TransactionHash
        | Property::TokenContract
        | Property::ChatId
        | Property::Wallet
        | Property::Blockchain
        | Property::BreachName
        | Property::BreachDate
        | Property::DataClass
        | Property::CreatedAt
        | Property::PublishedAt
        | Property::HappenedAt
        | Property::EndedAt
        | Property::Amount
        | Property::Fee
        | Property::FiatValue
        | Property::Text
        | Property::Nationality => (days.permanent, "such claims"),
        Property::Name | Property::Alias => (days.name, "names"),
        Property::Email | Property::MaskedEmail | Property::Phone | Property::MaskedPhone | Property::Iban => {
            (days.contact, "contact details")
        }
        Property::Handle | Property::Account | Property::Url | Property::Platform | Property::Bio | Property::Image => {
            (days.account, "accounts and profiles")
        }
        Property::Location
        | Property::Address
        | Property::City
        | Property::Postcode
        | Property::Country
        | Property::Coordinates => (days.address, "places"),
        Property::Occupation | Property::Organization => (days.occupation, "occupations"),
        Property::Ip | Property::Domain => (days.network, "network addresses"),
        other => match other.value_type() {
            ValueType::Count | ValueType::Amount => (days.measure, "counts and balances"),
            ValueType::Secret => (days.secret, "secrets"),
            _ => (days.default, "ordinary claims"),
        },
    }
}
