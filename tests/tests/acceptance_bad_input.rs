//! Broken, foreign and enormous files: told with file and line, and nothing half-imported.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use fusion_api::commands::case::{self, Mode};
use fusion_api::commands::import::{
    self, FileOutcomeView, ImportFileRequest, ImportPlanRequest, SourceWarningsRequest, SourcesListRequest,
};
use support::TestCase;
use zeroize::Zeroizing;

/// Size of the generated files, in bytes.
const ENORMOUS: usize = 200 << 20;
/// Bytes of one row of them; few large rows are written and read faster than many small ones.
const ROW: usize = 256 << 10;
/// So many rows' text in one cell is more than a cell may hold.
const SURFEIT: usize = 5;

/// What a case holds: sources, entities, statements.
fn holdings(case: &TestCase) -> [usize; 3] {
    case.fuse();
    let sources = import::sources(&case.bench, SourcesListRequest {})
        .unwrap()
        .sources
        .len();
    let picture = case.bench.case().unwrap().picture().unwrap();
    [
        sources,
        picture.snapshot.entities.len(),
        picture.snapshot.statements.len(),
    ]
}

/// How many originals lie in the vault once the case has been closed and opened again.
fn originals_kept(case: &TestCase) -> usize {
    let folder = case.folder.path().join("case");
    drop(case.bench.take());
    let passphrase = Zeroizing::new(support::PASSPHRASE.to_owned());
    case::open_folder(&case.bench, &folder, passphrase, Mode::Write).unwrap();
    files_below(&folder.join("vault"))
}

fn files_below(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files_below(&path) } else { 1 })
        .sum()
}

fn case_with_something() -> TestCase {
    let case = TestCase::new("bad input");
    case.import_text("good.csv", "name,email\nGood Person,good@mail.example\n", None);
    case
}

fn import_bytes(case: &TestCase, name: &str, bytes: &[u8]) -> FileOutcomeView {
    let path = case.folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    case.import(&path, |_| {})
}

fn warnings(case: &TestCase, source: &str) -> Vec<(String, String)> {
    let request = SourceWarningsRequest {
        source: source.to_owned(),
    };
    let found = import::warnings(&case.bench, request).unwrap().warnings;
    found
        .into_iter()
        .map(|warning| (warning.code, warning.locator))
        .collect()
}

