#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use fusion_model::{Precision, TimeSpan, Timestamp};

use super::*;
use crate::feature::Feature;
use crate::records::Held;

/// Builds a population: each row is a list of features with their canonical text.
fn population(rows: &[Vec<(Feature, String)>]) -> (Values, Records) {
    let (mut values, mut records) = (Values::default(), Records::default());
    for row in rows {
        let mut held = row
            .iter()
            .map(|(feature, text)| Held::own(*feature, values.intern(*feature, text, "", None)))
            .collect();
        records.push(&mut held);
    }
    (values, records)
}

fn groups(rows: &[Vec<(Feature, String)>], model: &Model) -> Vec<u32> {
    let (values, records) = population(rows);
    resolve(&values, &records, model, &mut |_| {}).unwrap().group_of
}

fn row(said: &[(Feature, &str)]) -> Vec<(Feature, String)> {
    said.iter()
        .map(|(feature, text)| (*feature, (*text).to_owned()))
        .collect()
}

#[test]
fn five_hundred_rows_of_one_person_are_one_comparison_each() {
    let mut rows = vec![
        row(&[
            (Feature::PersonName, "mara ellison"),
            (Feature::Email, "mara77@mail.example")
        ]);
        500
    ];
    rows.push(row(&[
        (Feature::PersonName, "piet van dijk"),
        (Feature::Email, "piet88@mail.example"),
    ]));
    let (values, records) = population(&rows);
    let outcome = resolve(&values, &records, &Model::standard(), &mut |_| {}).unwrap();
    assert!(outcome.group_of[..500].iter().all(|group| *group == 0));
    assert_eq!(outcome.group_of[500], 500);
    assert_eq!(outcome.compared, 0);
}

#[test]
fn a_value_under_too_many_names_joins_nobody() {
    let people = [
        "ada", "bea", "cleo", "dora", "ella", "finn", "gus", "hugo", "ines", "jonas", "karl", "lena", "mats", "nils",
        "olga", "pia", "quin", "rosa", "sven", "tove", "ulla", "vera", "walt", "xena", "ylva", "zoe",
    ];
    let surnames = ["harker", "bloom"];
    let mut rows = Vec::new();
    for surname in surnames {
        for given in people {
            rows.push(row(&[
                (Feature::PersonName, &format!("{given} {surname}")),
                (Feature::Phone, "31101234567"),
            ]));
        }
    }
    let found = groups(&rows, &Model::standard());
    assert_eq!(found, (0..rows.len() as u32).collect::<Vec<_>>());
}

#[test]
fn relatives_who_share_home_and_telephone_stay_two() {
    let home = [
        (Feature::Phone, "31107654321"),
        (Feature::Address, "7 quay street"),
        (Feature::Location, "rotterdam"),
    ];
    let of = |name: &str| {
        let mut said = home.to_vec();
        said.push((Feature::PersonName, name));
        row(&said)
    };
    let rows = [
        of("mara ellison"),
        of("tom ellison"),
        of("m ellison"),
        of("mara elison"),
    ];
    let found = groups(&rows, &Model::standard());
    assert_eq!(found[0], found[3], "a slip of the pen parts nobody");
    assert_ne!(found[0], found[1], "relatives were joined");
}

/// Adds a record: what it says in words, and a date of birth by its day.
fn push(values: &mut Values, records: &mut Records, said: &[(Feature, &str)], day: Option<i64>) {
    let scope = |feature: Feature| match feature {
        Feature::OfficialNumber => "nl passport",
        _ => "",
    };
    let intern = |(feature, text): &(Feature, &str)| {
        let value = values.intern(*feature, text, scope(*feature), None);
        Held::own(*feature, value)
    };
    let mut held: Vec<Held> = said.iter().map(intern).collect();
    held.extend(day.map(|day| {
        let start = Timestamp(day * Timestamp::DAY_MS);
        let span = TimeSpan {
            start,
            end: Timestamp(start.0 + Timestamp::DAY_MS),
            precision: Precision::Day,
            zone_known: false,
        };
        Held::own(
            Feature::BirthDate,
            values.intern(Feature::BirthDate, &format!("day {day}"), "", Some(span)),
        )
    }));
    records.push(&mut held);
}

/// Tells which records of one home are one: each has a name and a day of birth.
fn of_one_home(people: &[(&str, i64)]) -> Vec<u32> {
    let (mut values, mut records) = (Values::default(), Records::default());
    for (name, day) in people {
        let said = [
            (Feature::PersonName, *name),
            (Feature::Address, "7 quay street"),
            (Feature::Location, "rotterdam"),
        ];
        push(&mut values, &mut records, &said, Some(*day));
    }
    resolve(&values, &records, &Model::standard(), &mut |_| {})
        .unwrap()
        .group_of
}

