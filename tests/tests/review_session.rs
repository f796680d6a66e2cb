//! The review of pairs as the window goes about it: verdicts that answer at once, are fused together and taken back.

#![allow(clippy::unwrap_used)]

mod invented;
mod support;

use std::collections::BTreeSet;

use fusion_api::commands::annotate::{self, AnnotationsRequest, EditRequest, NoteRequest};
use fusion_api::commands::history::{self, EntityHistoryRequest};
use fusion_api::commands::log::{self, LogPageRequest, OperationView, UndoRequest};
use fusion_api::commands::measure::{self, MeasureRequest, PreviewRequest, SampleRequest, ThresholdsRequest};
use fusion_api::commands::report::{self, ReportPreviewRequest};
use fusion_api::commands::review::{
    self, DecideRequest, DecidedView, JudgeRequest, ReviewPageRequest, ReviewPageView, TakeBackRequest,
};
use fusion_api::error::Code;
use fusion_api::open_case::Extent;
use fusion_api::progress::Unwatched;
use fusion_api::view::PairView;
use fusion_model::{RecordId, Verdict};
use invented::NAMESAKES;
use support::TestCase;

fn page(case: &TestCase) -> ReviewPageView {
    let request = ReviewPageRequest {
        decisions: vec!["review".to_owned()],
        offset: 0,
        limit: 500,
        order: None,
    };
    review::page(&case.bench, request).unwrap()
}

fn decide(case: &TestCase, pair: &PairView, verdict: &str) -> DecidedView {
    let request = DecideRequest {
        left: pair.left.id.clone(),
        right: pair.right.id.clone(),
        verdict: verdict.to_owned(),
        reason: "seen side by side".to_owned(),
    };
    review::decide(&case.bench, request).unwrap()
}

fn take_back(case: &TestCase, operation: &str) -> DecidedView {
    let operation = operation.to_owned();
    review::take_back(&case.bench, TakeBackRequest { operation }).unwrap()
}

fn operations(case: &TestCase, kind: &str) -> Vec<OperationView> {
    let request = LogPageRequest {
        offset: 0,
        limit: 1000,
        kind: Some(kind.to_owned()),
        text: None,
    };
    log::page(&case.bench, request).unwrap().operations
}

fn settle(case: &TestCase) {
    let begun = std::time::Instant::now();
    while case.bench.jobs.are_running() {
        assert!(begun.elapsed().as_secs() < 120, "a fusion does not end");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn thirty_verdicts_in_a_row_answer_at_once_and_are_fused_together() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let waiting = page(&case);
    assert_eq!((waiting.total, waiting.pairs.len()), (30, NAMESAKES.len()));
    let mut jobs = BTreeSet::new();
    for (at, pair) in waiting.pairs.iter().enumerate() {
        let verdict = if at % 3 == 0 { "different" } else { "same" };
        jobs.insert(decide(&case, pair, verdict).job);
        // The picture is still the one from before; what was said is known all the same.
        assert_eq!(page(&case).total, 29 - at as u64);
    }
    assert!(jobs.len() < 10, "{} fusions for thirty verdicts", jobs.len());
    settle(&case);
    assert!(page(&case).pairs.is_empty());
    assert_eq!(case.persons().len(), 60 - 20);
    let judged = operations(&case, "judge");
    let same = judged.iter().filter(|each| each.text.starts_with("verdict same"));
    assert_eq!((judged.len(), same.count()), (30, 20));
    assert!(!case.bench.case().unwrap().is_stale().unwrap());
}

#[test]
fn a_verdict_taken_back_waits_again_before_anything_is_fused_and_after() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let first = page(&case).pairs.remove(0);
    for verdict in ["same", "different"] {
        let said = decide(&case, &first, verdict);
        settle(&case);
        assert_eq!(page(&case).total, 29);
        take_back(&case, &said.operation);
        let again = page(&case);
        assert_eq!(again.total, 30);
        assert!(again.pairs.iter().any(|pair| pair.left.id == first.left.id));
        settle(&case);
        assert_eq!(page(&case).total, 30);
    }
    let said = decide(&case, &first, "unsure");
    let last = page(&case);
    assert_eq!(
        (last.total, last.pairs.last().map(|pair| &pair.left.id)),
        (30, Some(&first.left.id))
    );
    assert!(last.questions.last().unwrap().looked_at);
    take_back(&case, &said.operation);
    settle(&case);
}

