//! E-mail addresses: local part and host folded, host as it stands in IDNA.
//!
//! Dots and tags are ignored only at hosts where that is known to be safe (table `email_hosts`). Quoted local
//! parts are legal but never met in evidence, so they count as junk. Which addresses name an office or fill a
//! field is told by separate functions, since such an address is a valid address.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{CleanFailure, CleanValue, domain, fail, folding, tables};

const EXPECTED: &str = "valid e-mail address";

struct Host {
    same_as: &'static str,
    ignored: &'static str,
    tag_sign: &'static str,
}

static HOSTS: LazyLock<BTreeMap<&'static str, Host>> = LazyLock::new(|| {
    tables::lines(tables::EMAIL_HOSTS)
        .filter_map(|line| {
            let mut parts = line.split('|');
            let host = parts.next()?;
            Some((
                host,
                Host {
                    same_as: parts.next()?,
                    ignored: parts.next()?,
                    tag_sign: parts.next()?,
                },
            ))
        })
        .collect()
});
static ROLES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| tables::words(tables::ROLE_LOCALS));
static JUNK: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| tables::words(tables::JUNK_LOCALS));
static DISPOSABLE: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| tables::words(tables::DISPOSABLE_DOMAINS));

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    let text = folding::tidy(original);
    let address = bare_address(&text);
    if address.len() > 320 {
        return fail(EXPECTED, "longer than 320 bytes");
    }
    if address.contains('*') {
        return fail(EXPECTED, "has hidden letters");
    }
    if address
        .chars()
        .any(|character| character == ' ' || "()<>[]:;,\"\\".contains(character))
    {
        return fail(EXPECTED, "has a blank or a sign that no address has");
    }
    let Some((local, host)) = address.split_once('@') else {
        return fail(EXPECTED, "has no @");
    };
    if host.contains('@') {
        return fail(EXPECTED, "has more than one @");
    }
    if local.is_empty() {
        return fail(EXPECTED, "has nothing before the @");
    }
    let host_ascii = domain::to_ascii(host).map_err(|reason| CleanFailure {
        expected: EXPECTED.into(),
        reason: reason.into(),
    })?;
    let (local_folded, host_canonical) = fold_mailbox(local, &host_ascii);
    if local_folded.is_empty() {
        return fail(EXPECTED, "has nothing before the @");
    }
    Ok(CleanValue::shown(
        format!("{local_folded}@{host_canonical}"),
        format!("{local}@{}", folding::fold(host)),
    ))
}

/// Cuts `mailto:` and the name in `Mara <mara@example.org>` away.
fn bare_address(text: &str) -> &str {
    let inner = match (text.rfind('<'), text.ends_with('>')) {
        (Some(open), true) => &text[open + 1..text.len() - 1],
        _ => text,
    };
    let cut = inner
        .get(..7)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    if cut { &inner[7..] } else { inner }
}

fn fold_mailbox(local: &str, host: &str) -> (String, String) {
    let local = folding::fold(local);
    let Some(rule) = HOSTS.get(host) else {
        return (local, host.to_owned());
    };
    let untagged = local.split(rule.tag_sign).next().unwrap_or_default();
    let kept = untagged
        .chars()
        .filter(|character| !rule.ignored.contains(*character))
        .collect();
    (kept, rule.same_as.to_owned())
}

/// Tells whether a cleaned address names an office (`info@`, `noreply@`), not a person.
pub fn is_role_address(canonical: &str) -> bool {
    let local = plain_local(canonical);
    ROLES.contains(local.as_str())
}

/// Tells whether a cleaned address is a filler (`test@`, `none@`, one letter repeated).
pub fn is_junk_address(canonical: &str) -> bool {
    let local = plain_local(canonical);
    let mut letters = local.chars();
    let first = letters.next();
    JUNK.contains(local.as_str()) || first.is_none() || (local.len() > 1 && letters.all(|letter| Some(letter) == first))
}

/// Tells whether a domain (or the domain of a cleaned address) hands out throw-away addresses.
pub fn is_disposable_domain(domain_or_address: &str) -> bool {
    let domain = domain_or_address.rsplit('@').next().unwrap_or_default();
    let mut rest = domain;
    loop {
        if DISPOSABLE.contains(rest) {
            return true;
        }
        match rest.split_once('.') {
            Some((_, parent)) => rest = parent,
            None => return false,
        }
    }
}

fn plain_local(canonical: &str) -> String {
    let local = canonical.split('@').next().unwrap_or_default();
    local
        .split('+')
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|character| folding::is_letter_or_digit(*character))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn addresses_that_are_one() {
        for (original, canonical) in [
            ("Nightjar77@Mail.Example", "nightjar77@mail.example"),
            (" mailto:nightjar77@mail.example ", "nightjar77@mail.example"),
            ("Mara Ellison <mara@example.org>", "mara@example.org"),
            ("m.a.r.a+news@gmail.com", "mara@gmail.com"),
            ("mara@googlemail.com", "mara@gmail.com"),
            ("m.ara+news@mail.example", "m.ara+news@mail.example"),
            ("mara@Bücher.example", "mara@xn--bcher-kva.example"),
            ("ｍara@example.org", "mara@example.org"),
            ("mara\u{200B}@example.org\u{202C}", "mara@example.org"),
        ] {
            assert_eq!(clean(original).unwrap().canonical, canonical, "{original:?}");
        }
    }

    #[test]
    fn junk_is_refused_with_a_reason() {
        for (original, reason) in [
            ("", "has no @"),
            ("mara", "has no @"),
            ("mara@localhost", "has no dot"),
            ("ma ra@example.org", "blank"),
            ("a@b@example.org", "more than one"),
            ("@example.org", "nothing before"),
            ("m***@example.org", "hidden letters"),
            ("+tag@gmail.com", "nothing before"),
            ("mara@exa_mple..org", "label"),
        ] {
            let failure = clean(original).unwrap_err();
            assert!(failure.reason.contains(reason), "{original:?}: {failure}");
        }
    }

    #[test]
    fn offices_fillers_and_throw_away_hosts_are_told() {
        assert!(is_role_address("no-reply@example.org") && is_role_address("info@example.org"));
        assert!(!is_role_address("mara.info@example.org"));
        assert!(is_junk_address("test@example.org") && is_junk_address("aaaa@example.org"));
        assert!(!is_junk_address("nightjar77@mail.example"));
        assert!(is_disposable_domain("x@mailinator.com") && is_disposable_domain("sub.mailinator.com"));
        assert!(!is_disposable_domain("mail.example"));
    }
}
