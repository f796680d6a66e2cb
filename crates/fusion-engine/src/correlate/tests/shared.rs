//! Relations from shared values, and what keeps them from being drawn.

use fusion_model::derived::RelationKind;
use fusion_model::{Credibility, EntityKind, Property};

use super::named;
use crate::staged::{Case, graded, person, record};

/// What two persons share, and whether it relates them.
type Sharing = (
    &'static [(Property, &'static str, &'static str)],
    RelationKind,
    Option<u16>,
);

#[test]
fn shared_values_relate_by_rule() {
    const SEALED: &str = "sealed:00112233445566778899aabbccddeeff";
    let rows: [Sharing; 9] = [
        (
            &[(Property::Address, "Quay 7, 3011 AB Rotterdam", "")],
            RelationKind::SameHousehold,
            Some(8_000),
        ),
        (
            &[(Property::Phone, "+31101234567", "")],
            RelationKind::SameHousehold,
            Some(8_000),
        ),
        (
            &[
                (Property::Address, "Quay 7, 3011 AB Rotterdam", ""),
                (Property::Phone, "+31101234567", ""),
            ],
            RelationKind::SameHousehold,
            Some(9_120),
        ),
        (
            &[(Property::Organization, "Halcyon Freight", "")],
            RelationKind::OfficerOf,
            Some(6_500),
        ),
        (
            &[(Property::Password, SEALED, "")],
            RelationKind::ReusesSecret,
            Some(8_500),
        ),
        (
            &[(Property::Password, "sealed:weak", "")],
            RelationKind::ReusesSecret,
            None,
        ),
        (&[(Property::City, "Rotterdam", "")], RelationKind::SameHousehold, None),
        (&[(Property::Handle, "nightjar_77", "")], RelationKind::Alias, None),
        (
            &[(Property::Country, "Netherlands", "")],
            RelationKind::SameHousehold,
            None,
        ),
    ];
    for (shared, kind, points) in rows {
        let mut case = Case::default();
        let one = case.osint("one");
        let two = case.osint("two");
        case.row(one, vec![named("a", "Ada North", shared)], vec![]);
        case.row(two, vec![named("b", "Bo South", shared)], vec![]);
        let fused = case.fuse();
        let found = fused
            .relation("Ada North", "Bo South", kind)
            .or_else(|| fused.relation("Bo South", "Ada North", kind));
        assert_eq!(
            found.map(|relation| relation.score.basis_points()),
            points,
            "{shared:?}: {:?}",
            fused.relations()
        );
    }
}

#[test]
fn a_common_value_relates_nobody_and_says_so() {
    let names = ["Ada One", "Bo Two", "Cy Three", "Di Four", "Ed Five"];
    for (holders, related) in [(4, true), (5, false)] {
        let mut case = Case::default();
        case.rules.correlation.common_value_limit = 4;
        let source = case.osint("one");
        for name in names.iter().take(holders) {
            case.row(
                source,
                vec![named(name, name, &[(Property::Phone, "+31101234567", "")])],
                vec![],
            );
        }
        let fused = case.fuse();
        assert_eq!(
            fused
                .relation("Ada One", "Bo Two", RelationKind::SameHousehold)
                .is_some(),
            related,
            "{holders} holders"
        );
        assert_eq!(
            fused
                .correlation
                .notes
                .iter()
                .any(|note| note.text.contains("leaves out the phone")),
            !related
        );
    }
}

#[test]
fn values_true_far_apart_in_time_tell_less() {
    let mut case = Case::default();
    let source = case.osint("one");
    let address = (Property::Address, "Quay 7, 3011 AB Rotterdam", "");
    case.row(
        source,
        vec![named(
            "a",
            "Ada North",
            &[address, (Property::LastSeenAt, "2015-01-01", "")],
        )],
        vec![],
    );
    case.row(
        source,
        vec![named(
            "b",
            "Bo South",
            &[address, (Property::LastSeenAt, "2025-01-01", "")],
        )],
        vec![],
    );
    assert!(
        case.fuse()
            .relation("Ada North", "Bo South", RelationKind::SameHousehold)
            .is_none(),
        "0.8 · 0.6 is below the minimum"
    );
}

#[test]
fn a_pair_in_review_is_not_related_by_what_would_make_it_one() {
    use crate::correlate::correlate;
    use fusion_model::MilliBits;
    use fusion_model::derived::{PairDecision, PairScore};

    let mut case = Case::default();
    let source = case.osint("one");
    for key in ["a", "b"] {
        case.row(
            source,
            vec![named(key, "Mara Ellison", &[(Property::Phone, "+31101234567", "")])],
            vec![],
        );
    }
    let (cleaned, mut resolution) = case.apart();
    let persons: Vec<_> = cleaned
        .records
        .iter()
        .filter(|(_, record)| record.kind == EntityKind::Person)
        .map(|(id, _)| *id)
        .collect();
    let household = |resolution: &crate::Resolution| {
        let found = correlate(&cleaned, resolution, &case.rules, crate::staged::NOW);
        found
            .relations
            .iter()
            .any(|relation| relation.kind == RelationKind::SameHousehold)
    };
    assert!(household(&resolution));
    resolution.pairs.push(PairScore {
        left: persons[0],
        right: persons[1],
        score: MilliBits(0),
        prior: MilliBits(0),
        probability: 850_000,
        decision: PairDecision::Review,
        judgement: fusion_model::JudgementState::Open,
        kinds_of_evidence: 1,
        contributions: Vec::new(),
        why: String::new(),
    });
    assert!(!household(&resolution));
}

#[test]
fn a_rule_can_ask_for_more_shared_values_and_for_nearness_in_time() {
    let address = (Property::Address, "Quay 7, 3011 AB Rotterdam", "");
    let rows = [
        ("Halcyon Freight", "2024-01-01", true),
        ("Other Freight", "2024-01-01", false),
        ("Halcyon Freight", "2024-03-01", false),
    ];
    for (firm, seen, related) in rows {
        let mut case = Case::default();
        let rules = &mut case.rules.correlation.relationship_rules;
        rules.retain(|rule| rule.name == "shared-household");
        rules[0].also = vec!["organization".to_owned()];
        rules[0].within_days = 30;
        let source = case.osint("one");
        for (key, name, firm, seen) in [
            ("a", "Ada North", "Halcyon Freight", "2024-01-20"),
            ("b", "Bo South", firm, seen),
        ] {
            let said = [
                address,
                (Property::Organization, firm, ""),
                (Property::LastSeenAt, seen, ""),
            ];
            case.row(source, vec![named(key, name, &said)], vec![]);
        }
        let found = case
            .fuse()
            .correlation
            .relations
            .iter()
            .any(|relation| relation.kind == RelationKind::SameHousehold);
        assert_eq!(found, related, "{firm} {seen}");
    }
}

#[test]
fn what_one_owner_shares_with_itself_relates_nothing() {
    for (owned, related) in [(true, false), (false, true)] {
        let mut case = Case::default();
        let source = case.osint("one");
        for site in ["github.com", "reddit.com"] {
            let account = record(EntityKind::Account, site, &[(Property::Account, "nightjar_77", site)]);
            let owner = person("s", &[(Property::Handle, "nightjar_77", "")]);
            let links = if owned {
                vec![graded(0, 1, RelationKind::Owns, Credibility::Doubtful)]
            } else {
                vec![]
            };
            case.row(source, vec![owner, account], links);
        }
        let fused = case.fuse();
        let found = fused.relation("github.com/nightjar_77", "reddit.com/nightjar_77", RelationKind::Alias);
        assert_eq!(found.is_some(), related, "{:?}", fused.relations());
    }
}
