#![allow(clippy::unwrap_used)]

use fusion_model::derived::{FindingKind, PairDecision, RelationKind};
use fusion_model::{Credibility, EntityKind, JudgementState, Property, RawRecord, RecordId, Verdict};

use super::resolve;
use crate::clean::clean;
use crate::fixture::{Case, Said, id, link, person, record};
use crate::resolution::Resolution;
use crate::rules::Rules;

use Property::{Account, Address, BirthDate, City, Email, Handle, Name, OfficialNumber, Phone, Wallet};

mod hubs;
mod verdicts;

fn resolved(case: &Case) -> Resolution {
    resolve(&clean(&case.evidence), &case.evidence.judgements, &Rules::shipped())
}

/// One file per record, each its own origin.
fn case_of(records: Vec<RawRecord>) -> Case {
    records
        .into_iter()
        .enumerate()
        .fold(Case::default(), |case, (at, record)| {
            case.file(&format!("file {at}"), vec![vec![record]])
        })
}

fn two(one: &[Said<'_>], other: &[Said<'_>]) -> Case {
    case_of(vec![person("one", one), person("other", other)])
}

fn decision(resolution: &Resolution, one: &str, other: &str) -> Option<PairDecision> {
    let pair = pair(resolution, id(one), id(other))?;
    Some(pair.decision)
}

fn pair(resolution: &Resolution, one: RecordId, other: RecordId) -> Option<&fusion_model::derived::PairScore> {
    let ends = if one <= other { (one, other) } else { (other, one) };
    resolution.pairs.iter().find(|pair| (pair.left, pair.right) == ends)
}

fn joined(resolution: &Resolution, one: &str, other: &str) -> bool {
    resolution.entity_of[&id(one)] == resolution.entity_of[&id(other)]
}

fn persons(resolution: &Resolution) -> usize {
    let all = resolution.entities.values();
    all.filter(|cluster| cluster.kind == EntityKind::Person).count()
}

const WALLET: &str = "0x52908400098527886E0F7030069857D2E4169EE7";

