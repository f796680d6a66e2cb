//! Rules over the Rust sources: where names may appear, how long a file may be, what a type may be called.

use super::assert_tidy;
use super::tree::{self, Text, code_lines, code_only, has_word};

/// Lines above which a file is a catalogue in disguise.
const LONGEST: usize = 800;

/// Files that may be longer, each with the reason.
const LONG_FILES: &[(&str, &str)] = &[];

/// Generated files: nobody reads them top to bottom.
const GENERATED: &[&str] = &["ui/src/generated/api.ts"];

/// A word, the folders in which it may stand in code, and why nowhere else.
const CONFINED: &[(&str, &[&str], &str)] = &[
    ("rusqlite", &["crates/fusion-store/"], "SQL stays in the store"),
    ("tauri", &["src-tauri/"], "Tauri stays in the shell"),
    (
        "clap",
        &["crates/fusion-cli/"],
        "arguments are the command line's business",
    ),
];

/// Crates that are pure, and what would make them impure.
const PURE: &[&str] = &[
    "crates/fusion-model/src/",
    "crates/fusion-engine/src/",
    "crates/fusion-export/src/",
];

/// Words that reach for the world outside a function's arguments.
const IMPURE: &[(&str, &str)] = &[
    ("std::fs", "no file"),
    ("TcpStream", "no socket"),
    ("TcpListener", "no socket"),
    ("UdpSocket", "no socket"),
    ("ToSocketAddrs", "no name look-up"),
    ("std::process", "no process"),
    ("std::env", "no environment"),
    ("SystemTime::now", "no clock: `now` is an argument"),
    ("Instant::now", "no clock: `now` is an argument"),
    ("Utc::now", "no clock: `now` is an argument"),
    ("Local::now", "no clock: `now` is an argument"),
    ("SystemRandom", "no randomness"),
];

/// Endings of type names that say nothing about the thing.
const EMPTY_WORDS: &[&str] = &["Manager", "Service", "Helper", "Util", "Utils", "Processor"];

fn rust() -> Vec<Text> {
    ["crates", "src-tauri", "tests", "xtask"]
        .iter()
        .flat_map(|folder| tree::files(folder, &[".rs"]))
        .collect()
}

fn misplaced_words(file: &Text) -> Vec<String> {
    let mut found = Vec::new();
    for (word, homes, why) in CONFINED {
        if !homes.iter().any(|home| file.path.starts_with(home)) {
            found.extend(code_lines(file, &format!("`{word}`: {why}"), |line| {
                has_word(line, word) || names_add_on(line, word)
            }));
        }
    }
    found
}

/// Whether `line` has a path that starts with an add-on of the crate, such as `tauri_plugin_dialog::`.
fn names_add_on(line: &str, word: &str) -> bool {
    line.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|token| token.strip_prefix(word).is_some_and(|rest| rest.starts_with('_')))
        .any(|token| line.contains(&format!("{token}::")))
}

fn impurities(file: &Text) -> Vec<String> {
    if is_test_module(&file.path) || !PURE.iter().any(|folder| file.path.starts_with(folder)) {
        return Vec::new();
    }
    let shipped = Text::planted(&file.path, without_tests(&file.text));
    IMPURE
        .iter()
        .flat_map(|(word, why)| {
            code_lines(&shipped, &format!("`{word}` in a pure crate: {why}"), |line| {
                has_word(line, word)
            })
        })
        .collect()
}

/// A file that holds nothing but the tests of the module beside it.
fn is_test_module(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/src/") && path.contains("/tests/")
}

/// The part of a file before its test module; test modules stand at the end by house style.
fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text)
}

