#![allow(clippy::unwrap_used)]

mod links;
mod patterns;
mod shared;

use fusion_model::derived::RelationKind;
use fusion_model::{Credibility, EntityKind, Property, RawRecord, SourceKind};
use proptest::prelude::*;

use crate::staged::{Case, graded, link, person, record};

fn named(key: &str, name: &str, said: &[(Property, &str, &str)]) -> RawRecord {
    let all: Vec<_> = [(Property::Name, name, "")]
        .into_iter()
        .chain(said.iter().copied())
        .collect();
    person(key, &all)
}

fn account(user: &str, site: &str) -> RawRecord {
    record(EntityKind::Account, user, &[(Property::Account, user, site)])
}

fn wallet(address: &str) -> RawRecord {
    record(EntityKind::Wallet, address, &[(Property::Wallet, address, "")])
}

const ONE: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const TWO: &str = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";

/// A case that touches every family of relations.
fn busy() -> Case {
    let mut case = Case::default();
    let hunt = case.source("hunt", SourceKind::Sherlock, "hunt");
    let leak = case.source("leak", SourceKind::Breach, "leak");
    let chat = case.source("chat", SourceKind::Sigint, "chat");
    let subject = || person("s", &[(Property::Handle, "nightjar_77", "")]);
    for site in ["github.com", "reddit.com", "keybase.io"] {
        let profile = record(
            EntityKind::Account,
            site,
            &[
                (Property::Account, "nightjar_77", site),
                (Property::Name, "Mara Ellison", ""),
                (Property::Email, "nightjar77@mail.example", ""),
            ],
        );
        case.row(
            hunt,
            vec![subject(), profile],
            vec![graded(0, 1, RelationKind::Owns, Credibility::ProbablyTrue)],
        );
    }
    for (key, name) in [("s", "Mara Ellison"), ("x", "Piet van Dijk"), ("y", "Ada North")] {
        let said = [
            (Property::Phone, "+31101234567", ""),
            (Property::Address, "Quay 7, Rotterdam", ""),
            (Property::Alias, "Nora Vale", ""),
        ];
        let breach = record(
            EntityKind::Breach,
            "b",
            &[
                (Property::BreachName, "Example Breach", ""),
                (Property::BreachDate, "2019-03-14", ""),
            ],
        );
        case.row(
            leak,
            vec![named(key, name, &said), breach],
            vec![link(0, 1, RelationKind::ExposedIn, &[])],
        );
    }
    for minute in 0..5 {
        let when = format!("2023-11-{:02}T22:1{minute}:20Z", 10 + minute);
        let said = [
            (Property::HappenedAt, when.as_str(), ""),
            (Property::Text, "cashout at the quay", ""),
        ];
        let records = vec![
            account("nightjar_77", "github.com"),
            record(EntityKind::Phone, "p", &[(Property::Phone, "+31101234567", "")]),
            wallet(ONE),
            wallet(TWO),
        ];
        let links = vec![
            link(0, 1, RelationKind::Mentions, &said),
            link(0, 2, RelationKind::Mentions, &said),
            link(
                2,
                3,
                RelationKind::Paid,
                &[
                    (Property::HappenedAt, when.as_str(), ""),
                    (Property::Amount, "0.1", "ETH"),
                ],
            ),
        ];
        case.row(chat, records, links);
    }
    case
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_the_input_never_matters(order in Just((0..11usize).collect::<Vec<_>>()).prop_shuffle(), turn in 0..3usize) {
        let case = busy();
        let whole = case.fuse();
        let mut shuffled = case.clone();
        shuffled.evidence.observations = order.iter().map(|at| case.evidence.observations[*at].clone()).collect();
        shuffled.evidence.sources.rotate_left(turn);
        let again = shuffled.fuse();
        prop_assert_eq!(&whole.correlation, &again.correlation);
        prop_assert_eq!(&whole.drafts, &again.drafts);
        prop_assert_eq!(&whole.assessment, &again.assessment);
    }
}

#[test]
fn every_relation_names_statements_and_a_reason() {
    let fused = busy().fuse();
    assert!(fused.correlation.relations.len() > 15);
    for relation in &fused.correlation.relations {
        assert!(
            !relation.statements.is_empty() && !relation.why.is_empty(),
            "{relation:?}"
        );
        assert!(relation.statements.is_sorted() && relation.from != relation.to);
    }
}
