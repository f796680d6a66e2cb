//! Undo of anything, conflicts, time travel, and what an analyst adds: on a real case, as the window and scripts use it.

#![allow(clippy::unwrap_used)]

mod invented;
mod program;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use fusion_api::bench::{Places, Workbench};
use fusion_api::commands::annotate::{
    self, AnnotationsRequest, EditRequest, LayoutRequest, LayoutSaveRequest, NoteRequest, PlaceView, SplitRequest,
    TagRequest,
};
use fusion_api::commands::case::{self, Mode, NewCase, Sample};
use fusion_api::commands::entities::{self, EntityGetRequest};
use fusion_api::commands::import::{self, ImportFileRequest, ImportRunRequest, SourceWithdrawRequest};
use fusion_api::commands::log::{self, AsOfRequest, LogPageRequest, OperationView, UndoRequest, UndoView};
use fusion_api::commands::report::{self, ExportRunRequest};
use fusion_api::commands::review::{self, JudgeRequest, ReviewPageRequest};
use fusion_api::lookup;
use fusion_api::open_case::Extent;
use fusion_api::progress::Unwatched;
use fusion_api::view::EntityView;
use invented::{HANDLE, OTHER, PERSON};
use program::{Bench, PASSPHRASE};
use tempfile::TempDir;
use zeroize::Zeroizing;

/// A workbench with a case on it that holds the invented evidence.
struct Desk {
    bench: Arc<Workbench>,
    folder: TempDir,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        cases: folder.path().to_owned(),
        settings: folder.path().join("settings"),
        state: folder.path().join("state"),
    };
    let bench = Workbench::new(places).unwrap();
    let wanted = NewCase {
        name: "Harbour Lights".to_owned(),
        region: "NL".to_owned(),
        sample: Sample::Without,
    };
    let passphrase = Zeroizing::new(PASSPHRASE.to_owned());
    case::create_folder(&bench, &folder.path().join("h.fusion"), passphrase, wanted, &Unwatched).unwrap();
    let desk = Desk { bench, folder };
    for path in invented::write(&desk.folder.path().join("evidence")) {
        desk.import(&path);
    }
    desk.fuse();
    desk
}

impl Desk {
    fn import(&self, path: &Path) {
        let file = ImportFileRequest {
            handle: self.bench.handles.register(path),
            format: None,
            kind: None,
            subject: None,
            grade: None,
            mapping: None,
            secrets: None,
            again: None,
        };
        import::import(&self.bench, &ImportRunRequest { files: vec![file] }, &Unwatched).unwrap();
    }

    fn fuse(&self) {
        self.bench
            .case()
            .unwrap()
            .fuse(Extent::WhatChanged, &Unwatched)
            .unwrap();
    }

    /// Closes the case and opens it again.
    fn reopen(&self) {
        drop(self.bench.take());
        let passphrase = Zeroizing::new(PASSPHRASE.to_owned());
        case::open_folder(
            &self.bench,
            &self.folder.path().join("h.fusion"),
            passphrase,
            Mode::Write,
        )
        .unwrap();
    }

    fn id(&self, target: &str) -> String {
        lookup::one(&self.bench.case().unwrap(), target).unwrap().to_string()
    }

    fn profile(&self, target: &str) -> EntityView {
        let id = self.id(target);
        entities::get(&self.bench, EntityGetRequest { id }).unwrap()
    }

    /// The bytes of the whole case as JSON.
    fn export(&self) -> Vec<u8> {
        let file = self.folder.path().join("case.json");
        let request = ExportRunRequest {
            format: "json".to_owned(),
            entities: Vec::new(),
            tlp: "AMBER".to_owned(),
            reason: "test".to_owned(),
            place: None,
        };
        report::export_to(&self.bench, &file, &request).unwrap();
        std::fs::read(file).unwrap()
    }

    /// The operations of one sort, latest first.
    fn log(&self, kind: &str) -> Vec<OperationView> {
        let request = LogPageRequest {
            offset: 0,
            limit: 1000,
            kind: Some(kind.to_owned()),
            text: None,
        };
        log::page(&self.bench, request).unwrap().operations
    }

