#![allow(clippy::unwrap_used)]

use fusion_model::derived::{Confidence, RelationKind};
use fusion_model::{Credibility, EntityKind, Grade, GradedBy, Property, Score, SourceKind};

use crate::staged::{Case, Staged, graded, person, record};

fn part<'c>(confidence: &'c Confidence, name: &str) -> &'c fusion_model::derived::ConfidencePart {
    confidence.parts.iter().find(|part| part.name == name).unwrap()
}

fn fact(fused: &Staged, property: Property) -> &Confidence {
    let person = fused
        .drafts
        .iter()
        .find(|draft| draft.kind == EntityKind::Person)
        .unwrap();
    &person
        .facts
        .iter()
        .find(|fact| fact.property == property)
        .unwrap()
        .confidence
}

#[test]
fn the_weights_add_up_and_the_whole_is_their_mean() {
    let mut case = Case::default();
    let source = case.osint("one");
    case.row(source, vec![person("a", &[(Property::Name, "Ada North", "")])], vec![]);
    let fused = case.fuse();
    let confidence = fact(&fused, Property::Name);
    let weights: u32 = confidence
        .parts
        .iter()
        .map(|part| u32::from(part.weight.basis_points()))
        .sum();
    assert_eq!(weights, 10_000);
    let sum: u32 = confidence
        .parts
        .iter()
        .map(|part| u32::from(part.weight.basis_points()) * u32::from(part.score.basis_points()))
        .sum();
    assert_eq!(u32::from(confidence.score.basis_points()), (sum + 5_000) / 10_000);
    assert!(confidence.low <= confidence.score && confidence.score <= confidence.high);
}

#[test]
fn a_grade_overrides_the_prior_and_both_are_shown() {
    let rows = [
        (SourceKind::Breach, None, 8_500, "prior of breach sources 85 %"),
        (SourceKind::Custom, None, 5_000, "prior of custom sources 50 %"),
        (
            SourceKind::Osint,
            Some("B2"),
            7_650,
            "analyst's grade B gives 85 % (prior of osint sources 70 %), item graded 2 counts 90 %",
        ),
        (SourceKind::Osint, Some("A6"), 9_800, "analyst's grade A gives 98 %"),
        (
            SourceKind::Osint,
            Some("F4"),
            3_150,
            "prior of osint sources 70 % (no grade given), item graded 4 counts 45 %",
        ),
    ];
    for (kind, grade, points, words) in rows {
        let mut case = Case::default();
        let source = case.source("one", kind, "one");
        if let Some(grade) = grade {
            case.evidence.sources[0].grade = Grade::parse(grade).unwrap();
            case.evidence.sources[0].graded = GradedBy::Analyst;
        }
        case.row(source, vec![person("a", &[(Property::Name, "Ada North", "")])], vec![]);
        let fused = case.fuse();
        let reliability = part(fact(&fused, Property::Name), "source-reliability");
        assert_eq!(reliability.score.basis_points(), points, "{kind:?} {grade:?}");
        assert!(reliability.why.contains(words), "{}", reliability.why);
    }
}

#[test]
fn each_type_of_claim_ages_at_its_own_pace() {
    let rows = [
        (Property::BirthDate, "1984-05-03", 10_000),
        (Property::Phone, "+31101234567", 5_000),
        (Property::Address, "Quay 7, Rotterdam", 3_919),
        (Property::Ip, "198.51.100.23", 2),
    ];
    for (property, text, points) in rows {
        let mut case = Case::default();
        let source = case.osint("one");
        // 730 days before the as-of day.
        case.row(
            source,
            vec![person(
                "a",
                &[(property, text, ""), (Property::LastSeenAt, "2024-01-02", "")],
            )],
            vec![],
        );
        let fused = case.fuse();
        assert_eq!(
            part(fact(&fused, property), "freshness").score.basis_points(),
            points,
            "{property:?}"
        );
    }
}

