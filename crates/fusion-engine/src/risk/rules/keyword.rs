//! A text of it holds a listed keyword.
//!
//! # What it finds
//!
//! Words of the `keywords` list in self-descriptions, notes, tags, titles and messages of the entity and of the accounts
//! it owns; whole words only, letter case ignored.
//!
//! # When it is wrong
//!
//! Researchers, journalists, victims and jokers use the same words. A quoted text is not the writer's own.
//!
//! # What to do
//!
//! Read the whole text in its conversation before counting it.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::{Property, StatementId};

use super::{Factor, Hit, RiskRule, Subject, counted};

pub(super) static RULE: RiskRule = RiskRule {
    id: "keyword",
    factor: Factor::KnownIndicators,
    switch: |rules| &rules.keyword,
    looks_at_neighbours: false,
    innocent: "Researchers, journalists, victims and jokers use the same words; a quoted text is not the writer's own.",
    recommendation: "Read the whole text in its conversation before counting it.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let said = subject.values(&[
        Property::Bio,
        Property::Text,
        Property::Note,
        Property::Tag,
        Property::Title,
        Property::Occupation,
    ]);
    let written = subject.written();
    let mut hits: BTreeMap<&str, BTreeSet<StatementId>> = BTreeMap::new();
    for keyword in &subject.rules().risk.indicators.keywords {
        for value in said.iter().filter(|value| holds(&value.value, keyword)) {
            hits.entry(keyword).or_default().extend(&value.statements);
        }
        for statement in written.iter().filter(|statement| holds(&statement.original, keyword)) {
            hits.entry(keyword).or_default().insert(statement.id);
        }
    }
    hits.into_iter()
        .map(|(keyword, statements)| {
            Hit::new(
                format!(
                    "the keyword “{keyword}” stands in {}",
                    counted(statements.len(), "statement")
                ),
                statements,
            )
        })
        .collect()
}

/// Tells whether a text holds a keyword as whole words, letter case ignored.
fn holds(text: &str, keyword: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let folded = text.chars().flat_map(char::to_lowercase).collect::<String>();
        folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (text, keyword) = (words(text), words(keyword));
    !keyword.is_empty() && text.windows(keyword.len()).any(|window| window == keyword)
}
