//! Imports: all or nothing, once only, withdrawn and revived.

use fusion_model::{EntityKind, GradedBy, Locator, ObservationId, Property, RawLink, derived::RelationKind};
use fusion_store::{Landing, SEALED_PREFIX, SourceDraft};

use crate::builders::{begin, create, draft, import, open, person, place, stamp, totals};

/// Rows of which some are written before the last is pushed.
const MORE_THAN_A_BATCH: u64 = 20_000;

#[test]
fn an_import_is_read_back_after_reopening() {
    let place = place();
    let case = create(&place.path);
    let outcome = import(&case, b"name,email\n");
    assert_eq!((outcome.observations, outcome.statements, outcome.warnings), (2, 6, 1));
    assert!(!outcome.already_present);
    case.close().unwrap();
    let case = open(&place.path);
    let evidence = case.evidence().unwrap();
    assert_eq!(evidence.case_name, "Operation Kingfisher");
    assert_eq!(evidence.sources.len(), 1);
    let source = &evidence.sources[0];
    assert_eq!((source.rows_read, source.rows_negative, source.warnings), (3, 1, 1));
    assert_eq!(
        (source.origin.0.as_str(), source.graded),
        ("csv:people", GradedBy::Default)
    );
    assert_eq!(
        evidence.observations[0].content.records[0].statements[0].original,
        "Astrid Quill"
    );
    assert_eq!(evidence.warnings.len(), 1);
    assert_eq!(case.warnings(outcome.source).unwrap()[0].locator, Locator::Line(1));
    let id = ObservationId::new(outcome.source, &Locator::Line(3));
    assert_eq!(case.observation(id).unwrap().unwrap(), evidence.observations[1]);
}

#[test]
fn secrets_are_sealed_in_the_rows_and_still_match() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"x");
    let evidence = case.evidence().unwrap();
    let secrets: Vec<&str> = evidence
        .observations
        .iter()
        .flat_map(|observation| &observation.content.records[0].statements)
        .filter(|statement| statement.property == Property::Password)
        .map(|statement| statement.original.as_str())
        .collect();
    assert_eq!(secrets.len(), 2);
    assert!(secrets[0].starts_with(SEALED_PREFIX) && secrets[0].len() == SEALED_PREFIX.len() + 32);
    assert_eq!(secrets[0], secrets[1]);
}

#[test]
fn a_dropped_import_leaves_nothing() {
    let place = place();
    let case = create(&place.path);
    let mut writer = begin(&case, b"x");
    for line in 0..=MORE_THAN_A_BATCH {
        writer.push(person(line, "Astrid Quill")).unwrap();
    }
    drop(writer);
    assert_eq!(case.facts().unwrap().observations, 0);
    assert!(case.evidence().unwrap().observations.is_empty());
    assert!(case.verify().is_sound());
    assert_eq!(import(&case, b"x").landing, Landing::New);
}

#[test]
fn a_killed_import_vanishes_at_the_next_open() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"kept");
    let mut writer = begin(&case, b"lost");
    for line in 0..=MORE_THAN_A_BATCH {
        writer.push(person(line, "Astrid Quill")).unwrap();
    }
    std::mem::forget(writer);
    assert_eq!(case.facts().unwrap().originals, 2);
    drop(case);
    let case = open(&place.path);
    assert_eq!(case.evidence().unwrap().observations.len(), 2);
    assert_eq!(case.facts().unwrap().originals, 1);
    assert!(case.verify().is_sound());
    assert_eq!(
        case.custody()
            .unwrap()
            .iter()
            .filter(|event| event.action == "sweep")
            .count(),
        1
    );
}

#[test]
fn the_same_content_twice_is_already_present() {
    let place = place();
    let case = create(&place.path);
    let first = import(&case, b"same");
    let before = case.evidence().unwrap();
    let second = import(&case, b"same");
    assert!(second.already_present);
    assert_eq!(
        (second.source, second.observations, second.landing),
        (first.source, 2, Landing::Unchanged)
    );
    assert_eq!(case.evidence().unwrap(), before);
    assert_eq!(case.operations(0, 100).unwrap().len(), 1);
    assert_eq!(case.facts().unwrap().originals, 1);
}

