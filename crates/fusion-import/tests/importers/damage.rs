//! Empty, cut, binary, wrongly encoded, mutated, huge and cancelled input: a clear answer, never a panic.

use std::io::{BufReader, Read};

use fusion_import::{ErrorCode, IMPORTERS, Input};
use fusion_model::{SourceKind, WarningCode};
use proptest::prelude::*;

use crate::fixtures::{inputs, said};
use crate::support::{Kept, Said, importer, name_of, run, run_into};

/// Importers that read row by row.
const BY_ROW: [&str; 7] = [
    "sherlock-csv",
    "sherlock-txt",
    "maigret-ndjson",
    "maigret-txt",
    "etherscan-csv",
    "generic-csv",
    "generic-ndjson",
];

fn told() -> Said {
    Said {
        subject: Some("mara@mail.example".to_owned()),
        ..Said::default()
    }
}

#[test]
fn nothing_is_read_from_nothing() {
    for importer in IMPORTERS {
        for (bytes, code) in [
            (b"".as_slice(), ErrorCode::Empty),
            (b"\xEF\xBB\xBF \r\n\n", ErrorCode::Empty),
            (b"\x00\x01\x02\x03\x04\x05\x06\x07", ErrorCode::Binary),
        ] {
            let (kept, result) = run(*importer, "file", bytes, &told());
            let error = result.expect_err(importer.id());
            assert_eq!(error.code, code, "{}: {error}", importer.id());
            assert!(error.hint.is_some() && kept.observations.is_empty());
        }
    }
}

#[test]
fn a_cut_file_keeps_rows_or_fails_whole() {
    for (id, path) in inputs() {
        if name_of(&path).starts_with("damaged") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let (whole, result) = run(importer(&id), &name_of(&path), &bytes, &said(&path));
        if result.is_err() {
            continue; // A fixture that shows a refusal.
        }
        for cut in [bytes.len() / 3, bytes.len() / 2, bytes.len() * 2 / 3, bytes.len() - 3] {
            let (kept, result) = run(importer(&id), &name_of(&path), &bytes[..cut], &said(&path));
            if BY_ROW.contains(&id.as_str()) {
                let same = kept
                    .observations
                    .iter()
                    .zip(&whole.observations)
                    .filter(|(a, b)| a.locator == b.locator)
                    .count();
                assert!(result.is_ok() || same == 0 || id.ends_with("txt"), "{id} {cut}");
                assert!(kept.observations.len() <= whole.observations.len(), "{id} {cut}");
            } else {
                let error = result.expect_err(&id);
                assert!(
                    matches!(error.code, ErrorCode::Truncated | ErrorCode::Syntax | ErrorCode::Binary),
                    "{id} {cut}: {error}"
                );
                assert!(error.line.is_some(), "{id} {cut}: {error}");
            }
        }
    }
}

#[test]
fn a_cut_row_is_named_as_truncated() {
    let text = "email,name,phone\na@x.example,A,+4670123\nb@x.example,B";
    let (kept, result) = run(importer("generic-csv"), "x.csv", text.as_bytes(), &Said::default());
    result.unwrap();
    let warnings: Vec<(WarningCode, Option<u64>)> =
        kept.warnings.iter().map(|one| (one.code, one.locator.line())).collect();
    assert_eq!(
        (kept.observations.len(), warnings),
        (1, vec![(WarningCode::Truncated, Some(3))])
    );
}

#[test]
fn encodings_are_told_once_with_their_line() {
    let text = b"name,email\nPlain,a@x.example\nZo\xEB,b@x.example\nJos\xE9,c@x.example\n";
    let (kept, result) = run(importer("generic-csv"), "x.csv", text, &Said::default());
    result.unwrap();
    assert_eq!(kept.observations.len(), 3);
    let [warning] = kept.warnings.as_slice() else {
        panic!("{:?}", kept.warnings)
    };
    assert_eq!((warning.code, warning.locator.line()), (WarningCode::Encoding, Some(3)));
    assert!(format!("{:?}", kept.observations).contains("Zo\u{eb}"));
    let wide: Vec<u8> = "\u{FEFF}name,email\nZo\u{eb},b@x.example\nA,a@x.example\n"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let (kept, result) = run(importer("generic-csv"), "x.csv", &wide, &Said::default());
    result.unwrap();
    assert_eq!((kept.observations.len(), kept.warnings.len()), (2, 0));
}

#[test]
fn a_host_can_stop_at_any_row() {
    for (id, path) in inputs() {
        let bytes = std::fs::read(&path).unwrap();
        let mut kept = Kept {
            patience: Some(0),
            ..Kept::default()
        };
        let result = run_into(importer(&id), &name_of(&path), &bytes, &said(&path), &mut kept);
        assert!(kept.observations.is_empty(), "{id}");
        if let Err(error) = result {
            assert!(
                matches!(
                    error.code,
                    ErrorCode::Cancelled | ErrorCode::SubjectNeeded | ErrorCode::Truncated | ErrorCode::Syntax
                ),
                "{id}: {error}"
            );
        }
    }
}

/// Repeats one row without end, up to a size.
struct Rows {
    head: &'static [u8],
    row: &'static [u8],
    foot: &'static [u8],
    left: usize,
    at: usize,
    part: u8,
}

