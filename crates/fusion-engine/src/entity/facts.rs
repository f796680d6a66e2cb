//! Facts: one value, however many statements say it.

use std::collections::BTreeMap;

use fusion_model::derived::Fact;
use fusion_model::{Property, Timestamp};

use crate::confidence;
use crate::lookup::{Lookup, ascending};
use crate::rules::Rules;

/// Groups statement positions by what they say: property, then canonical value.
pub(crate) type Groups = BTreeMap<(Property, String), Vec<usize>>;

/// Groups statements by property and canonical value; what could not be cleaned stands by its original text.
pub(crate) fn group(lookup: &Lookup<'_>, positions: impl IntoIterator<Item = usize>) -> Groups {
    let mut groups: BTreeMap<(Property, &str), Vec<usize>> = BTreeMap::new();
    for at in positions {
        let Some(statement) = lookup.statement(at) else {
            continue;
        };
        let canonical = match &statement.value {
            Ok(value) => value.canonical.as_str(),
            Err(_) => statement.original.trim(),
        };
        groups.entry((statement.property, canonical)).or_default().push(at);
    }
    groups
        .into_iter()
        .map(|((property, canonical), positions)| ((property, canonical.to_owned()), ascending(positions)))
        .collect()
}

/// Turns the groups of one entity into facts, by property, then best supported first.
pub(super) fn weigh(lookup: &Lookup<'_>, rules: &Rules, now: Timestamp, groups: &Groups) -> Vec<Fact> {
    let mut facts: Vec<Fact> = groups
        .iter()
        .map(|((property, canonical), positions)| Fact {
            property: *property,
            canonical: canonical.clone(),
            value: shown(lookup, positions),
            span: lookup
                .statements(positions)
                .find_map(|statement| statement.value.as_ref().ok()?.span),
            confidence: confidence::of_fact(lookup, rules, now, *property, positions, groups),
            origins: lookup.origins(positions).len() as u32,
            statements: lookup.ids(positions),
        })
        .collect();
    facts.sort_by(|left, right| support_order(left).cmp(&support_order(right)));
    facts
}

fn support_order(fact: &Fact) -> impl Ord + '_ {
    use std::cmp::Reverse;
    (
        fact.property,
        Reverse(fact.origins),
        Reverse(fact.confidence.score),
        Reverse(fact.statements.len()),
        &fact.canonical,
    )
}

/// Returns the text for people: the form most statements use; of equals one with mixed case, then the smallest.
pub(super) fn shown(lookup: &Lookup<'_>, positions: &[usize]) -> String {
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    for statement in lookup.statements(positions) {
        let form = match &statement.value {
            Ok(value) => value.display.as_str(),
            Err(_) => statement.original.trim(),
        };
        *forms.entry(form).or_default() += 1;
    }
    let best = forms
        .into_iter()
        .min_by_key(|(form, count)| (std::cmp::Reverse(*count), !is_mixed_case(form), *form));
    best.map(|(form, _)| form.to_owned()).unwrap_or_default()
}

fn is_mixed_case(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && text.chars().any(char::is_lowercase)
}