#[test]
fn pairs_are_joined_reviewed_or_left_by_the_rules_of_judgement() {
    use PairDecision::{Linked, Refused, Review};
    type Row<'a> = (&'a str, &'a [Said<'a>], &'a [Said<'a>], Option<PairDecision>);
    let rows: &[Row<'_>] = &[
        (
            "one e-mail",
            &[(Email, "mara@mail.example")],
            &[(Email, "Mara@mail.example")],
            Some(Linked),
        ),
        (
            "one e-mail and one name",
            &[(Name, "Mara Ellison"), (Email, "m@a.example")],
            &[(Name, "Ellison, Mara"), (Email, "m@a.example")],
            Some(Linked),
        ),
        (
            "one e-mail, two names",
            &[(Name, "Mara Ellison"), (Email, "m@a.example")],
            &[(Name, "Piet van Dijk"), (Email, "m@a.example")],
            Some(Review),
        ),
        (
            "a role mailbox",
            &[(Email, "info@a.example")],
            &[(Email, "info@a.example")],
            None,
        ),
        (
            "a role mailbox and a name",
            &[(Name, "Mara Ellison"), (Email, "info@a.example")],
            &[(Name, "Mara Ellison"), (Email, "info@a.example")],
            Some(Review),
        ),
        ("one wallet", &[(Wallet, WALLET)], &[(Wallet, WALLET)], Some(Linked)),
        (
            "one account",
            &[(Account, "nightjar_77|github.com")],
            &[(Account, "Nightjar_77|github.com")],
            Some(Linked),
        ),
        (
            "one official number",
            &[(OfficialNumber, "X1|nl passport")],
            &[(OfficialNumber, "X1|nl passport")],
            Some(Linked),
        ),
        (
            "a display name alone",
            &[(Name, "Mara Ellison")],
            &[(Name, "Mara Ellison")],
            Some(Review),
        ),
        (
            "a phone alone",
            &[(Phone, "+31101234567")],
            &[(Phone, "+31101234567")],
            Some(Review),
        ),
        (
            "a phone and a name",
            &[(Name, "Mara Ellison"), (Phone, "+31101234567")],
            &[(Name, "Mara E."), (Phone, "+31101234567")],
            Some(Linked),
        ),
        (
            "a phone, two names: the two are related, not one",
            &[(Name, "Mara Ellison"), (Phone, "+31101234567")],
            &[(Name, "Piet van Dijk"), (Phone, "+31101234567")],
            None,
        ),
        (
            "a household",
            &[
                (Name, "Mara Ellison"),
                (Phone, "+31101234567"),
                (Address, "Quay 7, Rotterdam"),
            ],
            &[
                (Name, "Tom Ellison"),
                (Phone, "+31101234567"),
                (Address, "Quay 7, Rotterdam"),
            ],
            None,
        ),
        (
            "a name and a birth date",
            &[(Name, "Mara Ellison"), (BirthDate, "1988-03-04")],
            &[(Name, "Mara Ellison"), (BirthDate, "1988-03-04")],
            Some(Linked),
        ),
        (
            "a name and a town",
            &[(Name, "Mara Ellison"), (City, "Rotterdam")],
            &[(Name, "Mara Ellison"), (City, "Rotterdam")],
            Some(Review),
        ),
        (
            "a handle on two sites",
            &[(Account, "nightjar_77|github.com")],
            &[(Account, "nightjar_77|reddit.com")],
            Some(Review),
        ),
        (
            "a handle that is the name",
            &[(Handle, "mara.ellison")],
            &[(Name, "Mara Ellison")],
            Some(Review),
        ),
        (
            "the name and the handle that is the name",
            &[(Name, "Mara Ellison"), (Handle, "mara.ellison")],
            &[(Name, "Mara Ellison"), (Handle, "mara.ellison")],
            Some(Review),
        ),
        (
            "a name and a handle of its own",
            &[(Name, "Mara Ellison"), (Handle, "nightjar_77")],
            &[(Name, "Mara Ellison"), (Handle, "nightjar_77")],
            Some(Linked),
        ),
        (
            "a false friend",
            &[
                (Name, "Mara Ellison"),
                (BirthDate, "1988-03-04"),
                (Phone, "+31101234567"),
            ],
            &[
                (Name, "Mara Ellison"),
                (BirthDate, "1971-11-27"),
                (Phone, "+6495550100"),
            ],
            None,
        ),
        (
            "one e-mail, two births",
            &[(Email, "m@a.example"), (BirthDate, "1988-03-04")],
            &[(Email, "m@a.example"), (BirthDate, "1971-11-27")],
            Some(Refused),
        ),
        (
            "two passports of one state",
            &[(Email, "m@a.example"), (OfficialNumber, "X1|nl passport")],
            &[(Email, "m@a.example"), (OfficialNumber, "X2|nl passport")],
            Some(Refused),
        ),
    ];
    for (what, one, other, expected) in rows {
        let resolution = resolved(&two(one, other));
        let found = decision(&resolution, "one", "other").filter(|decision| *decision != PairDecision::Rejected);
        assert_eq!(found, *expected, "{what}: {:?}", resolution.pairs);
        assert_eq!(joined(&resolution, "one", "other"), *expected == Some(Linked), "{what}");
    }
}

#[test]
fn a_pair_shows_both_values_its_arithmetic_and_why() {
    let resolution = resolved(&two(
        &[(Name, "Mara Ellison"), (Phone, "+31101234567")],
        &[(Name, "Mara E."), (City, "Delft")],
    ));
    let pair = pair(&resolution, id("one"), id("other")).unwrap();
    let name = pair
        .contributions
        .iter()
        .find(|part| part.feature == "person-name")
        .unwrap();
    let mut shown = [name.left.as_str(), name.right.as_str()];
    shown.sort_unstable();
    assert_eq!(shown, ["Mara E.", "Mara Ellison"]);
    assert_eq!(name.statements.len(), 2);
    assert_eq!(name.agreement, "initials agree");
    let total: i32 = pair
        .contributions
        .iter()
        .map(|part| part.weight.0 + part.rarity.0)
        .sum();
    assert_eq!(pair.score.0, pair.prior.0 + total);
    let phone = pair.contributions.iter().find(|part| part.feature == "phone").unwrap();
    assert!(phone.agreement.starts_with("missing"), "{phone:?}");
    assert!(
        pair.why.contains("“Mara E.”") && pair.why.contains("For it:"),
        "{}",
        pair.why
    );
}

