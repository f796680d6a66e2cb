//! Erasing, refusing what was erased, and showing kept secrets, through the `fusion` program as scripts use it.

#![allow(clippy::unwrap_used)]

mod program;

use std::fs;

use program::Bench;
use serde_json::Value;

const CASE: &str = "rows.fusion";
const FILE: &str = "evidence/people.csv";
const PEOPLE: &str = "name,email,password\n\
    Astrid Quillfeather,astrid.q@mail.example,velvet-anchor-88\n\
    Tobias Fennimore,fenn@mail.example,quiet-harbour-71\n";
const SUBJECT: [&str; 3] = ["Quillfeather", "astrid.q@mail.example", "velvet-anchor-88"];

fn with_people(options: &[&str]) -> Option<Bench> {
    let bench = Bench::new()?;
    fs::create_dir_all(bench.path("evidence")).unwrap();
    fs::write(bench.path(FILE), PEOPLE).unwrap();
    bench.ends(&["new", CASE, "--name", "Rows"], 0);
    bench.ends(&[&["import", CASE, FILE][..], options].concat(), 0);
    bench.ends(&["fuse", CASE], 0);
    Some(bench)
}

fn secret_statements(bench: &Bench) -> Vec<String> {
    let listed = bench.json(&["list", CASE, "statements"]);
    let items = listed["items"].as_array().unwrap().iter();
    let secret = items.filter(|item| item["property"] == "password");
    secret.map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_erased_subject_leaves_every_later_answer_and_stays_away() {
    let Some(bench) = with_people(&[]) else { return };
    bench.ends(&["export", CASE, "-o", "before.json"], 0);
    let before = fs::read_to_string(bench.path("before.json")).unwrap();
    assert!(SUBJECT[..2].iter().all(|word| before.contains(word)), "{before}");

    let target = "Astrid Quillfeather";
    let plan = bench.json(&["erase", CASE, target, "--plan"]);
    assert_eq!(
        (&plan["sources"], &plan["observations"], &plan["originals"]),
        (&0.into(), &1.into(), &1.into())
    );
    // An address is named by its value: the row that states it is meant.
    let by_value = bench.json(&["erase", CASE, SUBJECT[1], "--plan"]);
    assert_eq!(by_value["observations"], 1, "{by_value}");
    let copies = plan["copies"].as_array().unwrap();
    assert!(
        copies
            .iter()
            .any(|copy| copy.as_str().unwrap().starts_with("export json")),
        "{plan}"
    );
    bench.ends(&["backup", CASE, "-o", "stick"], 0);
    let plan = bench.json(&["erase", CASE, target, "--plan"]);
    let copies = plan["copies"].as_array().unwrap();
    let backup = copies
        .iter()
        .find(|copy| copy.as_str().unwrap().starts_with("backup on "));
    assert!(backup.unwrap().as_str().unwrap().contains("stick"), "{plan}");
    bench.ends(&["erase", CASE, target], 2);
    bench.ends(&["erase", CASE, "nobody at all", "--reason", "request"], 1);
    bench.ends(&["erase", CASE, target, "--reason", "request of the subject"], 0);

    bench.ends(&["verify", CASE], 0);
    bench.ends(&["export", CASE, "-o", "after.json"], 0);
    let after = fs::read_to_string(bench.path("after.json")).unwrap();
    for word in SUBJECT {
        assert!(!after.contains(word), "{word} in a later export");
        assert_eq!(
            bench.json(&["search", CASE, word])["hits"],
            Value::Array(Vec::new()),
            "{word}"
        );
    }
    assert!(after.contains("Tobias Fennimore"));
    bench.ends(&["undo", CASE], 0);
    bench.ends(&["redo", CASE], 0);
    bench.ends(&["fuse", CASE, "--full"], 0);
    bench.ends(&["export", CASE, "-o", "later.json"], 0);
    let later = fs::read_to_string(bench.path("later.json")).unwrap();
    assert!(SUBJECT.iter().all(|word| !later.contains(word)), "{later}");

    bench.ends(&["import", CASE, FILE], 3);
    bench.ends(&["import", CASE, FILE, "--again", "a new court order"], 0);
    bench.ends(&["fuse", CASE], 0);
    bench.ends(&["export", CASE, "-o", "again.json"], 0);
    assert!(
        fs::read_to_string(bench.path("again.json"))
            .unwrap()
            .contains("Quillfeather")
    );
    bench.ends(&["verify", CASE], 0);
}

#[test]
fn a_secret_is_shown_only_where_it_was_kept_and_with_a_reason() {
    let Some(bench) = with_people(&[]) else { return };
    let statement = secret_statements(&bench).remove(0);
    bench.ends(&["reveal", CASE, &statement], 2);
    let answer = bench.ends(&["reveal", CASE, &statement, "--reason", "to warn its owner"], 3);
    assert!(answer.err.contains("not kept") && answer.out.is_empty(), "{answer:?}");

    let Some(bench) = with_people(&["--keep-secrets"]) else {
        return;
    };
    let shown: Vec<String> = secret_statements(&bench)
        .iter()
        .map(|id| {
            bench
                .ends(&["reveal", CASE, id, "--reason", "to warn its owner"], 0)
                .out
        })
        .collect();
    assert!(shown.iter().any(|text| text.trim() == "velvet-anchor-88"), "{shown:?}");
    let log = bench.ends(&["log", CASE], 0).out;
    assert_eq!(log.matches("to warn its owner").count(), shown.len(), "{log}");
    bench.ends(&["erase", CASE, "Astrid Quillfeather", "--reason", "request"], 0);
    bench.ends(&["verify", CASE], 0);
}
