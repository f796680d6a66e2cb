//! What people say of pairs, obeyed and told.

use super::*;

#[test]
fn verdicts_connect_forbid_and_contradict() {
    use Verdict::{Different, Same, Unsure};
    let mail = &[(Email, "m@a.example")];
    let name = &[(Name, "Mara Ellison")];
    for (what, said, verdicts, together, state) in [
        ("same connects", name, &[Same][..], true, JudgementState::Same),
        (
            "different forbids",
            mail,
            &[Different],
            false,
            JudgementState::Different,
        ),
        (
            "unsure leaves the score to decide",
            mail,
            &[Unsure],
            true,
            JudgementState::Unsure,
        ),
        (
            "same outweighs unsure",
            name,
            &[Unsure, Same],
            true,
            JudgementState::Same,
        ),
        (
            "a contradiction does neither",
            mail,
            &[Same, Different],
            false,
            JudgementState::Contradiction,
        ),
    ] {
        let case = verdicts.iter().fold(two(said, said), |case, verdict| {
            case.judged(id("one"), id("other"), *verdict)
        });
        let resolution = resolved(&case);
        assert_eq!(joined(&resolution, "one", "other"), together, "{what}");
        assert_eq!(
            pair(&resolution, id("one"), id("other")).unwrap().judgement,
            state,
            "{what}"
        );
        let conflicts = resolution
            .findings
            .iter()
            .filter(|finding| finding.rule == "verdict-conflict")
            .count();
        assert_eq!(conflicts, usize::from(state == JudgementState::Contradiction), "{what}");
    }
}

#[test]
fn a_verdict_joins_records_that_share_nothing_and_is_told_when_it_cannot() {
    let case = case_of(vec![
        person("one", &[(Name, "Mara Ellison")]),
        person("other", &[(Handle, "kestrel")]),
        person("third", &[(Name, "Piet van Dijk")]),
    ])
    .judged(id("one"), id("other"), Verdict::Same)
    .judged(id("other"), id("third"), Verdict::Same)
    .judged(id("one"), id("third"), Verdict::Different);
    let resolution = resolved(&case);
    assert!(!joined(&resolution, "one", "third"));
    assert!(
        joined(&resolution, "one", "other") != joined(&resolution, "other", "third"),
        "one of the two verdicts gives way"
    );
    assert_eq!(
        resolution
            .findings
            .iter()
            .filter(|finding| finding.rule == "verdict-conflict")
            .count(),
        1
    );
    let gone = two(&[(Name, "Mara Ellison")], &[]).judged(id("one"), id("nobody"), Verdict::Same);
    assert!(
        resolved(&gone)
            .notes
            .iter()
            .any(|note| note.text.contains("verdicts rest"))
    );
}

#[test]
fn a_different_verdict_keeps_whole_entities_apart() {
    let case = case_of(vec![
        person("a", &[(Email, "m@a.example"), (Phone, "+31101234567")]),
        person("b", &[(Email, "m@a.example")]),
        person("c", &[(Email, "m@a.example"), (Name, "Mara Ellison")]),
    ])
    .judged(id("a"), id("c"), Verdict::Different);
    let resolution = resolved(&case);
    assert!(!joined(&resolution, "a", "c"));
    assert_eq!(persons(&resolution), 2);
}
