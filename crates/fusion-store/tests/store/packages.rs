//! Packages: what is unpacked is what was packed; what was changed on the way is refused and leaves nothing behind.

use std::fs;
use std::path::{Path, PathBuf};

use fusion_model::{Locator, RecordId};
use fusion_store::{
    Access, Arrival, Case, Change, CopyExtent, CopyKind, Error, KdfProfile, Machine, PackOrder, PackageFacts,
    PackageKey, Sealing, Selection, Unlock, Unwatched, inspect, unpack,
};

use crate::backups::{Ground, later, note, tree};
use crate::builders::{begin, passphrase, person, totals};

const NEW: &str = "six green kettles";

pub fn for_machine(machine: &Machine) -> Sealing {
    Sealing::Recipients(vec![machine.identity().unwrap().recipient()])
}

pub fn pack(case: &Case, file: &Path, sealing: &Sealing) -> Result<PackageFacts, Error> {
    let order = PackOrder {
        sealing,
        selection: None,
        reason: "for the colleague in Malmö",
        stamp: &later(1),
    };
    case.pack(file, &order, &Unwatched)
}

pub fn receive(ground: &Ground, file: &Path, key: PackageKey<'_>, name: &str) -> Result<PackageFacts, Error> {
    let arrival = Arrival {
        stamp: &later(2),
        machine: Some(&ground.machine),
    };
    let secret = passphrase(NEW);
    let opener = (&secret, KdfProfile::for_tests());
    unpack((file, key), &ground.at(name), opener, arrival, &Unwatched)
}

pub fn open(ground: &Ground, path: &Path) -> Case {
    let key = passphrase(NEW);
    Case::open_on(path, Unlock::Passphrase(&key), Access::Write, Some(&ground.machine)).unwrap()
}

fn packed() -> (Ground, Case, PathBuf) {
    let ground = Ground::new();
    let case = ground.case("case");
    let file = ground.at("kingfisher.fusionpack");
    pack(&case, &file, &for_machine(&ground.machine)).unwrap();
    (ground, case, file)
}

#[test]
fn an_unpacked_package_is_the_case_as_it_was() {
    let (ground, case, file) = packed();
    let facts = inspect(&file, PackageKey::Machine(&ground.machine)).unwrap();
    assert_eq!((facts.extent, facts.totals.sources), (CopyExtent::Whole, 2));
    assert_eq!(facts.signed_by, ground.machine.identity().unwrap().public_key());
    assert_eq!(
        receive(&ground, &file, PackageKey::Machine(&ground.machine), "copy").unwrap(),
        facts
    );
    let copy = open(&ground, &ground.at("copy"));
    assert!(copy.verify().is_sound(), "{:?}", copy.verify());
    assert_eq!(copy.case_id(), case.case_id());
    assert_eq!(copy.evidence().unwrap(), case.evidence().unwrap());
    assert_eq!(copy.state().unwrap().notes, case.state().unwrap().notes);
    for entry in case.sources().unwrap() {
        let id = entry.source.id;
        assert_eq!(copy.vault_read(id).unwrap(), case.vault_read(id).unwrap());
    }
    note(&copy, "written by the colleague");
    let noted = case.copies().unwrap();
    assert_eq!(
        (noted.len(), noted[0].kind, noted[0].digest),
        (1, CopyKind::Package, facts.digest)
    );
    let last = case.operations(0, usize::MAX).unwrap().pop().unwrap().operation;
    assert_eq!(last.change.kind(), "disclose");
    assert!(!case.folder().root().join("scratch").exists());
}

