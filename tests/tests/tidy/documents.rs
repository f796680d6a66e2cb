//! Rules over the texts: an invariant names its test, a link leads somewhere, no text names the machine that wrote it.

use std::collections::BTreeSet;

use super::assert_tidy;
use super::tree::{self, Text};

/// Texts that the checkout must have.
const EXPECTED: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "STYLE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "ETHICS.md",
    "CHANGELOG.md",
    "LICENSE",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "fusion_rules.yaml",
];

/// Starts of paths that exist on one machine only.
const MACHINE_PATHS: &[&str] = &["/root/", "/work/", "/home/runner/"];

fn documents() -> Vec<Text> {
    tree::files(".", &[".md"])
        .into_iter()
        .filter(|file| !file.path.starts_with("tests/fixtures/"))
        .collect()
}

/// Names of functions that follow a `#[test]` attribute, and titles of interface tests.
fn test_names(files: &[Text]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in files {
        let mut is_test = false;
        for line in file.text.lines().map(str::trim) {
            if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
                is_test = true;
            } else if line.starts_with("fn ") || line.starts_with("async fn ") || line.starts_with("pub fn ") {
                if is_test && let Some(name) = line.split("fn ").nth(1).and_then(|rest| rest.split('(').next()) {
                    names.insert(name.to_owned());
                }
                is_test = false;
            } else if let Some(title) = line.strip_prefix("it(\"").or_else(|| line.strip_prefix("test(\"")) {
                names.extend(title.split('"').next().map(str::to_owned));
            }
        }
    }
    names
}

/// Invariants without a test, and invariants whose test does not exist.
fn unproved(document: &Text, tests: &BTreeSet<String>) -> (usize, Vec<String>) {
    let mut found = Vec::new();
    let mut count = 0;
    // A paragraph may run over several lines; the test stands at its end.
    let mut line_number = 1;
    for paragraph in document.text.split("\n\n") {
        for part in paragraph.split("**Invariant**").skip(1) {
            count += 1;
            let named: Vec<&str> = part
                .split("(test: ")
                .skip(1)
                .flat_map(|rest| rest.split(')').next().unwrap_or_default().split('`').skip(1).step_by(2))
                .collect();
            if named.is_empty() {
                found.push(format!(
                    "{}:{line_number}: an invariant without `(test: …)`",
                    document.path
                ));
            }
            for name in named {
                let last = name.rsplit("::").next().unwrap_or(name);
                if !tests.contains(last) {
                    found.push(format!("{}:{line_number}: no test is called `{last}`", document.path));
                }
            }
        }
        line_number += paragraph.matches('\n').count() + 2;
    }
    (count, found)
}

/// Relative links whose target does not exist.
fn dead_links(document: &Text) -> Vec<String> {
    let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = Vec::new();
    for (index, line) in document.text.lines().enumerate() {
        for rest in line.split("](").skip(1) {
            let target = rest.split([')', ' ']).next().unwrap_or_default();
            let file = target.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") || file.starts_with("mailto:") {
                continue;
            }
            if !tree::root().join(folder).join(file).exists() {
                found.push(format!(
                    "{}:{}: link to `{file}`, which does not exist",
                    document.path,
                    index + 1
                ));
            }
        }
    }
    found
}

fn machine_paths(file: &Text) -> Vec<String> {
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for start in MACHINE_PATHS {
            let stands_alone = |at: usize| {
                let before = line.get(..at).and_then(|head| head.chars().next_back());
                before.is_none_or(|c| !(c.is_alphanumeric() || "._-~>}]".contains(c)))
            };
            if line.match_indices(start).any(|(at, _)| stands_alone(at)) {
                found.push(format!(
                    "{}:{}: a path of one machine (`{start}…`)",
                    file.path,
                    index + 1
                ));
            }
        }
    }
    found
}

#[test]
fn the_expected_texts_are_there() {
    let missing: Vec<String> = EXPECTED
        .iter()
        .filter(|name| !tree::root().join(name).metadata().is_ok_and(|meta| meta.len() > 200))
        .map(|name| format!("{name}: absent or empty"))
        .collect();
    assert_tidy("texts", &missing);
}

#[test]
fn every_invariant_names_an_existing_test() {
    let mut sources: Vec<Text> = ["crates", "src-tauri", "tests", "xtask"]
        .iter()
        .flat_map(|folder| tree::files(folder, &[".rs"]))
        .collect();
    sources.extend(tree::files("ui/tests", &[".test.ts", ".test.tsx"]));
    let document = Text::planted("ARCHITECTURE.md", &tree::read("ARCHITECTURE.md"));
    let (count, found) = unproved(&document, &test_names(&sources));
    assert_tidy("invariants", &found);
    assert!(count >= 5, "ARCHITECTURE.md states only {count} invariants");
}

#[test]
fn links_lead_somewhere() {
    let found: Vec<String> = documents().iter().flat_map(dead_links).collect();
    assert_tidy("links", &found);
}

#[test]
fn no_text_names_the_machine_that_wrote_it() {
    let mut files = documents();
    for (folder, endings) in [
        ("crates", &[".rs", ".toml", ".yaml", ".sql"][..]),
        ("src-tauri", &[".rs", ".toml", ".json"]),
        ("tests/tests", &[".rs"]),
        ("xtask", &[".rs", ".toml"]),
        ("ui/src", &[".ts", ".tsx", ".css"]),
    ] {
        files.extend(tree::files(folder, endings));
    }
    files.retain(|file| file.path != "tests/tests/tidy/documents.rs");
    let found: Vec<String> = files.iter().flat_map(machine_paths).collect();
    assert_tidy("paths of one machine", &found);
}

#[test]
fn planted_faults_are_found() {
    let source = Text::planted("a.rs", "#[test]\nfn proved() {}\n\nfn plain() {}\n");
    let tests = test_names(&[source, Text::planted("a.test.ts", "it(\"shows text as text\", () => {")]);
    assert_eq!(tests.into_iter().collect::<Vec<_>>(), ["proved", "shows text as text"]);

    let tests = BTreeSet::from(["proved".to_owned()]);
    let text = "Intro.\n\n**Invariant** one holds\n(test: `proved`).\n\n**Invariant** two (test: `gone`).\n\n**Invariant** three.\n";
    let (count, found) = unproved(&Text::planted("A.md", text), &tests);
    assert_eq!(count, 3);
    assert_eq!(
        found,
        [
            "A.md:6: no test is called `gone`",
            "A.md:8: an invariant without `(test: …)`"
        ]
    );

    let links = Text::planted(
        "A.md",
        "[a](Cargo.toml) [b](gone.md#x) [c](https://example.org) [d](#here)",
    );
    assert_eq!(dead_links(&links), ["A.md:1: link to `gone.md`, which does not exist"]);

    assert_eq!(
        machine_paths(&Text::planted(
            "a.rs",
            "let x = \"/root/x\";\nhttps://example.org/work/x"
        ))
        .len(),
        1
    );
}