#[test]
fn what_cannot_be_read_is_told_and_leaves_no_trace() {
    let torn_lookup = br#"{"success": true, "found": 1, "result": [
 {"email": "torn@mail.example", "source": {"name": "TornForum.example"}, "fields": []},
 {"email": "torn2@mail.ex"#;
    let rows: &[(&str, &[u8], &str)] = &[
        ("empty.csv", b"", "empty"),
        ("empty.json", b"", "empty"),
        ("blank.json", b" \n\n \n", "empty"),
        (
            "torn.json",
            b"[{\"name\": \"A Person\", \"email\": \"a@mail.example\"},\n {\"name\": \"B Person\",\n  \"em",
            "line 3",
        ),
        ("torn_lookup.json", torn_lookup, "line 3"),
        (
            "broken.json",
            b"[{\"name\": \"A Person\", \"email\": \"a@mail.example\"},\n {\"name\" \"B\"}]",
            "line 2",
        ),
        ("noise.csv", b"\x00\x01\x02\xff\xfe\x00\x9f\x07\x00\x03", "binary"),
        (
            "picture.json",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01",
            "",
        ),
        (
            "prose.txt",
            b"Nothing but a few sentences.\nNo table, no JSON.\n",
            "neither",
        ),
    ];
    let case = case_with_something();
    let before = holdings(&case);
    for (name, bytes, wanted) in rows {
        let outcome = import_bytes(&case, name, bytes);
        assert_eq!(outcome.name, *name);
        assert!(
            !matches!(outcome.state.as_str(), "imported" | "already-present"),
            "{name}: {}",
            outcome.state
        );
        assert!(
            !outcome.message.is_empty() && outcome.message.contains(wanted),
            "{name}: {}",
            outcome.message
        );
        assert_eq!((outcome.source.as_str(), outcome.statements), ("", 0), "{name}");
        assert_eq!(holdings(&case), before, "{name} left something behind");
    }
    assert_eq!(
        originals_kept(&case),
        before[0],
        "the vault keeps an original that belongs to no source"
    );
}

#[test]
fn a_bad_row_is_a_warning_with_its_line_and_the_rest_lands() {
    let rows: &[(&str, &[u8], &[u64], u64)] = &[
        ("torn.csv", b"name,email\nAnna Berg,anna@mail.example\nBert Dahl,bert@mail.example\n\"Cleo Emm,cleo@ma", &[4], 2),
        ("bad_line.ndjson", b"{\"name\": \"Anna Berg\", \"email\": \"anna@mail.example\"}\n{\"name\": \"Bert\", \n{\"name\": \"Cleo Emm\", \"email\": \"cleo@mail.example\"}\n", &[2], 2),
    ];
    for (name, bytes, lines, persons) in rows {
        let case = TestCase::new("bad rows");
        let outcome = import_bytes(&case, name, bytes);
        assert_eq!(outcome.state, "imported", "{name}: {}", outcome.message);
        let stored = warnings(&case, &outcome.source);
        assert_eq!(outcome.warnings as usize, stored.len(), "{name}");
        for line in *lines {
            let place = format!("line {line}");
            assert!(
                stored.iter().any(|(_, locator)| locator.contains(&place)),
                "{name}: no warning for {place}: {stored:?}"
            );
        }
        case.fuse();
        assert_eq!(case.persons().len() as u64, *persons, "{name}: {:?}", case.persons());
    }
}

#[test]
fn another_encoding_is_read_or_told() {
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            "name,email\nJosé Núñez,jose@mail.example\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    let case = TestCase::new("encodings");
    let outcome = import_bytes(&case, "utf16.csv", &utf16);
    assert_eq!(outcome.state, "imported", "{}", outcome.message);
    case.fuse();
    assert_eq!(case.persons(), ["José Núñez"]);

    let case = TestCase::new("encodings");
    let outcome = import_bytes(
        &case,
        "latin1.csv",
        b"name,email\nJos\xe9 N\xfa\xf1ez,jose@mail.example\n",
    );
    assert_eq!(outcome.state, "imported", "{}", outcome.message);
    let stored = warnings(&case, &outcome.source);
    assert!(
        stored.iter().any(|(code, _)| code.contains("encoding")),
        "another encoding was guessed in silence: {stored:?}"
    );
    case.fuse();
    assert_eq!(case.persons(), ["José Núñez"]);
}

/// Writes rows around a filler until the file is as large as wanted.
fn generate(path: &Path, start: &str, row: impl Fn(usize, &str) -> String, end: &str) -> usize {
    let filler = "lorem ipsum ".repeat(ROW / 12);
    let mut file = BufWriter::new(File::create(path).unwrap());
    file.write_all(start.as_bytes()).unwrap();
    let rows = ENORMOUS / filler.len() + 1;
    for number in 0..rows {
        file.write_all(row(number, &filler).as_bytes()).unwrap();
    }
    file.write_all(end.as_bytes()).unwrap();
    file.flush().unwrap();
    assert!(path.metadata().unwrap().len() >= ENORMOUS as u64);
    rows
}

#[test]
fn an_enormous_table_is_read_to_its_bad_row_and_beyond() {
    let case = case_with_something();
    let before = holdings(&case);
    let path = case.folder.path().join("enormous.csv");
    let bad = 100;
    let rows = generate(
        &path,
        "name,email,remark\n",
        |number, filler| {
            let remark = filler.repeat(if number == bad { SURFEIT } else { 1 });
            format!("Person {number},person{number}@mail.example,{remark}\n")
        },
        "",
    );
    let file = ImportFileRequest {
        handle: case.bench.handles.register(&path),
        ..Default::default()
    };
    let plan = import::plan(&case.bench, ImportPlanRequest { files: vec![file] })
        .unwrap()
        .files
        .remove(0);
    assert_eq!(
        (plan.state.as_str(), plan.rows as usize),
        ("ready", rows),
        "{}",
        plan.reason
    );
    let line = format!("line {}", bad + 2);
    assert!(
        plan.warnings.iter().any(|warning| warning.locator.contains(&line)),
        "no warning for {line}: {:?}",
        plan.warnings
    );
    assert_eq!(holdings(&case), before, "a plan stored something");
}

#[test]
fn an_enormous_torn_list_is_refused_as_a_whole() {
    let case = case_with_something();
    let before = holdings(&case);
    let path = case.folder.path().join("enormous.json");
    let rows = generate(
        &path,
        "[",
        |number, filler| {
            format!(
                "{}{{\"name\": \"Person {number}\", \"email\": \"person{number}@mail.example\", \"remark\": \"{filler}\"}}",
                if number == 0 { "" } else { ",\n" }
            )
        },
        ",\n{\"name\": \"torn",
    );
    let outcome = case.import(&path, |_| {});
    assert_eq!(outcome.state, "failed", "{}", outcome.message);
    assert!(
        outcome.message.contains(&format!("line {}", rows + 1)),
        "{}",
        outcome.message
    );
    assert_eq!(holdings(&case), before, "half a file was kept");
    assert_eq!(
        originals_kept(&case),
        before[0],
        "the vault keeps an original that belongs to no source"
    );
}

#[test]
fn a_terminal_escape_in_a_small_file_is_evidence_and_not_damage() {
    let case = TestCase::new("escape");
    let outcome = case.import_text("escape.csv", "name,email\nAda \u{1b}[31mQuill,ada@mail.example\n", None);
    assert_eq!((outcome.rows, outcome.observations), (1, 1));
}
