//! What Maigret's two JSON reports (0.6) have in common: one claimed site per element.
//!
//! `status.ids` holds what the profile page states; all values there are strings, lists are Python literals. It is
//! said of the account: that a page says it does not make it true of the hunted person. An account that a page names
//! under another site (`twitter_username`) is an account of its own, held by the same subject, possibly. A search
//! hit on a similar name (`is_similar`) is doubtful.

use std::collections::BTreeSet;

use fusion_model::derived::RelationKind;
use fusion_model::{Credibility, EntityKind, Locator, Observation, Property, RawStatement, WarningCode};

use crate::hunt::{self, Claim, Claimed};
use crate::json::{Node, pointer_step};
use crate::mentions::{self, Mention};
use crate::outline::Outline;
use crate::records::warning;
use crate::sink::{Sink, Stop};

/// Keys of `status.ids` with one meaning at every site.
const IDS: &[(Property, &str)] = &[
    (Property::Name, "fullname name real_name display_name"),
    (Property::Alias, "nickname"),
    (Property::Handle, "username"),
    (Property::Email, "email public_email contact_email"),
    (Property::Phone, "phone phone_number"),
    (Property::Location, "location hometown"),
    (Property::City, "city"),
    (Property::Country, "country country_code"),
    (Property::BirthDate, "birthday birth_date date_of_birth"),
    (Property::Occupation, "occupation job position"),
    (Property::Organization, "company organization work"),
    (Property::Bio, "bio about description status_text"),
    (
        Property::Url,
        "blog_url website websites url link links external_url profile_url",
    ),
    (Property::Image, "image image_url avatar avatar_url image_bg"),
    (Property::CreatedAt, "created_at joined_at registered_at signup_date"),
    (Property::LastSeenAt, "updated_at last_seen latest_activity_at"),
    (
        Property::Followers,
        "follower_count followers_count followers subscribers",
    ),
    (Property::Following, "following_count following friends_count"),
    (
        Property::Posts,
        "posts_count post_count public_repos_count tweets_count photos_count",
    ),
    (Property::Verified, "is_verified verified"),
];
/// Endings of keys that hold a blockchain address, with its chain.
const WALLETS: &[(&str, &str)] = &[
    ("bitcoin_address", "bitcoin"),
    ("ethereum_address", "ethereum"),
    ("btc_address", "bitcoin"),
];

/// Tells whether an element looks like one of Maigret's.
pub(super) fn is_site(node: &Node) -> bool {
    node.at("status.ids").is_some() && node.get("url_user").is_some() && node.at("site.urlMain").is_some()
}

/// Tells whether the file is one object of sites.
pub(super) fn is_simple(outline: &Outline) -> bool {
    let Some(json) = outline.json.as_ref() else {
        return false;
    };
    json.root.get("sitename").is_none() && json.root.members().first().is_some_and(|(_, site)| is_site(site))
}

/// Reads the sites of one report and remembers whom it was about.
#[derive(Default)]
pub(super) struct Report {
    users: BTreeSet<String>,
}

impl Report {
    /// Reads one site.
    pub(super) fn site(&mut self, name: &str, node: &Node, locator: Locator, sink: &mut dyn Sink) -> Result<(), Stop> {
        let status = node.at("status.status").and_then(Node::text).unwrap_or("Claimed");
        let own = node.text_of("username");
        let user = if own.is_empty() {
            node.at("status.username").and_then(Node::text).unwrap_or_default()
        } else {
            own
        };
        if user.trim().is_empty() {
            return sink.warning(warning(
                WarningCode::RowSkipped,
                locator,
                "the element has no user name",
            ));
        }
        self.users.insert(user.to_ascii_lowercase());
        if status != "Claimed" {
            sink.negative();
            return Ok(());
        }
        sink.observation(observation(name, user, status, node, locator))
    }

    /// Names subject and origin.
    pub(super) fn finish(&self, sink: &mut dyn Sink) {
        if let [user] = self.users.iter().collect::<Vec<_>>().as_slice() {
            sink.subject((*user).clone());
        }
        if let Some(origin) = hunt::origin("maigret", &self.users) {
            sink.origin(origin);
        }
    }
}

