//! Ids are followed by their records: the largest share wins, chains need no following, undoing leaves nothing behind.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

/// Which entity holds each record; a record that is missing is not live.
type Partition = BTreeMap<RecordId, EntityId>;

const RECORDS: u8 = 9;

fn record(n: u8) -> RecordId {
    RecordId([n; 16])
}

fn entity(n: u8) -> EntityId {
    EntityId([n; 16])
}

/// Names each group by its smallest record, as the engine does.
fn partition(groups: &[&[u8]]) -> Partition {
    let mut partition = Partition::new();
    for group in groups {
        let smallest = *group.iter().min().unwrap();
        partition.extend(group.iter().map(|n| (record(*n), entity(smallest))));
    }
    partition
}

fn step(known: &[Former], before: &Partition, now: &Partition) -> Vec<Former> {
    let before: Vec<(RecordId, EntityId)> = before.iter().map(|(record, entity)| (*record, *entity)).collect();
    formers(known, &before, |record| now.get(&record).copied())
}

fn led(known: &[Former], now: &Partition, n: u8) -> Whereabouts {
    let records: Vec<RecordId> = known
        .iter()
        .filter(|(id, _)| *id == entity(n))
        .map(|(_, record)| *record)
        .collect();
    whereabouts(&records, |record| now.get(&record).copied())
}

/// Follows a history from its first partition.
fn after(history: &[Partition]) -> Vec<Former> {
    let steps = history.windows(2);
    steps.fold(Vec::new(), |known, pair| step(&known, &pair[0], &pair[1]))
}

/// The records of the entities of one partition.
type Groups = &'static [&'static [u8]];
/// What happens, the partitions in their order, the id that is asked for, where its records are and how many are nowhere.
type Row<'a> = (&'a str, &'a [Groups], u8, &'a [(u8, u64)], u64);

#[test]
fn an_id_leads_to_where_most_of_its_records_are() {
    let rows: &[Row<'_>] = &[
        ("joined", &[&[&[1, 2], &[3, 4]], &[&[1, 2, 3, 4]]], 3, &[(1, 2)], 0),
        (
            "its smallest record was withdrawn",
            &[&[&[1, 2, 3]], &[&[2, 3]]],
            1,
            &[(2, 2)],
            1,
        ),
        (
            "parted after its smallest record went to another",
            &[&[&[1], &[3, 4, 5, 6]], &[&[1, 3], &[4, 5, 6]]],
            3,
            &[(4, 3), (1, 1)],
            0,
        ),
        (
            "a tie goes to the smaller id",
            &[&[&[1], &[2], &[3, 4]], &[&[1, 4], &[2, 3]]],
            3,
            &[(1, 1), (2, 1)],
            0,
        ),
        (
            "a chain of joins",
            &[&[&[1], &[2], &[3, 4]], &[&[1], &[2, 3, 4]], &[&[1, 2, 3, 4]]],
            3,
            &[(1, 2)],
            0,
        ),
        (
            "joined, and the whole parted along another line",
            &[&[&[1, 2], &[3, 4, 5]], &[&[1, 2, 3, 4, 5]], &[&[1, 3], &[2, 4, 5]]],
            3,
            &[(2, 2), (1, 1)],
            0,
        ),
        (
            "an id that lives on tells who left it",
            &[&[&[1, 2, 3]], &[&[1], &[2, 3]]],
            1,
            &[(2, 2)],
            0,
        ),
        ("all withdrawn", &[&[&[1, 2]], &[]], 1, &[], 2),
    ];
    for (what, history, asked, now_in, gone) in rows {
        let history: Vec<Partition> = history.iter().map(|groups| partition(groups)).collect();
        let found = led(&after(&history), history.last().unwrap(), *asked);
        let expected: Vec<(EntityId, u64)> = now_in.iter().map(|(n, count)| (entity(*n), *count)).collect();
        assert_eq!((found.now_in, found.gone), (expected, *gone), "{what}");
    }
}

#[test]
fn what_is_undone_leaves_nothing_behind() {
    let apart = partition(&[&[1, 2], &[3, 4]]);
    let one = partition(&[&[1, 2, 3, 4]]);
    assert!(after(&[apart.clone(), one.clone(), apart.clone()]).is_empty());
    // Undoing a split brings the former id back, and leads the one that the split made to it.
    let back = after(&[one.clone(), apart, one.clone()]);
    assert_eq!(led(&back, &one, 1), Whereabouts::default());
    assert_eq!(led(&back, &one, 3).now_in, [(entity(1), 2)]);
}

fn partitions() -> impl Strategy<Value = Partition> {
    prop::collection::vec(0u8..6, usize::from(RECORDS)).prop_map(|groups| {
        let mut smallest: BTreeMap<u8, u8> = BTreeMap::new();
        let mut partition = Partition::new();
        for (n, group) in (1..).zip(groups) {
            // Group 0 is not live.
            if group > 0 {
                let first = *smallest.entry(group).or_insert(n);
                partition.insert(record(n), entity(first));
            }
        }
        partition
    })
}

fn lives(partition: &Partition, id: EntityId) -> bool {
    partition.values().any(|entity| *entity == id)
}

fn members(partition: &Partition, id: EntityId) -> Vec<RecordId> {
    let of = partition.iter().filter(|(_, entity)| **entity == id);
    of.map(|(record, _)| *record).collect()
}

proptest! {
    #[test]
    fn an_id_that_is_no_more_leads_to_the_largest_share_of_what_it_last_stood_for(history in prop::collection::vec(partitions(), 2..6)) {
        let known = after(&history);
        let now = history.last().unwrap();
        for n in 1..=RECORDS {
            let id = entity(n);
            let Some(last) = history.iter().rposition(|partition| lives(partition, id)) else { continue };
            if last + 1 == history.len() || history[..last].iter().any(|partition| lives(partition, id)) {
                continue;
            }
            let stood_for = members(&history[last], id);
            let found = led(&known, now, n);
            let share = |entity: EntityId| stood_for.iter().filter(|record| now.get(record) == Some(&entity)).count() as u64;
            prop_assert_eq!(found.gone, stood_for.iter().filter(|record| !now.contains_key(record)).count() as u64);
            prop_assert_eq!(found.now_in.iter().map(|(_, count)| count).sum::<u64>() + found.gone, stood_for.len() as u64);
            for (entity, count) in &found.now_in {
                prop_assert_eq!(*count, share(*entity));
                prop_assert!(lives(now, *entity));
            }
            prop_assert!(found.now_in.is_sorted_by_key(|(entity, count)| (Reverse(*count), *entity)));
        }
    }

    #[test]
    fn going_back_forgets_whatever_lived_before(first in partitions(), between in partitions()) {
        let known = after(&[first.clone(), between, first.clone()]);
        for (id, _) in &known {
            prop_assert!(!lives(&first, *id), "{id} lives as before and is still led elsewhere");
        }
    }

    #[test]
    fn a_living_id_is_led_to_others_only(history in prop::collection::vec(partitions(), 2..6)) {
        let known = after(&history);
        let now = history.last().unwrap();
        prop_assert!(known.is_sorted());
        for (id, record) in known.iter().filter(|(id, _)| lives(now, *id)) {
            prop_assert!(now.get(record).is_some_and(|holder| holder != id));
        }
    }
}
