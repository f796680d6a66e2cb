//! Erasing, and what other copies of the case still hold: a colleague's package, an older backup.

use fusion_model::SourceId;

use super::*;
use crate::transfer::{Arrival, PackOrder, PackageKey, Sealing, Unwatched, restore, unpack};

/// A case here, and its copy on a colleague's computer, from before anything was erased.
struct Apart {
    folder: tempfile::TempDir,
    here: Case,
    there: Case,
    source: SourceId,
    ids: Vec<ObservationId>,
}

fn machine(folder: &tempfile::TempDir, name: &str) -> Machine {
    Machine::at(folder.path().join(name))
}

impl Apart {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (machine(&folder, "state-here"), machine(&folder, "state-there"));
        let (here, source, ids) = filled(&folder.path().join("here"), Some(&one));
        let file = pack(&here, &folder.path().join("first"), &other);
        let arrival = Arrival {
            stamp: &stamp(),
            machine: Some(&other),
        };
        let opener = (&passphrase(), KdfProfile::for_tests());
        let path = folder.path().join("there");
        unpack((&file, PackageKey::Machine(&other)), &path, opener, arrival, &Unwatched).unwrap();
        let there = open(&path, Access::Write, Some(&other)).unwrap();
        Self {
            folder,
            here,
            there,
            source,
            ids,
        }
    }

    /// Takes over in `here` what is `there`, or the other way round.
    fn merge(&self, from: &Case, into: &Case, name: &str) {
        let reader = into.machine().unwrap();
        let file = pack(from, &self.folder.path().join(name), reader);
        into.merge_package((&file, PackageKey::Machine(reader)), &stamp(), &Unwatched)
            .unwrap();
    }
}

fn pack(case: &Case, file: &Path, reader: &Machine) -> std::path::PathBuf {
    let sealing = Sealing::Recipients(vec![reader.identity().unwrap().recipient()]);
    let order = PackOrder {
        sealing: &sealing,
        selection: None,
        reason: "joint work",
        stamp: &stamp(),
    };
    case.pack(file, &order, &Unwatched).unwrap();
    file.to_owned()
}

fn is_nowhere(case: &Case) {
    database::checkpoint(&case.connection()).unwrap();
    for marker in MARKERS.iter().chain(&["seen with her sister"]) {
        assert_eq!(where_found(case, marker), Vec::<String>::new(), "{marker}");
    }
    for marker in BYSTANDERS {
        assert!(where_found(case, marker).contains(&"evidence".to_owned()), "{marker}");
    }
    assert!(case.verify().is_sound(), "{:?}", case.verify());
    assert!(case.pending_erasures().unwrap().is_empty());
}

fn notes_on(case: &Case, id: ObservationId, text: &str) {
    let content = case.observation(id).unwrap().unwrap().content;
    let record = records_of(id, &content).next().unwrap();
    let text = text.to_owned();
    case.apply(&Change::Note { record, text }, &stamp()).unwrap();
}

#[test]
fn what_was_erased_does_not_come_back_with_a_colleagues_older_copy() {
    let apart = Apart::new();
    notes_on(&apart.there, apart.ids[0], "seen with her sister");
    apart
        .here
        .erase_observations(&apart.ids[..1], "request", &stamp())
        .unwrap();
    is_nowhere(&apart.here);
    apart.merge(&apart.there, &apart.here, "second");
    is_nowhere(&apart.here);
    assert!(apart.here.observation(apart.ids[0]).unwrap().is_none());
    // The other way, the colleague's copy follows, with its own words about her.
    apart.merge(&apart.here, &apart.there, "third");
    is_nowhere(&apart.there);
    let path = apart.folder.path().join("there");
    apart.there.close().unwrap();
    let there = open(&path, Access::Write, Some(&machine(&apart.folder, "state-there"))).unwrap();
    is_nowhere(&there);
    assert_eq!(
        there.vault_read(apart.source).unwrap(),
        apart.here.vault_read(apart.source).unwrap()
    );
}

#[test]
fn a_new_reading_by_somebody_who_did_not_know_of_an_erasure_is_erased_too() {
    let apart = Apart::new();
    apart
        .here
        .erase_observations(&apart.ids[..1], "request", &stamp())
        .unwrap();
    for number in 0..5 {
        // Enough to be later in the order that all copies agree on.
        notes_on(&apart.there, apart.ids[1], &format!("call {number}"));
    }
    apart.there.withdraw(apart.source, "read wrongly", &stamp()).unwrap();
    let mut draft = draft(&apart.there, CSV);
    draft.format = "csv anew".to_owned();
    let mut writer = apart.there.begin_import(draft).unwrap();
    for (line, text) in (1u64..).zip(std::str::from_utf8(CSV).unwrap().lines()).skip(1).take(3) {
        writer.push(person(line, &text.split(',').collect::<Vec<_>>())).unwrap();
    }
    writer.finish(SourceTotals::default()).unwrap();
    apart.merge(&apart.there, &apart.here, "second");
    is_nowhere(&apart.here);
    assert_eq!(
        apart.here.source(apart.source).unwrap().unwrap().source.format,
        "csv anew"
    );
    assert_eq!(apart.here.evidence().unwrap().observations.len(), 2);
}