#[test]
fn two_of_one_full_name_in_one_home_are_parent_and_child_or_one() {
    // 1971-11-27; the others nine, 27 and 52 years later.
    let (day, years) = (695, |count: i64| 695 + count * 365 + 200);
    let name = "mara ellison";
    assert_eq!(of_one_home(&[(name, day), (name, years(9))]), [0, 0]);
    assert_eq!(of_one_home(&[(name, day), (name, years(27))]), [0, 1]);
    assert_eq!(of_one_home(&[(name, day), (name, years(52))]), [0, 0]);
    assert_eq!(of_one_home(&[(name, day), ("mara jane ellison", years(9))]), [0, 1]);
    assert_eq!(of_one_home(&[(name, day), ("tom ellison", years(9))]), [0, 1]);
}

#[test]
fn a_home_and_a_day_of_birth_are_two_kinds_of_evidence() {
    let (mut values, mut records) = (Values::default(), Records::default());
    let home = (Feature::Address, "7 quay street");
    for name in ["mara ellison", "tom ellison"] {
        push(
            &mut values,
            &mut records,
            &[home, (Feature::PersonName, name)],
            Some(695),
        );
    }
    push(
        &mut values,
        &mut records,
        &[home, (Feature::PersonName, "tom ellison")],
        Some(6_637),
    );
    let ground = Ground::of(values, records, Model::standard());
    assert_eq!(ground.score(0, 1).kinds, 2);
    assert_eq!(ground.score(0, 2).kinds, 0, "relatives share a home");
}

#[test]
fn a_name_alone_scores_as_a_question_in_a_small_population_too() {
    let rows = ["mara ellison", "mara ellison", "piet van dijk"].map(|name| row(&[(Feature::PersonName, name)]));
    let score = |model: Model| {
        let (values, records) = population(&rows);
        let ground = Ground::of(values, records, model);
        let (pair, other) = (ground.score(0, 1), ground.score_together(&[0], &[1]));
        assert_eq!(pair.score, other.score);
        let parts: i32 = pair.parts.iter().map(crate::score::Part::total).sum();
        assert_eq!(pair.score, pair.prior + parts, "the parts add up to the score");
        (pair.score, pair.parts[0].muted)
    };
    let asked = Model::standard();
    assert!(asked.name_alone_cap < asked.link && asked.name_alone_cap > asked.review);
    assert_eq!(
        score(asked.clone()),
        (asked.name_alone_cap, Some(crate::score::Muted::NameAlone))
    );
    let joined = Model {
        name_alone_reviews: false,
        ..asked.clone()
    };
    assert!(
        score(joined).0 > asked.link,
        "where names alone join, they weigh in full"
    );
    assert_eq!(groups(&rows, &asked), [0, 1, 2]);
}

#[test]
fn a_street_that_many_towns_have_is_no_hub_and_a_mail_drop_is() {
    let street = |towns: &[&str], people: usize| {
        let (mut values, mut records) = (Values::default(), Records::default());
        for number in 0..people {
            let name = format!("{}a {}o", letters(number), letters(number + 31));
            let mut said = vec![
                (Feature::PersonName, name.as_str()),
                (Feature::Address, "7 church street"),
            ];
            said.extend(
                towns
                    .get(number % (towns.len() + 1))
                    .map(|town| (Feature::Location, *town)),
            );
            push(&mut values, &mut records, &said, None);
        }
        let ground = Ground::of(values, records, Model::standard());
        ground.hubs().iter().map(|(_, names)| *names).collect::<Vec<_>>()
    };
    let towns = ["rotterdam", "delft", "leeds", "york", "lyon"];
    assert!(street(&towns, 60).is_empty(), "ten of each town, ten of none");
    assert_eq!(street(&towns, 240), [80], "forty of a town, and forty of none");
    assert_eq!(street(&[], 40), [40]);
}

/// Writes a number in letters that sound apart.
fn letters(number: usize) -> String {
    let sounds = ["b", "d", "f", "k", "l", "m", "n", "p", "r", "t"];
    [number / 100, number / 10 % 10, number % 10]
        .map(|digit| format!("{}a", sounds[digit % 10]))
        .concat()
}

#[test]
fn numbers_a_slip_apart_meet() {
    let (mut values, mut records) = (Values::default(), Records::default());
    let people = [
        ("jacobie tilleq", "x4137877"),
        ("blake moody", "x4137787"),
        ("piet van dijk", "x9981273"),
    ];
    for (name, number) in people {
        let said = [(Feature::PersonName, name), (Feature::OfficialNumber, number)];
        push(&mut values, &mut records, &said, None);
    }
    let population = Population::of(&values, &records, &Model::standard());
    let blocks = Blocks::of(&records, &[true; 3], &values, &population, &Model::standard());
    assert!(blocks.meet(0, 1));
    assert!(!blocks.meet(0, 2) && !blocks.meet(1, 2));
}

