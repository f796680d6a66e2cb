//! Operations: undo, redo, grades, judgements and notes survive closing the case.

use fusion_model::{FindingId, Grade, GradedBy, RecordId, Verdict};
use fusion_store::{AlertState, Case, Change};

use crate::builders::{create, import, open, place, stamp};

fn records() -> (RecordId, RecordId) {
    (RecordId([9; 16]), RecordId([4; 16]))
}

fn verdicts(case: &Case) -> Vec<Verdict> {
    case.judgements()
        .unwrap()
        .into_iter()
        .map(|judgement| judgement.verdict)
        .collect()
}

#[test]
fn undo_and_redo_survive_reopening() {
    let place = place();
    let case = create(&place.path);
    case.judge(records(), Verdict::Same, "same picture", &stamp()).unwrap();
    case.judge(records(), Verdict::Different, "two birthdays", &stamp())
        .unwrap();
    let undone = case.undo(&stamp()).unwrap().unwrap();
    assert!(matches!(
        undone.change,
        Change::Judge {
            verdict: Verdict::Different,
            ..
        }
    ));
    case.close().unwrap();

    let case = open(&place.path);
    assert_eq!(verdicts(&case), [Verdict::Same]);
    case.undo(&stamp()).unwrap();
    case.close().unwrap();

    let case = open(&place.path);
    assert!(verdicts(&case).is_empty());
    assert!(case.undo(&stamp()).unwrap().is_none());
    let redone = case.redo(&stamp()).unwrap().unwrap();
    assert!(matches!(
        redone.change,
        Change::Judge {
            verdict: Verdict::Same,
            ..
        }
    ));
    case.close().unwrap();

    let case = open(&place.path);
    case.redo(&stamp()).unwrap();
    assert_eq!(verdicts(&case), [Verdict::Same, Verdict::Different]);
    assert!(case.redo(&stamp()).unwrap().is_none());
    let log = case.operations(0, 100).unwrap();
    assert_eq!(log.len(), 6);
    assert_eq!(log.iter().filter(|entry| entry.retracted).count(), 2);
}

#[test]
fn a_judgement_keeps_its_words_and_orders_its_records() {
    let place = place();
    let case = create(&place.path);
    case.judge(records(), Verdict::Unsure, "poor light", &stamp()).unwrap();
    let judgement = case.judgements().unwrap().remove(0);
    assert_eq!(
        (judgement.left, judgement.right),
        (RecordId([4; 16]), RecordId([9; 16]))
    );
    assert_eq!(
        (judgement.reason.as_str(), judgement.author.as_str()),
        ("poor light", "analyst")
    );
    let one = (RecordId([4; 16]), RecordId([4; 16]));
    assert_eq!(
        case.judge(one, Verdict::Same, "", &stamp()).unwrap_err().code(),
        "conflict"
    );
}

#[test]
fn grades_notes_alerts_rules_and_layouts_are_folded() {
    let place = place();
    let case = create(&place.path);
    let source = import(&case, b"x").source;
    let b2 = Grade::parse("B2").unwrap();
    case.grade(source, b2, &stamp()).unwrap();
    let alert = FindingId([3; 16]);
    let changes = [
        Change::Note {
            record: records().0,
            text: "asked the registry".to_owned(),
        },
        Change::AlertState {
            alert,
            state: AlertState::Seen,
            reason: String::new(),
        },
        Change::AlertState {
            alert,
            state: AlertState::Closed,
            reason: String::new(),
        },
        Change::Rules {
            text: "risk: {}\n".to_owned(),
        },
        Change::Region {
            region: "NO".to_owned(),
        },
        Change::Layout {
            view: "graph".to_owned(),
            packed: vec![1, 2, 3],
        },
    ];
    for change in &changes {
        case.apply(change, &stamp()).unwrap();
    }
    case.close().unwrap();
    let case = open(&place.path);
    let evidence = case.evidence().unwrap();
    assert_eq!(
        (evidence.sources[0].grade, evidence.sources[0].graded),
        (b2, GradedBy::Analyst)
    );
    assert_eq!(evidence.region, "NO");
    let state = case.state().unwrap();
    assert_eq!(state.notes[0].text, "asked the registry");
    assert_eq!(state.alerts[&alert].state, AlertState::Closed);
    assert_eq!(state.rules.as_deref(), Some("risk: {}\n"));
    assert_eq!(state.layouts["graph"], [1, 2, 3]);
    assert_eq!(case.operations(0, 3).unwrap().len(), 3);
    assert_eq!(case.operations(6, 100).unwrap().len(), 2);
    assert!(case.verify().is_sound());
}

#[test]
fn only_operations_in_force_can_be_taken_back() {
    let place = place();
    let case = create(&place.path);
    let id = case.judge(records(), Verdict::Same, "", &stamp()).unwrap();
    case.retract(id, &stamp()).unwrap();
    assert_eq!(case.retract(id, &stamp()).unwrap_err().code(), "conflict");
    let unknown = fusion_model::OperationId {
        instance: id.instance,
        counter: 99,
    };
    assert_eq!(case.retract(unknown, &stamp()).unwrap_err().code(), "missing");
}