#[test]
fn a_package_opens_for_those_it_was_sealed_for_and_nobody_else() {
    let ground = Ground::new();
    let case = ground.case("case");
    let stranger = Machine::at(ground.at("stranger"));
    let (by_key, by_phrase) = (ground.at("by-key"), ground.at("by-phrase"));
    pack(&case, &by_key, &for_machine(&stranger)).unwrap();
    pack(&case, &by_phrase, &Sealing::Passphrase(passphrase("two red boats"))).unwrap();
    let (right, wrong) = (passphrase("two red boats"), passphrase("two red goats"));
    let rows = [
        (&by_key, PackageKey::Machine(&stranger), true),
        (&by_key, PackageKey::Machine(&ground.machine), false),
        (&by_key, PackageKey::Passphrase(&right), false),
        (&by_phrase, PackageKey::Passphrase(&right), true),
        (&by_phrase, PackageKey::Passphrase(&wrong), false),
        (&by_phrase, PackageKey::Machine(&stranger), false),
    ];
    for (file, key, opens) in rows {
        match inspect(file, key) {
            Ok(_) => assert!(opens, "{key:?}"),
            Err(error) => assert!(!opens && error.code() == "wrong-package-key", "{key:?}: {error}"),
        }
    }
}

#[test]
fn packing_needs_a_reason_a_writer_and_a_free_place() {
    let ground = Ground::new();
    let case = ground.case("case");
    let sealing = for_machine(&ground.machine);
    let silent = PackOrder {
        sealing: &sealing,
        selection: None,
        reason: "  ",
        stamp: &later(1),
    };
    assert_eq!(
        case.pack(&ground.at("a"), &silent, &Unwatched).unwrap_err().code(),
        "conflict"
    );
    fs::write(ground.at("taken"), "something").unwrap();
    assert_eq!(pack(&case, &ground.at("taken"), &sealing).unwrap_err().code(), "exists");
    for crafted in [vec![], vec!["age1nobody".to_owned()]] {
        let refused = pack(&case, &ground.at("a"), &Sealing::Recipients(crafted)).unwrap_err();
        assert_eq!(refused.code(), "conflict");
    }
    case.close().unwrap();
    let reader = ground.open("case", Access::Read);
    assert_eq!(
        pack(&reader, &ground.at("a"), &sealing).unwrap_err().code(),
        "read-only"
    );
    assert!(!ground.at("a").exists());
    assert!(reader.copies().unwrap().is_empty());
}

#[test]
fn a_package_that_was_flipped_or_cut_anywhere_is_refused_and_leaves_nothing() {
    let (ground, case, file) = packed();
    case.close().unwrap();
    let whole = fs::read(&file).unwrap();
    let before = tree(ground.folder.path());
    let mut damaged = Vec::new();
    for sample in 0..40 {
        let at = whole.len() * sample / 40 + sample;
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (sample % 8);
        damaged.push((format!("flipped at {at}"), flipped));
        damaged.push((format!("cut at {at}"), whole[..at].to_vec()));
    }
    damaged.push(("cut by one".to_owned(), whole[..whole.len() - 1].to_vec()));
    damaged.push(("longer by one".to_owned(), [whole.as_slice(), &[0]].concat()));
    for (what, bytes) in damaged {
        fs::write(&file, bytes).unwrap();
        let refused = receive(&ground, &file, PackageKey::Machine(&ground.machine), "copy").unwrap_err();
        assert!(
            matches!(refused.code(), "damaged-package" | "wrong-package-key"),
            "{what}: {refused}"
        );
        fs::write(&file, &whole).unwrap();
        assert_eq!(tree(ground.folder.path()), before, "{what}");
    }
    receive(&ground, &file, PackageKey::Machine(&ground.machine), "copy").unwrap();
}

#[test]
fn nothing_is_unpacked_over_what_is_there() {
    let (ground, _case, file) = packed();
    fs::create_dir(ground.at("empty")).unwrap();
    fs::write(ground.at("file"), "something").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(ground.at("nowhere"), ground.at("link")).unwrap();
    for name in ["case", "empty", "file", "link"] {
        let refused = receive(&ground, &file, PackageKey::Machine(&ground.machine), name).unwrap_err();
        assert_eq!(refused.code(), "exists", "{name}");
    }
    assert!(!ground.at("nowhere").exists());
}

