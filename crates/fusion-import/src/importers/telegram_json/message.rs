//! One Telegram message or service line.
//!
//! A message links its author's account to the chat, with time and text. What the text names (by Telegram's own
//! marks and by our own look) becomes a `mentions` link from the account; a shared contact is a person of its own;
//! a shared place is where the author was. A reply also goes to the author of the message it answers.

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Locator, Observation, Property, RawStatement, RecordKey};

use super::Chat;
use super::contact::{NAME_SITE, account_by_id, full_name, person_key};
use crate::draft::Draft;
use crate::json::Node;
use crate::mentions::{self, Mention};

/// Members of a message that are read elsewhere or describe only the file beside it.
const READ: &[&str] = &[
    "id",
    "type",
    "date",
    "date_unixtime",
    "from",
    "from_id",
    "actor",
    "actor_id",
    "text",
    "text_entities",
    "location_information",
    "contact_information",
    "photo_file_size",
    "file_size",
    "width",
    "height",
    "thumbnail_file_size",
    "reactions",
];

/// Reads one message; `None` when it does not say whose it is.
pub(super) fn observation(node: &Node, locator: Locator, chat: &mut Chat) -> Option<Observation> {
    let (id_key, name_key) = if node.get("from_id").is_some() {
        ("from_id", "from")
    } else {
        ("actor_id", "actor")
    };
    let author = node.text_of(id_key);
    if author.is_empty() {
        return None;
    }
    let mut draft = Draft::at(locator);
    let account = draft.thing(EntityKind::Account, account_by_id(author, &format!("/{id_key}")));
    let (name, name_path) = (node.text_of(name_key), format!("/{name_key}"));
    match author.strip_prefix("user") {
        Some(number) => {
            let person = draft.record(EntityKind::Person, person_key(number));
            draft.say(person, Property::Name, name, &name_path);
            draft.link(person, account, RelationKind::Owns);
        }
        // A channel speaks for itself; there is no person to name.
        None => draft.say(account, Property::Title, name, &name_path),
    }
    let place = draft.thing(
        EntityKind::Chat,
        RawStatement::new(Property::ChatId, chat.id.as_str(), "chat id").read_with("telegram"),
    );
    draft.say(place, Property::Title, &chat.name, "chat name");
    let happened = moment(node);
    let (text, mut found) = text(node);
    let kind = match node.text_of("action") {
        "create_group" | "invite_members" | "join_group_by_link" | "join_group_by_request" | "create_channel" => {
            RelationKind::MemberOf
        }
        _ => RelationKind::Messaged,
    };
    let mut link = draft
        .link(account, place, kind)
        .state(happened.clone())
        .say(Property::Text, &text, "/text");
    for (key, member) in node.members().iter().filter(|(key, _)| !READ.contains(&key.as_str())) {
        let mut notes = Vec::new();
        crate::importers::leak::scalars(member, &format!("/{key}"), &mut |text, path| {
            notes.push((text.to_owned(), path));
        });
        for (note, path) in notes {
            link = link.say(Property::Note, &note, &path);
        }
    }
    if let Some(target) = chat
        .authors
        .get(node.text_of("reply_to_message_id"))
        .filter(|target| *target != author)
    {
        let other = draft.thing(EntityKind::Account, account_by_id(target, "/reply_to_message_id"));
        draft
            .link(account, other, RelationKind::Messaged)
            .state(happened.clone());
    }
    for mention in mentions::scan(&text) {
        if !found
            .iter()
            .any(|(other, _)| other.property == mention.property && other.text == mention.text)
        {
            found.push((mention, "/text".to_owned()));
        }
    }
    for (mention, path) in found {
        let site = if mention.property == Property::Account && mention.qualifier.is_empty() {
            NAME_SITE
        } else {
            &mention.qualifier
        };
        let statement = RawStatement::new(mention.property, mention.text.as_str(), path).read_with(site);
        let thing = draft.thing(mention.kind(), statement);
        draft
            .link(account, thing, RelationKind::Mentions)
            .state(happened.clone());
    }
    shared(&mut draft, node, account, &happened);
    chat.authors.insert(node.text_of("id").to_owned(), author.to_owned());
    Some(draft.done())
}

/// Returns when the message was sent: UTC seconds, else the local text.
fn moment(node: &Node) -> RawStatement {
    match node.text_of("date_unixtime") {
        "" => RawStatement::new(Property::HappenedAt, node.text_of("date"), "/date"),
        seconds => RawStatement::new(Property::HappenedAt, seconds, "/date_unixtime"),
    }
}

/// Returns the plain text, and what Telegram itself marked in it, each with its path.
fn text(node: &Node) -> (String, Vec<(Mention, String)>) {
    let mut plain = String::new();
    let mut found: Vec<(Mention, String)> = Vec::new();
    if let Some(body) = node.get("text") {
        plain.push_str(body.text().unwrap_or_default());
        for (index, part) in body.items().iter().enumerate() {
            plain.push_str(part.text().unwrap_or_else(|| part.text_of("text")));
            marked(part, &format!("/text/{index}"), &mut found);
        }
    }
    let has_body = !plain.is_empty();
    for (index, part) in node
        .get("text_entities")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        if !has_body {
            plain.push_str(part.text_of("text"));
        }
        marked(part, &format!("/text_entities/{index}"), &mut found);
    }
    (plain, found)
}

/// Adds what one marked part of a text names, unless it is already there.
fn marked(part: &Node, path: &str, found: &mut Vec<(Mention, String)>) {
    let text = part.text_of("text");
    let mention = match part.text_of("type") {
        "mention" => Mention::new(Property::Account, text.trim_start_matches('@')),
        "mention_name" if !part.text_of("user_id").is_empty() => Mention {
            property: Property::Account,
            text: format!("user{}", part.text_of("user_id")),
            qualifier: super::contact::ID_SITE.to_owned(),
        },
        "link" => Mention::new(Property::Url, text),
        "text_link" => Mention::new(Property::Url, part.text_of("href")),
        "email" => Mention::new(Property::Email, text),
        "phone" => Mention::new(Property::Phone, text),
        _ => return,
    };
    if !mention.text.trim().is_empty() && !found.iter().any(|(other, _)| *other == mention) {
        found.push((mention, path.to_owned()));
    }
}

/// Adds a shared place and a shared contact card.
fn shared(draft: &mut Draft, node: &Node, account: u32, happened: &RawStatement) {
    if let Some(point) = node.get("location_information") {
        let (latitude, longitude) = (point.text_of("latitude"), point.text_of("longitude"));
        if !latitude.is_empty() && !longitude.is_empty() {
            let place = draft.record(EntityKind::Place, RecordKey::Here);
            draft.say(
                place,
                Property::Coordinates,
                &format!("{latitude}, {longitude}"),
                "/location_information",
            );
            draft
                .link(account, place, RelationKind::LocatedAt)
                .state(happened.clone());
        }
    }
    if let Some(card) = node.get("contact_information") {
        let person = draft.record(EntityKind::Person, card.row_key());
        let (name, path) = full_name(card, "/contact_information");
        draft.say(person, Property::Name, &name, &path);
        draft.say(
            person,
            Property::Phone,
            card.text_of("phone_number"),
            "/contact_information/phone_number",
        );
        draft
            .link(account, person, RelationKind::Mentions)
            .state(happened.clone());
    }
}