#[test]
fn a_run_beyond_its_budget_is_refused_and_nothing_is_dropped() {
    let rows: Vec<_> = (0..15)
        .map(|number| {
            row(&[
                (Feature::Wallet, "0xabc"),
                (Feature::Email, &format!("user{number}@mail.example")),
            ])
        })
        .collect();
    let (values, records) = population(&rows);
    let model = Model {
        pair_budget: 50,
        ..Model::standard()
    };
    let refused = resolve(&values, &records, &model, &mut |_| {}).unwrap_err();
    assert_eq!((refused.expected, refused.budget), (15 * 14 / 2, 50));
}

#[test]
fn the_rules_say_whether_an_address_joins_by_itself() {
    let said = |name: &str| row(&[(Feature::Email, "nightjar77@mail.example"), (Feature::Location, name)]);
    let rows = [said("rotterdam"), said("delft")];
    assert_eq!(groups(&rows, &Model::standard()), [0, 0]);
    let strict = Model {
        email_joins: false,
        ..Model::standard()
    };
    assert_eq!(groups(&rows, &strict), [0, 1]);
}

#[test]
fn a_group_that_is_too_large_is_parted_by_stronger_evidence() {
    let mut rows = Vec::new();
    for number in 0..12 {
        let wallet = format!("wallet{}", number / 4);
        rows.push(row(&[
            (Feature::PersonName, "mara ellison"),
            (Feature::Phone, "31107654321"),
            (Feature::Wallet, &wallet),
            (Feature::Handle, &format!("mara{number:03}")),
        ]));
    }
    let wide = groups(&rows, &Model::standard());
    assert!(wide.iter().all(|group| *group == 0), "{wide:?}");
    let (values, records) = population(&rows);
    let narrow = Model {
        max_size: 6,
        ..Model::standard()
    };
    let outcome = resolve(&values, &records, &narrow, &mut |_| {}).unwrap();
    assert_eq!(outcome.oversize, [(0..12).collect::<Vec<u32>>()]);
    let largest = (0..12)
        .map(|group| outcome.group_of.iter().filter(|of| **of == group).count())
        .max();
    assert!(largest.unwrap() <= 6, "{:?}", outcome.group_of);
}

fn any_row() -> impl Strategy<Value = Vec<(Feature, String)>> {
    let name = prop::sample::select(vec![
        "mara ellison",
        "m ellison",
        "mara elison",
        "tom ellison",
        "piet van dijk",
        "ellison mara",
    ]);
    let mail = prop::option::of(0..4u8);
    let phone = prop::option::of(0..3u8);
    let town = prop::option::of(prop::sample::select(vec!["rotterdam", "delft"]));
    let user = prop::option::of(prop::sample::select(vec![
        "maraellison",
        "mara.ellison7",
        "mellison88",
        "nightjar",
        "nightjar7",
    ]));
    (prop::option::of(name), mail, phone, town, user).prop_map(|(name, mail, phone, town, user)| {
        let mut said = Vec::new();
        said.extend(name.map(|name| (Feature::PersonName, name.to_owned())));
        said.extend(mail.map(|mail| (Feature::Email, format!("user{mail}{mail}@mail.example"))));
        said.extend(user.map(|user| (Feature::Handle, user.to_owned())));
        said.extend(user.map(|user| (Feature::Email, format!("{user}@mail.example"))));
        said.extend(phone.map(|phone| (Feature::Phone, format!("3110123456{phone}"))));
        said.extend(town.map(|town| (Feature::Location, town.to_owned())));
        said
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Which of two records stands first must not matter to their score.
    #[test]
    fn a_pair_scores_the_same_from_either_side(rows in prop::collection::vec(any_row(), 2..8)) {
        let (values, records) = population(&rows);
        let model = Model::standard();
        let population = Population::of(&values, &records, &model);
        let scorer = Scorer { values: &values, population: &population, model: &model };
        let (mut forth, mut back) = (Scored::default(), Scored::default());
        for left in 0..records.len() as u32 {
            for right in 0..left {
                scorer.score(records.of(left), records.of(right), &mut forth);
                scorer.score(records.of(right), records.of(left), &mut back);
                prop_assert_eq!((forth.score, forth.kinds), (back.score, back.kinds));
            }
        }
    }

    /// Values are met in another order, so every internal number differs; the result must not.
    #[test]
    fn the_order_in_which_values_are_met_changes_nothing(rows in prop::collection::vec(any_row(), 1..40), turn in 0usize..40) {
        let straight = groups(&rows, &Model::standard());
        let (mut values, mut records) = (Values::default(), Records::default());
        let turned = rows.iter().cycle().skip(turn % rows.len()).take(rows.len());
        for (feature, text) in turned.flatten() {
            values.intern(*feature, text, "", None);
        }
        for row in &rows {
            let mut held = row.iter().rev().map(|(feature, text)| Held::own(*feature, values.intern(*feature, text, "", None))).collect();
            records.push(&mut held);
        }
        let other = resolve(&values, &records, &Model::standard(), &mut |_| {}).unwrap();
        prop_assert_eq!(straight, other.group_of);
    }
}
