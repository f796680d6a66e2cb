//! The cache: a snapshot comes back equal, pages, searches and resolves.

mod invented;

use fusion_model::derived::{PairDecision, RelationKind, Revision};
use fusion_model::{EntityId, EntityKind, FindingId, Level, Property, RecordId, StatementId, Timestamp};
use fusion_store::{
    Access, AlertState, Change, EntityQuery, EntitySort, EventQuery, FindingQuery, HitKind, MatchedBy, Order,
    PairQuery, RelationQuery, StatementQuery,
};

pub use invented::snapshot;
use invented::{pair, span};

use crate::builders::{create, open, place, stamp, try_open};

#[test]
fn a_snapshot_comes_back_equal_after_reopening_and_after_being_replaced() {
    let place = place();
    let case = create(&place.path);
    assert_eq!(case.load_snapshot().unwrap(), None);
    let mut former = snapshot();
    former.revision = Revision([5; 32]);
    former.entities.clear();
    case.write_derived(&former).unwrap();
    case.write_derived(&snapshot()).unwrap();
    assert_eq!(case.load_snapshot().unwrap(), Some(snapshot()));
    case.close().unwrap();
    let case = open(&place.path);
    assert_eq!(case.derived_revision().unwrap(), Some(Revision([6; 32])));
    assert_eq!(case.load_snapshot().unwrap(), Some(snapshot()));
    let reader = try_open(&place.path, Access::Read).unwrap();
    assert_eq!(reader.load_snapshot().unwrap(), Some(snapshot()));
    assert_eq!(reader.write_derived(&snapshot()).unwrap_err().code(), "read-only");
}

#[test]
fn what_former_ids_stood_for_outlives_snapshots_and_goes_with_the_cache() {
    let place = place();
    let case = create(&place.path);
    assert!(case.formers().unwrap().is_empty() && case.partition().unwrap().is_empty());
    let [first, second] = [1, 2].map(|n| RecordId([n; 16]));
    let formers = [
        (EntityId([7; 16]), first),
        (EntityId([7; 16]), second),
        (EntityId([8; 16]), second),
    ];
    case.write_derived_with(&snapshot(), &formers).unwrap();
    case.write_derived(&snapshot()).unwrap();
    let mut partition = case.partition().unwrap();
    partition.sort();
    let expected: Vec<(RecordId, EntityId)> = snapshot().records.iter().map(|card| (card.id, card.entity)).collect();
    assert_eq!(partition, expected);
    case.close().unwrap();

    let case = open(&place.path);
    assert_eq!(case.formers().unwrap(), formers);
    assert_eq!(case.former_records(EntityId([7; 16])).unwrap(), [first, second]);
    assert!(case.former_records(EntityId([9; 16])).unwrap().is_empty());
    let ids = case.former_ids(&[first, second]).unwrap();
    assert_eq!(ids, [(EntityId([7; 16]), 2), (EntityId([8; 16]), 1)]);
    case.show_aside(&snapshot()).unwrap();
    assert!(case.former_records(EntityId([7; 16])).unwrap().is_empty());
    case.show_present();
    case.write_derived_with(&snapshot(), &formers[2..]).unwrap();
    assert_eq!(case.formers().unwrap(), formers[2..]);
    case.renew_derived().unwrap();
    assert!(case.formers().unwrap().is_empty());
}

#[test]
fn entities_are_sorted_filtered_and_paged() {
    let place = place();
    let case = create(&place.path);
    case.write_derived(&snapshot()).unwrap();
    let all = EntityQuery {
        limit: 10,
        ..EntityQuery::default()
    };
    let rows: [(&str, EntityQuery, &[u8], u64); 8] = [
        ("by label", all.clone(), &[1, 2, 3], 3),
        (
            "by risk",
            EntityQuery {
                sort: EntitySort::Risk,
                order: Order::Descending,
                ..all.clone()
            },
            &[3, 2, 1],
            3,
        ),
        (
            "by seen",
            EntityQuery {
                sort: EntitySort::Seen,
                order: Order::Descending,
                ..all.clone()
            },
            &[1, 2, 3],
            3,
        ),
        (
            "persons",
            EntityQuery {
                kinds: vec![EntityKind::Person],
                ..all.clone()
            },
            &[1, 3],
            2,
        ),
        (
            "medium risk",
            EntityQuery {
                min_risk: Some(Level::Medium),
                ..all.clone()
            },
            &[2, 3],
            2,
        ),
        (
            "text",
            EntityQuery {
                text: " P2@MAIL".to_owned(),
                ..all.clone()
            },
            &[1, 2],
            2,
        ),
        (
            "wildcards are letters",
            EntityQuery {
                text: "%".to_owned(),
                ..all.clone()
            },
            &[],
            0,
        ),
        (
            "second page",
            EntityQuery {
                offset: 1,
                limit: 1,
                ..all
            },
            &[2],
            3,
        ),
    ];
    for (name, query, expected, total) in rows {
        let page = case.entities_page(&query).unwrap();
        let found: Vec<u8> = page.rows.iter().map(|row| row.id.0[0]).collect();
        assert_eq!((found.as_slice(), page.total), (expected, total), "{name}");
    }
    let row = case
        .entities_page(&EntityQuery {
            limit: 1,
            ..EntityQuery::default()
        })
        .unwrap()
        .rows
        .remove(0);
    assert_eq!(
        (row.label.as_str(), row.level, row.degree, row.seen),
        ("Astrid Quill", Level::Low, 1, Some(span(86_400_000)))
    );
    assert_eq!(case.entity(row.id).unwrap().unwrap(), snapshot().entities[0]);
    assert_eq!(case.records_of(row.id).unwrap(), snapshot().records);
}

