//! Operations: undo, redo, grades, judgements and notes survive closing the case.

use fusion_model::{FindingId, Grade, GradedBy, OperationId, RecordId, StatementId, Verdict};
use fusion_store::{Access, AlertState, Case, Change, TagMark};

use crate::builders::{create, draft, import, open, place, stamp, totals, try_open};

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
    let unknown = OperationId {
        instance: id.instance,
        counter: 99,
    };
    assert_eq!(case.retract(unknown, &stamp()).unwrap_err().code(), "missing");
}

fn witness(records: &[RecordId], mark: TagMark) -> Change {
    Change::Tag {
        records: records.to_vec(),
        mark,
        tag: "witness".to_owned(),
    }
}

#[test]
fn tags_edits_and_splits_survive_reopening_and_reach_the_evidence() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"x");
    let observation = case.evidence().unwrap().observations[0].id;
    let statement = StatementId::new(observation, 0, "name", 0);
    let (left, right) = records();
    let edit = |text: &str| Change::Edit {
        observation,
        statement,
        text: text.to_owned(),
        reason: "misspelt".to_owned(),
    };
    let split = Change::Split {
        leaving: vec![left],
        staying: vec![right],
        reason: "two people".to_owned(),
    };
    for change in [witness(&[left, right], TagMark::On), edit("Astrid Quille"), split] {
        case.apply(&change, &stamp()).unwrap();
    }
    case.close().unwrap();
    let case = open(&place.path);
    let state = case.state().unwrap();
    assert_eq!(state.tags["witness"].len(), 2);
    assert_eq!(state.edits[&statement].reason, "misspelt");
    assert_eq!(verdicts(&case), [Verdict::Different]);
    let corrections = case.evidence_outline().unwrap().corrections;
    assert_eq!((corrections.len(), corrections[0].text.as_str()), (1, "Astrid Quille"));
    // What the source says is still there.
    let said = &case.evidence().unwrap().observations[0].content.records[0].statements[0].original;
    assert_eq!(said, "Astrid Quill");
    case.undo(&stamp()).unwrap();
    case.undo(&stamp()).unwrap();
    assert!(case.evidence_outline().unwrap().corrections.is_empty() && verdicts(&case).is_empty());
    assert!(case.verify().is_sound());
    let nobody_stays = Change::Split {
        leaving: vec![left],
        staying: vec![],
        reason: String::new(),
    };
    assert_eq!(case.apply(&nobody_stays, &stamp()).unwrap_err().code(), "conflict");
}

#[test]
fn any_operation_can_be_taken_back_and_brought_back_by_name() {
    let place = place();
    let case = create(&place.path);
    let import = import(&case, b"x");
    let first = case.operations(0, 1).unwrap()[0].operation.id;
    for _ in 0..50 {
        case.judge(records(), Verdict::Same, "same picture", &stamp()).unwrap();
    }
    case.grade(import.source, Grade::parse("B2").unwrap(), &stamp())
        .unwrap();
    case.retract(first, &stamp()).unwrap();
    case.close().unwrap();

    let case = open(&place.path);
    assert!(case.evidence().unwrap().observations.is_empty());
    assert_eq!(case.withdrawn_evidence().unwrap().observations.len(), 2);
    assert_eq!(verdicts(&case).len(), 50, "later work stays");
    assert_eq!(case.state().unwrap().stranded().len(), 1, "the grade has no ground");
    case.bring_back(first, &stamp()).unwrap();
    assert_eq!(case.bring_back(first, &stamp()).unwrap_err().code(), "conflict");
    case.close().unwrap();

    let case = open(&place.path);
    assert_eq!(case.evidence().unwrap().observations.len(), 2);
    assert!(case.state().unwrap().stranded().is_empty());
    assert_eq!(case.evidence().unwrap().sources[0].grade, Grade::parse("B2").unwrap());
}

#[test]
fn what_was_handed_over_cannot_be_taken_back() {
    let place = place();
    let case = create(&place.path);
    case.judge(records(), Verdict::Same, "", &stamp()).unwrap();
    case.log_export("json", &[1; 32], "court order", &stamp()).unwrap();
    let export = case.operations(1, 1).unwrap()[0].operation.id;
    assert_eq!(case.retract(export, &stamp()).unwrap_err().code(), "conflict");
    let undone = case.undo(&stamp()).unwrap().unwrap();
    assert_eq!(undone.change.kind(), "judge");
}

