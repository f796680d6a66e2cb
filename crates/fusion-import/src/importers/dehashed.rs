//! DeHashed answers, v1 (plain strings) and v2 (lists): `{balance, took, total, entries: [{id, email, …, database_name}]}`.
//!
//! One entry is one row of a leaked database. The service's own key (`id` within `database_name`) names the person
//! record, so the same entry in both versions, or asked for twice, is one record; the origin is the database, not
//! the query. Empty strings and empty lists say nothing.

use fusion_model::{Property, RecordKey, SourceKind};

use super::leak::{self, Leak};
use crate::error::ImportError;
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::json::Node;
use crate::sink::Sink;

/// Members that are values of the leaked person.
const PERSON: &[(&str, Property)] = &[
    ("email", Property::Email),
    ("username", Property::Handle),
    ("name", Property::Name),
    ("phone", Property::Phone),
    ("ip_address", Property::Ip),
    ("address", Property::Address),
    ("dob", Property::BirthDate),
    ("password", Property::Password),
    ("hashed_password", Property::PasswordHash),
    ("url", Property::Url),
    ("social", Property::Url),
    ("cryptocurrency_address", Property::Wallet),
    ("company", Property::Organization),
];

/// Reads DeHashed answers.
pub struct DeHashed;

impl Importer for DeHashed {
    fn id(&self) -> &'static str {
        "dehashed"
    }

    fn label(&self) -> &'static str {
        "DeHashed JSON"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Breach
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        let outline = probe.outline();
        let has_rows = outline
            .json
            .as_ref()
            .and_then(|json| json.root.get("entries"))
            .is_some_and(|rows| {
                rows.items()
                    .first()
                    .map_or(outline.json_object_has(&["balance", "total"]), |row| {
                        row.get("database_name").is_some()
                    })
            });
        Likelihood::certain_if(has_rows, "entries with a database_name")
    }

    fn run(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        leak::answer(input, sink, "dehashed", "entries", row)
    }
}

fn row(node: &Node) -> Leak {
    let (id, database) = (node.text_of("id"), node.text_of("database_name"));
    let key = if id.is_empty() || database.is_empty() {
        node.row_key()
    } else {
        RecordKey::Native {
            namespace: "dehashed-entry".to_owned(),
            key: format!("{id}@{database}"),
        }
    };
    let mut leak = Leak::new(key);
    leak.take(node, PERSON);
    leak.breach(node, "database_name", "/database_name");
    leak.breach_fact(node, "obtained_date", Property::BreachDate, "/obtained_date");
    let known = PERSON
        .iter()
        .map(|(key, _)| *key)
        .chain(["id", "database_name", "obtained_date"]);
    leak.keep_rest(node, known.collect());
    leak
}
