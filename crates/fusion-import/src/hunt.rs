//! What all user-name hunts have in common: a subject who is said to hold accounts.
//!
//! The subject is keyed by the hunted name, so two tools that hunted the same name speak of one subject. That the
//! subject is one human being is the assumption of the hunt; each account carries its own credibility.

use fusion_model::derived::RelationKind;
use fusion_model::{Credibility, EntityKind, Locator, Property, RawStatement, RecordKey};

use crate::draft::Draft;

/// Holds one claimed account.
pub(crate) struct Claim<'a> {
    /// Hunted name as written, and its path.
    pub(crate) user: (&'a str, &'a str),
    /// Profile address, and its path.
    pub(crate) url: (&'a str, &'a str),
    /// Site name, and its path; empty when the format has none.
    pub(crate) site: (&'a str, &'a str),
    /// Address of the site, for claims without profile address.
    pub(crate) site_url: &'a str,
    /// State as written, and its path.
    pub(crate) status: (&'a str, &'a str),
    /// How far the claim can be trusted.
    pub(crate) credibility: Credibility,
}

/// Holds the records of a claim.
pub(crate) struct Claimed {
    /// The observation so far.
    pub(crate) draft: Draft,
    /// Number of the subject.
    pub(crate) person: u32,
    /// Number of the account.
    pub(crate) account: u32,
}

/// Returns the key of the subject of a hunt.
pub(crate) fn subject_key(user: &str) -> RecordKey {
    RecordKey::Native {
        namespace: "hunt-subject".to_owned(),
        key: user.trim().to_ascii_lowercase(),
    }
}

/// Starts the observation of one claimed account.
pub(crate) fn claim(locator: Locator, claim: &Claim<'_>) -> Claimed {
    let mut draft = Draft::at(locator);
    let (user, user_path) = claim.user;
    let person = draft.record(EntityKind::Person, subject_key(user));
    draft.say(person, Property::Handle, user, user_path);
    let site = match site_of(claim.url.0, user) {
        Some(host) => host,
        None if !claim.site_url.is_empty() => {
            site_of(claim.site_url, user).unwrap_or_else(|| claim.site_url.to_owned())
        }
        None => claim.site.0.to_owned(),
    };
    let account = draft.thing(
        EntityKind::Account,
        RawStatement::new(Property::Account, user, user_path).read_with(site),
    );
    draft.say(account, Property::Url, claim.url.0, claim.url.1);
    draft.say(account, Property::Platform, claim.site.0, claim.site.1);
    draft
        .link(person, account, RelationKind::Owns)
        .graded(claim.credibility)
        .say(Property::Status, claim.status.0, claim.status.1);
    Claimed { draft, person, account }
}

/// Returns the host of a profile address, without a leading label that is only the user name
/// (`nightjar_77.blog.example`), so that every profile of a site has the same site.
pub(crate) fn site_of(url: &str, user: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let site = match host.split_once('.') {
        Some((label, site)) if label.eq_ignore_ascii_case(user.trim()) && site.contains('.') => site,
        _ => host,
    };
    (!site.is_empty()).then(|| site.to_owned())
}

/// Names the origin of a hunt for these users.
pub(crate) fn origin<'a>(tool: &str, users: impl IntoIterator<Item = &'a String>) -> Option<String> {
    let names: Vec<&str> = users.into_iter().map(String::as_str).collect();
    (!names.is_empty()).then(|| format!("{tool}:{}", names.join("+")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_the_host_without_the_user() {
        for (url, site) in [
            ("https://www.forum.example/user/nightjar_77", Some("www.forum.example")),
            ("https://nightjar_77.blog.example/", Some("blog.example")),
            ("https://nightjar_77.example/", Some("nightjar_77.example")),
            ("http://x@forum.example:8080?u=1", Some("forum.example")),
            ("not an address", None),
            ("https://", None),
        ] {
            assert_eq!(site_of(url, "Nightjar_77").as_deref(), site, "{url}");
        }
    }
}
