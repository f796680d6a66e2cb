#![allow(clippy::unwrap_used)]

use fusion_model::{CleanContext, Property};
use fusion_testkit::{Column, Draws, invented_people};

use super::*;
use crate::feature::Feature;
use crate::value::Values;

/// Pairs the words class by class, as the levels are defined; the comparator does the same with one look at each pair.
fn meet_by_class(words: &Words, one: &NameForm, other: &NameForm) -> Matched {
    let mut matched = Matched::of(Agreement::neutral(""));
    let (mut free, mut taken) = ([true; NAME_WORDS], [false; NAME_WORDS]);
    for class in [Class::Same, Class::Variant, Class::Alike, Class::Initial] {
        for (at, left) in one.words().iter().enumerate() {
            if taken[at] {
                continue;
            }
            let mut candidates = other.words().iter().enumerate();
            let found = candidates
                .find(|(to, right)| free[*to] && meets(words, *left, **right, class, one.foreign || other.foreign));
            if let Some((to, right)) = found {
                (taken[at], free[to]) = (true, false);
                matched.words[usize::from(matched.len)] = (*left, *right, class);
                matched.len += 1;
            }
        }
    }
    matched
}

fn meets(words: &Words, left: WordId, right: WordId, class: Class, foreign: bool) -> bool {
    if class == Class::Same {
        return left == right && !words.get(left).is_initial;
    }
    let (one, other) = (words.get(left), words.get(right));
    if class == Class::Initial {
        return (one.is_initial || other.is_initial) && one.first == other.first;
    }
    if one.is_initial || other.is_initial {
        return false;
    }
    match class {
        Class::Variant => one.is_variant_of(other),
        _ => {
            (one.sound == other.sound && one.sound > 0xff && (foreign || one.vowels == other.vowels))
                || (one.may_be_slip_of(other) && is_slip(words.text(left), words.text(right)))
        }
    }
}

/// Returns the names of invented people, and for each word the names that hold it.
fn names() -> (Values, Vec<ValueId>) {
    let mut values = Values::default();
    let rows = invented_people(30_000, 11);
    let mut ids: Vec<ValueId> = rows
        .iter()
        .filter_map(|row| {
            Property::Name
                .clean(row.cell(Column::Name), "", &CleanContext::default())
                .ok()
        })
        .map(|cleaned| values.intern(Feature::PersonName, &cleaned.canonical, "", None))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    (values, ids)
}

#[test]
fn one_look_at_each_pair_of_words_finds_what_going_class_by_class_finds() {
    let (values, mut ids) = names();
    let mut draws = Draws::new(3);
    let mut agreed = 0;
    let mut check = |left: ValueId, right: ValueId| {
        let (one, other) = (values.name_form(left), values.name_form(right));
        let (quick, slow) = (
            meet(&values.words, one, other),
            meet_by_class(&values.words, one, other),
        );
        assert_eq!(
            quick.words(),
            slow.words(),
            "{} / {}",
            values.canonical(left),
            values.canonical(right)
        );
        agreed += usize::from(!quick.words().is_empty());
    };
    for _ in 0..400_000 {
        check(*draws.of(&ids), *draws.of(&ids));
    }
    // Neighbours by sound and by spelling, where most of the meetings are.
    let sound = |id: &ValueId| {
        let form = values.name_form(*id);
        form.words().iter().map(|word| values.words.get(*word).sound).max()
    };
    for by in [0, 1] {
        ids.sort_by_key(|id| (if by == 0 { sound(id) } else { None }, values.canonical(*id).to_owned()));
        for window in ids.windows(24) {
            for other in &window[1..] {
                check(window[0], *other);
                check(*other, window[0]);
            }
        }
    }
    assert!(agreed > 500_000, "{agreed}");
}