#[test]
fn the_other_lists_are_filtered_too() {
    let place = place();
    let case = create(&place.path);
    case.write_derived(&snapshot()).unwrap();
    let (astrid, orjan) = (EntityId([1; 16]), EntityId([3; 16]));
    assert_eq!(case.relations_of(EntityId([2; 16])).unwrap(), snapshot().relations);
    assert!(case.relations_of(orjan).unwrap().is_empty());
    let query = RelationQuery {
        kinds: vec![RelationKind::Owns],
        limit: 9,
        ..RelationQuery::default()
    };
    assert_eq!(case.relations_page(&query).unwrap().total, 0);
    let events = |query: EventQuery| {
        let page = case.events_page(&EventQuery { limit: 9, ..query }).unwrap();
        page.rows.iter().map(|event| event.id.0[0]).collect::<Vec<_>>()
    };
    assert_eq!(events(EventQuery::default()), [4, 2, 3]);
    assert_eq!(
        events(EventQuery {
            entity: Some(astrid),
            order: Order::Descending,
            ..EventQuery::default()
        }),
        [3, 4]
    );
    assert_eq!(
        events(EventQuery {
            from: Some(Timestamp(1)),
            ..EventQuery::default()
        }),
        [2, 3]
    );
    assert_eq!(
        events(EventQuery {
            until: Some(Timestamp(0)),
            ..EventQuery::default()
        }),
        [4]
    );
    let finding = |level| FindingQuery {
        min_severity: Some(level),
        entity: Some(astrid),
        limit: 9,
        ..FindingQuery::default()
    };
    assert_eq!(
        case.findings_page(&finding(Level::High)).unwrap().rows,
        snapshot().findings
    );
    assert_eq!(case.findings_page(&finding(Level::Critical)).unwrap().total, 0);
    let review = PairQuery {
        decisions: vec![PairDecision::Review],
        limit: 9,
        ..PairQuery::default()
    };
    assert_eq!(case.pairs_page(&review).unwrap().rows, [pair(3, PairDecision::Review)]);
    let linked = PairQuery {
        record: Some(RecordId([2; 16])),
        limit: 9,
        ..PairQuery::default()
    };
    assert_eq!(case.pairs_page(&linked).unwrap().rows, [pair(2, PairDecision::Linked)]);
    let ids = [StatementId([2; 16]), StatementId([77; 16]), StatementId([1; 16])];
    let said: Vec<u8> = case
        .statements_by_id(&ids)
        .unwrap()
        .iter()
        .map(|said| said.id.0[0])
        .collect();
    assert_eq!(said, [2, 1]);
    let names = StatementQuery {
        properties: vec![Property::Name],
        limit: 9,
        ..StatementQuery::default()
    };
    assert_eq!(case.statements_page(&names).unwrap().total, 1);
    let change = Change::AlertState {
        alert: FindingId([8; 16]),
        state: AlertState::Seen,
        reason: String::new(),
    };
    assert_eq!(case.alerts().unwrap()[0].1, AlertState::New);
    case.apply(&change, &stamp()).unwrap();
    assert_eq!(case.alerts().unwrap()[0].1, AlertState::Seen);
}

