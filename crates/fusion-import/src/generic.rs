//! Facts out of a JSON record of any shape.
//!
//! Names of keys decide; where they say nothing, the look of the value does; the rest is kept as notes under its
//! path. Members are walked in the order of their keys, so the order in the file makes no difference. A nested
//! object speaks of the same thing only under names such as `profile` or `details`; under any other it speaks of
//! somebody else (`mother`, `employer`), whose name must not become the subject's.

use fusion_model::{Locator, Property, ValueType};

use crate::aliases::{self, Axis, Meaning};
use crate::json::{Node, Value, pointer_step};
use crate::looks::{self, Look};
use crate::mapping::{Mapping, Target};
use crate::shape::{AccountEntry, Fact, RowFacts};
use crate::table::fold;

/// Folded keys of objects that go on describing the same thing.
const WRAPPERS: &str = "profile data details info attributes user person contact contacts contactinfo identity subject \
                        record personal personalinfo fields properties meta basics account raw rawdata rawrecord";

/// Returns the facts of one JSON record, and of the records inside it.
pub(crate) fn row(node: &Node, locator: Locator, mapping: Option<&Mapping>) -> RowFacts {
    let mut row = RowFacts::new(locator, node.row_key());
    match &node.value {
        Value::Object(_) => members(&mut row, node, "", mapping),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                unknown(&mut row, item, &format!("/{index}"));
            }
        }
        _ => unknown(&mut row, node, ""),
    }
    row
}

/// Returns the meaning that the look of a value suggests.
pub(crate) fn look_meaning(look: Look) -> Meaning {
    Meaning::Is(match look {
        Look::Email => Property::Email,
        Look::Phone => Property::Phone,
        Look::Wallet => Property::Wallet,
        Look::Ip => Property::Ip,
        Look::Url => Property::Url,
        Look::Domain => Property::Domain,
        Look::Iban => Property::Iban,
        Look::Date => Property::HappenedAt,
    })
}

/// Tells whether an array of objects under `key` holds records of its own whatever stands around it.
pub(crate) fn holds_records(key: &str, mapping: Option<&Mapping>) -> bool {
    match target(key, key, mapping).map(|target| target.meaning) {
        None => true,
        // A count of transactions can only be a number; a list of them is rows.
        Some(Meaning::Is(property)) => matches!(property.value_type(), ValueType::Count | ValueType::Text),
        Some(_) => false,
    }
}

fn is_wrapper(key: &str) -> bool {
    let folded = fold(key);
    WRAPPERS.split_whitespace().any(|wrapper| wrapper == folded)
}

fn target(key: &str, pointer: &str, mapping: Option<&Mapping>) -> Option<Target> {
    if let Some(target) = mapping.and_then(|mapping| mapping.target(&[pointer, key])) {
        return Some(target.clone());
    }
    let meaning = aliases::meaning_of(key)?;
    let qualifier = aliases::unit_of(key).1.unwrap_or_default().to_owned();
    Some(Target {
        meaning,
        of: None,
        qualifier,
    })
}

fn sorted(node: &Node) -> Vec<&(String, Node)> {
    let mut members: Vec<&(String, Node)> = node.members().iter().collect();
    members.sort_by(|a, b| a.0.cmp(&b.0));
    members
}

fn members(row: &mut RowFacts, node: &Node, base: &str, mapping: Option<&Mapping>) {
    let has_subject = has_subject(node, mapping);
    for (key, member) in sorted(node) {
        let pointer = pointer_step(base, key);
        let target = target(key, &pointer, mapping);
        let holds_records = holds_records(key, mapping)
            || (!has_subject
                && target
                    .as_ref()
                    .is_some_and(|target| matches!(target.meaning, Meaning::Is(_))));
        match (&member.value, target) {
            (Value::Array(items), target) if holds_records && items.iter().any(Node::is_object) => {
                for (index, item) in items.iter().enumerate() {
                    let pointer = format!("{pointer}/{index}");
                    child(row, item, &pointer, target.as_ref(), mapping);
                }
            }
            (Value::Object(_), _) if is_wrapper(key) => members(row, member, &pointer, mapping),
            (Value::Object(_), None) => child(row, member, &pointer, None, mapping),
            (_, Some(target)) if target.meaning == Meaning::Accounts => accounts(row, member, &pointer, mapping),
            (_, Some(target)) => known(row, member, &pointer, &target, mapping),
            (_, None) => unknown(row, member, &pointer),
        }
    }
}