    fn undo(&self, operation: &str) -> UndoView {
        let operation = Some(operation.to_owned());
        log::undo(&self.bench, UndoRequest { operation }).unwrap()
    }

    fn redo(&self, operation: &str) -> UndoView {
        let operation = Some(operation.to_owned());
        log::redo(&self.bench, UndoRequest { operation }).unwrap()
    }

    /// Joins the hunt, which waits for a verdict, with the person.
    fn merge(&self) {
        let request = ReviewPageRequest {
            decisions: Vec::new(),
            offset: 0,
            limit: 50,
            order: None,
        };
        let waiting = review::page(&self.bench, request).unwrap().pairs;
        let is_hunt = |label: &str| label == HANDLE;
        let pair = waiting
            .iter()
            .find(|pair| is_hunt(&pair.left.label) || is_hunt(&pair.right.label))
            .unwrap();
        let request = JudgeRequest {
            left: pair.left.id.clone(),
            right: pair.right.id.clone(),
            verdict: "same".to_owned(),
            reason: "she signs with it".to_owned(),
        };
        review::record_verdict(&self.bench, &request).unwrap();
        self.fuse();
    }

    fn note(&self, target: &str, text: &str) {
        let (entity, text) = (self.id(target), text.to_owned());
        annotate::note(&self.bench, NoteRequest { entity, text }).unwrap();
    }

    fn edit(&self, statement: &str, text: &str) -> UndoView {
        let request = EditRequest {
            statement: statement.to_owned(),
            text: text.to_owned(),
            reason: "read again".to_owned(),
        };
        annotate::edit(&self.bench, request).unwrap()
    }

    /// A statement of the person's name.
    fn name_statement(&self) -> String {
        let picture = self.bench.case().unwrap().picture().unwrap();
        let said = |statement: &&fusion_model::Statement| {
            statement.property == fusion_model::Property::Name && statement.original == PERSON
        };
        let found = picture.snapshot.statements.iter().find(said).unwrap();
        found.id.to_string()
    }
}

/// Makes one change.
type Step<'a> = Box<dyn Fn() + 'a>;

#[test]
fn un_merging_a_merge_made_before_fifty_later_edits_keeps_those_edits() {
    let desk = desk();
    let apart = desk.export();
    desk.merge();
    assert!(lookup::one(&desk.bench.case().unwrap(), HANDLE).is_ok());
    let statement = desk.name_statement();
    for number in 0..25 {
        desk.note(PERSON, &format!("note {number}"));
        desk.edit(&statement, &format!("{PERSON} {number}"));
    }
    let merge = desk.log("judge").remove(0).id;
    desk.reopen();
    let view = desk.undo(&merge);
    assert!(view.text.unwrap().starts_with("verdict same"));
    assert!(view.conflicts.is_empty(), "{:?}", view.conflicts);
    desk.reopen();
    assert!(
        lookup::one(&desk.bench.case().unwrap(), HANDLE).is_err(),
        "they are still one"
    );
    let in_force = |kind: &str| desk.log(kind).iter().filter(|operation| !operation.retracted).count();
    assert_eq!((in_force("note"), in_force("edit"), in_force("judge")), (25, 25, 0));
    let profile = desk.profile(PERSON);
    assert_eq!(profile.notes.len(), 25);
    // Without the edits the case is byte for byte what it was before the merge.
    for edit in desk.log("edit") {
        let operation = Some(edit.id);
        log::undo(&desk.bench, UndoRequest { operation }).unwrap();
    }
    assert_eq!(desk.export(), apart);
}