impl Read for Rows {
    fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
        let part = match self.part {
            0 => self.head,
            1 => self.row,
            2 => self.foot,
            _ => return Ok(0),
        };
        let count = (part.len() - self.at).min(target.len());
        target[..count].copy_from_slice(&part[self.at..self.at + count]);
        self.at += count;
        if self.at == part.len() {
            self.at = 0;
            if self.part == 1 && self.left > part.len() {
                self.left -= part.len();
            } else {
                self.part += 1;
            }
        }
        Ok(count)
    }
}

/// Counts and forgets.
#[derive(Default)]
struct Counter(u64);

impl fusion_import::Sink for Counter {
    fn observation(&mut self, _: fusion_model::Observation) -> Result<(), fusion_import::Stop> {
        self.0 += 1;
        Ok(())
    }
    fn warning(&mut self, warning: fusion_model::Warning) -> Result<(), fusion_import::Stop> {
        panic!("{warning:?}")
    }
    fn row_read(&mut self) -> Result<(), fusion_import::Stop> {
        Ok(())
    }
    fn negative(&mut self) {}
    fn origin(&mut self, _: String) {}
    fn subject(&mut self, _: String) {}
}

#[test]
fn large_files_stream() {
    const SIZE: usize = 8 << 20;
    for (id, head, row, foot) in [
        (
            "generic-csv",
            b"name,email\n".as_slice(),
            b"A B,a@x.example\n".as_slice(),
            b"".as_slice(),
        ),
        (
            "generic-ndjson",
            b"",
            b"{\"name\": \"A B\", \"email\": \"a@x.example\"}\n",
            b"",
        ),
        (
            "generic-json",
            b"[{\"name\": \"A\"}",
            b",\n{\"name\": \"A B\", \"email\": \"a@x.example\"}",
            b"]",
        ),
        (
            "leakcheck",
            b"{\"success\": true, \"result\": [{\"email\": \"a@x.example\"}",
            b",{\"email\": \"a@x.example\"}",
            b"]}",
        ),
    ] {
        let rows = Rows {
            head,
            row,
            foot,
            left: SIZE,
            at: 0,
            part: u8::from(head.is_empty()),
        };
        let mut reader = BufReader::new(rows);
        let mut counter = Counter::default();
        let input = Input {
            name: "x",
            subject: None,
            kind: None,
            mapping: None,
            reader: &mut reader,
            size: SIZE as u64,
        };
        importer(id)
            .run(input, &mut counter)
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        assert!(counter.0 as usize >= SIZE / row.len(), "{id}: {}", counter.0);
    }
}

#[test]
fn bombs_meet_a_limit() {
    let deep = "[".repeat(100_000);
    let nested = format!("{{\"a\": {}1{}}}", "[".repeat(70), "]".repeat(70));
    let wide = format!("[[{}1]]", "1,".repeat(2_100_000));
    for (text, code) in [
        (&deep, ErrorCode::Cap),
        (&nested, ErrorCode::Cap),
        (&wide, ErrorCode::Cap),
    ] {
        let (_, result) = run(importer("generic-json"), "x.json", text.as_bytes(), &Said::default());
        let error = result.unwrap_err();
        assert_eq!((error.code, error.line), (code, Some(1)), "{error}");
    }
    let long = format!("name,email\n{},a@x.example\nB,b@x.example\n", "x".repeat(2 << 20));
    let (kept, result) = run(importer("generic-csv"), "x.csv", long.as_bytes(), &Said::default());
    result.unwrap();
    assert_eq!(
        (
            kept.observations.len(),
            kept.warnings[0].code,
            kept.warnings[0].locator.line()
        ),
        (1, WarningCode::Cap, Some(2))
    );
}

#[test]
fn hostile_names_are_only_names() {
    let text = b"name,email\nA,a@x.example\nB,b@x.example\n";
    for name in [
        "",
        "..",
        "/",
        "export-0x.csv",
        "\u{202E}vsc.exe",
        "breachedaccount_@.json",
        &"x".repeat(10_000),
    ] {
        for importer in IMPORTERS {
            let _ = run(*importer, name, text, &Said::default());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = crate::detection::verdict("x", &bytes);
        for importer in IMPORTERS {
            let _ = run(*importer, "x", &bytes, &told());
        }
    }

    #[test]
    fn random_json_never_panics(text in "[\\[\\]{}:,\"a-c0-9 \\n@.]{0,200}") {
        let _ = crate::detection::verdict("x", text.as_bytes());
        for importer in IMPORTERS {
            let _ = run(*importer, "x", text.as_bytes(), &told());
        }
    }

    #[test]
    fn mutated_fixtures_never_panic(which in any::<prop::sample::Index>(), edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 1..8)) {
        let inputs = inputs();
        let (id, path) = which.get(&inputs);
        let mut bytes = std::fs::read(path).unwrap();
        for (at, byte, how) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => {
                    bytes.remove(at);
                }
            }
        }
        let _ = crate::detection::verdict("x", &bytes);
        let _ = run(importer(id), &name_of(path), &bytes, &Said { kind: Some(SourceKind::Breach), ..told() });
    }
}