#[test]
fn the_case_can_be_seen_as_it_was_and_is_not_changed_meanwhile() {
    let place = place();
    let case = create(&place.path);
    let first = import(&case, b"x").source;
    let verdict = case.judge(records(), Verdict::Same, "same picture", &stamp()).unwrap();
    let again = draft(&case, b"z");
    let before = (case.evidence().unwrap(), case.sources().unwrap());
    let second = import(&case, b"y").source;
    case.withdraw(first, "stale", &stamp()).unwrap();
    case.retract(verdict, &stamp()).unwrap();
    let region = Change::Region {
        region: "NO".to_owned(),
    };
    case.apply(&region, &stamp()).unwrap();
    let present = case.evidence().unwrap();
    assert_eq!(present.sources[0].id, second);

    case.look_back(verdict).unwrap();
    assert_eq!(case.as_of(), Some(verdict));
    assert_eq!((case.evidence().unwrap(), case.sources().unwrap()), before);
    assert_eq!(case.apply(&region, &stamp()).unwrap_err().code(), "looking-back");
    assert_eq!(case.undo(&stamp()).unwrap_err().code(), "looking-back");
    let import = case.begin_import(again);
    assert_eq!(import.err().unwrap().code(), "looking-back");
    case.log_export("json", &[1; 32], "", &stamp()).unwrap();
    assert_eq!((case.evidence().unwrap(), case.sources().unwrap()), before);

    case.return_to_present();
    assert_eq!(case.evidence().unwrap(), present);
    let unknown = OperationId {
        instance: 1,
        counter: 1,
    };
    assert_eq!(case.look_back(unknown).unwrap_err().code(), "missing");
}

#[test]
fn a_source_that_was_read_anew_is_not_passed_off_as_the_former_reading() {
    let place = place();
    let case = create(&place.path);
    let source = import(&case, b"x").source;
    let then = case.operations(0, 1).unwrap()[0].operation.id;
    case.withdraw(source, "wrong format", &stamp()).unwrap();
    let mut other = draft(&case, b"x");
    other.format = "text".to_owned();
    case.begin_import(other).unwrap().finish(totals()).unwrap();
    let refused = case.look_back(then).unwrap_err();
    assert!(
        refused.code() == "conflict" && refused.to_string().contains("read anew"),
        "{refused}"
    );
    assert_eq!(case.as_of(), None);
}

#[test]
fn a_reader_beside_the_writer_sees_what_is_written_after_it_opened() {
    let place = place();
    let case = create(&place.path);
    let reader = try_open(&place.path, Access::Read).unwrap();
    assert!(verdicts(&reader).is_empty());
    case.judge(records(), Verdict::Same, "", &stamp()).unwrap();
    assert_eq!(verdicts(&reader), [Verdict::Same]);
    case.undo(&stamp()).unwrap();
    assert!(verdicts(&reader).is_empty());
}

#[test]
fn the_log_is_paged_latest_first_and_filtered() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"x");
    for _ in 0..5 {
        case.judge(records(), Verdict::Same, "", &stamp()).unwrap();
    }
    let page = case
        .operations_latest(|operation| operation.change.kind() == "judge", 1, 2)
        .unwrap();
    assert_eq!(page.total, 5);
    let counters: Vec<u64> = page.rows.iter().map(|row| row.operation.id.counter).collect();
    assert_eq!(counters, [5, 4]);
    assert_eq!(
        case.operation_kinds().unwrap().into_iter().collect::<Vec<_>>(),
        ["import", "judge"]
    );
}

#[test]
fn every_sort_of_change_can_be_undone_and_redone() {
    let place = place();
    let case = create(&place.path);
    let source = import(&case, b"x").source;
    let (left, right) = (records().1, records().0);
    let reason = || "because".to_owned();
    let changes = [
        Change::Judge {
            left,
            right,
            verdict: Verdict::Unsure,
            reason: reason(),
        },
        Change::Grade {
            source,
            grade: Grade::parse("A1").unwrap(),
        },
        Change::AlertState {
            alert: FindingId([3; 16]),
            state: AlertState::Closed,
            reason: reason(),
        },
        Change::Note {
            record: left,
            text: "asked".to_owned(),
        },
        witness(&[left], TagMark::On),
        Change::Edit {
            observation: case.evidence().unwrap().observations[0].id,
            statement: StatementId([5; 16]),
            text: "corrected".to_owned(),
            reason: reason(),
        },
        Change::Split {
            leaving: vec![left],
            staying: vec![right],
            reason: reason(),
        },
        Change::Rules {
            text: "risk: {}\n".to_owned(),
        },
        Change::Region {
            region: "NO".to_owned(),
        },
        Change::Layout {
            view: "graph".to_owned(),
            packed: vec![1],
        },
        Change::Withdraw {
            source,
            reason: reason(),
        },
    ];
    for change in changes {
        let before = case.state().unwrap();
        let operation = case.apply(&change, &stamp()).unwrap();
        let after = case.state().unwrap();
        assert_ne!(before, after, "{}", change.kind());
        assert_eq!(case.undo(&stamp()).unwrap().unwrap().id, operation);
        assert_eq!(case.state().unwrap(), before, "{} undone", change.kind());
        case.redo(&stamp()).unwrap();
        assert_eq!(case.state().unwrap(), after, "{} redone", change.kind());
    }
    let state = case.state().unwrap();
    drop(case);
    assert_eq!(open(&place.path).state().unwrap(), state);
}