#[test]
fn search_finds_beginnings_of_words_and_never_a_secret() {
    let place = place();
    let case = create(&place.path);
    case.write_derived(&snapshot()).unwrap();
    let hits = |query: &str| {
        case.search(query, 10)
            .unwrap()
            .into_iter()
            .map(|hit| (hit.kind, hit.id[..2].to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        hits("astr qui"),
        [
            (HitKind::Entity, "01".to_owned()),
            (HitKind::Statement, "01".to_owned())
        ]
    );
    assert_eq!(hits("ORJAN"), [(HitKind::Entity, "03".to_owned())]);
    assert_eq!(hits("lightho"), [(HitKind::Entity, "01".to_owned())]);
    assert_eq!(
        hits("p2@mail.ex"),
        [(HitKind::Entity, "02".to_owned()), (HitKind::Entity, "01".to_owned())]
    );
    for query in [
        "sealed",
        "00112233445566778899aabbccddeeff",
        "secret",
        "NEAR(",
        "\"",
        "a AND",
        "* NOT -",
        "",
    ] {
        assert!(hits(query).is_empty(), "{query}");
    }
    let hit = case.search("astrid", 1).unwrap().remove(0);
    assert_eq!(
        (hit.label.as_str(), hit.entity),
        ("Astrid Quill", Some(EntityId([1; 16])))
    );
}

#[test]
fn a_statement_is_found_under_the_entity_that_holds_it_now() {
    let place = place();
    let case = create(&place.path);
    let holder = |case: &fusion_store::Case| {
        let hits = case.search("astrid", 10).unwrap();
        let said = hits.into_iter().find(|hit| hit.kind == HitKind::Statement);
        said.map(|hit| (hit.entity, hit.label))
    };
    case.write_derived(&snapshot()).unwrap();
    assert_eq!(
        holder(&case),
        Some((Some(EntityId([1; 16])), "Astrid Quill".to_owned()))
    );
    let mut joined = snapshot();
    joined.entities.remove(0);
    joined.records[0].entity = joined.entities[0].id;
    case.write_derived(&joined).unwrap();
    let other = &joined.entities[0];
    assert_eq!(holder(&case), Some((Some(other.id), other.label.clone())));
    assert_eq!(case.load_snapshot().unwrap(), Some(joined));
    let mut silent = snapshot();
    std::sync::Arc::make_mut(&mut silent.statements).remove(0);
    case.write_derived(&silent).unwrap();
    assert_eq!(holder(&case), None);
    assert_eq!(case.load_snapshot().unwrap(), Some(silent));
}

#[test]
fn a_target_is_found_by_id_name_identifier_and_alias() {
    let place = place();
    let case = create(&place.path);
    case.write_derived(&snapshot()).unwrap();
    let rows: [(&str, &[u8]); 6] = [
        ("01010101010101010101010101010101", &[1]),
        ("astrid quill", &[1]),
        (" P2@mail.example", &[2, 1]),
        ("kittiwake", &[1, 3]),
        ("secret 1", &[]),
        ("nobody", &[]),
    ];
    for (text, expected) in rows {
        let found: Vec<u8> = case
            .resolve_target(text)
            .unwrap()
            .iter()
            .map(|entity| entity.0[0])
            .collect();
        assert_eq!(found, expected, "{text}");
    }
    let matches = case.target_matches("p2@mail.example").unwrap();
    assert_eq!(
        (matches[0].by, matches[1].by),
        (MatchedBy::Label, MatchedBy::Identifier)
    );
}

#[test]
fn a_reader_without_a_cache_is_told_to_fuse() {
    let place = place();
    create(&place.path).close().unwrap();
    std::fs::remove_file(place.path.join("derived.db")).unwrap();
    let reader = try_open(&place.path, Access::Read).unwrap();
    assert_eq!(reader.derived_revision().unwrap(), None);
    assert_eq!(
        reader.entities_page(&EntityQuery::default()).unwrap_err().code(),
        "not-derived"
    );
}

#[test]
fn the_totals_are_those_of_the_snapshot() {
    let place = place();
    let case = create(&place.path);
    assert_eq!(case.derived_totals().unwrap(), None);
    let snapshot = snapshot();
    case.write_derived(&snapshot).unwrap();
    let totals = case.derived_totals().unwrap().unwrap();
    assert_eq!(totals, fusion_store::DerivedTotals::of(&snapshot));
    assert_eq!(totals.entities, snapshot.entities.len() as u64);
    assert!(totals.waiting > 0 && !totals.alerts.is_empty());
    let by_kind = case.entity_kinds(&EntityQuery::default()).unwrap();
    assert_eq!(by_kind.iter().map(|(_, count)| count).sum::<u64>(), totals.entities);
}

#[test]
fn a_snapshot_shown_aside_is_read_and_not_kept() {
    let place = place();
    let case = create(&place.path);
    let kept = snapshot();
    case.write_derived(&kept).unwrap();
    let mut aside = snapshot();
    aside.revision = Revision([9; 32]);
    aside.entities.truncate(1);
    case.show_aside(&aside).unwrap();
    assert_eq!(case.derived_revision().unwrap(), Some(aside.revision));
    assert_eq!(case.derived_totals().unwrap().unwrap().entities, 1);
    case.show_present();
    assert_eq!(case.derived_revision().unwrap(), Some(kept.revision));
    case.show_aside(&aside).unwrap();
    case.close().unwrap();
    let again = open(&place.path);
    assert_eq!(again.derived_revision().unwrap(), Some(kept.revision));
}

#[test]
fn a_cache_that_cannot_be_read_is_thrown_away_and_filled_again() {
    let place = place();
    let case = create(&place.path);
    let snapshot = snapshot();
    case.write_derived(&snapshot).unwrap();
    case.close().unwrap();
    let file = place.path.join("derived.db");
    let sound = std::fs::read(&file).unwrap();
    let mut refused = 0;
    for page in 1..sound.len() / 4096 {
        let mut bytes = sound.clone();
        bytes[page * 4096 + 100] ^= 1;
        std::fs::write(&file, bytes).unwrap();
        let case = open(&place.path);
        if case.load_snapshot().is_err_and(|error| error.code() == "damaged") {
            refused += 1;
            case.renew_derived().unwrap();
            assert_eq!(case.load_snapshot().unwrap(), None, "page {page}");
            case.write_derived(&snapshot).unwrap();
            assert_eq!(case.load_snapshot().unwrap().unwrap(), snapshot, "page {page}");
        }
        case.close().unwrap();
    }
    assert!(refused > 0);
}