#[test]
fn undoing_an_old_import_shows_what_depended_on_it_and_redo_makes_it_whole() {
    let desk = desk();
    desk.merge();
    desk.note(OTHER, "works nights");
    let entity = desk.id(OTHER);
    let (tag, state) = ("witness".to_owned(), "on".to_owned());
    annotate::tag(&desk.bench, TagRequest { entity, tag, state }).unwrap();
    let before = desk.export();
    let import = desk
        .log("import")
        .into_iter()
        .find(|operation| operation.text.contains("crew.csv"))
        .unwrap();
    let view = desk.undo(&import.id);
    let about = |words: &str| {
        view.conflicts
            .iter()
            .filter(|conflict| conflict.starts_with(words))
            .count()
    };
    assert_eq!(
        (about("note on"), about("tag witness put on")),
        (1, 1),
        "{:?}",
        view.conflicts
    );
    assert!(
        view.conflicts
            .iter()
            .all(|conflict| conflict.contains("the import of crew.csv that held"))
    );
    assert!(lookup::one(&desk.bench.case().unwrap(), OTHER).is_err());

    desk.reopen();
    let note = desk.log("note").remove(0);
    assert!(note.conflict.contains("crew.csv") && !note.retracted, "{note:?}");
    let view = desk.redo(&import.id);
    assert!(view.conflicts.is_empty());
    assert!(desk.log("note").remove(0).conflict.is_empty());
    assert_eq!(desk.export(), before);
    let profile = desk.profile(OTHER);
    assert_eq!((profile.notes.len(), profile.tags), (1, vec!["witness".to_owned()]));
}

#[test]
fn every_sort_of_change_undone_and_redone_gives_the_same_bytes() {
    let desk = desk();
    desk.merge();
    let person = desk.id(PERSON);
    let records = desk.profile(PERSON).records;
    let source = desk.bench.case().unwrap().sources().unwrap().remove(0).id;
    let statement = desk.name_statement();
    let changes: Vec<(&str, Step<'_>)> = vec![
        ("note", Box::new(|| desk.note(PERSON, "seen"))),
        ("tag", {
            let entity = person.clone();
            let bench = Arc::clone(&desk.bench);
            Box::new(move || {
                let (entity, tag, state) = (entity.clone(), "witness".to_owned(), "on".to_owned());
                annotate::tag(&bench, TagRequest { entity, tag, state }).unwrap();
            })
        }),
        ("layout", {
            let (entity, bench) = (person.clone(), Arc::clone(&desk.bench));
            Box::new(move || {
                let place = PlaceView {
                    entity: entity.clone(),
                    x: -7,
                    y: 12,
                };
                let (view, places) = ("graph".to_owned(), vec![place]);
                annotate::save_layout(&bench, LayoutSaveRequest { view, places }).unwrap();
            })
        }),
        ("edit", Box::new(|| drop(desk.edit(&statement, "Ines Korhonnen")))),
        ("split", {
            let (entity, bench, records) = (person.clone(), Arc::clone(&desk.bench), records[..1].to_vec());
            Box::new(move || {
                let (entity, records) = (entity.clone(), records.clone());
                let reason = "two people".to_owned();
                annotate::split(
                    &bench,
                    SplitRequest {
                        entity,
                        records,
                        reason,
                    },
                )
                .unwrap();
            })
        }),
        ("judge", {
            let (bench, other, person) = (Arc::clone(&desk.bench), desk.id(OTHER), person);
            Box::new(move || {
                let request = JudgeRequest {
                    left: person.clone(),
                    right: other.clone(),
                    verdict: "different".to_owned(),
                    reason: "two people".to_owned(),
                };
                review::record_verdict(&bench, &request).unwrap();
                bench.case().unwrap().fuse(Extent::WhatChanged, &Unwatched).unwrap();
            })
        }),
        ("withdraw", {
            let bench = Arc::clone(&desk.bench);
            Box::new(move || {
                let (source, reason) = (source.clone(), "stale".to_owned());
                import::withdraw_source(&bench, &SourceWithdrawRequest { source, reason }).unwrap();
                bench.case().unwrap().fuse(Extent::WhatChanged, &Unwatched).unwrap();
            })
        }),
    ];
    for (kind, change) in changes {
        let before = desk.export();
        change();
        let after = desk.export();
        let operation = desk.log(kind).remove(0).id;
        desk.undo(&operation);
        assert_eq!(desk.export(), before, "{kind} undone");
        desk.redo(&operation);
        assert_eq!(desk.export(), after, "{kind} redone");
        assert_eq!(
            before != after,
            ["edit", "split", "withdraw"].contains(&kind) || kind == "judge",
            "{kind}"
        );
        desk.undo(&operation);
    }
}

