//! Sites of accounts: one name for the many doors of a platform.
//!
//! A site is the host of its pages, lower-case, without `www.` and language labels; platform names and second
//! hosts are mapped by the pinned table `sites`. What the table does not know keeps its own host or name, so two
//! sites are never made one by a guess.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{domain, folding, tables, url};

static NAMES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| tables::tagged(tables::SITES, "name"));
static HOSTS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| tables::tagged(tables::SITES, "host"));
static BASES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| tables::tagged(tables::SITES, "base"));
static LABELS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| tables::tagged(tables::SITES, "sub"));

/// Returns the canonical site of a URL, host or platform name; empty when the text names nothing.
///
/// `https://en.gravatar.com/x` → `gravatar.com`, `Twitter / X` → `twitter.com`, `telegram.me` → `t.me`.
pub fn normalize_site(text: &str) -> String {
    let tidy = folding::tidy(text);
    // Hunts add hints in brackets: `YouTube (by id)`.
    let letters = folding::letters_and_digits(tidy.split('(').next().unwrap_or_default());
    if let Some(site) = NAMES.get(letters.as_str()) {
        return (*site).to_owned();
    }
    let host = url::parse(&tidy).ok().and_then(|url| url.host_str().map(str::to_owned));
    match host.filter(|host| host.contains('.')) {
        Some(host) => of_host(&host),
        None => letters,
    }
}

/// Returns the canonical site of a host name.
pub(super) fn of_host(host: &str) -> String {
    let mut rest = domain::to_ascii(host).unwrap_or_else(|_| host.to_owned());
    while let Some((label, parent)) = rest.split_once('.') {
        if LABELS.contains_key(label) && parent.contains('.') && !HOSTS.contains_key(rest.as_str()) {
            rest = parent.to_owned();
        } else {
            break;
        }
    }
    if let Some(site) = HOSTS.get(rest.as_str()) {
        return (*site).to_owned();
    }
    match rest.split_once('.') {
        Some((_, parent)) if BASES.contains_key(parent) => parent.to_owned(),
        _ => rest,
    }
}

/// Returns the user's own label of a host such as `nightjar.tumblr.com`.
pub(super) fn user_label(host: &str) -> Option<&str> {
    let (label, parent) = host.split_once('.')?;
    (BASES.contains_key(parent) && !LABELS.contains_key(label)).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn site_rows() {
        for (text, site) in [
            ("https://www.github.com/", "github.com"),
            ("GitHub", "github.com"),
            ("http://en.gravatar.com/nightjar_77", "gravatar.com"),
            ("telegram.me", "t.me"),
            ("https://t.me/nightjar_77", "t.me"),
            ("Telegram", "t.me"),
            ("x.com", "twitter.com"),
            ("Twitter / X", "twitter.com"),
            ("mobile.twitter.com", "twitter.com"),
            ("https://nightjar.tumblr.com", "tumblr.com"),
            (
                "https://news.ycombinator.com/user?id=nightjar_77",
                "news.ycombinator.com",
            ),
            ("HackerNews", "news.ycombinator.com"),
            ("https://forum.example/members/", "forum.example"),
            ("About.me", "about.me"),
            ("Steam Community (User)", "steamcommunity.com"),
            ("Night Forum", "nightforum"),
            ("", ""),
        ] {
            assert_eq!(normalize_site(text), site, "{text:?}");
        }
    }
}
