//! It uses throw-away e-mail.
//!
//! # What it finds
//!
//! E-mail addresses under a domain of the `disposable_domains` list, or of the model's own table of throw-away domains.
//!
//! # When it is wrong
//!
//! People use such addresses against advertising, and testers by trade.
//!
//! # What to do
//!
//! Look at what was registered with it and when; such an address is no stable identifier, so do not merge by it.

use fusion_model::Property;
use fusion_model::property::is_disposable_domain;

use super::{Factor, Hit, RiskRule, Subject, domain_in, is_under};

pub(super) static RULE: RiskRule = RiskRule {
    id: "disposable-email",
    factor: Factor::BehaviouralPatterns,
    switch: |rules| &rules.disposable_email,
    looks_at_neighbours: false,
    innocent: "People use throw-away addresses against advertising; testers use them by trade.",
    recommendation: "Look at what was registered with it, and do not merge anybody by it.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let names = &subject.rules().risk.indicators.disposable_domains;
    let values = subject.values(&[Property::Email]);
    let used = values.into_iter().filter(|value| {
        let domain = domain_in(&value.canonical);
        is_disposable_domain(domain) || names.iter().any(|name| is_under(domain, name))
    });
    used.map(|value| Hit::new(format!("uses the throw-away address {}", value.value), value.statements))
        .collect()
}
