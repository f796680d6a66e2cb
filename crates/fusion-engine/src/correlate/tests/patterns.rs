//! Names, bodies, texts, places and acts that relate.

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Property, SourceKind};

use super::{account, named};
use crate::staged::{Case, link, record};

#[test]
fn an_alias_needs_a_source_that_says_so() {
    let mut case = Case::default();
    let source = case.osint("one");
    case.row(
        source,
        vec![named("a", "Mara Ellison", &[(Property::Alias, "Nora Vale", "")])],
        vec![],
    );
    case.row(source, vec![named("b", "Nora Vale", &[])], vec![]);
    case.row(source, vec![named("c", "Norah Vale", &[])], vec![]);
    case.row(source, vec![named("d", "Piet van Dijk", &[])], vec![]);
    let fused = case.fuse();
    assert!(
        fused
            .relation("Mara Ellison", "Nora Vale", RelationKind::Alias)
            .is_some()
    );
    assert!(
        fused
            .relation("Mara Ellison", "Norah Vale", RelationKind::Alias)
            .is_some()
    );
    assert!(
        fused
            .relation("Mara Ellison", "Piet van Dijk", RelationKind::Alias)
            .is_none()
    );
    assert!(fused.relation("Nora Vale", "Norah Vale", RelationKind::Alias).is_none());
}

#[test]
fn who_runs_a_body_is_its_officer_and_who_belongs_to_it_a_member() {
    let mut case = Case::default();
    let source = case.source("register", SourceKind::Corporate, "register");
    case.row(
        source,
        vec![record(
            EntityKind::Organization,
            "h",
            &[(Property::Name, "Halcyon Freight", "")],
        )],
        vec![],
    );
    let works = (Property::Organization, "Halcyon Freight", "");
    case.row(
        source,
        vec![named(
            "a",
            "Mara Ellison",
            &[works, (Property::Occupation, "Managing Director", "")],
        )],
        vec![],
    );
    case.row(
        source,
        vec![named(
            "b",
            "Piet van Dijk",
            &[works, (Property::Occupation, "driver", "")],
        )],
        vec![],
    );
    let fused = case.fuse();
    assert!(
        fused
            .relation("Mara Ellison", "Halcyon Freight", RelationKind::OfficerOf)
            .is_some()
    );
    assert!(
        fused
            .relation("Piet van Dijk", "Halcyon Freight", RelationKind::MemberOf)
            .is_some()
    );
    assert!(
        fused
            .relation("Piet van Dijk", "Halcyon Freight", RelationKind::OfficerOf)
            .is_none()
    );
}

#[test]
fn one_dated_text_or_two_undated_ones_relate_what_they_name() {
    for (texts, dated, points) in [
        (1, true, Some(8_000)),
        (1, false, None),
        (2, false, Some(7_500)),
        (2, true, Some(9_600)),
    ] {
        let mut case = Case::default();
        let chat = case.source("chat", SourceKind::Sigint, "chat");
        for _ in 0..texts {
            let records = vec![
                account("author", "t.me"),
                record(EntityKind::Phone, "p", &[(Property::Phone, "+31101234567", "")]),
                account("nightjar_77", "t.me"),
            ];
            let said: &[_] = if dated {
                &[(Property::HappenedAt, "2023-11-14T22:14:20Z", "")]
            } else {
                &[(Property::Text, "call me", "")]
            };
            case.row(
                chat,
                records,
                vec![
                    link(0, 1, RelationKind::Mentions, said),
                    link(0, 2, RelationKind::Mentions, said),
                ],
            );
        }
        let fused = case.fuse();
        let found = fused
            .correlation
            .relations
            .iter()
            .find(|relation| relation.kind == RelationKind::MentionedWith);
        assert_eq!(
            found.map(|relation| relation.score.basis_points()),
            points,
            "{texts} texts, dated {dated}"
        );
    }
}

#[test]
fn persons_seen_near_each_other_at_the_same_time_are_co_located() {
    for (place, day, near) in [
        ("51.922900,4.479170", "2023-11-14", true),
        ("51.952900,4.479170", "2023-11-14", false),
        ("51.922900,4.479170", "2023-12-14", false),
    ] {
        let mut case = Case::default();
        let source = case.osint("one");
        let at = |place, day| [(Property::Coordinates, place, ""), (Property::HappenedAt, day, "")];
        case.row(
            source,
            vec![named("a", "Ada North", &at("51.922500,4.479170", "2023-11-14"))],
            vec![],
        );
        case.row(source, vec![named("b", "Bo South", &at(place, day))], vec![]);
        let fused = case.fuse();
        assert_eq!(
            fused
                .relation("Ada North", "Bo South", RelationKind::CoLocated)
                .is_some(),
            near,
            "{place} {day}"
        );
    }
}

#[test]
fn wallets_that_pay_together_are_co_active_and_others_are_not() {
    let pay = |case: &mut Case, from: &str, to: &str, when: &str| {
        let source = case.evidence.sources[0].id;
        let said = [(Property::HappenedAt, when, ""), (Property::Amount, "1", "ETH")];
        case.row(
            source,
            vec![account(from, "a.example"), account(to, "b.example")],
            vec![link(0, 1, RelationKind::Paid, &said)],
        );
    };
    let mut case = Case::default();
    case.source("ledger", SourceKind::Blockchain, "ledger");
    for day in 1..=6 {
        pay(&mut case, "left", "shop", &format!("2023-11-{day:02}T10:00:00Z"));
        pay(&mut case, "right", "store", &format!("2023-11-{day:02}T10:04:00Z"));
        pay(&mut case, "loner", "store", &format!("2023-11-{day:02}T19:00:00Z"));
    }
    let fused = case.fuse();
    let pairs: Vec<String> = fused
        .relations()
        .into_iter()
        .filter(|words| words.contains("co-active"))
        .collect();
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    let together = fused
        .relation("a.example/left", "a.example/right", RelationKind::CoActive)
        .unwrap();
    assert!(
        together
            .why
            .starts_with("acted within 30 minutes of each other 6 times where chance would give 0."),
        "{}",
        together.why
    );
}

#[test]
fn a_name_that_many_bodies_bear_makes_nobody_their_member_and_is_announced() {
    for (bodies, related) in [(2, true), (3, false)] {
        let mut case = Case::default();
        case.rules.correlation.common_value_limit = 2;
        let source = case.source("register", SourceKind::Corporate, "register");
        for body in 0..bodies {
            let said = [(Property::Name, "Halcyon Freight", "")];
            let body = record(EntityKind::Organization, &format!("h{body}"), &said);
            case.row(source, vec![body], vec![]);
        }
        let works = [(Property::Organization, "Halcyon Freight", "")];
        case.row(source, vec![named("a", "Mara Ellison", &works)], vec![]);
        let fused = case.fuse();
        let relation = fused.relation("Mara Ellison", "Halcyon Freight", RelationKind::MemberOf);
        assert_eq!(relation.is_some(), related, "{bodies}");
        let told = fused
            .correlation
            .notes
            .iter()
            .any(|note| note.text.contains("organisations each"));
        assert_eq!(told, !related, "{bodies}");
    }
}