#[test]
fn only_a_verdict_is_taken_back_and_only_on_records() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let import = operations(&case, "import").remove(0).id;
    let refused = review::take_back(&case.bench, TakeBackRequest { operation: import }).unwrap_err();
    assert_eq!(refused.code, Code::Usage);
    let pair = page(&case).pairs.remove(0);
    let decide = |left: &str, right: &str, verdict: &str, reason: &str| {
        let request = DecideRequest {
            left: left.to_owned(),
            right: right.to_owned(),
            verdict: verdict.to_owned(),
            reason: reason.to_owned(),
        };
        review::decide(&case.bench, request).unwrap_err().code
    };
    let (left, right) = (&pair.left.id, &pair.right.id);
    assert_eq!(decide(left, left, "same", "seen"), Code::Usage);
    assert_eq!(decide(left, right, "perhaps", "seen"), Code::Usage);
    assert_eq!(decide(left, right, "same", "  "), Code::Usage);
    assert_eq!(decide(left, &"0".repeat(32), "same", "seen"), Code::NotFound);
    assert!(operations(&case, "judge").is_empty());
}

#[test]
fn the_order_by_score_is_the_order_of_all_pairs() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let by = |order: &str| {
        let request = ReviewPageRequest {
            decisions: vec!["review".to_owned()],
            offset: 0,
            limit: 500,
            order: Some(order.to_owned()),
        };
        review::page(&case.bench, request)
    };
    let view = by("score").unwrap();
    let scores: Vec<i32> = view.pairs.iter().map(|pair| pair.score_millibits).collect();
    assert!(scores.is_sorted_by(|one, other| one >= other));
    let values: Vec<u64> = by("value")
        .unwrap()
        .questions
        .iter()
        .map(|question| question.value)
        .collect();
    assert!(values.is_sorted_by(|one, other| one >= other));
    assert_eq!(by("luck").unwrap_err().code, Code::Usage);
}

#[test]
fn un_merging_in_review_keeps_fifty_later_edits() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let pair = page(&case).pairs.remove(0);
    let name = pair.left.label.clone();
    let merge = decide(&case, &pair, "same");
    settle(&case);
    let profile = case.profile(&pair.left.entity);
    let statement = profile
        .facts
        .iter()
        .find(|fact| fact.property == "name")
        .unwrap()
        .statements[0]
        .clone();
    for number in 0..25 {
        let note = NoteRequest {
            entity: profile.entity.id.clone(),
            text: format!("note {number}"),
        };
        annotate::note(&case.bench, note).unwrap();
        let edit = EditRequest {
            statement: statement.clone(),
            text: format!("{name} {number}"),
            reason: "as she signs".to_owned(),
        };
        annotate::edit(&case.bench, edit).unwrap();
    }
    let before = case.persons().len();
    take_back(&case, &merge.operation);
    settle(&case);
    assert_eq!(case.persons().len(), before + 1, "they are still one");
    let in_force = |kind: &str| operations(&case, kind).iter().filter(|each| !each.retracted).count();
    assert_eq!((in_force("note"), in_force("edit"), in_force("judge")), (25, 25, 0));
    assert!(operations(&case, "edit").iter().all(|each| each.conflict.is_empty()));
    let both = [&pair.left.id, &pair.right.id].map(|entity| {
        let entity = entity.clone();
        annotate::annotations(&case.bench, AnnotationsRequest { entity })
            .unwrap()
            .notes
            .len()
    });
    assert_eq!(both.iter().sum::<usize>(), 25);
    assert!(case.persons().contains(&format!("{name} 24")), "{:?}", case.persons());
}

#[test]
fn a_verdict_on_entities_still_finds_their_strongest_records() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let pair = page(&case).pairs.remove(0);
    let request = JudgeRequest {
        left: pair.left.entity.clone(),
        right: pair.right.entity,
        verdict: "same".to_owned(),
        reason: "seen".to_owned(),
    };
    review::judge(&case.bench, request).unwrap();
    settle(&case);
    assert_eq!(page(&case).total, 29);
}

