#![allow(clippy::unwrap_used)]

use fusion_model::{MilliBits, Score};
use proptest::prelude::*;

use super::schema::{KeySpec, KeyType, Section};
use super::{Preset, Rules, SHIPPED, describe, diff, load, load_kept, show};

#[test]
fn the_shipped_file_is_the_built_in_rules_written_out() {
    assert_eq!(load(SHIPPED, "fusion_rules.yaml").unwrap(), Rules::shipped());
    assert!(
        SHIPPED == show(&Rules::shipped()),
        "the shipped file is stale: write it with `fusion rules show > fusion_rules.yaml`"
    );
}

#[test]
fn both_presets_survive_being_written_and_read() {
    for preset in Preset::ALL {
        let rules = Rules::built_in(preset);
        assert_eq!(load(&show(&rules), "shown.yaml").unwrap(), rules, "{}", preset.id());
    }
}

#[test]
fn an_empty_file_changes_nothing() {
    for text in ["", "# nothing\n", "risk:\n", "{}", "---\n...\n"] {
        assert_eq!(load(text, "empty.yaml").unwrap(), Rules::shipped(), "{text:?}");
    }
}

#[test]
fn a_file_overrides_only_what_it_names() {
    let text = "timeline:\n  max_gap_days: 45\nrisk:\n  rules:\n    keyword: {weight: 0.125}\n  indicators:\n    domains: [bad.example]\n";
    let rules = load(text, "mine.yaml").unwrap();
    let mut expected = Rules::shipped();
    expected.timeline.max_gap_days = 45;
    expected.risk.rules.keyword.weight = Score::from_basis_points(1_250);
    expected.risk.indicators.domains = vec!["bad.example".to_owned()];
    assert_eq!(rules, expected);
    let keys: Vec<String> = diff(&Rules::shipped(), &rules)
        .into_iter()
        .map(|change| format!("{}: {} -> {}", change.key, change.old, change.new))
        .collect();
    assert_eq!(
        keys,
        [
            "risk.indicators.domains: [] -> [\"bad.example\"]",
            "risk.rules.keyword.weight: 0.5 -> 0.125",
            "timeline.max_gap_days: 30 -> 45"
        ]
    );
}

#[test]
fn the_strict_preset_holds_the_second_values_and_can_be_overridden() {
    let rules = load(
        "confidence:\n  corroboration_bonus: 0.3\npreset: strict\n",
        "strict.yaml",
    )
    .unwrap();
    assert_eq!(rules.preset, Preset::Strict);
    assert_eq!(rules.entity_resolution.fuzzy_threshold, Score::from_basis_points(9_000));
    assert_eq!(rules.correlation.min_correlation_score, Score::from_basis_points(7_000));
    assert_eq!(
        (rules.correlation.time_window_days, rules.correlation.max_graph_depth),
        (730, 4)
    );
    assert_eq!(rules.confidence.freshness_decay_days.default, 90);
    assert_eq!(rules.confidence.corroboration_bonus, Score::from_basis_points(3_000));
    let bands = &rules.risk.thresholds;
    assert_eq!(
        [bands.critical, bands.high, bands.medium, bands.low].map(Score::basis_points),
        [8_500, 7_000, 4_500, 2_500]
    );
}

/// File text, then line, column, key and a part of the message of each problem.
type Refusal = (&'static str, &'static [(u32, u32, &'static str, &'static str)]);