#[test]
fn an_undated_claim_is_less_fresh_than_one_dated_today() {
    let freshness = |said: &[(Property, &str, &str)]| {
        let mut case = Case::default();
        let source = case.osint("one");
        case.row(source, vec![person("a", said)], vec![]);
        part(fact(&case.fuse(), Property::Phone), "freshness")
            .score
            .basis_points()
    };
    assert_eq!(freshness(&[(Property::Phone, "+31101234567", "")]), 6_000);
    assert_eq!(
        freshness(&[
            (Property::Phone, "+31101234567", ""),
            (Property::LastSeenAt, "2026-01-01", "")
        ]),
        10_000
    );
}

#[test]
fn only_independent_origins_corroborate() {
    let rows: [(&[&str], u16); 4] = [
        (&["a"], 5_000),
        (&["a", "a", "a"], 5_000),
        (&["a", "b"], 6_500),
        (&["a", "b", "c", "d", "e", "f"], 10_000),
    ];
    for (origins, points) in rows {
        let mut case = Case::default();
        for (number, origin) in origins.iter().enumerate() {
            let source = case.source(&format!("file {number}"), SourceKind::Osint, origin);
            case.row(source, vec![person("a", &[(Property::Name, "Ada North", "")])], vec![]);
        }
        let fused = case.fuse();
        assert_eq!(
            part(fact(&fused, Property::Name), "corroboration").score.basis_points(),
            points,
            "{origins:?}"
        );
    }
}

#[test]
fn rivals_cost_but_dates_that_overlap_agree() {
    let rows: [(&[&str], u16); 3] = [
        (&["1984-05-03", "1984"], 10_000),
        (&["1984-05-03", "1985-05-03"], 8_000),
        (&["1984", "1985", "1986"], 6_000),
    ];
    for (births, points) in rows {
        let mut case = Case::default();
        for birth in births {
            let source = case.osint(birth);
            case.row(source, vec![person("a", &[(Property::BirthDate, birth, "")])], vec![]);
        }
        let fused = case.fuse();
        assert_eq!(
            part(fact(&fused, Property::BirthDate), "conflict").score.basis_points(),
            points,
            "{births:?}"
        );
    }
}

#[test]
fn completeness_names_what_is_missing() {
    let mut case = Case::default();
    let source = case.osint("one");
    let said = [
        (Property::Name, "Ada North", ""),
        (Property::Handle, "ada", ""),
        (Property::City, "Delft", ""),
        (Property::Phone, "+31101234567", ""),
    ];
    case.row(source, vec![person("a", &said)], vec![]);
    let fused = case.fuse();
    let completeness = part(&fused.entity("Ada North").confidence, "completeness");
    assert_eq!(completeness.score, Score::ratio(4, 8));
    assert!(
        completeness
            .why
            .ends_with("missing: birth-date, email, occupation, organization"),
        "{}",
        completeness.why
    );
}

#[test]
fn a_doubtful_link_is_less_sure_and_rival_owners_conflict() {
    let confidence = |credibility: Credibility, rivals: usize| {
        let mut case = Case::default();
        let source = case.osint("one");
        for number in 0..=rivals {
            let key = format!("p{number}");
            let owner = person(
                &key,
                &[(Property::Name, &format!("Owner {}", ["One", "Two"][number]), "")],
            );
            let account = record(
                EntityKind::Account,
                "x",
                &[(Property::Account, "nightjar_77", "github.com")],
            );
            case.row(
                source,
                vec![owner, account],
                vec![graded(0, 1, RelationKind::Owns, credibility)],
            );
        }
        let fused = case.fuse();
        fused
            .relation("Owner One", "github.com/nightjar_77", RelationKind::Owns)
            .unwrap()
            .confidence
            .clone()
    };
    let (sure, doubtful, torn) = (
        confidence(Credibility::ProbablyTrue, 0),
        confidence(Credibility::Doubtful, 0),
        confidence(Credibility::ProbablyTrue, 1),
    );
    assert!(sure.score > doubtful.score);
    assert_eq!(part(&torn, "conflict").score.basis_points(), 8_000);
}