/// Tells whether an object itself speaks of somebody, beside the lists that it holds.
fn has_subject(node: &Node, mapping: Option<&Mapping>) -> bool {
    node.members().iter().any(|(key, member)| {
        let is_plain = member.text().is_some() || member.items().iter().any(|item| item.text().is_some());
        let meaning = target(key, key, mapping).map(|target| target.meaning);
        let is_mute = matches!(
            meaning,
            None | Some(
                Meaning::Key
                    | Meaning::Value
                    | Meaning::Kind
                    | Meaning::Is(Property::Note | Property::Status | Property::HappenedAt)
            )
        );
        is_plain && !is_mute
    })
}

/// Adds a record inside a record; what says nothing of its own stays a note.
fn child(row: &mut RowFacts, node: &Node, pointer: &str, list: Option<&Target>, mapping: Option<&Mapping>) {
    let locator = match &row.locator {
        Locator::Pointer { pointer: base, .. } => Locator::Pointer {
            pointer: format!("{base}{pointer}"),
            line: node.line,
        },
        // Within one line of a file every value starts on that line.
        Locator::Line(line) => Locator::Pointer {
            pointer: pointer.to_owned(),
            line: *line,
        },
        other => other.clone(),
    };
    let mut inner = self::row(node, locator, mapping);
    match list.map(|list| list.meaning) {
        Some(Meaning::Is(Property::Organization)) => inner.facts.push(Fact::new(Meaning::Kind, "company", "")),
        Some(Meaning::Is(property)) if !matches!(property.value_type(), ValueType::Count | ValueType::Text) => {
            // `breaches: [{name}]`: the name is the name of the breach.
            for fact in inner
                .facts
                .iter_mut()
                .filter(|fact| fact.property() == Some(Property::Name))
            {
                fact.meaning = Meaning::Is(property);
            }
        }
        _ => {}
    }
    // A list under a known key holds rows; any other object is a record only if it names somebody (`mother`), not if it only adds
    // something to the subject (`settings`).
    let is_row = match list {
        Some(_) => inner.is_about_something(None),
        None => inner.names_something(),
    };
    if node.is_object() && (is_row || !inner.children.is_empty()) {
        row.children.push(inner);
    } else {
        notes(row, node, pointer);
    }
}

/// Adds the values of a key whose meaning is known.
fn known(row: &mut RowFacts, node: &Node, pointer: &str, target: &Target, mapping: Option<&Mapping>) {
    let add = |row: &mut RowFacts, text: &str, path: String| {
        row.facts.push(Fact {
            meaning: target.meaning,
            of: target.of,
            text: text.to_owned(),
            qualifier: target.qualifier.clone(),
            path,
        });
    };
    match &node.value {
        Value::Null => {}
        Value::Array(items) if is_point(items) && target.meaning == Meaning::Is(Property::Coordinates) => {
            // GeoJSON order: longitude first.
            row.facts.push(Fact::new(
                Meaning::Axis(Axis::Longitude),
                text(&items[0]),
                format!("{pointer}/0"),
            ));
            row.facts.push(Fact::new(
                Meaning::Axis(Axis::Latitude),
                text(&items[1]),
                format!("{pointer}/1"),
            ));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                known(row, item, &format!("{pointer}/{index}"), target, mapping);
            }
        }
        Value::Object(_) if is_place(target.meaning) => members(row, node, pointer, mapping),
        Value::Object(_) => {
            let inner = sorted(node);
            let is_value = |key: &str| {
                matches!(fold(key).as_str(), "value" | "name" | "title" | "text")
                    || aliases::meaning_of(key) == Some(target.meaning)
                    || matches!(
                        (fold(key).as_str(), target.meaning),
                        ("address", Meaning::Is(Property::Wallet | Property::Email))
                    )
                    || matches!(
                        (fold(key).as_str(), target.meaning),
                        ("number", Meaning::Is(Property::Phone))
                    )
            };
            let value = inner
                .iter()
                .position(|(key, member)| is_value(key) && member.text().is_some());
            for (index, (key, member)) in inner.iter().enumerate() {
                let path = pointer_step(pointer, key);
                match member.text() {
                    Some(text) if Some(index) == value => add(row, text, path),
                    _ => notes(row, member, &path),
                }
            }
        }
        _ => add(row, text(node), pointer.to_owned()),
    }
}

fn text(node: &Node) -> &str {
    node.text().unwrap_or_default()
}