const REFUSALS: &[Refusal] = &[
    (
        "entity_resolution:\n  fuzy_threshold: 0.9\n",
        &[(
            2,
            3,
            "entity_resolution.fuzy_threshold",
            "did you mean `fuzzy_threshold`?",
        )],
    ),
    (
        "riks:\n  x: 1\n",
        &[(1, 1, "riks", "unknown key `riks` at the top; did you mean `risk`?")],
    ),
    (
        "timeline:\n  max_gap_days: 0\n",
        &[(2, 17, "timeline.max_gap_days", "is 0, out of range")],
    ),
    (
        "timeline:\n  max_gap_days: 3.5\n",
        &[(2, 17, "timeline.max_gap_days", "whole number")],
    ),
    (
        "timeline: {max_gap_days: many}\n",
        &[(1, 26, "timeline.max_gap_days", "must be a plain number")],
    ),
    (
        "timeline:\n  max_gap_days: \"30\"\n",
        &[(2, 17, "timeline.max_gap_days", "must be a plain number")],
    ),
    (
        "correlation:\n  min_correlation_score: 1.2\n",
        &[(2, 26, "correlation.min_correlation_score", "is 1.2, out of range")],
    ),
    (
        "correlation:\n  min_correlation_score: 0.60001\n",
        &[(2, 26, "correlation.min_correlation_score", "at most 4 decimal places")],
    ),
    (
        "entity_resolution:\n  phone_normalize: maybe\n",
        &[(2, 20, "entity_resolution.phone_normalize", "must be true or false")],
    ),
    (
        "logging:\n  level: verbos\n",
        &[(2, 10, "logging.level", "cannot be `verbos`")],
    ),
    (
        "risk:\n  indicators:\n    countries: IR\n",
        &[(3, 16, "risk.indicators.countries", "must be a list")],
    ),
    (
        "risk:\n  indicators:\n    countries: [NO, 7]\n",
        &[(3, 21, "risk.indicators.countries", "put quotes around")],
    ),
    ("risk: 5\n", &[(1, 7, "risk", "expected keys below `risk`")]),
    (
        "timeline:\n  max_gap_days: 4\n  max_gap_days: 5\n",
        &[(3, 3, "max_gap_days", "stands here a second time")],
    ),
    (
        "entity_resolution:\n  weights:\n    wallet: [1.0]\n",
        &[(3, 13, "entity_resolution.weights.wallet", "needs 2 weights")],
    ),
    (
        "alerts:\n  conditions:\n    - name: a\n      wehn: burst\n",
        &[(4, 7, "alerts.conditions[0].wehn", "did you mean `when`?")],
    ),
    (
        "alerts:\n  conditions:\n    - when: burst\n",
        &[(2, 3, "alerts.conditions", "has no `name`")],
    ),
    (
        "confidence:\n  weights:\n    freshness: 0.3\n",
        &[(2, 3, "confidence.weights", "add up to 1.1")],
    ),
    (
        "risk:\n  thresholds:\n    low: 0.6\n",
        &[(2, 3, "risk.thresholds", "must fall")],
    ),
    ("a: [\n", &[(2, 1, "", "not readable as YAML")]),
    ("a: 1\n---\nb: 2\n", &[(3, 1, "", "one document")]),
    (
        "timeline:\n  max_gap_days: 0\n  spree: 1\nlogging:\n  level: 3\n",
        &[
            (2, 17, "timeline.max_gap_days", "out of range"),
            (3, 3, "timeline.spree", "unknown key"),
            (5, 10, "logging.level", "must be a word"),
        ],
    ),
];

#[test]
fn every_problem_is_named_with_its_line_and_column() {
    for (text, expected) in REFUSALS {
        let problems = load(text, "mine.yaml").unwrap_err();
        let found: Vec<_> = problems
            .iter()
            .map(|problem| (problem.line, problem.column, problem.key.as_str()))
            .collect();
        let wanted: Vec<_> = expected
            .iter()
            .map(|(line, column, key, _)| (*line, *column, *key))
            .collect();
        assert_eq!(found, wanted, "{text:?}: {problems:?}");
        for (problem, (.., message)) in problems.iter().zip(*expected) {
            assert!(problem.message.contains(message), "{text:?}: {problem}");
        }
    }
}

#[test]
fn a_problem_says_what_is_allowed() {
    let problems = load("logging:\n  level: verbos\n", "mine.yaml").unwrap_err();
    assert_eq!(problems[0].hint().unwrap(), "allowed: error, warn, info, debug, trace");
    assert_eq!(
        problems[0].to_string(),
        "mine.yaml:2:10: `logging.level` cannot be `verbos`"
    );
    let problems = load("timeline:\n  nothing_like_it: 1\n", "mine.yaml").unwrap_err();
    assert!(problems[0].allowed.contains(&"max_gap_days".to_owned()));
    assert!(!problems[0].message.contains("did you mean"));
}

