//! The same secret guards several things, or somebody else's.
//!
//! # What it finds
//!
//! A secret of the entity that leaked from two or more independent origins, and a secret that it shares with another
//! person or account. Weak secrets never match, since everybody has them.
//!
//! # When it is wrong
//!
//! A compilation may repeat one leak under two names. Families, offices and password managers' defaults share secrets.
//!
//! # What to do
//!
//! Check that the origins are independent; a secret shared by two persons is a lead, not a proof that they are one.

use fusion_model::derived::RelationKind;
use fusion_model::{Property, StatementId};

use super::{Factor, Hit, RiskRule, Subject, counted, listed};

pub(super) static RULE: RiskRule = RiskRule {
    id: "reused-secret",
    factor: Factor::BreachExposure,
    switch: |rules| &rules.reused_secret,
    looks_at_neighbours: false,
    innocent: "One leak may be repeated under two names; households and offices share secrets.",
    recommendation: "Check that the origins are independent before treating the reuse as a link.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for secret in subject.values(&[Property::Password, Property::PasswordHash, Property::AuthToken]) {
        let said: Vec<StatementId> = secret.statements.iter().copied().collect();
        let said = subject.of_property(&said, secret.property);
        let origins = subject.origins(&said);
        if origins >= 2 {
            hits.push(Hit::new(
                format!(
                    "{} leaked from {}",
                    secret.value,
                    counted(origins, "independent origin")
                ),
                said,
            ));
        }
    }
    let shared = subject.linked(&[RelationKind::ReusesSecret]);
    if !shared.is_empty() {
        let others = listed(shared.iter().map(|linked| subject.label_of(linked.other)));
        hits.push(Hit::new(
            format!("shares a secret with {others}"),
            shared.into_iter().flat_map(|linked| linked.statements),
        ));
    }
    hits
}
