//! Links that sources state, what they move, and what accounts lend.

use fusion_model::derived::RelationKind;
use fusion_model::{Credibility, EntityKind, Grade, Property, SourceKind};

use super::{ONE, TWO, account, wallet};
use crate::staged::{Case, graded, link, person, record};

#[test]
fn stated_links_keep_their_grade_and_even_doubtful_ones_are_drawn() {
    for (credibility, points) in [
        (Credibility::Confirmed, 10_000),
        (Credibility::ProbablyTrue, 9_000),
        (Credibility::PossiblyTrue, 7_500),
        (Credibility::Doubtful, 4_500),
    ] {
        let mut case = Case::default();
        let hunt = case.source("hunt", SourceKind::Sherlock, "hunt");
        let subject = person("s", &[(Property::Handle, "nightjar_77", "")]);
        case.row(
            hunt,
            vec![subject, account("nightjar_77", "github.com")],
            vec![graded(0, 1, RelationKind::Owns, credibility)],
        );
        let fused = case.fuse();
        let owns = fused
            .relation("nightjar_77", "github.com/nightjar_77", RelationKind::Owns)
            .unwrap();
        assert_eq!(
            (owns.score.basis_points(), owns.grade.credibility, owns.count),
            (points, credibility, 1)
        );
        assert!(
            !owns.statements.is_empty(),
            "a link without words of its own rests on what names its ends"
        );
    }
}

#[test]
fn two_tools_that_claim_the_same_account_make_one_stronger_relation() {
    let mut case = Case::default();
    for (tool, credibility) in [
        ("sherlock", Credibility::PossiblyTrue),
        ("maigret", Credibility::ProbablyTrue),
    ] {
        let hunt = case.source(tool, SourceKind::Sherlock, tool);
        let subject = person("s", &[(Property::Handle, "nightjar_77", "")]);
        case.row(
            hunt,
            vec![subject, account("nightjar_77", "github.com")],
            vec![graded(0, 1, RelationKind::Owns, credibility)],
        );
    }
    let fused = case.fuse();
    assert_eq!(fused.correlation.relations.len(), 1, "{:?}", fused.relations());
    let owns = &fused.correlation.relations[0];
    assert_eq!(
        (owns.count, owns.score.basis_points(), owns.grade.credibility),
        (2, 9_150, Credibility::ProbablyTrue)
    );
    assert_eq!(owns.why, "stated by 2 observations from 2 independent origins");
}

#[test]
fn amounts_add_up_exactly_and_a_transfer_told_twice_counts_once() {
    let mut case = Case::default();
    let paid = |hash: &str, amount: &str, coin: &str| {
        let said = [
            (Property::TransactionHash, hash, ""),
            (Property::HappenedAt, "2023-11-14T22:13:20Z", ""),
            (Property::Amount, amount, coin),
        ];
        link(0, 1, RelationKind::Paid, &said)
    };
    let export = case.source("export.csv", SourceKind::Blockchain, "ledger");
    let dump = case.source("dump.json", SourceKind::Blockchain, "ledger");
    for source in [export, dump] {
        case.row(source, vec![wallet(ONE), wallet(TWO)], vec![paid("0x01", "0.1", "ETH")]);
        case.row(source, vec![wallet(ONE), wallet(TWO)], vec![paid("0x02", "0.2", "ETH")]);
    }
    case.row(export, vec![wallet(ONE), wallet(TWO)], vec![paid("0x02", "0.2", "ETH")]);
    case.row(
        export,
        vec![wallet(ONE), wallet(TWO)],
        vec![paid("0x03", "12,500.5", "USDT")],
    );
    let fused = case.fuse();
    assert_eq!(fused.correlation.relations.len(), 1);
    let paid = &fused.correlation.relations[0];
    assert_eq!(paid.amounts, ["0.5 ETH", "12500.5 USDT"]);
    assert!(paid.span.is_some());
}

#[test]
fn an_account_lends_its_owner_what_its_profile_names() {
    for (credibility, lent) in [
        (Credibility::Confirmed, true),
        (Credibility::ProbablyTrue, true),
        (Credibility::PossiblyTrue, false),
        (Credibility::Doubtful, false),
    ] {
        let mut case = Case::default();
        let hunt = case.source("hunt", SourceKind::Sherlock, "hunt");
        let subject = person("s", &[(Property::Handle, "nightjar_77", "")]);
        let said = [
            (Property::Account, "nightjar_77", "github.com"),
            (Property::Email, "nightjar77@mail.example", ""),
        ];
        let profile = record(EntityKind::Account, "x", &said);
        case.row(
            hunt,
            vec![subject, profile],
            vec![graded(0, 1, RelationKind::Owns, credibility)],
        );
        let fused = case.fuse();
        assert!(
            fused
                .relation("github.com/nightjar_77", "nightjar77@mail.example", RelationKind::Uses)
                .is_some()
        );
        let found = fused.relation("nightjar_77", "nightjar77@mail.example", RelationKind::Uses);
        assert_eq!(found.is_some(), lent, "{credibility:?}: {:?}", fused.relations());
        if let Some(found) = found {
            assert_eq!(found.grade, Grade::UNKNOWN, "a chain is no better than its weaker link");
        }
    }
}

#[test]
fn nothing_relates_to_itself() {
    let mut case = Case::default();
    let source = case.osint("one");
    case.row(
        source,
        vec![wallet(ONE), wallet(ONE)],
        vec![link(0, 1, RelationKind::Paid, &[(Property::Amount, "1", "ETH")])],
    );
    assert!(case.fuse().correlation.relations.is_empty());
}