#[test]
fn every_waterfall_adds_up() {
    let mut case = case_of(vec![
        person(
            "a",
            &[
                (Name, "Mara Ellison"),
                (Email, "m@a.example"),
                (BirthDate, "1988-03-04"),
            ],
        ),
        person("b", &[(Email, "m@a.example"), (Handle, "nightjar_77")]),
        person(
            "c",
            &[(Name, "Mara Elison"), (Handle, "nightjar_77"), (City, "Rotterdam")],
        ),
        person(
            "d",
            &[
                (Name, "Mara Ellison"),
                (Handle, "mara.ellison"),
                (Email, "mara.ellison@a.example"),
            ],
        ),
        person(
            "e",
            &[
                (Name, "Tom Ellison"),
                (Phone, "+31101234567"),
                (Address, "Quay 7, Rotterdam"),
            ],
        ),
        person(
            "f",
            &[
                (Name, "Mara Ellison"),
                (Phone, "+31101234567"),
                (Address, "Quay 7, Rotterdam"),
            ],
        ),
        person(
            "g",
            &[(Wallet, WALLET), (Handle, "mara.ellison"), (BirthDate, "1988-04-03")],
        ),
        person("h", &[(Wallet, WALLET), (Name, "Mara Jane Ellison")]),
    ]);
    case = case
        .judged(id("a"), id("e"), Verdict::Different)
        .judged(id("c"), id("h"), Verdict::Same);
    let grown = case_of(vec![
        person("a", &[(Name, "Mara Ellison"), (Email, "m@a.example")]),
        person("b", &[(Email, "m@a.example"), (Handle, "nightjar_77")]),
        person("c", &[(Name, "Mara Elison"), (Handle, "nightjar_77")]),
    ]);
    let mut together = 0;
    let pairs = [resolved(&case).pairs, resolved(&grown).pairs].concat();
    for pair in &pairs {
        let parts = pair.contributions.iter().map(|part| part.weight.0 + part.rarity.0);
        assert_eq!(pair.score.0, pair.prior.0 + parts.sum::<i32>(), "{pair:#?}");
        assert_eq!(pair.probability, fusion_resolve::odds::probability(pair.score));
        let held = pair
            .contributions
            .iter()
            .filter(|part| !part.agreement.starts_with("missing"));
        for part in held {
            assert!(
                !part.left.is_empty() && !part.right.is_empty() && !part.statements.is_empty(),
                "{part:?}"
            );
        }
        together += usize::from(pair.why.contains("taken together"));
    }
    assert!(pairs.len() > 8 && together > 0, "{pairs:#?}");
}