#[test]
fn a_withdrawn_source_is_revived_by_its_content_and_by_undo() {
    let place = place();
    let case = create(&place.path);
    let source = import(&case, b"same").source;
    case.withdraw(source, "wrong person", &stamp()).unwrap();
    let entry = case.source(source).unwrap().unwrap();
    assert_eq!((entry.live, entry.reason.as_deref()), (false, Some("wrong person")));
    assert!(case.evidence().unwrap().observations.is_empty());
    assert_eq!(case.withdraw(source, "again", &stamp()).unwrap_err().code(), "conflict");
    assert_eq!(import(&case, b"same").landing, Landing::Revived);
    assert_eq!(case.evidence().unwrap().observations.len(), 2);
    case.undo(&stamp()).unwrap();
    assert!(case.evidence().unwrap().sources.is_empty());
    case.undo(&stamp()).unwrap();
    assert_eq!(case.evidence().unwrap().sources.len(), 1);
}

#[test]
fn a_withdrawn_source_can_be_read_differently() {
    let place = place();
    let case = create(&place.path);
    let source = import(&case, b"same").source;
    case.withdraw(source, "no subject given", &stamp()).unwrap();
    let with_subject = SourceDraft {
        subject: Some("p2@mail.example".to_owned()),
        ..draft(&case, b"same")
    };
    let mut writer = case.begin_import(with_subject).unwrap();
    writer.push(person(9, "Astrid Quill")).unwrap();
    let outcome = writer.finish(totals()).unwrap();
    assert_eq!((outcome.landing, outcome.observations), (Landing::Reread, 1));
    let evidence = case.evidence().unwrap();
    assert_eq!(evidence.observations.len(), 1);
    assert_eq!(evidence.sources[0].subject.as_deref(), Some("p2@mail.example"));
    assert!(case.verify().is_sound(), "{:?}", case.verify());
}

#[test]
fn two_observations_at_one_place_and_links_into_nothing_are_refused() {
    let place = place();
    let case = create(&place.path);
    let mut writer = begin(&case, b"x");
    writer.push(person(2, "Astrid Quill")).unwrap();
    writer.push(person(2, "Tobias Fenn")).unwrap();
    let refused = writer.finish(totals()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "two observations stand at one place of the source: line 2"
    );
    let mut writer = begin(&case, b"y");
    let mut lost = person(2, "Astrid Quill");
    assert_eq!(lost.records[0].kind, EntityKind::Person);
    lost.links.push(RawLink {
        from: 0,
        to: 1,
        kind: RelationKind::Owns,
        credibility: None,
        statements: Vec::new(),
    });
    assert_eq!(writer.push(lost).unwrap_err().code(), "conflict");
    drop(writer);
    assert!(case.sources().unwrap().is_empty());
}

#[test]
fn rows_written_beside_the_reading_arrive_in_order_and_all_or_none() {
    let place = place();
    let case = create(&place.path);
    let rows = 2 * MORE_THAN_A_BATCH + 7;
    let mut writer = begin(&case, b"many");
    for line in 0..rows {
        writer.push(person(line, "Astrid Quill")).unwrap();
    }
    assert_eq!(writer.finish(totals()).unwrap().observations, rows);
    let evidence = case.evidence().unwrap();
    let lines = evidence.observations.iter().map(|stored| &stored.content.locator);
    assert!(lines.eq((0..rows).map(Locator::Line).collect::<Vec<_>>().iter()));
    assert!(case.verify().is_sound(), "{:?}", case.verify());
    let mut writer = begin(&case, b"spoilt");
    writer.push(person(1, "Tobias Fenn")).unwrap();
    for line in 0..MORE_THAN_A_BATCH + 2 {
        writer.push(person(line, "Astrid Quill")).unwrap();
    }
    let refused = writer.finish(totals()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "two observations stand at one place of the source: line 1"
    );
    let found = case.observation(evidence.observations[30_000].id).unwrap();
    assert_eq!(found.as_ref(), Some(&evidence.observations[30_000]));
    assert_eq!(case.sources().unwrap().len(), 1);
    assert_eq!(case.facts().unwrap().observations, rows);
}

#[test]
fn of_two_imports_of_one_content_at_once_the_first_to_finish_counts() {
    let place = place();
    let case = create(&place.path);
    let mut first = begin(&case, b"same");
    let mut second = begin(&case, b"same");
    first.push(person(2, "Astrid Quill")).unwrap();
    second.push(person(2, "Astrid Quill")).unwrap();
    first.finish(totals()).unwrap();
    assert_eq!(second.finish(totals()).unwrap_err().code(), "conflict");
    assert_eq!(case.facts().unwrap().observations, 1);
    assert!(case.verify().is_sound());
}

#[test]
fn a_case_and_its_imports_may_move_between_threads() {
    fn shared<T: Send + Sync>() {}
    fn moved<T: Send>() {}
    shared::<fusion_store::Case>();
    moved::<fusion_store::SourceWriter<'_>>();
    moved::<fusion_store::OriginalReader>();
}
