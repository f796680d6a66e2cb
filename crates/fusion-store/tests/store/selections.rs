//! What somebody did in a selection of a case comes home, and nothing else does.

use std::path::PathBuf;

use fusion_model::{Locator, RecordId, StatementId};
use fusion_store::{Case, Change, MergeReport, MergeState, PackOrder, PackageKey, Selection, Stamp, Unwatched};

use crate::backups::{Ground, later};
use crate::builders::{begin, import, person, totals};
use crate::packages::{for_machine, on_line, open, pack, receive};

/// A case, and the selection of the person on line 2 of its sources with a colleague.
struct Apart {
    ground: Ground,
    here: Case,
    there: Case,
    chosen: Selection,
}

impl Apart {
    fn new() -> Self {
        let ground = Ground::new();
        let here = ground.case("case");
        let chosen = on_line(&here, 2);
        let file = ground.at("selection.fusionpack");
        select(&ground, &here, &chosen, &file);
        receive(&ground, &file, PackageKey::Machine(&ground.machine), "there").unwrap();
        let there = open(&ground, &ground.at("there"));
        Self {
            ground,
            here,
            there,
            chosen,
        }
    }

    fn record(&self) -> RecordId {
        *self.chosen.records.first().unwrap()
    }

    fn packed(&self, name: &str) -> PathBuf {
        let file = self.ground.at(name);
        pack(&self.there, &file, &for_machine(&self.ground.machine)).unwrap();
        file
    }

    /// Brings home what is there; says first what would come, and then what came.
    fn merge(&self, name: &str) -> MergeReport {
        let file = self.packed(name);
        let key = PackageKey::Machine(&self.ground.machine);
        let planned = self.here.compare_package((&file, key), &Unwatched).unwrap();
        let merged = self.here.merge_package((&file, key), &later(6), &Unwatched).unwrap();
        assert_eq!(planned, merged);
        assert!(self.here.verify().is_sound(), "{:?}", self.here.verify());
        merged
    }
}

fn select(ground: &Ground, case: &Case, chosen: &Selection, file: &std::path::Path) {
    let sealing = for_machine(&ground.machine);
    let order = PackOrder {
        sealing: &sealing,
        selection: Some(chosen),
        reason: "for the colleague who knows her",
        stamp: &later(1),
    };
    case.pack(file, &order, &Unwatched).unwrap();
}

fn colleague() -> Stamp {
    Stamp {
        author: "Ines".to_owned(),
        ..later(3)
    }
}

fn note(case: &Case, record: RecordId, text: &str) {
    let text = text.to_owned();
    case.apply(&Change::Note { record, text }, &colleague()).unwrap();
}

fn notes(case: &Case) -> Vec<(String, String)> {
    let state = case.state().unwrap();
    state
        .notes
        .iter()
        .map(|note| (note.author.clone(), note.text.clone()))
        .collect()
}

#[test]
fn what_was_said_and_imported_in_a_selection_comes_home_once() {
    let apart = Apart::new();
    note(&apart.there, apart.record(), "she rows");
    note(&apart.there, apart.record(), "she sails");
    apart.there.undo(&colleague()).unwrap();
    let mut writer = begin(&apart.there, b"her own file");
    writer.push(person(7, "Astrid Quill")).unwrap();
    let source = writer.finish(totals()).unwrap().source;
    let before = (apart.here.evidence().unwrap().observations.len(), notes(&apart.here));

    let report = apart.merge("first");
    let rows: Vec<_> = report
        .rows
        .iter()
        .map(|row| (row.state.id(), row.kind.as_str()))
        .collect();
    let expected = [
        ("new", "source"),
        ("new", "note"),
        ("same", "source"),
        ("same", "source"),
    ];
    assert_eq!(rows, expected, "{:?}", report.rows);
    assert_eq!(apart.here.evidence().unwrap().observations.len(), before.0 + 1);
    assert_eq!(apart.here.vault_read(source).unwrap(), b"her own file");
    let mut expected = before.1;
    expected.push(("Ines".to_owned(), "she rows".to_owned()));
    assert_eq!(notes(&apart.here), expected);

    // Again: nothing new, and what was taken back here since stays so.
    assert_eq!(apart.merge("again").count(MergeState::New), 0);
    apart.here.undo(&later(7)).unwrap();
    let left = notes(&apart.here);
    assert_eq!(left.len(), expected.len() - 1);
    note(&apart.there, apart.record(), "she dives");
    let report = apart.merge("third");
    assert_eq!(report.count(MergeState::New), 1, "{:?}", report.rows);
    assert_eq!(notes(&apart.here).len(), left.len() + 1);
    let Apart { ground, here, .. } = apart;
    here.close().unwrap();
    assert!(ground.open("case", fusion_store::Access::Write).verify().is_sound());
}

#[test]
fn what_speaks_of_nothing_that_is_here_is_left_out_and_told() {
    let apart = Apart::new();
    note(&apart.there, apart.record(), "she rows");
    // Erased here meanwhile; the colleague does not know.
    let gone: Vec<_> = apart.chosen.observations.iter().copied().collect();
    apart.here.erase_observations(&gone, "request", &later(4)).unwrap();
    let before = notes(&apart.here);
    let report = apart.merge("first");
    assert_eq!(report.count(MergeState::New), 0, "{:?}", report.rows);
    let told = report
        .rows
        .iter()
        .find(|row| row.state == MergeState::Conflict)
        .unwrap();
    assert_eq!(
        (told.text.as_str(), told.here.as_str()),
        ("1 changes that are left out", "what they speak of is not here")
    );
    assert_eq!(notes(&apart.here), before);
}

#[test]
fn contradictions_with_a_selection_are_shown() {
    let apart = Apart::new();
    correct(&apart.here, "Astrid Quilling");
    correct(&apart.there, "Astrid Quillon");
    let report = apart.merge("corrections");
    let told = report.rows.iter().find(|row| row.kind == "edit").unwrap();
    assert_eq!(told.state, MergeState::Conflict);
    assert!(
        told.text.contains("Astrid Quillon") && told.here.contains("Astrid Quilling"),
        "{told:?}"
    );
}

/// Corrects the name on line 2 of one source.
pub fn correct(case: &Case, text: &str) {
    let evidence = case.evidence().unwrap();
    let on_line = evidence
        .observations
        .iter()
        .filter(|row| row.content.locator == Locator::Line(2));
    // The order of arrival differs from copy to copy.
    let row = on_line.min_by_key(|row| row.id).unwrap();
    let change = Change::Edit {
        observation: row.id,
        statement: StatementId::new(row.id, 0, "name", 0),
        text: text.to_owned(),
        reason: "misspelt".to_owned(),
    };
    case.apply(&change, &colleague()).unwrap();
}

#[test]
fn a_selection_of_another_case_is_not_merged() {
    let apart = Apart::new();
    let stranger = apart.ground.case("stranger");
    import(&stranger, b"more");
    let file = apart.ground.at("stranger.fusionpack");
    select(&apart.ground, &stranger, &on_line(&stranger, 2), &file);
    let key = PackageKey::Machine(&apart.ground.machine);
    let refused = apart
        .here
        .merge_package((&file, key), &later(6), &Unwatched)
        .unwrap_err();
    assert_eq!(refused.code(), "conflict");
}
