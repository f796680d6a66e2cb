//! A password, hash or token of it leaked.
//!
//! # What it finds
//!
//! Any secret said of the entity or of an account it owns. A secret in the clear or a token counts in full, a hash
//! for two thirds. The secret itself is never shown, only how many there are.
//!
//! # When it is wrong
//!
//! The secret may be long changed, invented by the seller of the corpus, or belong to somebody who used the address.
//!
//! # What to do
//!
//! Do not try it. Tell the holder where the law allows, and look for reuse among accounts.

use std::collections::BTreeSet;

use fusion_model::{Property, Score, StatementId};

use super::{Factor, Hit, RiskRule, Subject, counted};

pub(super) static RULE: RiskRule = RiskRule {
    id: "exposed-secret",
    factor: Factor::BreachExposure,
    switch: |rules| &rules.exposed_secret,
    looks_at_neighbours: false,
    innocent: "The secret may be long changed, made up by a seller, or somebody else's who used this address.",
    recommendation: "Never try the secret; look for reuse and tell the holder where the law allows.",
    find,
};

const HASHED: u64 = 6_667;

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let secrets = subject.values(&[Property::Password, Property::PasswordHash, Property::AuthToken]);
    if secrets.is_empty() {
        return Vec::new();
    }
    let count = |property: Property| secrets.iter().filter(|value| value.property == property).count();
    let (clear, hashed, tokens) = (
        count(Property::Password),
        count(Property::PasswordHash),
        count(Property::AuthToken),
    );
    let words: Vec<String> = [(clear, "password"), (hashed, "hashed password"), (tokens, "token")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| counted(count, noun))
        .collect();
    let statements: BTreeSet<StatementId> = secrets.into_iter().flat_map(|value| value.statements).collect();
    let strength = if clear + tokens > 0 {
        Score::ONE
    } else {
        Score::from_basis_points(HASHED)
    };
    vec![Hit::new(format!("{} leaked", words.join(", ")), statements).of_strength(strength)]
}