fn is_point(items: &[Node]) -> bool {
    items.len() == 2 && items.iter().all(|item| matches!(item.value, Value::Number(_)))
}

fn is_place(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Is(
            Property::Address | Property::Location | Property::Coordinates | Property::City | Property::Country
        )
    )
}

/// Adds the values of a key whose name says nothing: by their look, else as notes.
fn unknown(row: &mut RowFacts, node: &Node, pointer: &str) {
    match &node.value {
        Value::Text(text) => match looks::look(text) {
            // A bare domain or a short number is too common in free fields to be more than a note.
            Some(look) if look != Look::Domain => row.facts.push(Fact::new(look_meaning(look), text, pointer)),
            _ => row.facts.push(Fact::note(text, pointer)),
        },
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                match item.value {
                    Value::Object(_) | Value::Array(_) => notes(row, item, &format!("{pointer}/{index}")),
                    _ => unknown(row, item, &format!("{pointer}/{index}")),
                }
            }
        }
        _ => notes(row, node, pointer),
    }
}

/// Keeps every value below `node` for reading.
fn notes(row: &mut RowFacts, node: &Node, pointer: &str) {
    match &node.value {
        Value::Object(_) => {
            for (key, member) in sorted(node) {
                notes(row, member, &pointer_step(pointer, key));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                notes(row, item, &format!("{pointer}/{index}"));
            }
        }
        _ => {
            if let Some(text) = node.text() {
                row.facts
                    .push(Fact::new(Meaning::Is(aliases::kept_as(pointer)), text, pointer));
            }
        }
    }
}

/// Adds a list of accounts: site names, addresses, objects, or an object from site to user name.
fn accounts(row: &mut RowFacts, node: &Node, pointer: &str, mapping: Option<&Mapping>) {
    match &node.value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                account(row, item, &format!("{pointer}/{index}"), mapping);
            }
        }
        Value::Object(_) => {
            for (key, member) in sorted(node) {
                let path = pointer_step(pointer, key);
                let site = (key.clone(), path.clone());
                match &member.value {
                    Value::Text(text) if looks::is_url(text) => row.accounts.push(AccountEntry {
                        site,
                        url: Some((text.clone(), path)),
                        ..AccountEntry::default()
                    }),
                    Value::Text(text) => row.accounts.push(AccountEntry {
                        site,
                        user: Some((text.clone(), path)),
                        ..AccountEntry::default()
                    }),
                    Value::Object(_) => {
                        account(row, member, &path, mapping);
                        if let Some(last) = row.accounts.last_mut().filter(|last| last.site.0.is_empty()) {
                            last.site = site;
                        }
                    }
                    _ => notes(row, member, &path),
                }
            }
        }
        Value::Text(text) => {
            for site in text
                .split([',', ';', '|'])
                .map(str::trim)
                .filter(|site| !site.is_empty())
            {
                row.accounts.push(entry_of_text(site, pointer));
            }
        }
        _ => notes(row, node, pointer),
    }
}

/// Makes an entry of the bare name or address of a site.
pub(crate) fn entry_of_text(text: &str, path: &str) -> AccountEntry {
    let value = (text.to_owned(), path.to_owned());
    if looks::is_url(text) {
        AccountEntry {
            url: Some(value),
            ..AccountEntry::default()
        }
    } else {
        AccountEntry {
            site: value,
            ..AccountEntry::default()
        }
    }
}

fn account(row: &mut RowFacts, node: &Node, pointer: &str, mapping: Option<&Mapping>) {
    if !node.is_object() {
        if let Some(text) = node.text() {
            row.accounts.push(entry_of_text(text, pointer));
        } else {
            notes(row, node, pointer);
        }
        return;
    }
    let mut inner = RowFacts::new(row.locator.clone(), row.key.clone());
    members(&mut inner, node, pointer, mapping);
    let mut entry = AccountEntry::default();
    for fact in std::mem::take(&mut inner.facts) {
        let value = (fact.text.clone(), fact.path.clone());
        match fact.meaning {
            Meaning::Platform | Meaning::Is(Property::Name) if entry.site.0.is_empty() => entry.site = value,
            Meaning::Is(Property::Handle) if entry.user.is_none() => entry.user = Some(value),
            Meaning::Is(Property::Url) if entry.url.is_none() => entry.url = Some(value),
            _ => entry.further.push(fact),
        }
    }
    row.accounts.push(entry);
    row.children.extend(inner.children);
}
