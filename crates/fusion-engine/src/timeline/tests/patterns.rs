#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use fusion_model::derived::{Event, EventKind, Participant, Role};
use fusion_model::{EntityId, FindingId, Precision, Score, StatementId, TimeSpan, Timestamp};
use proptest::prelude::*;

use crate::timeline::{contradictions, creation_sprees, density, dormancies, summarise};

use crate::rules::Rules;

const DAY: i64 = Timestamp::DAY_MS;
const HOUR: i64 = 3_600_000;

fn entity(number: u8) -> EntityId {
    EntityId([number; 16])
}

/// Makes an event by itself: `at` and `width` in milliseconds.
fn event(number: u64, kind: EventKind, at: i64, width: i64, who: &[(u8, Role)]) -> Event {
    let precision = match width {
        w if w >= 365 * DAY => Precision::Year,
        w if w >= 28 * DAY => Precision::Month,
        w if w >= DAY => Precision::Day,
        _ => Precision::Minute,
    };
    let mut id = [0; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    let participants: BTreeSet<Participant> = who
        .iter()
        .map(|(who, role)| Participant {
            entity: entity(*who),
            role: *role,
        })
        .collect();
    Event {
        id: FindingId(id),
        kind,
        happened: TimeSpan {
            start: Timestamp(at),
            end: Timestamp(at + width),
            precision,
            zone_known: true,
        },
        learned: Timestamp(0),
        text: format!("event {number}"),
        participants: participants.into_iter().collect(),
        sources: Vec::new(),
        statements: vec![StatementId(id)],
    }
}

fn acts(times: &[i64], width: i64) -> Vec<Event> {
    times
        .iter()
        .zip(0..)
        .map(|(at, number)| event(number, EventKind::Message, *at, width, &[(1, Role::Actor)]))
        .collect()
}

#[test]
fn a_silence_longer_than_the_rules_allow_is_a_gap() {
    let rows: &[(&str, &[i64], &[u32])] = &[
        ("thirty days are allowed", &[0, 31 * DAY, 62 * DAY], &[]),
        ("thirty-one are not", &[0, 32 * DAY, 40 * DAY], &[31]),
        ("longest first", &[0, 40 * DAY, 140 * DAY], &[99, 39]),
        ("two events are no rhythm", &[0, 400 * DAY], &[]),
    ];
    for (name, times, expected) in rows {
        let found = summarise(&acts(times, DAY), &Rules::shipped());
        let days: Vec<u32> = found
            .gaps
            .iter()
            .filter(|gap| gap.entity.is_some())
            .map(|gap| gap.days)
            .collect();
        assert_eq!(days, *expected, "{name}");
    }
}

#[test]
fn an_imprecise_event_fills_its_interval() {
    let mut events = acts(&[0, 200 * DAY, 201 * DAY], DAY);
    events.insert(1, event(9, EventKind::Seen, 10 * DAY, 365 * DAY, &[(1, Role::Subject)]));
    let found = summarise(&events, &Rules::shipped());
    assert!(found.gaps.is_empty(), "{:?}", found.gaps);
}

#[test]
fn a_dense_window_is_a_burst_and_an_even_train_is_none() {
    let even: Vec<i64> = (0..60).map(|day| day * 7 * DAY).collect();
    assert!(summarise(&acts(&even, 60_000), &Rules::shipped()).bursts.is_empty());
    let mut times = even;
    times.extend((0..8).map(|number| 100 * DAY + number * HOUR / 4));
    times.sort_unstable();
    let found = summarise(&acts(&times, 60_000), &Rules::shipped());
    let own: Vec<_> = found
        .bursts
        .iter()
        .filter(|burst| burst.entity == Some(entity(1)))
        .collect();
    assert_eq!(own.len(), 1);
    assert_eq!(
        (own[0].start, own[0].end, own[0].events.len()),
        (Timestamp(100 * DAY), Timestamp(100 * DAY + 7 * HOUR / 4), 8)
    );
    assert!(own[0].strength >= Score::from_basis_points(9_990));
}

#[test]
fn days_do_not_pretend_to_be_hours() {
    // Twelve events known to the day, three of each on one day: no burst of one hour, and too even for a longer one.
    let times: Vec<i64> = (0..4).flat_map(|week| [week * 7 * DAY; 3]).collect();
    assert!(summarise(&acts(&times, DAY), &Rules::shipped()).bursts.is_empty());
    // Known to the month or year they never burst.
    assert!(
        summarise(&acts(&[0, 0, 0, 0, 0, 900 * DAY], 30 * DAY), &Rules::shipped())
            .bursts
            .is_empty()
    );
}

#[test]
fn births_breaches_and_mentions_are_no_activity() {
    let events = vec![
        event(1, EventKind::Born, 0, DAY, &[(1, Role::Subject)]),
        event(2, EventKind::Breached, 4_000 * DAY, DAY, &[(1, Role::Target)]),
        event(
            3,
            EventKind::Message,
            9_000 * DAY,
            60_000,
            &[(2, Role::Actor), (1, Role::Mentioned)],
        ),
    ];
    let found = summarise(&events, &Rules::shipped());
    assert!(found.gaps.is_empty() && dormancies(&events, &Rules::shipped()).is_empty());
}

#[test]
fn hours_are_counted_and_imply_a_zone() {
    // Forty days, awake from 12:00 to 04:00 UTC: five hours west.
    let times: Vec<i64> = (0..40)
        .flat_map(|day| (0..16).map(move |hour| day * DAY + (12 + hour) * HOUR))
        .collect();
    let found = summarise(&acts(&times, 60_000), &Rules::shipped());
    assert_eq!(found.hours.len(), 2);
    assert_eq!((found.hours[0].entity, found.hours[1].entity), (None, Some(entity(1))));
    assert_eq!(found.hours[1].implied_offset_minutes, Some(-300));
    assert_eq!(found.hours[1].counts.iter().sum::<u32>(), 640);
    // 1970-01-01 was a Thursday; its first counted hour is noon.
    assert_eq!(
        (found.hours[1].counts[3 * 24 + 11], found.hours[1].counts[3 * 24 + 12]),
        (0, 6)
    );
    let zoneless: Vec<Event> = acts(&times, 60_000)
        .into_iter()
        .map(|mut event| {
            event.happened.zone_known = false;
            event
        })
        .collect();
    assert_eq!(
        summarise(&zoneless, &Rules::shipped()).hours[1].implied_offset_minutes,
        None
    );
}

#[test]
fn density_counts_each_event_in_one_bucket() {
    let events = acts(&[0, 1, 9, 10, 99, 100, -1], 60_000);
    let found = density(&events, Timestamp(0), Timestamp(100), 10);
    assert_eq!(
        found.iter().map(|bucket| bucket.total).collect::<Vec<_>>(),
        [3, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    );
    assert_eq!(found[1].start, Timestamp(10));
    assert_eq!(found[0].by_kind[EventKind::Message as usize], 3);
    assert!(density(&events, Timestamp(5), Timestamp(5), 10).is_empty());
    assert_eq!(
        density(&events, Timestamp(i64::MIN), Timestamp(i64::MAX), 3)
            .iter()
            .map(|bucket| bucket.total)
            .sum::<u32>(),
        7
    );
}

#[test]
fn sprees_and_dormancy_are_found_per_entity() {
    let created = |number, day: i64| {
        event(
            number,
            EventKind::Created,
            day * DAY,
            DAY,
            &[(50 + number as u8, Role::Subject), (1, Role::Actor)],
        )
    };
    let mut events = vec![
        created(1, 0),
        created(2, 2),
        created(3, 6),
        created(4, 7),
        created(5, 400),
    ];
    events.push(event(6, EventKind::Message, 700 * DAY, 60_000, &[(1, Role::Actor)]));
    let sprees = creation_sprees(&events, &Rules::shipped());
    assert_eq!(sprees.len(), 1);
    assert_eq!(
        (sprees[0].entity, sprees[0].events.len(), sprees[0].end),
        (entity(1), 3, Timestamp(6 * DAY))
    );
    let silent = dormancies(&events, &Rules::shipped());
    assert_eq!(silent.len(), 1);
    assert_eq!(
        (silent[0].entity, silent[0].days, silent[0].statements.len()),
        (entity(1), 299, 2)
    );
}

#[test]
fn intervals_that_exclude_each_other_contradict() {
    let born = |number, at, width| event(number, EventKind::Born, at, width, &[(1, Role::Subject)]);
    let created = |number, at| {
        event(
            number,
            EventKind::Created,
            at,
            DAY,
            &[(2, Role::Subject), (1, Role::Actor)],
        )
    };
    let wrote = |number, at| {
        event(
            number,
            EventKind::Message,
            at,
            60_000,
            &[(2, Role::Actor), (3, Role::Venue)],
        )
    };
    let seen = |number, at, place| {
        event(
            number,
            EventKind::Seen,
            at,
            HOUR,
            &[(1, Role::Subject), (place, Role::Venue)],
        )
    };
    type Row = (&'static str, Vec<Event>, Vec<(&'static str, u8)>);
    let rows: Vec<Row> = vec![
        (
            "the year holds the day",
            vec![born(1, 0, 365 * DAY), born(2, 100 * DAY, DAY)],
            vec![],
        ),
        (
            "two days do not",
            vec![born(1, 0, DAY), born(2, 100 * DAY, DAY)],
            vec![("two-births", 1)],
        ),
        (
            "an account before its owner",
            vec![created(1, 0), born(2, 10 * DAY, DAY)],
            vec![("account-older-than-owner", 1)],
        ),
        (
            "an account after its owner",
            vec![born(2, 0, DAY), created(1, 10 * DAY)],
            vec![],
        ),
        (
            "a message before the account",
            vec![wrote(1, 0), created(2, 3 * DAY)],
            vec![("active-before-creation", 2)],
        ),
        (
            "a message on the day of creation",
            vec![created(2, 0), wrote(1, HOUR)],
            vec![],
        ),
        (
            "two creations",
            vec![created(1, 0), created(2, 3 * DAY)],
            vec![("two-creations", 2)],
        ),
        (
            "two places at once",
            vec![seen(1, 0, 8), seen(2, HOUR / 2, 9)],
            vec![("two-places-at-once", 1)],
        ),
        ("one place twice", vec![seen(1, 0, 8), seen(2, HOUR / 2, 8)], vec![]),
    ];
    for (name, events, expected) in rows {
        let found = contradictions(&events, &Rules::shipped());
        let rules: Vec<(&str, EntityId)> = found
            .iter()
            .filter_map(|finding| Some((finding.rule.as_str(), finding.entity?)))
            .collect();
        assert_eq!(
            rules,
            expected
                .iter()
                .map(|(rule, who)| (*rule, entity(*who)))
                .collect::<Vec<_>>(),
            "{name}"
        );
        assert!(found.iter().all(|finding| finding.statements.len() == 2), "{name}");
    }
    let mut off = Rules::shipped();
    off.timeline.contradictions = false;
    assert!(contradictions(&[born(1, 0, DAY), born(2, 100 * DAY, DAY)], &off).is_empty());
}

proptest! {
    #[test]
    fn gaps_and_bursts_lie_inside_the_train(times in proptest::collection::vec(0_i64..4_000, 0..60)) {
        let mut times: Vec<i64> = times.into_iter().map(|hour| hour * HOUR).collect();
        times.sort_unstable();
        let found = summarise(&acts(&times, 60_000), &Rules::shipped());
        for burst in &found.bursts {
            prop_assert!(burst.start <= burst.end && burst.events.len() >= 4);
            prop_assert!(burst.end.0 - burst.start.0 <= 168 * HOUR);
        }
        for gap in &found.gaps {
            prop_assert!(times.iter().all(|at| *at < gap.start.0 || *at >= gap.end.0));
        }
    }
}