#[test]
fn what_was_erased_and_imported_again_on_purpose_stays_when_an_older_copy_is_merged() {
    let apart = Apart::new();
    apart
        .here
        .erase_observations(&apart.ids[..1], "request", &stamp())
        .unwrap();
    import(&apart.here, CSV, Some("a new court order")).unwrap();
    notes_on(&apart.there, apart.ids[1], "he called again");
    apart.merge(&apart.there, &apart.here, "second");
    assert!(apart.here.observation(apart.ids[0]).unwrap().is_some());
    assert!(apart.here.verify().is_sound(), "{:?}", apart.here.verify());
}

#[test]
fn an_older_backup_is_whole_and_restores_without_what_was_erased_since() {
    let folder = tempfile::tempdir().unwrap();
    let machine = machine(&folder, "state");
    let (case, _, ids) = filled(&folder.path().join("case"), Some(&machine));
    let backup = case
        .back_up(&folder.path().join("backups"), &stamp(), &Unwatched)
        .unwrap();
    case.erase_observations(&ids[..1], "request", &stamp()).unwrap();
    assert_eq!(case.test_backup(&backup, Timestamp(9), &Unwatched).unwrap().wrong, None);
    let arrival = Arrival {
        stamp: &stamp(),
        machine: Some(&machine),
    };
    let target = folder.path().join("restored");
    let unlock = Unlock::Passphrase(&passphrase());
    restore(&backup.path, unlock, &target, arrival, &Unwatched).unwrap();
    let restored = open(&target, Access::Read, Some(&machine)).unwrap();
    assert!(restored.observation(ids[0]).unwrap().is_none());
    restored.close().unwrap();
    let restored = open(&target, Access::Write, Some(&machine)).unwrap();
    show_bystanders(&restored);
    is_nowhere(&restored);
}

/// The cache of a restored case is empty; the search of a test needs one that is there.
fn show_bystanders(case: &Case) {
    database::checkpoint(&case.derived.writer().unwrap()).unwrap();
}

#[test]
fn remarks_that_mention_the_subject_go_wherever_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let machine = machine(&folder, "state");
    let (case, source, ids) = filled(&folder.path().join("case"), Some(&machine));
    notes_on(&case, ids[1], "his sister is astrid quillfeather");
    case.log_export("html", &[7; 32], "asked by Astrid Quillfeather", &stamp())
        .unwrap();
    case.start_instance("moved for Astrid Quillfeather", &stamp()).unwrap();
    case.start_instance("moved for Tobias Fenn", &stamp()).unwrap();
    let reasons = |case: &Case| {
        let events = case.custody().unwrap().into_iter().map(|event| event.reason);
        events.filter(|reason| !reason.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(reasons(&case).len(), 2);
    // In the same opening: what was read before is forgotten, too.
    assert_eq!(case.state().unwrap().notes.len(), 3);
    let plan = case.erase_observations(&ids[..1], "request", &stamp()).unwrap();
    assert_eq!(plan.texts, 5);
    is_nowhere(&case);
    assert_eq!(reasons(&case), ["moved for Tobias Fenn"]);
    let notes: Vec<String> = case
        .state()
        .unwrap()
        .notes
        .iter()
        .map(|note| note.text.clone())
        .collect();
    assert_eq!(notes, ["he called twice"]);
    let told = format!("{:?}", case.operations(0, usize::MAX).unwrap());
    assert!(!told.to_lowercase().contains("quillfeather"), "{told}");
    assert!(case.source(source).unwrap().is_some());
}

#[test]
fn a_remark_stays_where_somebody_else_still_says_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let (case, _, ids) = filled(&folder.path().join("case"), None);
    import(&case, b"head\nOther Name,astrid.q@mail.example,zz-77\nx,y\n", None).unwrap();
    notes_on(&case, ids[1], "writes to astrid.q@mail.example");
    case.erase_observations(&ids[..1], "request", &stamp()).unwrap();
    let notes: Vec<String> = case
        .state()
        .unwrap()
        .notes
        .iter()
        .map(|note| note.text.clone())
        .collect();
    assert!(
        notes.contains(&"writes to astrid.q@mail.example".to_owned()),
        "{notes:?}"
    );
}
