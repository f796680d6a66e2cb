//! Who still holds the id of an entity that is no more is led to where its records are, and told so; undoing brings the id back.

#![allow(clippy::unwrap_used)]

mod invented;
mod program;
mod support;

use fusion_api::commands::annotate::{self, LayoutRequest, LayoutSaveRequest, NoteRequest, PlaceView, SplitRequest};
use fusion_api::commands::entities::{self, EntityGetRequest, EntityMovedRequest};
use fusion_api::commands::history::{self, EntityHistoryRequest};
use fusion_api::commands::log::{self, UndoRequest};
use fusion_api::commands::report::{self, ReportPreviewRequest};
use fusion_api::commands::review::{self, DecideRequest};
use fusion_api::commands::timeline::{self, TimelineDensityRequest};
use fusion_api::error::Code;
use fusion_api::open_case::Extent;
use fusion_api::progress::Unwatched;
use fusion_api::view::{EntityView, FollowedView, PairView};
use program::Bench;
use support::TestCase;

fn join(case: &TestCase, pair: &PairView) {
    let request = DecideRequest {
        left: pair.left.id.clone(),
        right: pair.right.id.clone(),
        verdict: "same".to_owned(),
        reason: "seen side by side".to_owned(),
    };
    review::decide(&case.bench, request).unwrap();
    case.fuse();
}

fn get(case: &TestCase, id: &str) -> EntityView {
    entities::get(&case.bench, EntityGetRequest { id: id.to_owned() }).unwrap()
}

fn moved(case: &TestCase, ids: &[&String]) -> Vec<FollowedView> {
    let ids = ids.iter().map(|id| (*id).clone()).collect();
    entities::moved(&case.bench, EntityMovedRequest { ids }).unwrap().moved
}

/// The ids of the two entities of a pair: the one that stays when they join, and the one that goes.
fn stays_and_goes(pair: &PairView) -> (String, String) {
    let mut ids = [pair.left.entity.clone(), pair.right.entity.clone()];
    ids.sort();
    ids.into()
}

#[test]
fn an_old_id_leads_to_the_entity_that_it_was_joined_into_and_undoing_brings_it_back() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let pair = case.waiting().remove(0);
    let (stays, goes) = stays_and_goes(&pair);
    let view = get(&case, &goes);
    assert!(view.entity.id == goes && view.moved.is_none());
    annotate::note(
        &case.bench,
        NoteRequest {
            entity: goes.clone(),
            text: "wears a green coat".to_owned(),
        },
    )
    .unwrap();
    let place = PlaceView {
        entity: goes.clone(),
        x: 1_000,
        y: 2_000,
    };
    let save = LayoutSaveRequest {
        view: "graph".to_owned(),
        places: vec![place],
    };
    annotate::save_layout(&case.bench, save).unwrap();
    assert!(moved(&case, &[&stays, &goes]).is_empty());

    join(&case, &pair);
    let view = get(&case, &goes);
    assert_eq!(view.entity.id, stays);
    let told = view.moved.unwrap();
    assert_eq!(
        (told.how.as_str(), told.gone, told.id.as_str()),
        ("joined", 0, goes.as_str())
    );
    let now_in: Vec<(&str, u64)> = told
        .now_in
        .iter()
        .map(|part| (part.entity.id.as_str(), part.records))
        .collect();
    assert_eq!(now_in, [(stays.as_str(), 1)]);
    assert!(told.words().contains("was joined into"), "{}", told.words());
    assert_eq!(view.notes.len(), 1);
    assert!(get(&case, &stays).moved.is_none());
    let asked = moved(&case, &[&stays, &goes]);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].id, goes);
    let view = history::history(&case.bench, EntityHistoryRequest { id: goes.clone() }).unwrap();
    assert_eq!((view.records, view.formers.len()), (2, 1));
    assert_eq!(view.formers[0].id, goes);
    // A layout and a question about events are led there, too; what leaves the case is not.
    let layout = annotate::load_layout(
        &case.bench,
        LayoutRequest {
            view: "graph".to_owned(),
        },
    )
    .unwrap();
    assert_eq!(
        layout.places.iter().map(|place| &place.entity).collect::<Vec<_>>(),
        [&stays]
    );
    let density = |id: &String| {
        let request = TimelineDensityRequest {
            entities: vec![id.clone()],
            from_ms: None,
            until_ms: None,
            buckets: 4,
        };
        timeline::density(&case.bench, request).is_ok()
    };
    assert!(density(&goes) && density(&stays));
    let request = ReportPreviewRequest {
        entities: vec![goes.clone()],
        tlp: "AMBER".to_owned(),
    };
    let refused = report::preview(&case.bench, request).unwrap_err();
    assert!(
        refused.code == Code::NotFound && refused.hint.contains("was joined into"),
        "{refused:?}"
    );

    // It outlives a fusion of everything, and the day on which it is undone.
    case.bench.case().unwrap().fuse(Extent::Everything, &Unwatched).unwrap();
    assert_eq!(get(&case, &goes).entity.id, stays);
    let undone = log::undo(&case.bench, UndoRequest { operation: None }).unwrap();
    assert!(undone.text.unwrap().contains("same"));
    assert_eq!(get(&case, &goes).entity.id, goes);
    assert!(get(&case, &goes).moved.is_none() && get(&case, &stays).moved.is_none());
    assert!(moved(&case, &[&stays, &goes]).is_empty());
    log::redo(&case.bench, UndoRequest { operation: None }).unwrap();
    assert_eq!(get(&case, &goes).entity.id, stays);
}