fn observation(site: &str, user: &str, status: &str, node: &Node, locator: Locator) -> Observation {
    let ids = node.at("status.ids");
    let has_profile = ids.is_some_and(|ids| !ids.members().is_empty());
    let credibility = match (node.is_true("is_similar"), has_profile) {
        (true, _) => Credibility::Doubtful,
        (false, true) => Credibility::ProbablyTrue,
        (false, false) => Credibility::PossiblyTrue,
    };
    let mut claimed = hunt::claim(
        locator,
        &Claim {
            user: (user, "/username"),
            url: (node.text_of("url_user"), "/url_user"),
            site: (
                site,
                if node.get("sitename").is_some() {
                    "/sitename"
                } else {
                    "/status/site_name"
                },
            ),
            site_url: node.text_of("url_main"),
            status: (status, "/status/status"),
            credibility,
        },
    );
    let mut others: Vec<(String, String, String)> = Vec::new();
    let mut members: Vec<&(String, Node)> = ids.map(Node::members).unwrap_or_default().iter().collect();
    members.sort_by(|a, b| a.0.cmp(&b.0));
    for (key, value) in members {
        let path = pointer_step("/status/ids", key);
        for (text, path) in values(value, &path) {
            match meaning(key, site) {
                Stated::Is(Property::Handle) if text.eq_ignore_ascii_case(user) => {}
                Stated::Is(property) => {
                    claimed.draft.say(claimed.account, property, &text, &path);
                    if property == Property::Bio {
                        bio(&mut claimed, &text, &path);
                    }
                }
                Stated::Wallet(chain) => {
                    let wallet = RawStatement::new(Property::Wallet, text, path).read_with(chain);
                    claimed.draft.state(claimed.account, wallet);
                }
                Stated::Id(system) => {
                    let id = RawStatement::new(Property::ExternalId, text, path).read_with(system.to_ascii_lowercase());
                    claimed.draft.state(claimed.account, id);
                }
                Stated::AccountAt(other) => others.push((other, text, path)),
            }
        }
    }
    links(&mut claimed, node, user);
    for (other, name, path) in others {
        let account = RawStatement::new(Property::Account, name, path.clone()).read_with(other.clone());
        let record = claimed.draft.thing(EntityKind::Account, account);
        claimed.draft.say(record, Property::Platform, &other, &path);
        let weak = if credibility == Credibility::Doubtful {
            Credibility::Doubtful
        } else {
            Credibility::PossiblyTrue
        };
        claimed
            .draft
            .link(claimed.person, record, RelationKind::Owns)
            .graded(weak);
        claimed
            .draft
            .link(claimed.account, record, RelationKind::LinksTo)
            .graded(weak);
    }
    claimed.draft.done()
}

/// Adds the other names and addresses that Maigret collected from the page.
fn links(claimed: &mut Claimed, node: &Node, user: &str) {
    for (name, _) in node.get("ids_usernames").map(Node::members).unwrap_or_default() {
        if !name.eq_ignore_ascii_case(user) {
            claimed.draft.say(
                claimed.account,
                Property::Handle,
                name,
                &pointer_step("/ids_usernames", name),
            );
        }
    }
    for (index, url) in node
        .get("ids_links")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        claimed.draft.say(
            claimed.account,
            Property::Url,
            url.text().unwrap_or_default(),
            &format!("/ids_links/{index}"),
        );
    }
}

/// Adds the addresses and numbers that stand in a self-description.
fn bio(claimed: &mut Claimed, text: &str, path: &str) {
    for Mention {
        property,
        text,
        qualifier,
    } in mentions::scan(text)
    {
        if property != Property::Account {
            claimed.draft.state(
                claimed.account,
                RawStatement::new(property, text, path).read_with(qualifier),
            );
        }
    }
}

/// Says what a key of `status.ids` stands for.
enum Stated {
    Is(Property),
    Wallet(&'static str),
    Id(String),
    AccountAt(String),
}

fn meaning(key: &str, site: &str) -> Stated {
    let key = key.to_ascii_lowercase();
    if let Some((property, _)) = IDS.iter().find(|(_, keys)| keys.split(' ').any(|other| other == key)) {
        return Stated::Is(*property);
    }
    if let Some((_, chain)) = WALLETS.iter().find(|(ending, _)| key.ends_with(ending)) {
        return Stated::Wallet(chain);
    }
    if let Some(other) = key.strip_suffix("_username") {
        // The site's own other name for the same account is no second account.
        return if other.eq_ignore_ascii_case(site) {
            Stated::Is(Property::Handle)
        } else {
            Stated::AccountAt(other.to_owned())
        };
    }
    if key == "uid" || key == "id" {
        return Stated::Id(site.to_owned());
    }
    match key.strip_suffix("_id") {
        Some(system) => Stated::Id(system.to_owned()),
        None => Stated::Is(Property::Note),
    }
}

/// Returns the values of one key: a scalar, a JSON list, or a list written as a Python literal.
fn values(node: &Node, path: &str) -> Vec<(String, String)> {
    let Some(text) = node.text() else {
        let mut found = Vec::new();
        super::leak::scalars(node, path, &mut |text, path| found.push((text.to_owned(), path)));
        return found;
    };
    match python_list(text) {
        Some(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| (item, format!("{path}/{index}")))
            .collect(),
        None => vec![(text.to_owned(), path.to_owned())],
    }
}

/// Reads `['a', "b"]`; `None` when the text is anything else.
fn python_list(text: &str) -> Option<Vec<String>> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::new();
    let mut letters = inner.chars();
    loop {
        let Some(quote) = letters.by_ref().find(|c| !c.is_whitespace() && *c != ',') else {
            return Some(items);
        };
        if quote != '\'' && quote != '"' {
            return None;
        }
        let mut item = String::new();
        loop {
            match letters.next()? {
                '\\' => item.push(letters.next()?),
                c if c == quote => break,
                c => item.push(c),
            }
        }
        items.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_lists_are_read() {
        for (text, expected) in [
            ("['a', \"b's\"]", Some(vec!["a", "b's"])),
            ("['it\\'s','x']", Some(vec!["it's", "x"])),
            ("[]", Some(vec![])),
            ("[1, 2]", None),
            ("['open", None),
            ("plain", None),
        ] {
            let expected = expected.map(|items| items.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(python_list(text), expected, "{text}");
        }
    }
}
