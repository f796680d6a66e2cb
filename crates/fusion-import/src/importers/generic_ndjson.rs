//! Any JSON with one object per line, read like generic JSON; a bad line is a warning, the others land.

use fusion_model::{Locator, SourceKind};

use crate::error::ImportError;
use crate::generic;
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::ndjson;
use crate::open;
use crate::outline::JsonForm;
use crate::records::deliver;
use crate::shape;
use crate::sink::Sink;

/// Reads JSON lines by the names of their keys.
pub struct GenericNdjson;

impl Importer for GenericNdjson {
    fn id(&self) -> &'static str {
        "generic-ndjson"
    }

    fn label(&self) -> &'static str {
        "JSON lines (any, by key names)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ndjson", "jsonl", "json"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Custom
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        match probe.outline().json_form() {
            Some(JsonForm::Lines) => Likelihood::Possible {
                score: 20,
                reason: "one JSON object per line".into(),
            },
            _ => Likelihood::No,
        }
    }

    fn run(&self, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let (mapping, kind) = (input.mapping, input.kind);
        open::read(&mut input, sink, |opened, sink| {
            ndjson::each(opened.text, sink, |node, number, sink| {
                let locator = Locator::Line(number);
                let row = generic::row(node, locator.clone(), mapping);
                deliver(shape::observations(row, kind), locator, "the line says nothing", sink)
            })
        })
    }
}
