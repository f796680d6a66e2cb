//! Merging: two copies of a case that went on apart come to the same, whichever takes over the other.

use std::path::PathBuf;

use fusion_model::{Evidence, RecordId, Verdict};
use fusion_store::{
    Access, Arrival, Case, KdfProfile, LiveState, MergeReport, MergeState, PackOrder, PackageKey, Sealing, Unlock,
    Unwatched, unpack,
};

use crate::backups::{Ground, later, note};
use crate::builders::{begin, import, passphrase, person, stamp, totals};
use crate::selections::correct;

const NEW: &str = "six green kettles";

/// A case here and its copy with a colleague, who went on apart from the same beginnings.
struct Apart {
    ground: Ground,
    here: Case,
    there: Case,
}

impl Apart {
    fn new() -> Self {
        let ground = Ground::new();
        let here = ground.case("here");
        let there = hand_over(&ground, &here, "there");
        Self { ground, here, there }
    }

    fn packed(&self, case: &Case, name: &str) -> PathBuf {
        let file = self.ground.at(name);
        let sealing = Sealing::Recipients(vec![self.ground.machine.identity().unwrap().recipient()]);
        let order = PackOrder {
            sealing: &sealing,
            selection: None,
            reason: "joint work",
            stamp: &later(3),
        };
        case.pack(&file, &order, &Unwatched).unwrap();
        file
    }

    fn merge(&self, from: &Case, into: &Case, name: &str) -> MergeReport {
        let file = self.packed(from, name);
        let key = PackageKey::Machine(&self.ground.machine);
        let planned = into.compare_package((&file, key), &Unwatched).unwrap();
        let merged = into.merge_package((&file, key), &later(4), &Unwatched).unwrap();
        assert_eq!(planned, merged);
        assert!(into.verify().is_sound(), "{:?}", into.verify());
        merged
    }
}

fn hand_over(ground: &Ground, case: &Case, name: &str) -> Case {
    let file = ground.at(&format!("{name}.fusionpack"));
    let sealing = Sealing::Recipients(vec![ground.machine.identity().unwrap().recipient()]);
    let order = PackOrder {
        sealing: &sealing,
        selection: None,
        reason: "joint work",
        stamp: &later(1),
    };
    case.pack(&file, &order, &Unwatched).unwrap();
    let arrival = Arrival {
        stamp: &later(2),
        machine: Some(&ground.machine),
    };
    let secret = passphrase(NEW);
    let opener = (&secret, KdfProfile::for_tests());
    let key = PackageKey::Machine(&ground.machine);
    unpack((&file, key), &ground.at(name), opener, arrival, &Unwatched).unwrap();
    Case::open_on(
        ground.at(name),
        Unlock::Passphrase(&secret),
        Access::Write,
        Some(&ground.machine),
    )
    .unwrap()
}

/// What results depend on, in an order that does not depend on arrival.
fn comes_to(case: &Case) -> (Evidence, LiveState) {
    let mut evidence = case.evidence().unwrap();
    evidence.observations.sort_by_key(|observation| observation.id);
    evidence
        .warnings
        .sort_by_key(|(source, warning)| (*source, warning.locator.text(), warning.message.clone()));
    (evidence, LiveState::clone(&case.state().unwrap()))
}

fn judge(case: &Case, verdict: Verdict, reason: &str) {
    let records = (RecordId([1; 16]), RecordId([2; 16]));
    case.judge(records, verdict, reason, &stamp()).unwrap();
}

#[test]
fn merging_each_into_the_other_comes_to_the_same() {
    let apart = Apart::new();
    import(&apart.here, b"seen here only");
    note(&apart.here, "written here");
    import(&apart.there, b"seen there only");
    note(&apart.there, "written there");
    judge(&apart.there, Verdict::Same, "same boat");
    // Packed before either takes anything over.
    let (from_here, from_there) = (
        apart.packed(&apart.here, "from-here"),
        apart.packed(&apart.there, "from-there"),
    );
    let key = PackageKey::Machine(&apart.ground.machine);
    let brought = apart
        .here
        .merge_package((&from_there, key), &later(4), &Unwatched)
        .unwrap();
    apart
        .there
        .merge_package((&from_here, key), &later(4), &Unwatched)
        .unwrap();
    let (evidence, state) = comes_to(&apart.here);
    assert_eq!(
        (&evidence, &state),
        (&comes_to(&apart.there).0, &comes_to(&apart.there).1)
    );
    assert_eq!(
        (evidence.sources.len(), state.notes.len(), state.judgements.len()),
        (4, 3, 1)
    );
    for case in [&apart.here, &apart.there] {
        assert!(case.verify().is_sound(), "{:?}", case.verify());
        for source in &evidence.sources {
            case.vault_read(source.id).unwrap();
        }
    }
    assert_eq!(brought.count(MergeState::Conflict), 0);
    assert_eq!(brought.count(MergeState::New), 3, "{:?}", brought.rows);
    assert!(
        brought
            .rows
            .iter()
            .any(|row| row.state == MergeState::Same && row.kind == "source")
    );
}

