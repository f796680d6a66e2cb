//! What a case says depends on its evidence alone, not on the order it came in; and its folder says nothing.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod invented;
mod program;

use std::path::{Path, PathBuf};

use invented::{HANDLE, MAIL, OTHER, PERSON, PHONE, SECRET};
use program::{Bench, PASSPHRASE};

/// Folders of the shared samples that are imported besides the invented files, where they are present.
const SAMPLES: [&str; 6] = ["sherlock", "maigret", "leakcheck", "dehashed", "etherscan", "telegram"];

fn evidence(bench: &Bench) -> Vec<PathBuf> {
    let mut files = invented::write(&bench.path("evidence"));
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples");
    if !samples.exists() {
        println!("skipped: ../shared/samples is absent, so only the invented files are imported");
        return files;
    }
    for folder in SAMPLES {
        let entries = std::fs::read_dir(samples.join(folder)).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    files
}

fn texts(start: &[&str], files: &[PathBuf]) -> Vec<String> {
    let files = files.iter().map(|file| file.display().to_string());
    start.iter().map(|word| (*word).to_owned()).chain(files).collect()
}

fn import(bench: &Bench, case: &str, files: &[PathBuf]) {
    let answer = bench.run(&texts(&["import", case], files));
    // Samples without an importer are named and left alone.
    assert!(matches!(answer.code, 0 | 3), "{}", answer.err);
}

fn exported(bench: &Bench, case: &str) -> Vec<u8> {
    let file = format!("{case}.json");
    bench.ends(&["export", case, "-o", file.as_str()], 0);
    std::fs::read(bench.path(&file)).unwrap()
}

fn new_case(bench: &Bench, case: &str) {
    bench.ends(&["new", case, "--name", "Harbour Lights", "--region", "NL"], 0);
}

#[test]
fn any_order_and_a_second_run_export_the_same_bytes() {
    let Some(bench) = Bench::new() else { return };
    let files = evidence(&bench);

    new_case(&bench, "batch");
    import(&bench, "batch", &files);
    bench.ends(&["fuse", "batch"], 0);
    let expected = exported(&bench, "batch");
    assert!(String::from_utf8_lossy(&expected).contains(PERSON));
    same(&expected, &exported(&bench, "batch"), "a second export");

    import(&bench, "batch", &files);
    bench.ends(&["fuse", "batch", "--full"], 0);
    same(
        &expected,
        &exported(&bench, "batch"),
        "a second import of the same files",
    );

    new_case(&bench, "backwards");
    let backwards: Vec<PathBuf> = files.iter().rev().cloned().collect();
    import(&bench, "backwards", &backwards);
    bench.ends(&["fuse", "backwards"], 0);
    same(&expected, &exported(&bench, "backwards"), "one batch backwards");

    // From the middle outwards, with a fusion in between: what was derived early must leave no trace.
    new_case(&bench, "halves");
    let (first, second) = files.split_at(files.len() / 2);
    import(&bench, "halves", second);
    bench.ends(&["fuse", "halves"], 0);
    for file in first {
        import(&bench, "halves", std::slice::from_ref(file));
    }
    bench.ends(&["fuse", "halves"], 0);
    same(&expected, &exported(&bench, "halves"), "one by one, fused in between");
}

fn same(expected: &[u8], found: &[u8], how: &str) {
    if expected == found {
        return;
    }
    let at = expected
        .iter()
        .zip(found)
        .position(|(left, right)| left != right)
        .unwrap_or(expected.len().min(found.len()));
    let around = |bytes: &[u8]| {
        String::from_utf8_lossy(&bytes[at.saturating_sub(300).min(bytes.len())..(at + 200).min(bytes.len())])
            .into_owned()
    };
    panic!(
        "{how}: differs at byte {at}\n--- expected\n{}\n--- found\n{}",
        around(expected),
        around(found)
    );
}

#[test]
fn nothing_of_the_case_stands_readable_in_its_folder() {
    let Some(bench) = Bench::new() else { return };
    let files = invented::write(&bench.path("evidence"));
    new_case(&bench, "sealed");
    import(&bench, "sealed", &files);
    bench.ends(&["fuse", "sealed"], 0);
    bench.ends(
        &[
            "judge",
            "sealed",
            PERSON,
            OTHER,
            "different",
            "--reason",
            "seen together on the quay",
        ],
        0,
    );
    bench.ends(&["undo", "sealed"], 0);
    exported(&bench, "sealed");

    let mut words: Vec<String> = [PERSON, OTHER, HANDLE, MAIL, PHONE, SECRET, PASSPHRASE, "Harbour Lights"]
        .map(str::to_owned)
        .to_vec();
    words.extend(
        [
            "Korhonen",
            "Visser",
            "Rotterdam",
            "Halcyon",
            "mail.example",
            "TideForum",
            "QuayShop",
            "Quay Nine",
        ]
        .map(str::to_owned),
    );
    words.extend(
        [
            "harbour lights stay off",
            "seen together on the quay",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        ]
        .map(str::to_owned),
    );
    words.extend(invented::FILES.map(|(name, _)| name.to_owned()));

    for (name, text) in invented::FILES {
        let found = words.iter().any(|word| holds(text.as_bytes(), word));
        assert!(found, "the search does not even find the words of {name} in it");
    }
    let mut seen = 0;
    let mut told = Vec::new();
    for file in files_below(&bench.path("sealed")) {
        let bytes = std::fs::read(&file).unwrap();
        seen += bytes.len();
        let name = file.strip_prefix(bench.folder()).unwrap().display().to_string();
        told.extend(
            words
                .iter()
                .filter(|word| holds(&bytes, word) || holds(name.as_bytes(), word))
                .map(|word| format!("{name}: {word}")),
        );
    }
    assert!(seen > 10_000, "the case folder holds only {seen} bytes");
    assert_eq!(told, Vec::<String>::new());
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Whether bytes hold a word as UTF-8 or UTF-16 of either order, in any case of its letters.
fn holds(bytes: &[u8], word: &str) -> bool {
    let units: Vec<u16> = word.encode_utf16().collect();
    let forms = [
        word.as_bytes().to_vec(),
        units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
    ];
    forms.iter().any(|form| {
        bytes
            .windows(form.len())
            .any(|window| window.eq_ignore_ascii_case(form))
    })
}
