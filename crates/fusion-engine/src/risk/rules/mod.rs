//! The risk rules: one file each, and the list that runs them.
//!
//! A rule is a `static RULE` with a `find` function from a [`Subject`] to hits. Its module doc is its public page and
//! has three sections: *What it finds*, *When it is wrong* (the innocent explanations) and *What to do*. Adding a rule
//! touches its file, its line here and its key in the rules file.

use super::{Factor, Hit, RiskRule, Subject};

mod anonymiser;
mod breach_exposure;
mod burst;
mod creation_spree;
mod dispersion;
mod disposable_email;
mod dormancy;
mod exposed_secret;
mod flagged_neighbour;
mod keyword;
mod listed_country;
mod listed_domain;
mod many_aliases;
mod many_countries;
mod many_wallets;
mod mixer;
mod rapid_activity;
mod repeated_breaches;
mod reused_secret;
mod sanctioned_wallet;
mod time_contradiction;
mod watch_list;

/// Every risk rule, by factor.
pub static RISK_RULES: &[&RiskRule] = &[
    &breach_exposure::RULE,
    &repeated_breaches::RULE,
    &exposed_secret::RULE,
    &reused_secret::RULE,
    &many_aliases::RULE,
    &many_wallets::RULE,
    &dispersion::RULE,
    &rapid_activity::RULE,
    &anonymiser::RULE,
    &disposable_email::RULE,
    &flagged_neighbour::RULE,
    &mixer::RULE,
    &sanctioned_wallet::RULE,
    &listed_country::RULE,
    &many_countries::RULE,
    &burst::RULE,
    &dormancy::RULE,
    &creation_spree::RULE,
    &time_contradiction::RULE,
    &keyword::RULE,
    &listed_domain::RULE,
    &watch_list::RULE,
];

/// Returns `count` with its noun, in the plural unless it is one.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// Joins words for people, at most eight of them.
fn listed(words: impl IntoIterator<Item = String>) -> String {
    const SHOWN: usize = 8;
    let words: Vec<String> = words.into_iter().collect();
    let shown = words.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if words.len() > SHOWN {
        format!("{shown} and {} more", words.len() - SHOWN)
    } else {
        shown
    }
}

/// Tells whether `domain` is `listed` or lies under it.
fn is_under(domain: &str, listed: &str) -> bool {
    let listed = listed.trim().trim_start_matches('.').to_ascii_lowercase();
    !listed.is_empty()
        && domain
            .strip_suffix(listed.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Returns the domain inside an e-mail address, a web address or a domain.
fn domain_in(canonical: &str) -> &str {
    let rest = canonical.split_once("://").map_or(canonical, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    host.split(':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
