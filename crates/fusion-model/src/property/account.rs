//! Accounts: a site and a user name there, `github.com/nightjar_77`.
//!
//! The qualifier names the site (URL, host or platform name). Without one, the original has to carry it: a
//! profile address, a fediverse address `@user@host`, or the canonical form itself. A qualifier that ends in
//! `#id` says that the original is the site's own immutable number: it is kept exactly and never equals a user name.

use super::{CleanFailure, CleanValue, fail, folding, handle, site, url};

const EXPECTED: &str = "valid account";

/// Path parts that stand before the user name in profile addresses.
const LEAD_PARTS: &[&str] = &[
    "user", "users", "u", "people", "id", "photos", "profile", "profiles", "in", "channel", "c", "members", "member",
    "a",
];

pub(super) fn clean(original: &str, qualifier: &str) -> Result<CleanValue, CleanFailure> {
    let text = folding::tidy(original);
    if text.len() > 2_048 {
        return fail(EXPECTED, "longer than 2048 bytes");
    }
    let qualifier = folding::tidy(qualifier);
    if let Some((host, namespace)) = qualifier.split_once('#') {
        return native(&folding::fold(host), &folding::fold(namespace), &text);
    }
    if qualifier.is_empty() {
        return without_site(&text);
    }
    let name = if text.contains("://") {
        user_of_address(&text).unwrap_or(text)
    } else {
        text
    };
    named(&site::normalize_site(&qualifier), &name)
}

fn native(host: &str, namespace: &str, key: &str) -> Result<CleanValue, CleanFailure> {
    if host.is_empty() || namespace.is_empty() || key.is_empty() {
        return fail(EXPECTED, "site, kind of number or number is missing");
    }
    Ok(CleanValue::shown(
        format!("{host}#{namespace}/{key}"),
        format!("{key} ({host})"),
    ))
}

fn named(site: &str, name: &str) -> Result<CleanValue, CleanFailure> {
    if site.is_empty() {
        return fail(EXPECTED, "the site is missing");
    }
    match handle::clean(name) {
        Ok(value) => Ok(CleanValue::shown(
            format!("{site}/{}", value.canonical),
            format!("{site}/{}", value.display),
        )),
        Err(failure) => fail(EXPECTED, failure.reason),
    }
}

fn without_site(text: &str) -> Result<CleanValue, CleanFailure> {
    if let Some((head, key)) = text.split_once('/')
        && let Some((host, namespace)) = head.split_once('#')
    {
        return native(host, namespace, key);
    }
    if let Some(user) = user_of_address(text) {
        return named(&site::normalize_site(text), &user);
    }
    if let Some((user, host)) = text.trim_start_matches('@').split_once('@') {
        return named(&site::normalize_site(host), user);
    }
    if let Some((head, user)) = text.split_once('/').filter(|(head, _)| !head.contains(' ')) {
        return named(&site::normalize_site(head), user);
    }
    fail(EXPECTED, "the site is missing")
}

/// Reads the user name out of a profile address.
fn user_of_address(text: &str) -> Option<String> {
    let url = url::parse(text).ok()?;
    let query_id = url
        .query_pairs()
        .find(|(name, _)| matches!(name.as_ref(), "id" | "user" | "username" | "name"));
    if let Some((_, user)) = query_id.filter(|(_, user)| !user.is_empty()) {
        return Some(user.into_owned());
    }
    let parts: Vec<&str> = url
        .path_segments()
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    let part = match parts.as_slice() {
        [] => return site::user_label(url.host_str()?).map(str::to_owned),
        [lead, user, ..] if LEAD_PARTS.contains(&lead.to_ascii_lowercase().as_str()) => user,
        [user, ..] => user,
    };
    Some(percent_decoded(part))
}

fn percent_decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match digits
            .filter(|_| *first == b'%')
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn account_rows() {
        for (original, qualifier, canonical) in [
            ("nightjar_77", "https://www.github.com/", Some("github.com/nightjar_77")),
            ("@Nightjar_77", "Twitter / X", Some("twitter.com/nightjar_77")),
            (
                "nightjar_77",
                "http://en.gravatar.com/",
                Some("gravatar.com/nightjar_77"),
            ),
            ("nightjar_77", "Telegram", Some("t.me/nightjar_77")),
            ("https://t.me/nightjar_77", "", Some("t.me/nightjar_77")),
            ("https://t.me/nightjar_77", "telegram.me", Some("t.me/nightjar_77")),
            (
                "https://news.ycombinator.com/user?id=nightjar_77",
                "",
                Some("news.ycombinator.com/nightjar_77"),
            ),
            (
                "https://www.youtube.com/@nightjar_77/about",
                "",
                Some("youtube.com/nightjar_77"),
            ),
            (
                "https://www.reddit.com/user/nightjar_77",
                "",
                Some("reddit.com/nightjar_77"),
            ),
            ("https://nightjar.tumblr.com", "", Some("tumblr.com/nightjar")),
            ("@mara@social.example", "", Some("social.example/mara")),
            (
                "user700000077",
                "telegram.org#id",
                Some("telegram.org#id/user700000077"),
            ),
            (
                "telegram.org#id/user700000077",
                "",
                Some("telegram.org#id/user700000077"),
            ),
            ("github.com/nightjar_77", "", Some("github.com/nightjar_77")),
            ("nightjar_77", "", None),
            ("", "github.com", None),
            ("", "telegram.org#id", None),
        ] {
            let cleaned = clean(original, qualifier).ok().map(|value| value.canonical);
            assert_eq!(cleaned.as_deref(), canonical, "{original:?} at {qualifier:?}");
        }
    }
}