fn sample(case: &TestCase, stratum: &str) -> ReviewPageView {
    let stratum = stratum.to_owned();
    measure::sample(&case.bench, SampleRequest { stratum, limit: 500 }).unwrap()
}

#[test]
fn the_error_rate_rests_on_drawn_pairs_and_tells_the_chosen_apart() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let drawn = sample(&case, "waiting");
    assert_eq!(drawn.total, 30);
    for (at, pair) in drawn.pairs.iter().take(10).enumerate() {
        decide(&case, pair, if at == 4 { "different" } else { "same" });
    }
    // The eleventh is passed over, so that whatever is judged behind it was chosen.
    decide(&case, &drawn.pairs[20], "same");
    for _ in 0..2 {
        // A verdict moves no pair from one sort to another, before it is fused or after.
        let view = measure::measure(&case.bench, MeasureRequest { goal: None }).unwrap();
        let waiting = view.strata.iter().find(|group| group.key == "waiting").unwrap();
        assert_eq!((waiting.pairs, waiting.drawn.same, waiting.drawn.different), (30, 9, 1));
        assert_eq!((waiting.chosen.same, waiting.share.estimate), (1, Some(9_000)));
        assert!(waiting.share.low > 5_000 && waiting.share.high < 10_000, "{waiting:?}");
        assert_eq!(view.proposal.link, "too-few");
        settle(&case);
    }
    let rest = sample(&case, "waiting");
    assert_eq!((rest.total, &rest.pairs[0].left.id), (19, &drawn.pairs[10].left.id));
    let unknown = measure::sample(
        &case.bench,
        SampleRequest {
            stratum: "odd".to_owned(),
            limit: 1,
        },
    );
    assert_eq!(unknown.unwrap_err().code, Code::Usage);
}

fn report_text(case: &TestCase) -> String {
    let request = ReportPreviewRequest {
        entities: Vec::new(),
        tlp: "AMBER".to_owned(),
    };
    report::preview(&case.bench, request).unwrap().html
}

#[test]
fn a_report_states_the_measured_error_rate_or_that_there_is_none() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    assert!(report_text(&case).contains("was not measured in this case"));
    let drawn = sample(&case, "waiting");
    let rest = &drawn.pairs[10];
    // Only chosen pairs are judged: that is no measurement.
    decide(&case, &drawn.pairs[20], "same");
    settle(&case);
    assert!(report_text(&case).contains("was not measured in this case"));
    for pair in drawn.pairs.iter().take(10) {
        decide(&case, pair, "same");
    }
    settle(&case);
    let (text, again) = (report_text(&case), report_text(&case));
    let view = measure::measure(&case.bench, MeasureRequest { goal: None }).unwrap();
    let (pairs, judged) = view.strata.iter().fold((0, 0), |(pairs, judged), group| {
        (pairs + group.pairs, judged + group.drawn.same)
    });
    assert_eq!(judged, 10);
    let words = format!("{judged} of {pairs} such pairs were drawn and judged");
    assert!(text.contains(&words), "{words}");
    let low = format!("{}.{:02}", view.recall.low / 100, view.recall.low % 100);
    assert!(text.contains(&low), "{low}");
    assert_eq!(text, again);

    // A verdict that is not fused yet: figures measured now would be of another revision than the report's.
    let [left, right] = [&rest.left.id, &rest.right.id].map(|id| RecordId::parse(id).unwrap());
    let open = case.bench.case().unwrap();
    open.judge(left, right, Verdict::Same, "seen side by side").unwrap();
    assert!(report_text(&case).contains("is not stated"));
}

