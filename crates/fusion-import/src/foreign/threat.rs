//! Threat intelligence and linked investigation data.

use super::Foreign;
use super::Signature::{Items, Object, Root, Seen, Text};
use crate::outline::Outline;

pub(super) const FORMATS: &[Foreign] = &[
    Foreign::new("STIX bundle", &[Text("type", "bundle")]),
    Foreign::new(
        "MISP event",
        &[
            Object(&["Event.uuid"]),
            Object(&["Event.Attribute"]),
            Items(&["Event.uuid"]),
            Object(&["Attribute", "uuid"]),
            Object(&["Attribute", "info"]),
            Seen(is_misp, "MISP attributes or events"),
        ],
    ),
    Foreign::new("FollowTheMoney entities", &[Items(&["schema", "properties"])]),
    Foreign::new(
        "CASE/UCO",
        &[Seen(
            |outline| has_context(outline, "unifiedcyberontology"),
            "a context of the Unified Cyber Ontology",
        )],
    ),
    Foreign::new("OpenIOC", &[Root("ioc"), Root("OpenIOC")]),
];

pub(super) fn has_context(outline: &Outline, word: &str) -> bool {
    outline
        .json
        .as_ref()
        .is_some_and(|json| json.root.get("@context").is_some())
        && outline.text.contains(word)
}

fn is_misp(outline: &Outline) -> bool {
    outline.json.as_ref().is_some_and(|json| {
        let response = json.root.get("response").and_then(|list| list.items().first());
        let attribute = json.root.get("Attribute").and_then(|list| list.items().first());
        response.is_some_and(|first| first.get("Event").is_some() || first.get("Attribute").is_some())
            || attribute.is_some_and(|first| {
                first.members().len() > 2
                    && (first.get("category").is_some() || first.get("to_ids").is_some() || first.get("Tag").is_some())
            })
    })
}
