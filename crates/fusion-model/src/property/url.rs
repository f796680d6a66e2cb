//! Web addresses: scheme and host folded; default port, fragment, user info, tracking parameters and the trailing slash cut off.
//!
//! Only schemes that fetch something are addresses here; `javascript:` and `data:` are refused. User info may
//! hold a password, so it is cut off and never shown.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use url::Url;

use super::{CleanFailure, CleanValue, domain, fail, folding, tables};

const EXPECTED: &str = "valid web address";

static TRACKING: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| tables::words(tables::TRACKING_PARAMETERS));

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    let text = folding::tidy(original);
    if text.len() > 8_192 {
        return fail(EXPECTED, "longer than 8192 bytes");
    }
    match parse(&text) {
        Ok(url) => Ok(CleanValue::plain(canonical(url))),
        Err(reason) => fail(EXPECTED, reason),
    }
}

/// Reads a tidied text as a web address; a text without scheme is read as `https`.
pub(super) fn parse(text: &str) -> Result<Url, &'static str> {
    if text.is_empty() || text.contains(' ') {
        return Err("empty or with blanks");
    }
    let mended = domain::mend_dots(text);
    let folded_start = folding::fold(mended.get(..8).unwrap_or_default());
    let full = if let Some(rest) = folded_start.strip_prefix("hxxp") {
        let cut = if rest.starts_with('s') { 5 } else { 4 };
        format!("http{}{}", if cut == 5 { "s" } else { "" }, &mended[cut..])
    } else if mended.contains("://") {
        mended
    } else if folded_start
        .split(':')
        .next()
        .is_some_and(|scheme| matches!(scheme, "javascri" | "data" | "mailto" | "tel" | "about" | "blob"))
    {
        return Err("the scheme fetches nothing");
    } else {
        format!("https://{}", mended.trim_start_matches('/'))
    };
    let url = Url::parse(&full).map_err(|_| "cannot be read as an address")?;
    if !matches!(url.scheme(), "http" | "https" | "ftp") {
        return Err("the scheme fetches nothing");
    }
    match url.host() {
        Some(url::Host::Domain(name)) => domain::to_ascii(name).map(|_| url.clone()),
        Some(_) => Ok(url),
        None => Err("has no host"),
    }
}

fn canonical(mut url: Url) -> String {
    url.set_fragment(None);
    // Setting them cannot fail for the schemes that `parse` lets through, all of which have a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    let kept: Vec<String> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_tracking(pair.split('=').next().unwrap_or_default()))
        .map(str::to_owned)
        .collect();
    url.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
    if url.query().is_none() && url.path().ends_with('/') {
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        let text = String::from(url);
        return text.strip_suffix('/').map_or_else(|| text.clone(), str::to_owned);
    }
    String::from(url)
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.contains(name.as_str())
        || TRACKING
            .iter()
            .any(|entry| entry.strip_suffix('*').is_some_and(|prefix| name.starts_with(prefix)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn address_rows() {
        for (original, canonical) in [
            ("HTTPS://Example.ORG:443/A/", Some("https://example.org/A")),
            ("https://example.org/", Some("https://example.org")),
            (
                "https://example.org/a?utm_source=x&b=2&fbclid=9#top",
                Some("https://example.org/a?b=2"),
            ),
            ("https://mara:secret@example.org/a", Some("https://example.org/a")),
            (
                "hxxps://portal[.]halcyon-freight[.]example/x",
                Some("https://portal.halcyon-freight.example/x"),
            ),
            ("www.example.org/x", Some("https://www.example.org/x")),
            (
                "https://news.ycombinator.com/user?id=nightjar_77",
                Some("https://news.ycombinator.com/user?id=nightjar_77"),
            ),
            ("http://198.51.100.23:8080/", Some("http://198.51.100.23:8080")),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("javascript://example.org/%0aalert(1)", None),
            ("nothing", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(
                clean(original).ok().map(|value| value.canonical).as_deref(),
                canonical,
                "{original:?}"
            );
        }
    }
}