/// Everything that the persons on `line` of all sources are.
pub fn on_line(case: &Case, line: u64) -> Selection {
    let evidence = case.evidence().unwrap();
    let rows = evidence
        .observations
        .iter()
        .filter(|row| row.content.locator == Locator::Line(line));
    let mut selection = Selection::default();
    for row in rows {
        selection.observations.insert(row.id);
        selection
            .records
            .insert(RecordId::new(&row.content.records[0].key, row.id, 0));
    }
    selection
}

#[test]
fn a_selection_holds_what_speaks_of_it_and_nothing_else() {
    let ground = Ground::new();
    let case = ground.case("case");
    let mut writer = begin(&case, b"one person only");
    writer.push(person(9, "Ida Brandt")).unwrap();
    writer.finish(totals()).unwrap();
    let (chosen, other) = (on_line(&case, 9), on_line(&case, 2));
    let first = |selection: &Selection| *selection.records.first().unwrap();
    let about = |record, text: &str| Change::Note {
        record,
        text: text.to_owned(),
    };
    case.apply(&about(first(&chosen), "selected note"), &later(0)).unwrap();
    case.apply(&about(first(&other), "other note"), &later(0)).unwrap();
    let file = ground.at("selection.fusionpack");
    let sealing = for_machine(&ground.machine);
    let pack = |selection: &Selection| {
        let order = PackOrder {
            sealing: &sealing,
            selection: Some(selection),
            reason: "only what concerns Ida",
            stamp: &later(1),
        };
        case.pack(&file, &order, &Unwatched)
    };
    assert_eq!(pack(&Selection::default()).unwrap_err().code(), "conflict");
    let facts = pack(&chosen).unwrap();
    assert_eq!(
        (facts.extent, facts.totals.sources, facts.totals.observations),
        (CopyExtent::Selection, 1, 1)
    );
    receive(&ground, &file, PackageKey::Machine(&ground.machine), "copy").unwrap();
    let copy = open(&ground, &ground.at("copy"));
    assert!(copy.verify().is_sound(), "{:?}", copy.verify());
    assert_ne!(copy.case_id(), case.case_id());
    let notes: Vec<String> = copy
        .state()
        .unwrap()
        .notes
        .iter()
        .map(|note| note.text.clone())
        .collect();
    assert_eq!(notes, ["selected note"]);
    let source = copy.sources().unwrap().remove(0).source.id;
    assert_eq!(copy.vault_read(source).unwrap(), b"one person only");
    let copied = copy.evidence().unwrap().observations;
    assert_eq!(
        case.evidence()
            .unwrap()
            .observations
            .iter()
            .filter(|row| copied.contains(row))
            .count(),
        1
    );
}

#[test]
fn a_source_that_is_selected_in_part_travels_without_its_original() {
    let ground = Ground::new();
    let case = ground.case("case");
    let selection = on_line(&case, 2);
    let file = ground.at("selection.fusionpack");
    let sealing = for_machine(&ground.machine);
    let order = PackOrder {
        sealing: &sealing,
        selection: Some(&selection),
        reason: "only what concerns Astrid",
        stamp: &later(1),
    };
    case.pack(&file, &order, &Unwatched).unwrap();
    receive(&ground, &file, PackageKey::Machine(&ground.machine), "copy").unwrap();
    let copy = open(&ground, &ground.at("copy"));
    assert!(copy.verify().is_sound(), "{:?}", copy.verify());
    // Both sources speak of her, each in one of two rows.
    assert_eq!(copy.evidence().unwrap().observations.len(), 2);
    assert_eq!(fs::read_dir(ground.at("copy").join("vault")).unwrap().count(), 0);
    assert!(copy.evidence().unwrap().warnings.is_empty());
    for entry in copy.sources().unwrap() {
        assert_eq!((entry.observations, entry.statements), (1, 3));
        assert_eq!(copy.vault_read(entry.source.id).unwrap_err().code(), "erased");
    }
}
