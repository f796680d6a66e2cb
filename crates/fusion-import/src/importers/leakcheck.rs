//! LeakCheck v2 answer: `{success, found, quota, result: [{email, username, …, source{name, breach_date}, fields[]}]}`.
//!
//! Each element is one leaked row: a person with what was said of them, exposed in the breach named by `source`.
//! `breach_date` is a month and stays as it is written. A compilation, or an unverified source, makes the exposure
//! possibly true at best. Passwords are handed on for sealing.

use fusion_model::{Credibility, Property, SourceKind};

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
    ("ip", Property::Ip),
    ("address", Property::Address),
    ("city", Property::City),
    ("zip", Property::Postcode),
    ("country", Property::Country),
    ("dob", Property::BirthDate),
    ("password", Property::Password),
    ("hash", Property::PasswordHash),
];

/// Reads LeakCheck answers.
pub struct LeakCheck;

impl Importer for LeakCheck {
    fn id(&self) -> &'static str {
        "leakcheck"
    }

    fn label(&self) -> &'static str {
        "LeakCheck JSON"
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
            .and_then(|json| json.root.get("result"))
            .is_some_and(|rows| {
                rows.items().first().map_or(outline.json_object_has(&["quota"]), |row| {
                    row.at("source.name").is_some()
                })
            });
        Likelihood::certain_if(
            outline.json_object_has(&["success", "found", "result"]) && has_rows,
            "the members of a LeakCheck answer",
        )
    }

    fn run(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        leak::answer(input, sink, "leakcheck", "result", row)
    }
}

fn row(node: &Node) -> Leak {
    let mut leak = Leak::new(node.row_key());
    leak.take(node, PERSON);
    leak.take_name(node, "first_name", "last_name");
    if let Some(source) = node.get("source") {
        leak.breach(source, "name", "/source/name");
        leak.breach_fact(source, "breach_date", Property::BreachDate, "/source/breach_date");
        let is_weak = |key: &str| matches!(source.text_of(key), "1" | "true");
        if is_weak("unverified") || is_weak("compilation") {
            leak.credibility = Some(Credibility::PossiblyTrue);
        }
    }
    if let Some(fields) = node.get("fields") {
        leak.data_classes(fields, "/fields");
    }
    let known = PERSON
        .iter()
        .map(|(key, _)| *key)
        .chain(["first_name", "last_name", "source", "fields"]);
    leak.keep_rest(node, known.collect());
    leak
}
