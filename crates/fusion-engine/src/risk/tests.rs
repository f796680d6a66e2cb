#![allow(clippy::unwrap_used)]

use fusion_model::derived::RelationKind;
use fusion_model::{Credibility, EntityKind, Level, Property, Score, SourceKind};

use super::Factor;
use crate::staged::{Case, graded, link, person, record};

fn exposed(case: &mut Case, file: &str, breach: &str) {
    let source = case.source(file, SourceKind::Breach, file);
    let records = vec![
        person("p", &[(Property::Name, "Ada North", "")]),
        record(
            EntityKind::Breach,
            breach,
            &[
                (Property::BreachName, breach, ""),
                (Property::BreachDate, "2025-12-01", ""),
            ],
        ),
    ];
    case.row(source, records, vec![link(0, 1, RelationKind::ExposedIn, &[])]);
}

#[test]
fn factors_are_capped_weighed_and_name_their_findings() {
    let mut case = Case::default();
    for breach in ["One", "Two", "Three", "Four", "Five", "Six", "Seven"] {
        exposed(&mut case, breach, breach);
    }
    let fused = case.fuse();
    let risk = &fused.assessment.risks[&fused.entity("Ada North").id];
    let names: Vec<&str> = risk.factors.iter().map(|factor| factor.name.as_str()).collect();
    assert_eq!(names, Factor::ALL.map(Factor::id));
    assert_eq!((risk.factors[0].score, risk.factors[0].findings.len()), (Score::ONE, 7));
    // Breaches in full (0.20) and repeated breaches (0.4 of 0.25).
    assert_eq!((risk.score.basis_points(), risk.level), (3_000, Level::Low));
}

#[test]
fn no_finding_is_without_statements_words_and_advice() {
    let mut case = Case::default();
    for breach in ["One", "Two", "Three"] {
        exposed(&mut case, breach, breach);
    }
    let fused = case.fuse();
    assert_eq!(fused.assessment.findings.len(), 4);
    for finding in &fused.assessment.findings {
        assert!(
            !finding.statements.is_empty() && finding.statements.is_sorted(),
            "{finding:?}"
        );
        assert!(!finding.text.is_empty() && !finding.innocent.is_empty() && !finding.recommendation.is_empty());
        assert!(finding.entity.is_some() && finding.score > Score::ZERO);
    }
}

#[test]
fn the_flip_test_names_the_single_source_that_carries_the_level() {
    let mut case = Case::default();
    case.rules.risk.thresholds.low = Score::from_basis_points(1_500);
    for breach in ["One", "Two"] {
        exposed(&mut case, breach, breach);
    }
    let page = case.osint("page");
    case.row(
        page,
        vec![person("p", &[(Property::Bio, "carding and cashout, fullz", "")])],
        vec![],
    );
    let fused = case.fuse();
    let risk = &fused.assessment.risks[&fused.entity("Ada North").id];
    let flip = risk.flip.as_ref().unwrap();
    assert_eq!(
        (risk.level, flip.level, flip.source),
        (Level::Low, Level::Minimal, page)
    );
    assert!(flip.score < risk.score);
}

#[test]
fn two_sources_that_say_the_same_leave_nothing_to_flip() {
    let mut case = Case::default();
    case.rules.risk.thresholds.low = Score::from_basis_points(900);
    for file in ["one.json", "two.json"] {
        let source = case.osint(file);
        case.row(
            source,
            vec![person(
                "p",
                &[
                    (Property::Name, "Ada North", ""),
                    (Property::Bio, "carding and cashout, fullz", ""),
                ],
            )],
            vec![],
        );
    }
    let fused = case.fuse();
    let risk = &fused.assessment.risks[&fused.entity("Ada North").id];
    assert_eq!((risk.level, &risk.flip), (Level::Low, &None));
}

#[test]
fn exposure_fades_with_every_step_and_stops_at_the_depth() {
    let mut case = Case::default();
    case.rules.risk.indicators.watch_list = vec!["Nora Vale".to_owned()];
    let chain = ["Nora Vale", "Ada One", "Bo Two", "Cy Three", "Di Four"];
    let source = case.osint("chain");
    for pair in chain.windows(2) {
        let records = pair
            .iter()
            .map(|name| person(name, &[(Property::Name, name, "")]))
            .collect();
        case.row(
            source,
            records,
            vec![graded(0, 1, RelationKind::Controls, Credibility::Confirmed)],
        );
    }
    let fused = case.fuse();
    let network = |name: &str| {
        fused.assessment.risks[&fused.entity(name).id].factors[2]
            .score
            .basis_points()
    };
    // Watch list 1.0, half a step, by the rule's weight of one half.
    assert_eq!(chain.map(network), [0, 2_500, 1_250, 625, 0]);
    let far = fused
        .assessment
        .findings
        .iter()
        .find(|finding| finding.entity == Some(fused.entity("Cy Three").id))
        .unwrap();
    assert_eq!(
        far.text,
        "is linked by 3 steps to Nora Vale, which is flagged (watch-list): Bo Two → Ada One → Nora Vale"
    );
}

#[test]
fn doubtful_accounts_do_not_weigh_on_their_supposed_owner() {
    for (credibility, findings) in [(Credibility::ProbablyTrue, 1), (Credibility::Doubtful, 0)] {
        let mut case = Case::default();
        let source = case.osint("hunt");
        let account = record(
            EntityKind::Account,
            "x",
            &[
                (Property::Account, "ada", "site.example"),
                (Property::Bio, "carding", ""),
            ],
        );
        case.row(
            source,
            vec![person("p", &[(Property::Name, "Ada North", "")]), account],
            vec![graded(0, 1, RelationKind::Owns, credibility)],
        );
        let fused = case.fuse();
        let ada = fused.entity("Ada North").id;
        let of_ada = fused
            .assessment
            .findings
            .iter()
            .filter(|finding| finding.entity == Some(ada))
            .count();
        assert_eq!(of_ada, findings, "{credibility:?}");
    }
}