#[test]
fn an_entity_that_parted_tells_where_its_records_went() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let pair = case.waiting().remove(0);
    let (stays, goes) = stays_and_goes(&pair);
    join(&case, &pair);
    let split = SplitRequest {
        entity: goes.clone(),
        records: vec![goes.clone()],
        reason: "two of one name".to_owned(),
    };
    annotate::split(&case.bench, split).unwrap();
    // It is back as it was before, so nobody has to be led anywhere.
    assert_eq!(get(&case, &goes).entity.id, goes);
    assert!(get(&case, &stays).moved.is_none());
    assert!(moved(&case, &[&stays, &goes]).is_empty());
}

#[test]
fn the_command_line_follows_an_old_id_and_says_so() {
    const CASE: &str = "names.fusion";
    let Some(bench) = Bench::new() else { return };
    bench.ends(&["new", CASE, "--name", "Names"], 0);
    let lists = invented::write_namesakes(&bench.path("lists"));
    let lists: Vec<&str> = lists.iter().map(|path| path.to_str().unwrap()).collect();
    bench.ends(&[&["import", CASE], lists.as_slice()].concat(), 0);
    let early = bench.ends(&["review", CASE], 0);
    assert!(
        early.err.contains("`fusion fuse` brings them up to date"),
        "{}",
        early.err
    );
    bench.ends(&["fuse", CASE], 0);
    let late = bench.ends(&["review", CASE], 0);
    assert!(!late.err.contains("brings them up to date"), "{}", late.err);
    let page = bench.json(&["review", CASE]);
    assert_eq!(page["total"], 30, "{page}");
    let mut ids = ["left", "right"].map(|side| page["pairs"][0][side]["entity"].as_str().unwrap().to_owned());
    ids.sort();
    let [stays, goes] = &ids;
    bench.json(&["judge", CASE, stays, goes, "same", "--reason", "seen side by side"]);
    let answer = bench.ends(&["profile", CASE, goes], 0);
    assert!(
        answer.err.contains(&format!("note: {goes} was joined into ")),
        "{}",
        answer.err
    );
    assert!(answer.out.contains(stays.as_str()), "{}", answer.out);
    let view = bench.json(&["profile", CASE, goes]);
    assert_eq!(
        (&view["entity"]["id"], &view["moved"]["how"]),
        (&stays.as_str().into(), &"joined".into())
    );
    let refused = bench.run(&["export", CASE, "-o", "out.md", "--entity", goes]);
    assert_ne!(refused.code, 0);
    assert!(refused.err.contains("was joined into"), "{}", refused.err);
    let refused = bench.run(&["erase", CASE, goes, "--reason", "asked for"]);
    assert!(
        refused.code != 0 && refused.err.contains("was joined into"),
        "{}",
        refused.err
    );
    bench.ends(&["undo", CASE], 0);
    let view = bench.json(&["profile", CASE, goes]);
    assert_eq!(
        (&view["entity"]["id"], &view["moved"]),
        (&goes.as_str().into(), &serde_json::Value::Null)
    );
}