#[test]
fn a_correction_stands_beside_what_the_source_says_and_secrets_are_refused() {
    let desk = desk();
    let statement = desk.name_statement();
    desk.edit(&statement, "Ines Korhonnen");
    let ids = vec![statement.clone()];
    let shown = entities::statements(&desk.bench, entities::StatementsGetRequest { ids }).unwrap();
    let correction = shown.statements[0].correction.as_ref().unwrap();
    assert_eq!(shown.statements[0].original, "Ines Korhonnen");
    assert_eq!(
        (correction.source_text.as_str(), correction.reason.as_str()),
        (PERSON, "read again")
    );
    let exported = String::from_utf8(desk.export()).unwrap();
    assert!(
        exported.contains("\"source_text\": \"Ines Korhonen\""),
        "the export hides the correction"
    );
    desk.edit(&statement, "");
    assert!(!String::from_utf8(desk.export()).unwrap().contains("source_text"));

    let picture = desk.bench.case().unwrap().picture().unwrap();
    let secret = picture
        .snapshot
        .statements
        .iter()
        .find(|said| said.property == fusion_model::Property::Password);
    let request = EditRequest {
        statement: secret.unwrap().id.to_string(),
        text: "guessed".to_owned(),
        reason: "guess".to_owned(),
    };
    let refused = annotate::edit(&desk.bench, request).unwrap_err();
    assert!(refused.to_string().contains("sealed secret"), "{refused}");
}

#[test]
fn notes_tags_and_places_follow_their_records_when_entities_merge_and_part() {
    let desk = desk();
    let hunt = {
        let case = desk.bench.case().unwrap();
        let picture = case.picture().unwrap();
        let waiting = picture
            .snapshot
            .entities
            .iter()
            .find(|entity| entity.label == HANDLE && entity.kind.id() == "person");
        waiting.unwrap().id.to_string()
    };
    let text = "met at the quay".to_owned();
    annotate::note(
        &desk.bench,
        NoteRequest {
            entity: hunt.clone(),
            text,
        },
    )
    .unwrap();
    let place = PlaceView {
        entity: hunt.clone(),
        x: 5,
        y: -9,
    };
    let (view, places) = ("graph".to_owned(), vec![place]);
    annotate::save_layout(&desk.bench, LayoutSaveRequest { view, places }).unwrap();
    desk.merge();
    let merged = desk.profile(PERSON);
    assert_eq!(merged.notes.len(), 1);
    let placed = annotate::load_layout(
        &desk.bench,
        LayoutRequest {
            view: "graph".to_owned(),
        },
    )
    .unwrap()
    .places;
    assert_eq!(
        (placed[0].entity.as_str(), placed[0].x, placed[0].y),
        (merged.entity.id.as_str(), 5, -9)
    );
    let merge = desk.log("judge").remove(0).id;
    desk.undo(&merge);
    assert!(desk.profile(PERSON).notes.is_empty());
    let back = annotate::annotations(&desk.bench, AnnotationsRequest { entity: hunt }).unwrap();
    assert_eq!(back.notes[0].text, "met at the quay");
}

#[test]
fn a_split_parts_the_records_and_names_a_verdict_that_holds_them_together() {
    let desk = desk();
    desk.merge();
    let profile = desk.profile(PERSON);
    let judged = desk.bench.case().unwrap().judgements().unwrap().remove(0);
    let leaving = judged.left.to_string();
    assert!(profile.records.contains(&leaving));
    let request = SplitRequest {
        entity: profile.entity.id,
        records: vec![leaving],
        reason: "two people".to_owned(),
    };
    let view = annotate::split(&desk.bench, request).unwrap();
    assert!(
        view.conflicts
            .iter()
            .any(|conflict| conflict.contains("are the same: she signs with it")),
        "{view:?}"
    );
    // The two are parted, or the answer says that they are not.
    let picture = desk.bench.case().unwrap().picture().unwrap();
    let entity = |record| picture.record(record).unwrap().entity;
    let still = view
        .conflicts
        .iter()
        .any(|conflict| conflict.contains("still in the same entity"));
    assert_eq!(entity(judged.left) == entity(judged.right), still, "{view:?}");
}

