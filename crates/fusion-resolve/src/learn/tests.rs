#![allow(clippy::unwrap_used)]

use fusion_testkit::{Draws, Row, invented_people, write_table};

use super::*;
use crate::table::{self, Table};

fn table_of(rows: &[Row]) -> (Table, Vec<u32>) {
    let mut text = Vec::new();
    write_table(rows, &mut text).unwrap();
    let table = table::read(text.as_slice(), b',', "").unwrap();
    let person = |id: &String| rows[id[1..].parse::<usize>().unwrap()].truth;
    let labels = table.ids.iter().map(person).collect();
    (table, labels)
}

#[test]
fn shares_that_pairs_were_drawn_with_are_found_again() {
    let (m, u, of_one) = (
        [[8, 92], [15, 85], [30, 70], [5, 95]],
        [[97, 3], [80, 20], [90, 10], [60, 40]],
        12,
    );
    let features = [
        Feature::PersonName,
        Feature::BirthDate,
        Feature::Location,
        Feature::Country,
    ];
    let mut draws = Draws::new(9);
    let mut patterns: BTreeMap<[u8; Feature::COUNT], Pattern> = BTreeMap::new();
    for _ in 0..200_000 {
        let shares = if draws.below(100) < of_one { m } else { u };
        let mut levels = [0; Feature::COUNT];
        let mut agreeing = 0;
        for (feature, shares) in features.into_iter().zip(shares) {
            // A third of all values is missing.
            if draws.below(3) > 0 {
                let agrees = draws.below(100) >= shares[0];
                levels[feature as usize] = 1 + u8::from(agrees);
                agreeing += u64::from(agrees);
            }
        }
        let pattern = patterns.entry(levels).or_insert_with(|| Pattern::new(levels));
        // Where the rules would begin: the more agrees, the likelier.
        pattern.add(agreeing * 240_000, &[0; Feature::COUNT]);
    }
    let patterns: Vec<Pattern> = patterns.into_values().collect();
    let classes = expect(&patterns);
    assert!((classes.share - 0.12).abs() < 0.01, "{}", classes.share);
    for (feature, shares) in features.into_iter().zip(m) {
        let found = classes.of(feature, 1).m;
        assert!((found - shares[1] as f64 / 100.0).abs() < 0.02, "{feature:?}: {found}");
    }
}

#[test]
fn what_labels_say_is_learned_without_them() {
    let (table, labels) = table_of(&invented_people(12_000, 7));
    let model = Model::standard();
    let lessons = learn(&table.values, &table.records, &model).unwrap();
    let population = Population::of(&table.values, &table.records, &model);
    let scorer = Scorer {
        values: &table.values,
        population: &population,
        model: &model,
    };
    // The truth, over candidate pairs of one person.
    let takes_part = vec![true; table.ids.len()];
    let blocks = Blocks::of(&table.records, &takes_part, &table.values, &population, &model);
    let (mut met, mut others, mut scored) = (vec![u32::MAX; table.ids.len()], Vec::new(), Scored::default());
    let mut truth = vec![[0u64; LEVELS]; Feature::COUNT];
    for left in 0..table.ids.len() as u32 {
        blocks.after(left, &mut met, &mut others);
        for right in others
            .iter()
            .filter(|right| labels[**right as usize] == labels[left as usize])
        {
            let shown = shown(&scorer, &table.records, left, *right, &mut scored);
            for (truth, level) in truth.iter_mut().zip(shown.levels) {
                if let Some(level) = level.checked_sub(1) {
                    truth[usize::from(level)] += 1;
                }
            }
        }
    }
    let mut seen = 0;
    for lesson in &lessons.levels {
        let levels = &truth[lesson.feature as usize];
        let total: u64 = levels.iter().sum();
        if total < 2_000 {
            continue;
        }
        let known = levels[usize::from(lesson.level)] as f64 / total as f64;
        let found = f64::from(lesson.m) / 1e6;
        assert!((known - found).abs() < 0.08, "{lesson:?}: of the labels {known:.4}");
        seen += 1;
    }
    assert!(seen >= 20, "{seen} levels were learned");
    let proposed = |feature: Feature, level: u8| {
        let mut levels = lessons.levels.iter();
        levels
            .find(|lesson| lesson.feature == feature && lesson.level == level)
            .unwrap()
            .proposed
    };
    for feature in [Feature::PersonName, Feature::BirthDate] {
        assert!(
            proposed(feature, 0) < -1_000,
            "{feature:?}: to disagree speaks against one"
        );
    }
}

#[test]
fn the_order_of_rows_changes_no_lesson() {
    let rows = invented_people(1_500, 3);
    let mut text = Vec::new();
    write_table(&rows, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let (header, lines) = text.split_once('\n').unwrap();
    let mut lines: Vec<&str> = lines.lines().collect();
    let lessons = |lines: &[&str]| {
        let text = format!("{header}\n{}\n", lines.join("\n"));
        let table = table::read(text.as_bytes(), b',', "").unwrap();
        learn(&table.values, &table.records, &Model::standard()).unwrap()
    };
    let straight = lessons(&lines);
    assert!(!straight.levels.is_empty());
    Draws::new(1).shuffle(&mut lines);
    assert_eq!(straight, lessons(&lines));
}