#[test]
fn merging_again_brings_nothing_new_and_later_work_follows() {
    let apart = Apart::new();
    import(&apart.there, b"seen there only");
    apart.merge(&apart.there, &apart.here, "first");
    let before = comes_to(&apart.here);
    let again = apart.merge(&apart.there, &apart.here, "again");
    assert!(
        again
            .rows
            .iter()
            .all(|row| row.state == MergeState::Same || row.kind == "disclose"),
        "{:?}",
        again.rows
    );
    assert_eq!(comes_to(&apart.here), before);
    note(&apart.there, "later");
    let later = apart.merge(&apart.there, &apart.here, "later");
    assert!(
        later
            .rows
            .iter()
            .any(|row| row.text.contains("later") && row.state == MergeState::New)
    );
    // What was taken over can be taken back, and survives being opened again.
    apart.here.undo(&stamp()).unwrap();
    let Apart { ground, here, .. } = apart;
    here.close().unwrap();
    assert!(ground.open("here", Access::Write).verify().is_sound());
}

#[test]
fn contradicting_verdicts_are_shown_and_both_are_kept() {
    let apart = Apart::new();
    judge(&apart.here, Verdict::Same, "same boat");
    judge(&apart.there, Verdict::Different, "another boat");
    let report = apart.merge(&apart.there, &apart.here, "verdicts");
    let conflict = report
        .rows
        .iter()
        .find(|row| row.state == MergeState::Conflict)
        .unwrap();
    assert_eq!(conflict.kind, "judgement");
    assert!(
        conflict.text.contains("another boat") && conflict.here.contains("same"),
        "{conflict:?}"
    );
    assert_eq!(apart.here.state().unwrap().judgements.len(), 2);
}

#[test]
fn contradicting_corrections_of_one_statement_are_shown() {
    let apart = Apart::new();
    correct(&apart.here, "Astrid Quilling");
    correct(&apart.there, "Astrid Quillon");
    let report = apart.merge(&apart.there, &apart.here, "corrections");
    let mut conflicts = report.rows.iter().filter(|row| row.state == MergeState::Conflict);
    let told = conflicts.next().unwrap();
    assert_eq!(told.kind, "edit");
    assert!(
        told.text.contains("Astrid Quillon") && told.here.contains("Astrid Quilling"),
        "{told:?}"
    );
    assert_eq!(conflicts.next(), None);
    let mut agreed = apart.merge(&apart.here, &apart.there, "back").rows;
    agreed.retain(|row| row.state == MergeState::Conflict && row.kind == "edit");
    assert_eq!(
        comes_to(&apart.here).1.edits,
        comes_to(&apart.there).1.edits,
        "{agreed:?}"
    );
}

#[test]
fn one_file_imported_on_both_sides_is_the_same_unless_it_was_read_differently() {
    let apart = Apart::new();
    import(&apart.here, b"the same file");
    import(&apart.there, b"the same file");
    let read = |case: &Case, names: &[&str]| {
        let mut writer = begin(case, b"read differently");
        for (line, name) in (2..).zip(names) {
            writer.push(person(line, name)).unwrap();
        }
        writer.finish(totals()).unwrap();
    };
    read(&apart.here, &["Astrid Quill"]);
    read(&apart.there, &["Astrid Quill", "Tobias Fenn"]);
    let (from_here, from_there) = (
        apart.packed(&apart.here, "from-here"),
        apart.packed(&apart.there, "from-there"),
    );
    let key = PackageKey::Machine(&apart.ground.machine);
    let report = apart
        .here
        .merge_package((&from_there, key), &later(4), &Unwatched)
        .unwrap();
    apart
        .there
        .merge_package((&from_here, key), &later(4), &Unwatched)
        .unwrap();
    assert_eq!(report.count(MergeState::Conflict), 1, "{:?}", report.rows);
    assert_eq!(comes_to(&apart.here), comes_to(&apart.there));
    assert!(apart.here.verify().is_sound() && apart.there.verify().is_sound());
}

#[test]
fn another_case_is_not_merged() {
    let apart = Apart::new();
    let stranger = apart.ground.case("stranger");
    let file = apart.packed(&stranger, "stranger.fusionpack");
    let key = PackageKey::Machine(&apart.ground.machine);
    let before = comes_to(&apart.here);
    for refused in [
        apart.here.compare_package((&file, key), &Unwatched).unwrap_err(),
        apart
            .here
            .merge_package((&file, key), &later(4), &Unwatched)
            .unwrap_err(),
    ] {
        assert_eq!(refused.code(), "conflict");
    }
    assert_eq!(comes_to(&apart.here), before);
    assert!(!apart.here.folder().root().join("scratch").exists());
}
