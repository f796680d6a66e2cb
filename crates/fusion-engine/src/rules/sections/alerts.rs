//! Section `alerts`: conditions that call for attention.

use fusion_model::{Level, Score};

use crate::rules::schema::section;

section! {
    /// Says what calls for attention.
    Alerts {
        /// Whether alerts are raised.
        enabled: flag = true;
        /// Conditions, evaluated after each fusion.
        conditions: list(AlertCondition) = shipped_conditions;
    }
}

section! {
    /// Raises an alert for every entity for which it comes true.
    AlertCondition {
        /// Name of the alert.
        name: text = "";
        /// Whether the condition is evaluated.
        enabled: flag = true;
        /// What is tested.
        when: choice(tests) = "risk-level";
        /// How grave the alert is.
        severity: choice(levels) = "MEDIUM";
        /// Kinds of entity that are tested; none means all.
        kinds: choices(super::correlation::entity_kinds) = [];
        /// Level reached at least, for `risk-level`.
        level: choice(levels) = "HIGH";
        /// Number reached at least, for `breaches`, `relations`, `findings`, `burst` and `contradictions`.
        count: count = 1;
        /// Share reached at least, for `measure` and `confidence`.
        share: share = 5_000;
        /// Measure that is tested, for `measure`.
        measure: choice(measures) = "influence";
        /// Words looked for, for `keyword`; for `watch-list` they add to the risk section's list.
        words: words = [];
        /// Rules of findings that count, for `findings`; none means all.
        rules: words = [];
    }
}

pub(crate) fn tests() -> Vec<&'static str> {
    vec![
        "risk-level",
        "breaches",
        "relations",
        "findings",
        "keyword",
        "watch-list",
        "measure",
        "confidence",
        "burst",
        "contradictions",
    ]
}

pub(crate) fn measures() -> Vec<&'static str> {
    vec!["influence", "betweenness", "closeness", "eigenvector", "pagerank"]
}

pub(crate) fn levels() -> Vec<&'static str> {
    Level::ALL.iter().map(|level| level.id()).collect()
}

fn shipped_conditions() -> Vec<AlertCondition> {
    let condition = |name: &str, when: &str, severity: Level| AlertCondition {
        name: name.to_owned(),
        enabled: true,
        when: when.to_owned(),
        severity: severity.id().to_owned(),
        kinds: Vec::new(),
        level: Level::High.id().to_owned(),
        count: 1,
        share: Score::from_basis_points(5_000),
        measure: "influence".to_owned(),
        words: Vec::new(),
        rules: Vec::new(),
    };
    let persons = || vec!["person".to_owned(), "organization".to_owned()];
    vec![
        AlertCondition {
            level: Level::Critical.id().to_owned(),
            ..condition("critical-risk", "risk-level", Level::Critical)
        },
        condition("high-risk", "risk-level", Level::High),
        condition("watch-list-hit", "watch-list", Level::High),
        AlertCondition {
            count: 3,
            kinds: persons(),
            ..condition("many-breaches", "breaches", Level::Medium)
        },
        condition("keyword-in-text", "keyword", Level::Medium),
        AlertCondition {
            kinds: persons(),
            ..condition("burst-of-activity", "burst", Level::Low)
        },
        AlertCondition {
            kinds: persons(),
            ..condition("contradiction-in-time", "contradictions", Level::Medium)
        },
        AlertCondition {
            kinds: persons(),
            share: Score::from_basis_points(8_000),
            ..condition("key-player", "measure", Level::Low)
        },
    ]
}
