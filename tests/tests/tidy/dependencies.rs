//! Which crate may know which: the direction of ARCHITECTURE.md over `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use super::{assert_tidy, tree};

/// Each crate of the workspace and our crates that it may depend on, in programs and libraries.
const DIRECTION: &[(&str, &[&str])] = &[
    ("fusion-model", &[]),
    ("fusion-import", &["fusion-model"]),
    ("fusion-resolve", &["fusion-model"]),
    ("fusion-engine", &["fusion-model", "fusion-resolve"]),
    ("fusion-store", &["fusion-model"]),
    ("fusion-export", &["fusion-model"]),
    (
        "fusion-api",
        &[
            "fusion-model",
            "fusion-import",
            "fusion-resolve",
            "fusion-engine",
            "fusion-store",
            "fusion-export",
        ],
    ),
    ("fusion-cli", &["fusion-api"]),
    ("fusion-workbench", &["fusion-api"]),
    ("fusion-testkit", &["fusion-model"]),
    ("fusion-tests", &[]),
    ("xtask", &[]),
];

/// Our crates that any crate may use in its tests, besides those it may use anyway.
const IN_TESTS: &[&str] = &["fusion-testkit"];

/// The tests crate stands outside the direction: it sees everything, and nothing sees it.
const SEES_EVERYTHING: &str = "fusion-tests";

/// Foreign crates that only some of ours may depend on, and the reason. A name stands for its add-ons too: `tauri` for
/// `tauri-build` and `tauri-plugin-dialog`.
const CONFINED: &[(&str, &[&str], &str)] = &[
    ("rusqlite", &["fusion-store"], "SQL stays in the store"),
    (
        "tauri",
        &["fusion-workbench"],
        "the shell is the only crate with a window",
    ),
    ("clap", &["fusion-cli"], "arguments are the command line's business"),
    (
        "serde",
        &[
            "fusion-import",
            "fusion-export",
            "fusion-api",
            "fusion-cli",
            "fusion-testkit",
            "fusion-workbench",
        ],
        "a serialisable domain type is a format that cannot change",
    ),
    (
        "serde_json",
        &[
            "fusion-import",
            "fusion-export",
            "fusion-api",
            "fusion-cli",
            "fusion-testkit",
            "fusion-workbench",
            "fusion-tests",
            "xtask",
        ],
        "a serialisable domain type is a format that cannot change",
    ),
    ("ts-rs", &["fusion-api"], "only wire types have a TypeScript twin"),
    (
        "tokio",
        &["fusion-api", "fusion-cli", "fusion-workbench"],
        "jobs run in the api; below it everything is a plain call",
    ),
    ("keyring", &["fusion-store"], "key slots stay in the store"),
    (
        "argon2",
        &["fusion-store", "fusion-tests"],
        "key slots stay in the store; the tests read its key file a second time",
    ),
    (
        "dbus",
        &["fusion-workbench", "fusion-tests"],
        "the system tells the shell of sleep; below it nobody listens",
    ),
    ("petgraph", &["fusion-engine"], "graph measures are the engine's"),
    ("saphyr", &["fusion-engine"], "rules are the engine's"),
    (
        "anyhow",
        &["fusion-cli", "fusion-workbench", "fusion-tests", "xtask"],
        "libraries have typed errors",
    ),
];

/// Foreign crates that none of ours may depend on, and the reason.
const BANNED: &[(&str, &str)] = &[
    ("reqwest", "nothing leaves this machine"),
    ("ureq", "nothing leaves this machine"),
    ("hyper", "nothing leaves this machine"),
    ("curl", "nothing leaves this machine"),
    ("rand", "results hold nothing random; keys come from ring"),
    ("uuid", "ids are hashes of content"),
    ("lazy_static", "the standard library has LazyLock"),
    ("once_cell", "the standard library has LazyLock"),
];

/// One dependency line of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    of: String,
    on: String,
    is_for_tests: bool,
}

fn workspace_lines() -> Vec<Line> {
    let answer = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(tree::root())
        .output()
        .unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let metadata: Value = serde_json::from_slice(&answer.stdout).unwrap();
    let text = |value: &Value, key: &str| value[key].as_str().map(str::to_owned);
    let mut lines = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let of = text(package, "name").unwrap();
        for dependency in package["dependencies"].as_array().unwrap() {
            lines.push(Line {
                of: of.clone(),
                on: text(dependency, "name").unwrap(),
                is_for_tests: text(dependency, "kind").as_deref() == Some("dev"),
            });
        }
        // A crate without dependencies still has to stand in the table.
        lines.push(Line {
            of: of.clone(),
            on: of,
            is_for_tests: false,
        });
    }
    lines
}

