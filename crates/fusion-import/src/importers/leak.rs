//! What answers of breach look-up services have in common: rows of a leaked database, each naming its breach.
//!
//! Values that occur together in one leaked row are said of one person record. A row without a breach name still
//! counts, without exposure.

use std::collections::BTreeSet;

use fusion_model::derived::RelationKind;
use fusion_model::{Credibility, EntityKind, Locator, Observation, Property, RawStatement, RecordKey, WarningCode};

use crate::aliases::kept_as;
use crate::draft::Draft;
use crate::error::{ErrorCode, ImportError};
use crate::importer::Input;
use crate::json::{JsonReader, Node, pointer_step};
use crate::open;
use crate::records::{joined_names, warning};
use crate::sink::Sink;

/// Holds one leaked row.
pub(super) struct Leak {
    /// Name of the person record.
    pub(super) key: RecordKey,
    /// How far the exposure can be trusted, where the row says.
    pub(super) credibility: Option<Credibility>,
    person: Vec<RawStatement>,
    breach: Vec<RawStatement>,
}

impl Leak {
    /// Starts a row.
    pub(super) fn new(key: RecordKey) -> Self {
        Self {
            key,
            credibility: None,
            person: Vec::new(),
            breach: Vec::new(),
        }
    }

    /// Takes the listed members, each a scalar or a list of scalars, as values of the person.
    pub(super) fn take(&mut self, node: &Node, members: &[(&str, Property)]) {
        for (key, property) in members {
            if let Some(member) = node.get(key) {
                scalars(member, &pointer_step("", key), &mut |text, path| {
                    self.person.push(RawStatement::new(*property, text, path));
                });
            }
        }
    }

    /// Joins first and last name; the path names both members.
    pub(super) fn take_name(&mut self, node: &Node, first: &str, last: &str) {
        let parts = [node.text_of(first).trim(), node.text_of(last).trim()];
        let text = parts
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ");
        if text != node.text_of("name").trim() {
            self.person
                .push(RawStatement::new(Property::Name, text, format!("{first}+{last}")));
        }
    }

    /// Takes the member `key` as name of the breach.
    pub(super) fn breach(&mut self, node: &Node, key: &str, path: &str) {
        self.breach_fact(node, key, Property::BreachName, path);
    }

    /// Takes the member `key` as a value of the breach.
    pub(super) fn breach_fact(&mut self, node: &Node, key: &str, property: Property, path: &str) {
        let text = node.text_of(key);
        if !text.trim().is_empty() {
            self.breach.push(RawStatement::new(property, text, path));
        }
    }

    /// Takes a list of the sorts of data that leaked.
    pub(super) fn data_classes(&mut self, list: &Node, path: &str) {
        scalars(list, path, &mut |text, path| {
            self.breach.push(RawStatement::new(Property::DataClass, text, path));
        });
    }

    /// Keeps every member that is not `known` as a note.
    pub(super) fn keep_rest(&mut self, node: &Node, known: BTreeSet<&str>) {
        for (key, member) in node.members().iter().filter(|(key, _)| !known.contains(key.as_str())) {
            scalars(member, &pointer_step("", key), &mut |text, path| {
                self.person.push(RawStatement::new(kept_as(&path), text, path));
            });
        }
    }

    fn breach_name(&self) -> Option<&str> {
        self.breach
            .iter()
            .find(|statement| statement.property == Property::BreachName)
            .map(|name| name.original.as_str())
    }

    fn observation(mut self, locator: Locator) -> Observation {
        let mut draft = Draft::at(locator);
        let person = draft.record(EntityKind::Person, self.key);
        self.person
            .sort_by(|a, b| (a.property, &a.path).cmp(&(b.property, &b.path)));
        self.person
            .into_iter()
            .for_each(|statement| draft.state(person, statement));
        if self
            .breach
            .iter()
            .any(|statement| statement.property == Property::BreachName)
        {
            let breach = draft.record(EntityKind::Breach, RecordKey::Here);
            self.breach
                .into_iter()
                .for_each(|statement| draft.state(breach, statement));
            let link = draft.link(person, breach, RelationKind::ExposedIn);
            if let Some(credibility) = self.credibility {
                link.graded(credibility);
            }
        }
        draft.done()
    }
}

/// Calls `each` for every scalar in a value, with its pointer.
pub(super) fn scalars(node: &Node, path: &str, each: &mut dyn FnMut(&str, String)) {
    if let Some(text) = node.text() {
        if !text.trim().is_empty() {
            each(text, path.to_owned());
        }
        return;
    }
    for (index, item) in node.items().iter().enumerate() {
        scalars(item, &format!("{path}/{index}"), each);
    }
    for (key, member) in node.members() {
        scalars(member, &pointer_step(path, key), each);
    }
}

/// Streams the rows under the member `list` of the answer.
pub(super) fn answer(
    mut input: Input<'_>,
    sink: &mut dyn Sink,
    service: &str,
    list: &str,
    row: fn(&Node) -> Leak,
) -> Result<(), ImportError> {
    open::read(&mut input, sink, |opened, sink| {
        let mut reader = JsonReader::new(opened.text);
        let mut breaches: BTreeSet<String> = BTreeSet::new();
        let mut has_list = false;
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            if key != list || reader.next_byte()? != Some(b'[') {
                reader.skip_value()?;
                continue;
            }
            has_list = true;
            reader.enter_array()?;
            let mut index = 0u64;
            while reader.next_item()? {
                let node = reader.value()?;
                sink.row_read()?;
                let locator = Locator::Pointer {
                    pointer: format!("/{list}/{index}"),
                    line: node.line,
                };
                index += 1;
                if !node.is_object() {
                    sink.warning(warning(WarningCode::RowSkipped, locator, "the element is no object"))?;
                    continue;
                }
                let leak = row(&node);
                breaches.extend(leak.breach_name().map(str::to_owned));
                sink.observation(leak.observation(locator))?;
            }
        }
        reader.end()?;
        if !has_list {
            return Err(ImportError::new(
                ErrorCode::WrongShape,
                format!("there is no list `{list}` in the answer"),
            ));
        }
        if !breaches.is_empty() {
            sink.origin(format!(
                "{service}:{}",
                joined_names(breaches.iter().map(String::as_str))
            ));
        }
        Ok(())
    })
}