#[test]
fn the_window_looks_back_and_returns() {
    let desk = desk();
    let before = desk.export();
    let then = desk.log("import").remove(0).id;
    desk.merge();
    let present = desk.export();
    let look = |operation: Option<String>| case::as_of(&desk.bench, AsOfRequest { operation });
    let view = look(Some(then.clone())).unwrap();
    assert_eq!(view.as_of.as_deref(), Some(then.as_str()));
    assert!(!view.writable && view.read_only_reason.contains(&then));
    assert_eq!(desk.export(), before);
    let refused = annotate::note(
        &desk.bench,
        NoteRequest {
            entity: desk.id(PERSON),
            text: "later".to_owned(),
        },
    );
    assert!(refused.unwrap_err().to_string().contains("as it was"));
    assert_eq!(look(None).unwrap().as_of, None);
    assert_eq!(desk.export(), present);
    desk.reopen();
    assert_eq!(desk.export(), present, "the cache on disk is the present's");
}

const CASE: &str = "harbour.fusion";

/// The program with a case that holds the invented evidence.
fn with_evidence() -> Option<Bench> {
    let bench = Bench::new()?;
    invented::write(&bench.path("evidence"));
    bench.ends(&["new", CASE, "--name", "Harbour Lights", "--region", "NL"], 0);
    bench.ends(&["import", CASE, "evidence"], 0);
    bench.ends(&["fuse", CASE], 0);
    Some(bench)
}

#[test]
fn a_report_of_an_earlier_day_is_reproduced_byte_for_byte() {
    let Some(bench) = with_evidence() else { return };
    bench.ends(&["note", CASE, PERSON, "asked the registry"], 0);
    let then = bench.json(&["log", CASE, "--kind", "note"])["operations"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    bench.ends(&["report", CASE, "--case", "-o", "then.html"], 0);

    let crew = bench.json(&["list", CASE, "sources"]);
    let crew = crew["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|source| source["name"] == "crew.csv")
        .unwrap();
    bench.ends(
        &["withdraw", CASE, crew["id"].as_str().unwrap(), "--reason", "stale"],
        0,
    );
    let told = bench.ends(&["log", CASE, "--kind", "note"], 0).out;
    assert!(told.contains(&then), "{told}");
    bench.ends(&["undo", CASE, &then], 0);
    bench.ends(&["report", CASE, "--case", "-o", "now.html"], 0);
    bench.ends(&["report", CASE, "--case", "-o", "again.html", "--as-of", &then], 0);
    let read = |name: &str| std::fs::read(bench.path(name)).unwrap();
    assert_ne!(read("now.html"), read("then.html"));
    assert_eq!(read("again.html"), read("then.html"));
    assert_eq!(
        bench.json(&["profile", CASE, PERSON, "--as-of", &then])["notes"][0]["text"],
        "asked the registry"
    );

    let refused = bench.ends(&["tag", CASE, PERSON, "witness", "--as-of", &then], 2).err;
    assert!(refused.contains("as it was right after"), "{refused}");
    let unknown = bench.ends(&["list", CASE, "sources", "--as-of", "no-such"], 1).err;
    assert!(unknown.contains("no-such"), "{unknown}");
}

#[test]
fn an_undo_that_was_acknowledged_survives_being_killed() {
    let Some(bench) = with_evidence() else { return };
    bench.ends(&["tag", CASE, PERSON, "witness"], 0);
    let program = program::find().unwrap();
    let mut child = program::prepared(&[], &program, bench.folder(), &["undo", CASE])
        .env("FUSION_PASSPHRASE_FILE", bench.path("passphrase"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.starts_with("Took back: tag witness put on"), "{line}");
    let tags = |bench: &Bench| bench.json(&["profile", CASE, PERSON])["tags"].to_string();
    assert_eq!(tags(&bench), "[]");
    assert!(
        bench
            .ends(&["redo", CASE], 0)
            .out
            .starts_with("Made again: tag witness")
    );
    assert_eq!(tags(&bench), "[\"witness\"]");
    bench.ends(&["verify", CASE], 0);
}
