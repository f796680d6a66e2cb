//! Catalogues: folders of small entries plus one list. No entry may be forgotten, undocumented or untested.

use super::assert_tidy;
use super::tree::{self, Text};

/// Where an entry's fixtures lie.
enum Fixtures {
    /// The entries of this catalogue are tested together.
    Elsewhere,
    /// A folder of input files for each id.
    FolderPerId(&'static str),
    /// A golden file for each extension.
    FilePerExtension(&'static str),
}

/// A folder whose every file is one entry.
struct Catalogue {
    /// The folder.
    folder: &'static str,
    /// The file with the `mod` lines and, if there is one, the list.
    index: &'static str,
    /// The name of the list that must mention every entry, and the file that holds it.
    list: Option<(&'static str, &'static str)>,
    /// What makes a file an entry of the list; a file without it is a part that several entries share.
    mark: &'static str,
    /// What an entry is tested against.
    fixtures: Fixtures,
    /// A heading that each entry's doc must have.
    heading: Option<&'static str>,
}

const CATALOGUES: &[Catalogue] = &[
    Catalogue {
        folder: "crates/fusion-import/src/importers",
        index: "crates/fusion-import/src/importers/mod.rs",
        list: Some(("IMPORTERS", "crates/fusion-import/src/importers/mod.rs")),
        mark: "impl Importer for ",
        fixtures: Fixtures::FolderPerId("tests/fixtures/importers"),
        heading: None,
    },
    Catalogue {
        folder: "crates/fusion-export/src/exporters",
        index: "crates/fusion-export/src/exporters/mod.rs",
        list: Some(("EXPORTERS", "crates/fusion-export/src/lib.rs")),
        mark: "impl Exporter for ",
        fixtures: Fixtures::FilePerExtension("crates/fusion-export/tests/golden"),
        heading: None,
    },
    Catalogue {
        folder: "crates/fusion-engine/src/risk/rules",
        index: "crates/fusion-engine/src/risk/rules/mod.rs",
        list: Some(("RISK_RULES", "crates/fusion-engine/src/risk/rules/mod.rs")),
        mark: "",
        fixtures: Fixtures::Elsewhere,
        heading: Some("When it is wrong"),
    },
    Catalogue {
        folder: "crates/fusion-resolve/src/compare",
        index: "crates/fusion-resolve/src/compare/mod.rs",
        list: None,
        mark: "",
        fixtures: Fixtures::Elsewhere,
        heading: None,
    },
    Catalogue {
        folder: "crates/fusion-store/src/migrations",
        index: "crates/fusion-store/src/migrations/mod.rs",
        list: Some(("MIGRATIONS", "crates/fusion-store/src/migrations/mod.rs")),
        mark: "",
        fixtures: Fixtures::Elsewhere,
        heading: None,
    },
    Catalogue {
        folder: "crates/fusion-model/src/property",
        index: "crates/fusion-model/src/property/mod.rs",
        list: None,
        mark: "",
        fixtures: Fixtures::Elsewhere,
        heading: None,
    },
];

/// The entry's name in Rust paths: the file's stem, or the folder's name for `<name>/mod.rs`.
fn stem(path: &str) -> &str {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.rsplit('/').next().unwrap_or(path)
}

/// Files without a module line, entries that the list leaves out, and shared parts that are not shared.
fn unlisted(files: &[Text], index: &str, list: Option<(&str, &str)>, mark: &str) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let name = stem(&file.path);
        if !index
            .lines()
            .any(|line| line.trim_end().ends_with(&format!("mod {name};")))
        {
            found.push(format!(
                "{}: no `mod {name};`: the file is not even compiled",
                file.path
            ));
        }
        let path = format!("{name}::");
        if !file.text.contains(mark) {
            let users = files
                .iter()
                .filter(|user| user.path != file.path && user.text.contains(&path))
                .count();
            if users < 2 {
                found.push(format!("{}: neither an entry nor shared by two of them", file.path));
            }
        } else if let Some((title, text)) = list
            && !body_of(text, title).contains(&path)
        {
            found.push(format!("{}: not in {title}", file.path));
        }
    }
    found
}

/// The text of `const TITLE: … = &[ … ];`, or nothing.
fn body_of<'a>(text: &'a str, title: &str) -> &'a str {
    let Some((_, after)) = [format!("const {title}:"), format!("static {title}:")]
        .iter()
        .find_map(|start| text.split_once(start.as_str()))
    else {
        return "";
    };
    after.split_once("];").map_or("", |(body, _)| body)
}

