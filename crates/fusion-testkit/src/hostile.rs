//! Strings made to break parsers, pages and spreadsheets, and a snapshot that holds them in every text.

use std::sync::Arc;

use fusion_model::derived::{EventKind, RelationKind, Role, Snapshot};
use fusion_model::{EntityKind, Level, Property, SourceKind};

use crate::snapshot_builder::{Link, SnapshotBuilder};

/// One string per line of attack: markup, attributes, entities, comments, formulas, control and bidirectional characters.
pub const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></style></svg><svg onload=alert(1)>",
    "<!-- --><![CDATA[x]]>",
    "&lt;b&gt; &amp; &#0; &nbsp;",
    "=HYPERLINK(\"http://x.example\",\"y\")",
    "+31 10 123",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "'quoted",
    "a\u{0}b\u{1}c\u{7f}\u{85}",
    "\u{202E}gnp.exe\u{202C}\u{2066}x\u{2069}",
    "line one\nline two\r\nthree",
    "comma, \"quote\"; semicolon",
    "[link](javascript:alert(1)) ![i](http://x.example/i.png)",
    "| table | row |\n|---|---|",
    "# heading\n* item\n1. one\n> quote",
    "`code` ``` **bold** _it_ ~~s~~ <https://x.example>",
    "\u{FFFE}\u{FFFF}\u{FEFF}",
    "🦉👩‍👩‍👧 é́́",
    "${7*7} {{7*7}} %s %n",
    "javascript:alert(1)",
    "]]>",
    "",
];

/// Builds a case whose names, labels, texts and quotations are hostile.
pub fn hostile_snapshot() -> Snapshot {
    let mut case = SnapshotBuilder::new(HOSTILE[0]);
    let mut previous = None;
    for (index, text) in HOSTILE.iter().enumerate() {
        let key = format!("hostile-{index}");
        let source = case.source(&format!("{text} {index}.csv"), SourceKind::Osint, "F6");
        let kind = EntityKind::ALL[index % EntityKind::ALL.len()];
        let entity = case.entity(kind, &key, text);
        let note = case.statement(source, 1 + index as u64, &key, Property::Note, text);
        case.fact(entity, &[note]);
        case.alias(entity, text, &[note]);
        case.event(
            EventKind::Other,
            "2023-11-14",
            &format!("{text} {index}"),
            &[(entity, Role::Subject)],
            &[note],
        );
        case.finding(entity, text, text, text, &[note]);
        case.alert(entity, text, text, &[note]);
        case.risk(entity, 8_000, Level::High);
        if let Some(previous) = previous {
            case.relation(
                Link {
                    from: previous,
                    kind: RelationKind::Mentions,
                    to: entity,
                    statements: &[note],
                },
                5_000,
                None,
                &[text],
            );
        }
        case.edit(|snapshot| {
            if let Some(relation) = snapshot.relations.last_mut() {
                relation.why = (*text).to_owned();
            }
            if let Some(statement) = Arc::make_mut(&mut snapshot.statements).last_mut() {
                statement.path = (*text).to_owned();
                statement.qualifier = (*text).to_owned();
            }
        });
        previous = Some(entity);
    }
    case.edit(|snapshot| snapshot.engine = HOSTILE[1].to_owned());
    case.finish()
}
