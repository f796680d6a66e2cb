//! Any JSON: an array of records, one record, or an object that wraps lists of records.
//!
//! Top-level arrays are streamed, so size does not matter; one record must fit in memory. Which keys mean what is
//! said by an explicit mapping, else by their names (see `generic`). A tree format: a damaged file lands nothing.

use fusion_model::{Locator, SourceKind, WarningCode};

use crate::error::ImportError;
use crate::generic;
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::json::{JsonReader, Node, Value, pointer_step};
use crate::mapping::Mapping;
use crate::open;
use crate::outline::JsonForm;
use crate::records::{deliver, warning};
use crate::shape;
use crate::sink::Sink;

/// Reads JSON by the names of its keys.
pub struct GenericJson;

impl Importer for GenericJson {
    fn id(&self) -> &'static str {
        "generic-json"
    }

    fn label(&self) -> &'static str {
        "JSON (any, by key names)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Custom
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        match probe.outline().json_form() {
            Some(JsonForm::Object) => Likelihood::Possible {
                score: 20,
                reason: "a JSON object".into(),
            },
            Some(JsonForm::Array) => Likelihood::Possible {
                score: 20,
                reason: "a JSON array".into(),
            },
            _ => Likelihood::No,
        }
    }

    fn run(&self, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let (mapping, kind) = (input.mapping, input.kind);
        open::read(&mut input, sink, |opened, sink| {
            let mut walk = Walk {
                reader: JsonReader::new(opened.text),
                mapping,
                kind,
                rows: 0,
            };
            if walk.reader.next_byte()? == Some(b'[') {
                walk.items("", sink)?;
            } else {
                walk.root(sink)?;
            }
            walk.reader.end()
        })
    }
}

struct Walk<'w> {
    reader: JsonReader<'w>,
    mapping: Option<&'w Mapping>,
    kind: Option<SourceKind>,
    rows: u64,
}

impl Walk<'_> {
    /// Reads the elements of the array that comes next as records.
    fn items(&mut self, base: &str, sink: &mut dyn Sink) -> Result<(), ImportError> {
        self.reader.enter_array()?;
        let mut index = 0u64;
        while self.reader.next_item()? {
            let node = self.reader.value()?;
            self.record(&node, format!("{base}/{index}"), sink)?;
            index += 1;
        }
        Ok(())
    }

    fn record(&mut self, node: &Node, pointer: String, sink: &mut dyn Sink) -> Result<(), ImportError> {
        self.rows += 1;
        sink.row_read()?;
        let locator = Locator::Pointer {
            pointer,
            line: node.line,
        };
        let row = generic::row(node, locator.clone(), self.mapping);
        deliver(
            shape::observations(row, self.kind),
            locator,
            "the element says nothing",
            sink,
        )
    }

    /// Reads one object: a record, or a wrapper around records, or both.
    fn root(&mut self, sink: &mut dyn Sink) -> Result<(), ImportError> {
        self.reader.next_byte()?;
        let line = self.reader.line();
        if self.reader.next_byte()? != Some(b'{') {
            let node = self.reader.value()?;
            return self.record(&node, String::new(), sink);
        }
        self.reader.enter_object()?;
        let mut own: Vec<(String, Node)> = Vec::new();
        while let Some(key) = self.reader.next_key()? {
            let is_list = self.reader.next_byte()? == Some(b'[');
            if is_list && generic::holds_records(&key, self.mapping) {
                if let Some(rest) = self.list(&key, sink)? {
                    own.push((key, rest));
                }
                continue;
            }
            own.push((key, self.reader.value()?));
        }
        if own.is_empty() && self.rows > 0 {
            return Ok(());
        }
        let node = Node {
            line,
            value: Value::Object(own),
        };
        let locator = Locator::Pointer {
            pointer: String::new(),
            line,
        };
        let row = generic::row(&node, locator, self.mapping);
        let has_records = self.rows > 0 || !row.children.is_empty();
        if has_records && !row.is_about_something(self.kind) {
            if !row.facts.is_empty() {
                let count = row.facts.len();
                let message = format!("{count} values beside the records belong to none of them and were left out");
                sink.warning(warning(WarningCode::UnknownField, Locator::Line(line), message))?;
            }
            for child in row.children {
                sink.row_read()?;
                let locator = child.locator.clone();
                deliver(
                    shape::observations(child, self.kind),
                    locator,
                    "the element says nothing",
                    sink,
                )?;
            }
            return Ok(());
        }
        self.record(&node, String::new(), sink)
    }

    /// Reads a list under a key that names no property. If its first element is an object, all its elements are
    /// records; else it is given back as a value of the root.
    fn list(&mut self, key: &str, sink: &mut dyn Sink) -> Result<Option<Node>, ImportError> {
        let line = self.reader.line();
        let base = pointer_step("", key);
        self.reader.enter_array()?;
        let mut values: Option<Vec<Node>> = None;
        let mut index = 0u64;
        while self.reader.next_item()? {
            if index == 0 && self.reader.next_byte()? != Some(b'{') {
                values = Some(Vec::new());
            }
            let node = self.reader.value()?;
            match &mut values {
                Some(values) => values.push(node),
                None => self.record(&node, format!("{base}/{index}"), sink)?,
            }
            index += 1;
        }
        Ok(values.map(|values| Node {
            line,
            value: Value::Array(values),
        }))
    }
}
