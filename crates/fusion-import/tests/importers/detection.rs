//! Which format each file is taken for: our fixtures, the shared samples, and files that are easily mistaken.
//!
//! The verdicts over the samples stand in `detection.txt`; `FUSION_BLESS=1` rewrites it, and the diff is the review.

use fusion_import::{Detection, Probe, detect};

use crate::support::{self, bless, name_of, probe, samples};

/// Short text of a verdict: `importer-id`, `~Foreign label`, `!reason`.
pub fn verdict(name: &str, bytes: &[u8]) -> String {
    match detect(&probe(name, bytes)) {
        Detection::Candidates(candidates) => {
            assert!(
                candidates.windows(2).all(|pair| pair[0].score >= pair[1].score),
                "{name}: not ranked"
            );
            assert!(
                candidates.iter().all(|candidate| !candidate.reason.is_empty()),
                "{name}: no reason"
            );
            candidates[0].importer.id().to_owned()
        }
        Detection::Foreign { label, reason } => {
            assert!(!reason.is_empty(), "{name}: no reason");
            format!("~{label}")
        }
        Detection::Unreadable { reason } => format!("!{reason}"),
    }
}

#[test]
fn samples_are_what_they_are() {
    let Some(folder) = samples() else { return };
    let mut table = String::new();
    for path in support::files(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let shown = path.strip_prefix(&folder).unwrap().display().to_string();
        let verdict = verdict(&name_of(&path), &bytes);
        // Only a plain table of a tutorial belongs to nobody in particular.
        assert!(
            !verdict.starts_with("generic") || shown == "ftm/experts.csv",
            "{shown} fell to {verdict}"
        );
        assert!(!verdict.starts_with('!'), "{shown} is {verdict}");
        table.push_str(&format!("{shown:<82} {verdict}\n"));
    }
    bless(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/importers/detection.txt"),
        &table,
    );
}

#[test]
fn names_and_endings_play_no_part() {
    let Some(folder) = samples() else { return };
    for path in support::files(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        if bytes.starts_with(b"\x1F\x8B") {
            continue; // What a gzip file holds shows only in its name.
        }
        assert_eq!(
            verdict("x", &bytes),
            verdict(&name_of(&path), &bytes),
            "{}",
            path.display()
        );
    }
}

#[test]
fn look_alikes_are_told_apart() {
    for (text, expected) in [
        ("{\"email\": \"a@x.example\", \"name\": \"A B\"}", "generic-json"),
        ("[{\"Name\": \"Mara Ellison\"}]", "generic-json"),
        ("[{\"Name\": \"ExampleBreach\"}, {\"Name\": \"Other\"}]", "hibp"),
        ("{\"locations\": [\"Oslo\"], \"name\": \"A B\"}", "generic-json"),
        ("{\"entries\": [{\"email\": \"a@x.example\"}]}", "generic-json"),
        (
            "{\"result\": [{\"email\": \"a@x.example\"}], \"success\": true}",
            "generic-json",
        ),
        ("{\"tags\": [\"Vip\"], \"email\": \"a@x.example\"}", "generic-json"),
        (
            "{\"email\": \"a@x.example\"}\n{\"email\": \"b@x.example\"}\n",
            "generic-ndjson",
        ),
        ("email;name\na@x.example;A\nb@x.example;B\n", "generic-csv"),
        ("a@x.example;Anna\nb@x.example;Bert\n", "generic-csv"),
        (
            "# exported by us\nemail,name\na@x.example,A\nb@x.example,B\n",
            "generic-csv",
        ),
        (
            "a@x.example:FAKE\nb@x.example:FAKE2\n",
            "~combo list (login and password)",
        ),
        ("[\"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2\"]", "~OFAC address list"),
        ("[\"a@x.example\", \"b@x.example\"]", "generic-json"),
        ("Dear Mara,\nsee you on Monday.\n", "~plain text"),
        ("   \n\n", "!the file is empty"),
        ("", "!the file is empty"),
    ] {
        assert_eq!(verdict("file", text.as_bytes()), expected, "{text}");
    }
    assert_eq!(
        verdict("x.csv", &[0, 1, 2, 3, 4, 5, 6, 7, 8]),
        "!the file is binary and in no known format"
    );
    let wide: Vec<u8> = "\u{FEFF}email,name\na@x.example,A\nb@x.example,B\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(verdict("x.csv", &wide), "generic-csv");
}

#[test]
fn a_cut_head_is_enough() {
    let Some(folder) = samples() else { return };
    for (file, expected) in [
        ("telegram/result.json", "telegram-json"),
        ("maigret/report_nightjar_77_simple.json", "maigret-simple"),
        ("sherlock/mara.ellison.csv", "sherlock-csv"),
        ("hibp/breachedaccount_nightjar77.json", "hibp"),
    ] {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let head = &bytes[..bytes.len() * 2 / 3];
        let probe = Probe {
            name: file,
            head,
            size: bytes.len() as u64,
        };
        let Detection::Candidates(candidates) = detect(&probe) else {
            panic!("{file}")
        };
        assert_eq!(candidates[0].importer.id(), expected, "{file}");
    }
}
