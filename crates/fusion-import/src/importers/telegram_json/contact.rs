//! People of a Telegram export: the owner of the account, and address-book entries.

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Locator, Observation, Property, RawStatement, RecordKey};

use crate::draft::Draft;
use crate::json::Node;

/// Site of accounts that are named by number.
pub(super) const ID_SITE: &str = "telegram.org#id";
/// Site of accounts that are named by user name.
pub(super) const NAME_SITE: &str = "t.me";

/// Returns the key of the person behind a user number.
pub(super) fn person_key(number: &str) -> RecordKey {
    RecordKey::Native {
        namespace: "telegram-user".to_owned(),
        key: number.to_owned(),
    }
}

/// Returns the statement that names an account by its number, written as in messages.
pub(super) fn account_by_id(id: &str, path: &str) -> RawStatement {
    RawStatement::new(Property::Account, id, path).read_with(ID_SITE)
}

/// Joins first and last name, and says where they stood.
pub(super) fn full_name(node: &Node, base: &str) -> (String, String) {
    let parts = [node.text_of("first_name").trim(), node.text_of("last_name").trim()];
    let text = parts
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    (text, format!("{base}/first_name+last_name"))
}

/// Returns what an address-book entry or the personal information says.
pub(super) fn observation(node: &Node, locator: Locator) -> Observation {
    let mut draft = Draft::at(locator);
    let number = Some(node.text_of("user_id")).filter(|number| !number.is_empty() && *number != "0");
    let key = number.map_or_else(|| node.row_key(), person_key);
    let person = draft.record(EntityKind::Person, key);
    let (name, path) = full_name(node, "");
    draft.say(person, Property::Name, &name, &path);
    draft.say(person, Property::Phone, node.text_of("phone_number"), "/phone_number");
    draft.say(person, Property::Bio, node.text_of("bio"), "/bio");
    if let Some(number) = number {
        let account = draft.thing(EntityKind::Account, account_by_id(&format!("user{number}"), "/user_id"));
        draft.link(person, account, RelationKind::Owns);
    }
    let user = node.text_of("username").trim_start_matches('@');
    if !user.trim().is_empty() {
        let statement = RawStatement::new(Property::Account, user, "/username").read_with(NAME_SITE);
        let account = draft.thing(EntityKind::Account, statement);
        draft.link(person, account, RelationKind::Owns);
    }
    draft.done()
}