#[test]
fn deep_and_long_texts_are_refused_before_they_are_parsed() {
    let rows = [
        "[".repeat(100_000),
        "- ".repeat(100_000),
        "{a: ".repeat(50_000),
        "? ".repeat(100_000),
        "#".repeat(2 << 20),
    ];
    for text in rows {
        let problems = load(&text, "deep.yaml").unwrap_err();
        assert_eq!(problems.len(), 1, "{}", &text[..4]);
    }
}

#[test]
fn the_digest_follows_results_and_nothing_else() {
    let shipped = Rules::shipped().digest();
    let practice = load(
        "logging: {level: debug}\nperformance: {worker_threads: 2}\nexport: {default_tlp: RED}\n",
        "a",
    )
    .unwrap();
    assert_eq!(practice.digest(), shipped);
    for text in [
        "timeline: {max_gap_days: 31}",
        "alerts: {conditions: []}",
        "entity_resolution: {weights: {url: [0.0, 2.001]}}",
        "preset: strict",
    ] {
        assert_ne!(load(text, "b").unwrap().digest(), shipped, "{text}");
    }
}

#[test]
fn a_case_that_kept_weights_of_other_levels_still_has_its_other_rules() {
    let text = "entity_resolution:\n  rounds: 3\n  weights:\n    person_name: [-5.0, -1.5, 1.5, 3.0, 4.5, 3.0]\n    title: [-1.0, 1.0, 2.0]\n";
    let (rules, outgrown) = load_kept(text, "rules of the case").unwrap();
    let mut expected = Rules::shipped();
    expected.entity_resolution.rounds = 3;
    expected.entity_resolution.weights.title = [-1_000, 1_000, 2_000].map(MilliBits).to_vec();
    assert_eq!(rules, expected);
    assert_eq!(outgrown.len(), 1);
    assert_eq!(
        (outgrown[0].line, outgrown[0].key.as_str()),
        (4, "entity_resolution.weights.person_name")
    );
    assert_eq!(
        load(text, "a new file").unwrap_err(),
        load_kept(text, "a new file").unwrap().1
    );
    assert!(load_kept("entity_resolution: {weights: {person_nam: []}}", "rules of the case").is_err());
}

#[test]
fn every_key_is_documented_in_a_sentence() {
    fn walk(keys: &'static [KeySpec]) {
        for spec in keys {
            assert!(spec.doc.trim().ends_with('.'), "{}", spec.name);
            match spec.kind {
                KeyType::Section(keys) | KeyType::List { keys, .. } => walk(keys),
                _ => {}
            }
        }
    }
    walk(Rules::KEYS);
    assert!(describe().len() > 200);
}

proptest! {
    #[test]
    fn any_number_in_range_is_kept_exactly(points in 0_u64..=10_000, bits in -50_000_i32..=50_000, days in 1_u32..=36_500) {
        let mut rules = Rules::shipped();
        rules.graph.min_suggestion_score = Score::from_basis_points(points);
        rules.entity_resolution.prior_constant = MilliBits(bits);
        rules.timeline.max_gap_days = days;
        prop_assert_eq!(load(&show(&rules), "shown.yaml").unwrap(), rules);
    }

    #[test]
    fn any_text_in_a_list_survives(words in proptest::collection::vec("\\PC{0,12}|[\\x00-\\x20\u{85}\u{2028}:#\"'-]{1,4}", 0..6)) {
        let mut rules = Rules::shipped();
        rules.risk.indicators.keywords = words;
        prop_assert_eq!(load(&show(&rules), "shown.yaml").unwrap(), rules);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "(\\PC|\\n| |:|-|\\[|\\{){0,200}") {
        let _ = load(&text, "noise.yaml");
    }
}
