//! Values and records that would join too many.

use super::*;

#[test]
fn hubs_join_nobody_and_are_told() {
    const FAMILIES: [&str; 40] = [
        "Abel", "Baker", "Cole", "Dorn", "Eads", "Frost", "Gale", "Hale", "Ibsen", "Jarl", "Kane", "Lund", "Moss",
        "Nash", "Oakes", "Pike", "Quill", "Rusk", "Stone", "Thorn", "Udall", "Vance", "West", "Xanth", "York",
        "Zeller", "Alder", "Birch", "Cedar", "Drake", "Elm", "Finch", "Grove", "Heron", "Ivy", "Juniper", "Kite",
        "Lark", "Maple", "Nettle",
    ];
    let holders = FAMILIES.iter().map(|family| {
        person(
            family,
            &[
                (Name, &format!("Ada {family}")),
                (Email, "everyone@mail.example"),
                (Phone, "+31101234567"),
            ],
        )
    });
    let resolution = resolved(&case_of(holders.collect()));
    let persons = resolution
        .entities
        .values()
        .filter(|cluster| cluster.kind == EntityKind::Person)
        .count();
    assert_eq!(persons, FAMILIES.len());
    let hubs: Vec<_> = resolution
        .findings
        .iter()
        .filter(|finding| finding.kind == FindingKind::Hub)
        .collect();
    assert_eq!(hubs.len(), 2);
    for hub in hubs {
        assert_eq!(hub.statements.len(), FAMILIES.len());
        assert!(
            resolution.entities.contains_key(&hub.entity.unwrap()),
            "a hub is about the value's own entity"
        );
    }
    assert!(
        !resolution
            .pairs
            .iter()
            .any(|pair| pair.decision == PairDecision::Linked)
    );
}

#[test]
fn records_made_to_join_or_to_pass_for_others_are_told() {
    let mails: Vec<String> = (0..30).map(|at| format!("someone{at}@mail.example")).collect();
    let list: Vec<Said<'_>> = mails.iter().map(|mail| (Email, mail.as_str())).collect();
    let case = case_of(vec![
        person("list", &list),
        person("one", &[(Name, "Mara Ellison"), (Email, "someone1@mail.example")]),
        person("other", &[(Name, "Piet van Dijk"), (Email, "someone2@mail.example")]),
        person("likeness", &[(Name, "M\u{430}r\u{430} Ellison")]),
    ]);
    let resolution = resolved(&case);
    assert!(!joined(&resolution, "one", "other") && !joined(&resolution, "one", "list"));
    let told = |rule: &str| {
        let mut found = resolution.findings.iter().filter(|finding| finding.rule == rule);
        found.next().map(|finding| (finding.entity, finding.statements.len()))
    };
    assert_eq!(told("crowd-record"), Some((Some(id("list").into()), 1)));
    assert_eq!(told("mixed-scripts"), Some((Some(id("likeness").into()), 1)));
    let judged = resolved(&case.judged(id("one"), id("list"), Verdict::Same));
    assert!(joined(&judged, "one", "list"), "a verdict joins it all the same");
}

#[test]
fn the_rows_of_one_person_are_no_hub_and_one_entity() {
    let rows = (0..120)
        .map(|at| {
            vec![person(
                &format!("row {at}"),
                &[(Name, "Mara Ellison"), (Email, "m@a.example")],
            )]
        })
        .collect();
    let resolution = resolved(&Case::default().file("leak", rows));
    assert_eq!(persons(&resolution), 1);
    assert!(resolution.findings.is_empty(), "{:?}", resolution.findings);
}