#[test]
fn what_one_origin_says_twice_is_no_commoner() {
    let said: &[Said<'_>] = &[(Name, "Mara Ellison"), (BirthDate, "1988-03-04")];
    let file = |case: Case, name: &str, origin: &str| {
        case.linked_file(name, origin, vec![(vec![person("one", said)], Vec::new())])
    };
    let other = Case::default().file("other", vec![vec![person("other", said)]]);
    let once = file(other, "leak", "leak");
    let twice = file(once.clone(), "the leak again", "leak");
    let four = file(file(file(once.clone(), "a", "a"), "b", "b"), "c", "c");
    let rarity = |case: &Case| {
        let resolution = resolved(case);
        let pair = pair(&resolution, id("one"), id("other")).unwrap();
        let birth = pair
            .contributions
            .iter()
            .find(|part| part.feature == "birth-date")
            .unwrap();
        birth.rarity.0
    };
    assert_eq!(rarity(&once), rarity(&twice));
    assert!(rarity(&once) > rarity(&four));
}

#[test]
fn what_an_account_says_counts_less_and_cannot_contradict() {
    let account = |name: &str| {
        record(
            EntityKind::Account,
            "account",
            &[
                (Account, "nightjar_77|github.com"),
                (Name, name),
                (Email, "nj@mail.example"),
            ],
        )
    };
    for (credibility, name, expected) in [
        (Credibility::ProbablyTrue, "Mara Ellison", true),
        (Credibility::PossiblyTrue, "Nightjar Seventy", false),
        (Credibility::Doubtful, "Mara Ellison", false),
    ] {
        let case = Case::default()
            .linked_file(
                "hunt",
                "hunt",
                vec![(
                    vec![person("one", &[]), account(name)],
                    vec![link(RelationKind::Owns, Some(credibility))],
                )],
            )
            .file(
                "leak",
                vec![vec![person(
                    "other",
                    &[(Name, "Mara Ellison"), (Email, "nj@mail.example")],
                )]],
            );
        let resolution = resolved(&case);
        assert_eq!(
            joined(&resolution, "one", "other"),
            expected,
            "{credibility:?} {name}: {:?}",
            resolution.pairs
        );
        assert_eq!(
            pair(&resolution, id("one"), id("other")).is_some(),
            credibility != Credibility::Doubtful,
            "{credibility:?}"
        );
    }
}

#[test]
fn entities_of_one_round_are_compared_by_all_their_evidence_in_the_next() {
    let case = case_of(vec![
        person("a", &[(Name, "Mara Ellison"), (Email, "m@a.example")]),
        person("b", &[(Email, "m@a.example"), (Handle, "nightjar_77")]),
        person("c", &[(Name, "Mara Ellison"), (Handle, "nightjar_77")]),
    ]);
    let resolution = resolved(&case);
    assert!(
        joined(&resolution, "a", "b") && joined(&resolution, "a", "c"),
        "{:?}",
        resolution.pairs
    );
    let mut rules = Rules::shipped();
    rules.entity_resolution.rounds = 1;
    let single = resolve(&clean(&case.evidence), &[], &rules);
    assert!(
        joined(&single, "a", "b") && !joined(&single, "a", "c"),
        "one round sees records only"
    );
}

#[test]
fn firms_join_on_a_registered_name_places_on_their_words_and_numbers_part_them() {
    let firm = |key: &str, said: &[Said<'_>]| record(EntityKind::Organization, key, said);
    let number = Property::CompanyNumber;
    let case = case_of(vec![
        firm("a", &[(Name, "Halcyon Freight Ltd")]),
        firm("b", &[(Name, "HALCYON FREIGHT LTD."), (number, "100|gb")]),
        firm("c", &[(Name, "Halcyon Freight Ltd"), (number, "200|gb")]),
        firm("d", &[(Name, "Halcyon Freight")]),
        record(EntityKind::Place, "p", &[(Name, "Rotterdam")]),
        record(EntityKind::Place, "q", &[(Property::Location, "rotterdam")]),
    ]);
    let resolution = resolved(&case);
    assert!(!joined(&resolution, "b", "c"), "two register numbers are two firms");
    assert!(joined(&resolution, "a", "b") || joined(&resolution, "a", "c"));
    assert!(!joined(&resolution, "a", "d"), "a label without legal form waits");
    assert!(joined(&resolution, "p", "q"));
}

#[test]
fn identifiers_are_entities_by_value_and_the_smallest_record_names_an_entity() {
    let resolution = resolved(&two(&[(Email, "m@a.example")], &[(Email, "m@a.example")]));
    let mail = RecordId::of_value("email", "m@a.example");
    assert_eq!(resolution.entity_of[&mail].0, mail.0);
    assert_eq!(resolution.entity_of[&id("one")].0, id("one").min(id("other")).0);
}

#[test]
fn a_run_beyond_the_pair_budget_is_refused_whole() {
    let mut rules = Rules::shipped();
    rules.entity_resolution.pair_budget = 1;
    let case = case_of(
        (0..4)
            .map(|at| {
                person(
                    &format!("p{at}"),
                    &[(Email, "m@a.example"), (City, &format!("Town {at}"))],
                )
            })
            .collect(),
    );
    let resolution = resolve(&clean(&case.evidence), &[], &rules);
    assert_eq!(persons(&resolution), 4);
    assert!(
        resolution
            .notes
            .iter()
            .any(|note| note.text.contains("the rules allow 1")),
        "{:?}",
        resolution.notes
    );
}

#[test]
fn ten_thousand_persons_resolve() {
    let rows = (0..10_000u32).map(|at| {
        let who = at % 5_000;
        let family = format!("{}{}", syllable(who / 97), syllable(who / 7 + 31));
        let name = format!(
            "{} {family}",
            ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gia"][who as usize % 7]
        );
        let mail = format!("user{who}@mail.example");
        vec![person(&format!("p{at}"), &[(Name, &name), (Email, &mail)])]
    });
    let resolution = resolved(&Case::default().file("big", rows.collect()));
    let persons = resolution
        .entities
        .values()
        .filter(|cluster| cluster.kind == EntityKind::Person)
        .count();
    assert_eq!(persons, 5_000);
}

fn syllable(number: u32) -> String {
    let (onsets, rimes) = (
        ["b", "d", "f", "g", "k", "l", "m", "n", "r", "s", "t", "v"],
        ["ander", "ell", "ist", "orn", "und"],
    );
    format!(
        "{}{}",
        onsets[number as usize % onsets.len()],
        rimes[number as usize / onsets.len() % rimes.len()]
    )
}