/// What the methods called `name` of an entry answer: `fn id(&self) -> … { "…" }`.
fn answers(text: &str, name: &str) -> Vec<String> {
    let mark = format!("fn {name}(&self)");
    let bodies = text
        .split(mark.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    let mut found: Vec<String> = bodies
        .filter_map(|body| body.split('"').nth(1))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

fn is_filled(folder: &str) -> bool {
    tree::root()
        .join(folder)
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some())
}

fn files_of(catalogue: &Catalogue) -> Vec<Text> {
    let mut files = tree::files(catalogue.folder, &[".rs"]);
    files.retain(|file| {
        let rest = file.path.trim_start_matches(catalogue.folder).trim_start_matches('/');
        let is_entry = !rest.contains('/') || rest.ends_with("/mod.rs") && rest.matches('/').count() == 1;
        is_entry && file.path != catalogue.index && !rest.ends_with("tests.rs")
    });
    files
}

fn entries_of(catalogue: &Catalogue) -> Vec<Text> {
    let mut entries = files_of(catalogue);
    entries.retain(|file| file.text.contains(catalogue.mark));
    assert!(!entries.is_empty(), "{} has no entries", catalogue.folder);
    entries
}

#[test]
fn every_entry_is_listed() {
    let mut found = Vec::new();
    for catalogue in CATALOGUES {
        let index = tree::read(catalogue.index);
        let list = catalogue.list.map(|(title, file)| (title, tree::read(file)));
        let list = list.as_ref().map(|(title, text)| (*title, text.as_str()));
        found.extend(unlisted(&files_of(catalogue), &index, list, catalogue.mark));
    }
    assert_tidy("catalogue entries", &found);
}

/// Fixtures that an entry lacks.
fn missing_fixtures(entry: &Text, fixtures: &Fixtures) -> Vec<String> {
    let (names, folder) = match fixtures {
        Fixtures::Elsewhere => return Vec::new(),
        Fixtures::FolderPerId(folder) => (answers(&entry.text, "id"), folder),
        Fixtures::FilePerExtension(folder) => (answers(&entry.text, "extension"), folder),
    };
    if names.is_empty() {
        return vec![format!("{}: declares no name to look its fixtures up by", entry.path)];
    }
    let has_fixture = |name: &String| match fixtures {
        Fixtures::FilePerExtension(_) => tree::entries(folder)
            .iter()
            .any(|file| file.ends_with(&format!(".{name}"))),
        _ => is_filled(&format!("{folder}/{name}")),
    };
    let missing = names.iter().filter(|name| !has_fixture(name));
    missing
        .map(|name| format!("{}: no fixture for `{name}` in {folder}/", entry.path))
        .collect()
}

#[test]
fn every_importer_and_exporter_has_a_fixture() {
    let mut found = Vec::new();
    for catalogue in CATALOGUES {
        for entry in entries_of(catalogue) {
            found.extend(missing_fixtures(&entry, &catalogue.fixtures));
        }
    }
    assert_tidy("fixtures", &found);
}

#[test]
fn every_fixture_belongs_to_an_entry() {
    let mut found = Vec::new();
    for catalogue in CATALOGUES {
        let Fixtures::FolderPerId(fixtures) = catalogue.fixtures else {
            continue;
        };
        let known: Vec<String> = entries_of(catalogue)
            .iter()
            .flat_map(|entry| answers(&entry.text, "id"))
            .collect();
        for name in tree::entries(fixtures) {
            if tree::root().join(fixtures).join(&name).is_dir() && !known.contains(&name) {
                found.push(format!("{fixtures}/{name}/: no entry has this id"));
            }
        }
    }
    assert_tidy("fixtures", &found);
}

#[test]
fn every_risk_rule_says_when_it_is_wrong() {
    let mut found = Vec::new();
    for catalogue in CATALOGUES {
        let Some(heading) = catalogue.heading else { continue };
        for entry in entries_of(catalogue) {
            if !has_section(&entry.text, heading) {
                found.push(format!("{}: its doc has no section `{heading}`", entry.path));
            }
        }
    }
    assert_tidy("rule docs", &found);
}

/// Whether the doc comments hold the heading with at least one line of text below it.
fn has_section(text: &str, heading: &str) -> bool {
    let mut lines = text.lines().filter_map(|line| {
        let line = line.trim_start();
        line.strip_prefix("//!")
            .or_else(|| line.strip_prefix("///"))
            .map(str::trim)
    });
    lines.any(|line| line.trim_start_matches('#').trim() == heading && line.starts_with('#'))
        && lines
            .find(|line| !line.is_empty())
            .is_some_and(|line| !line.starts_with('#'))
}

#[test]
fn planted_omissions_are_found() {
    let at = Text::planted;
    let files = [
        at("x/alpha.rs", "use super::common::read;\nimpl Entry for Alpha {}"),
        at("x/beta.rs", "use super::common::read;\nimpl Entry for Beta {}"),
        at("x/common.rs", "pub fn read() {}"),
        at("x/idle.rs", "pub fn idle() {}"),
    ];
    let index = "mod alpha;\nmod common;\nmod idle;\n\npub const LIST: &[&dyn Entry] = &[\n    &alpha::Alpha,\n];\n";
    let found = unlisted(&files, index, Some(("LIST", index)), "impl Entry for ");
    assert_eq!(
        found,
        [
            "x/beta.rs: no `mod beta;`: the file is not even compiled",
            "x/beta.rs: not in LIST",
            "x/idle.rs: neither an entry nor shared by two of them",
        ]
    );

    let entry = "fn id(&self) -> &'static str {\n  \"one\"\n}\nfn label(&self) -> &str { \"One\" }";
    assert_eq!(answers(entry, "id"), ["one"]);
    assert!(answers(entry, "extension").is_empty());
    assert_eq!((stem("x/alpha.rs"), stem("x/beta/mod.rs")), ("alpha", "beta"));

    let orphan = Text::planted("x/a.rs", "fn id(&self) -> &str { \"no-such-format\" }");
    assert_eq!(
        missing_fixtures(&orphan, &Fixtures::FolderPerId("tests/fixtures/importers")).len(),
        1
    );
    assert_eq!(
        missing_fixtures(&at("x/a.rs", ""), &Fixtures::FolderPerId("tests")).len(),
        1
    );

    assert!(has_section(
        "//! Rule.\n//!\n//! # When it is wrong\n//!\n//! A shared phone.\n",
        "When it is wrong"
    ));
    assert!(!has_section(
        "//! # When it is wrong\n//!\n//! # Next\n",
        "When it is wrong"
    ));
    assert!(!has_section("//! Nobody knows when it is wrong.\n", "When it is wrong"));
}