fn violations(lines: &[Line]) -> Vec<String> {
    let direction: BTreeMap<&str, &[&str]> = DIRECTION.iter().copied().collect();
    let ours: BTreeSet<&str> = lines.iter().map(|line| line.of.as_str()).collect();
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| line.of != line.on) {
        let (of, on) = (line.of.as_str(), line.on.as_str());
        let in_tests = line.is_for_tests && IN_TESTS.contains(&on);
        let allowed = direction.get(of).is_some_and(|targets| targets.contains(&on));
        if ours.contains(on) && !allowed && !in_tests && of != SEES_EVERYTHING {
            found.push(format!("{of} must not depend on {on}"));
        }
        // What the tests of a crate use is not what the crate knows.
        if line.is_for_tests && of != SEES_EVERYTHING {
            continue;
        }
        for (name, homes, why) in CONFINED {
            let is_meant = on
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
            if is_meant && !homes.contains(&of) {
                found.push(format!("{of} must not depend on {on}: {why}"));
            }
        }
        for (name, why) in BANNED {
            if on == *name {
                found.push(format!("{of} must not depend on {on}: {why}"));
            }
        }
    }
    for name in &ours {
        if !direction.contains_key(name) {
            found.push(format!("{name} is not in the table of directions"));
        }
    }
    found
}

#[test]
fn crates_depend_only_in_the_agreed_direction() {
    assert_tidy("dependency direction", &violations(&workspace_lines()));
}

#[test]
fn every_crate_of_the_table_exists() {
    let lines = workspace_lines();
    let gone: Vec<String> = DIRECTION
        .iter()
        .filter(|(name, _)| !lines.iter().any(|line| line.of == *name))
        .map(|(name, _)| format!("{name} is in the table of directions but not in the workspace"))
        .collect();
    assert_tidy("dependency direction", &gone);
}

#[test]
fn confined_crates_are_really_used_where_they_may_be() {
    let lines = workspace_lines();
    let idle: Vec<String> = CONFINED
        .iter()
        .filter(|(name, _, _)| !lines.iter().any(|line| line.on == *name))
        .map(|(name, _, _)| format!("{name} is confined but nothing depends on it: drop the row"))
        .collect();
    assert_tidy("confined crates", &idle);
}

#[test]
fn planted_dependencies_are_found() {
    let line = |of: &str, on: &str, is_for_tests| Line {
        of: of.to_owned(),
        on: on.to_owned(),
        is_for_tests,
    };
    let base: Vec<Line> = DIRECTION.iter().map(|(name, _)| line(name, name, false)).collect();
    assert_eq!(violations(&base), Vec::<String>::new());
    for (bad, word) in [
        (
            line("fusion-model", "fusion-store", false),
            "must not depend on fusion-store",
        ),
        (
            line("fusion-engine", "fusion-import", true),
            "must not depend on fusion-import",
        ),
        (
            line("fusion-cli", "fusion-store", false),
            "must not depend on fusion-store",
        ),
        (line("fusion-engine", "rusqlite", false), "SQL stays in the store"),
        (
            line("fusion-cli", "tauri-plugin-dialog", false),
            "the only crate with a window",
        ),
        (line("fusion-model", "serde", false), "cannot change"),
        (line("fusion-api", "reqwest", false), "nothing leaves"),
        (
            line("fusion-cli", "fusion-tests", false),
            "must not depend on fusion-tests",
        ),
        (line("fusion-new", "fusion-model", false), "not in the table"),
    ] {
        let mut lines = base.clone();
        lines.push(line(&bad.of, &bad.of, false));
        lines.push(bad);
        let found = violations(&lines);
        assert!(found.iter().any(|message| message.contains(word)), "{word}: {found:?}");
    }
    for good in [
        line("fusion-engine", "fusion-testkit", true),
        line("fusion-store", "serde", true),
    ] {
        let mut lines = base.clone();
        lines.push(good);
        assert_eq!(violations(&lines), Vec::<String>::new());
    }
}