#[test]
fn thresholds_are_tried_out_without_a_trace_and_put_in_force_by_one_change() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let now = measure::thresholds(&case.bench, ThresholdsRequest {}).unwrap();
    let score = page(&case).pairs.iter().map(|pair| pair.score_millibits).max().unwrap();
    let wanted = || PreviewRequest {
        review_millibits: score + 200,
        link_millibits: (score + 200).max(now.link_millibits),
    };
    let before = (case.bench.case().unwrap().log_length().unwrap(), page(&case).total);
    let view = measure::preview(&case.bench, wanted()).unwrap();
    assert_eq!((view.waiting_now, view.waiting_then), (30, 0));
    let moved: Vec<(&str, &str, u64)> = view
        .moved
        .iter()
        .map(|moved| (moved.from.as_str(), moved.to.as_str(), moved.pairs))
        .collect();
    assert_eq!(moved, [("review", "rejected", 30)]);
    assert!(
        view.rules
            .iter()
            .any(|rule| rule.key == "entity_resolution.review_confidence_threshold")
    );
    assert_eq!(
        (case.bench.case().unwrap().log_length().unwrap(), page(&case).total),
        before
    );
    assert!(!case.bench.case().unwrap().is_stale().unwrap());

    measure::apply(&case.bench, wanted()).unwrap();
    settle(&case);
    assert_eq!((page(&case).total, operations(&case, "rule-change").len()), (0, 1));
    assert_eq!(measure::apply(&case.bench, wanted()).unwrap_err().code, Code::Usage);
    log::undo(&case.bench, UndoRequest { operation: None }).unwrap();
    assert_eq!(page(&case).total, 30);
    let back = measure::thresholds(&case.bench, ThresholdsRequest {}).unwrap();
    assert_eq!(back.review_millibits, now.review_millibits);
    log::redo(&case.bench, UndoRequest { operation: None }).unwrap();
    assert_eq!(page(&case).total, 0);
    let crossed = PreviewRequest {
        review_millibits: 3_000,
        link_millibits: 2_000,
    };
    assert_eq!(measure::preview(&case.bench, crossed).unwrap_err().code, Code::Usage);
}

#[test]
fn an_entity_tells_how_it_came_to_be() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let pair = page(&case).pairs.remove(0);
    let merge = decide(&case, &pair, "same");
    settle(&case);
    let of = |id: &str| history::history(&case.bench, EntityHistoryRequest { id: id.to_owned() });
    let id = case.profile(&pair.left.label).entity.id;
    let view = of(&id).unwrap();
    assert_eq!((view.records, view.joins_total, view.held_by_all), (2, 1, 0));
    let join = &view.joins[0];
    assert_eq!(
        (join.pair.decision.as_str(), join.left_records, join.right_records),
        ("judged-same", 1, 1)
    );
    let done: Vec<&str> = view
        .operations
        .iter()
        .map(|operation| operation.kind.as_str())
        .collect();
    assert_eq!(done, ["judge", "import", "import"]);

    take_back(&case, &merge.operation);
    settle(&case);
    let view = of(&pair.left.entity).unwrap();
    assert_eq!((view.records, view.joins_total, view.operations_total), (1, 0, 2));
    assert!(view.operations[0].retracted && view.operations[0].kind == "judge");
    assert_eq!(of(&"0".repeat(32)).unwrap_err().code, Code::NotFound);
}

/// Every field of a snapshot is a plain value in a fixed order, so its text is its bytes.
fn snapshot(case: &TestCase) -> String {
    format!("{:?}", case.bench.case().unwrap().picture().unwrap().snapshot)
}

#[test]
fn fusions_that_follow_each_other_come_to_what_one_from_nothing_comes_to() {
    let case = TestCase::of("Namesakes", invented::write_namesakes);
    let from_nothing = || {
        let open = case.bench.case().unwrap();
        open.fuse(Extent::Everything, &Unwatched).unwrap();
        snapshot(&case)
    };
    let pairs = page(&case).pairs;
    let said: Vec<DecidedView> = pairs[..4]
        .iter()
        .zip(["same", "different", "same", "unsure"])
        .map(|(pair, verdict)| decide(&case, pair, verdict))
        .collect();
    settle(&case);
    let judged = snapshot(&case);
    take_back(&case, &said[0].operation);
    settle(&case);
    let taken_back = snapshot(&case);
    assert_ne!(judged, taken_back);
    assert_eq!(taken_back, from_nothing());
    log::redo(&case.bench, UndoRequest { operation: None }).unwrap();
    assert_eq!(snapshot(&case), judged);
    case.import_text(
        "more.csv",
        "name,email\nMara Ellison,mara@late.example\nTom Harker,\n",
        None,
    );
    case.fuse();
    let grown = snapshot(&case);
    assert_eq!(grown, from_nothing());
    log::undo(&case.bench, UndoRequest { operation: None }).unwrap();
    assert_eq!(snapshot(&case), judged);
}