fn too_long(files: &[Text], allowed: &[(&str, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let lines = file.text.lines().count();
        let exception = allowed.iter().any(|(path, _)| *path == file.path);
        match (lines > LONGEST, exception) {
            (true, false) => found.push(format!("{}: {lines} lines; split it by concept", file.path)),
            (false, true) => found.push(format!(
                "{}: {lines} lines; its exception is no longer needed",
                file.path
            )),
            _ => {}
        }
    }
    found.extend(
        allowed
            .iter()
            .filter(|(path, _)| !files.iter().any(|file| file.path == *path))
            .map(|(path, _)| format!("{path}: has an exception but does not exist")),
    );
    found.extend(
        allowed
            .iter()
            .filter(|(_, why)| why.len() < 20)
            .map(|(path, _)| format!("{path}: say why")),
    );
    found
}

fn empty_names(file: &Text) -> Vec<String> {
    let declares = |line: &str| {
        let mut words = line
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .filter(|word| !word.is_empty());
        while let Some(word) = words.next() {
            if matches!(word, "struct" | "enum" | "trait" | "type" | "class" | "interface")
                && let Some(name) = words.next()
                && EMPTY_WORDS.iter().any(|ending| name.ends_with(ending))
            {
                return true;
            }
        }
        false
    };
    code_lines(
        file,
        "a type named Manager, Service, Helper, Util or Processor: name the thing",
        declares,
    )
}

fn missing_essay(file: &Text) -> Option<String> {
    let is_explained = is_test_module(&file.path) || file.text.trim_start().starts_with("//!");
    (!is_explained).then(|| format!("{}:1: no module doc", file.path))
}

#[test]
fn confined_words_stay_in_their_crate() {
    let found: Vec<String> = rust().iter().flat_map(misplaced_words).collect();
    assert_tidy("words confined to one crate", &found);
}

#[test]
fn pure_crates_reach_for_nothing_outside() {
    let found: Vec<String> = tree::files("crates", &[".rs"]).iter().flat_map(impurities).collect();
    assert_tidy("model, engine and export are pure", &found);
}

#[test]
fn no_file_is_a_catalogue_in_disguise() {
    let mut files = rust();
    files.extend(tree::files("ui/src", &[".ts", ".tsx", ".css"]));
    files.retain(|file| !GENERATED.contains(&file.path.as_str()));
    assert_tidy("file length", &too_long(&files, LONG_FILES));
}

#[test]
fn types_are_named_after_things() {
    let mut files = rust();
    files.extend(tree::files("ui/src", &[".ts", ".tsx"]));
    let found: Vec<String> = files.iter().flat_map(empty_names).collect();
    assert_tidy("type names", &found);
}

#[test]
fn every_module_starts_with_its_purpose() {
    let found: Vec<String> = rust().iter().filter_map(missing_essay).collect();
    assert_tidy("module docs", &found);
}

#[test]
fn nothing_is_left_to_do_in_code() {
    let planned = |line: &str| has_word(line, "todo!") || line.contains("todo!(") || line.contains("unimplemented!(");
    let found: Vec<String> = rust()
        .iter()
        .filter(|file| !file.path.starts_with("tests/tests/tidy/"))
        .flat_map(|file| code_lines(file, "unfinished code", planned))
        .collect();
    assert_tidy("unfinished code", &found);
}

#[test]
fn planted_violations_are_found() {
    let at = Text::planted;
    assert_eq!(
        misplaced_words(&at(
            "crates/fusion-api/src/a.rs",
            "// rusqlite\nuse rusqlite::Connection;"
        ))
        .len(),
        1
    );
    assert!(misplaced_words(&at("crates/fusion-store/src/a.rs", "use rusqlite::Connection;")).is_empty());
    assert_eq!(
        misplaced_words(&at("crates/fusion-api/src/a.rs", "fn f(app: tauri::App) {}")).len(),
        1
    );
    let add_on = at("crates/fusion-api/src/a.rs", "use tauri_plugin_dialog::init;");
    assert_eq!(misplaced_words(&add_on).len(), 1);
    assert!(misplaced_words(&at("tests/tests/a.rs", "let tauri_driver = 1;")).is_empty());

    assert_eq!(
        impurities(&at("crates/fusion-engine/src/a.rs", "let now = SystemTime::now();")).len(),
        1
    );
    assert!(impurities(&at("crates/fusion-store/src/a.rs", "let now = SystemTime::now();")).is_empty());
    let tested = "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
    assert!(impurities(&at("crates/fusion-engine/src/a.rs", tested)).is_empty());

    let (long, short) = (at("a.rs", &"x\n".repeat(LONGEST + 1)), at("b.rs", "x\n"));
    let why = "a table that is read as one thing";
    assert_eq!(too_long(&[long], &[]).len(), 1);
    assert_eq!(too_long(&[short], &[("b.rs", why), ("gone.rs", why)]).len(), 2);

    assert_eq!(
        empty_names(&at(
            "a.rs",
            "pub struct CaseManager;\n// struct XHelper\nlet service = 1;"
        ))
        .len(),
        1
    );
    assert_eq!(empty_names(&at("a.ts", "export interface SearchService {}")).len(), 1);
    assert!(missing_essay(&at("a.rs", "use std::fmt;")).is_some());
    assert!(missing_essay(&at("crates/x/src/a/tests.rs", "use super::*;")).is_none());
    assert!(missing_essay(&at("a.rs", "//! Why.\nuse std::fmt;")).is_none());
    assert!(code_only("let s = \"todo!()\";").find("todo").is_none());
}
