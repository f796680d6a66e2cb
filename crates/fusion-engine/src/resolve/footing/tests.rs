#![allow(clippy::unwrap_used)]

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};

use fusion_model::derived::Snapshot;
use fusion_model::{Correction, EntityKind, Evidence, Property, RawRecord, RecordId, Score, Timestamp, Verdict};

use super::Footing;
use crate::fixture::{Case, Said, id, record};
use crate::rules::Rules;
use crate::watch::{Stopped, Unwatched, Watch};
use crate::{fuse, fuse_onto};

use Property::{
    Account, Address, BirthDate, City, CompanyNumber, Email, ExternalId, Handle, Name, OfficialNumber, Organization,
    Password, Phone, Title,
};

const NOW: Timestamp = Timestamp(1_795_000_000_000);

/// Every field of a snapshot is a plain value in a fixed order, so its text is its bytes.
fn bytes(snapshot: &Snapshot) -> String {
    format!("{snapshot:?}")
}

/// Draws numbers from a seed (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % count
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Few words, so that values meet, pass their limits, become hubs and stop being some.
fn said(dice: &mut Dice, kind: EntityKind) -> Vec<(Property, String)> {
    let mut said = Vec::new();
    let mut say = |property, text: String| said.push((property, text));
    match kind {
        EntityKind::Person => {
            for _ in 0..1 + dice.below(2) {
                let given = dice.of(&["Mara", "Mary", "Tom", "Thomas", "Piet", "M.", "Мара"]);
                let family = dice.of(&["Ellison", "Elison", "Harker", "Bloom", "van Dijk"]);
                say(Name, format!("{given} {family}"));
            }
            if dice.one_in(2) {
                say(
                    Email,
                    format!("nightjar{}@{}.example", dice.below(9), dice.of(&["mail", "post"])),
                );
            }
            if dice.one_in(3) {
                say(Phone, format!("+3110765432{}", dice.below(7)));
            }
            if dice.one_in(3) {
                say(Account, format!("night_jar{}7|github.com", dice.below(6)));
            }
            if dice.one_in(3) {
                say(Handle, format!("night_jar{}7", dice.below(6)));
            }
            if dice.one_in(3) {
                say(BirthDate, format!("19{}-0{}-11", 60 + dice.below(4), 1 + dice.below(3)));
            }
            for _ in 0..dice.below(3) {
                let issuer = dice.of(&["NL passport", "BE passport"]);
                say(OfficialNumber, format!("NX{}|{issuer}", dice.below(4)));
            }
            if dice.one_in(4) {
                say(
                    ExternalId,
                    format!("k{}|{}", dice.below(3), dice.of(&["register a", "register b"])),
                );
            }
            if dice.one_in(3) {
                say(Organization, format!("Harbour {} BV", dice.below(3)));
            }
            if dice.one_in(5) {
                say(
                    Password,
                    format!("sealed:0011223344556677889900aabbccddee{:02x}", dice.below(3)),
                );
            }
            if dice.one_in(3) {
                say(City, (*dice.of(&["Delft", "Rotterdam", "Gouda"])).to_owned());
            }
            if dice.one_in(4) {
                say(Address, format!("Quay {}, Delft", dice.below(4)));
            }
        }
        EntityKind::Organization => {
            say(
                Name,
                format!(
                    "{} {}",
                    dice.of(&["Halcyon Freight", "Kestrel Imports"]),
                    dice.of(&["B.V.", "BV", "Ltd", ""])
                ),
            );
            if dice.one_in(2) {
                say(CompanyNumber, format!("1234567{}|NL", dice.below(3)));
            }
            if dice.one_in(2) {
                say(City, (*dice.of(&["Delft", "Gouda"])).to_owned());
            }
        }
        EntityKind::Place => say(
            Name,
            format!("Quay {}, {}", dice.below(3), dice.of(&["Delft", "Gouda"])),
        ),
        _ => say(Title, format!("Bill of lading {}", dice.below(4))),
    }
    said
}

fn drawn(dice: &mut Dice, key: &str) -> RawRecord {
    let kind = *dice.of(&[
        EntityKind::Person,
        EntityKind::Person,
        EntityKind::Person,
        EntityKind::Person,
        EntityKind::Organization,
        EntityKind::Place,
        EntityKind::Document,
    ]);
    let said = said(dice, kind);
    let said: Vec<Said<'_>> = said.iter().map(|(property, text)| (*property, text.as_str())).collect();
    record(kind, key, &said)
}

/// Limits so low that small cases meet them.
fn rules(number: usize) -> Rules {
    let mut rules = Rules::shipped();
    let section = &mut rules.entity_resolution;
    (
        section.hub_limits.email,
        section.hub_limits.phone,
        section.hub_limits.handle,
    ) = (3, 3, 3);
    (
        section.key_caps.identifier,
        section.key_caps.name,
        section.key_caps.name_sound,
    ) = (5, 4, 3);
    section.max_cluster_size = 6;
    match number {
        0 => {}
        1 => section.review_confidence_threshold = Score::from_basis_points(6_500),
        2 => section.name_alone_reviews = false,
        _ => rules.timeline.max_gap_days += 1,
    }
    rules
}

/// What a case is fused of.
#[derive(Clone)]
struct State {
    evidence: Evidence,
    rules: usize,
    keys: usize,
}

/// Does one of the things that people do with a case.
fn step(state: &mut State, dice: &mut Dice) -> &'static str {
    let kinds = |record: &RawRecord| record.kind.identity().is_none();
    match dice.below(10) {
        0..3 => {
            // A file is named by its content, so that no two have one name.
            let file = format!("file {}", dice.0);
            let mut rows = Vec::new();
            for _ in 0..1 + dice.below(6) {
                // Some rows speak of a record that is known.
                let known = state.keys > 0 && dice.one_in(4);
                let key = if known { dice.below(state.keys) } else { state.keys };
                state.keys += usize::from(!known);
                rows.push(vec![drawn(dice, &format!("p{key}"))]);
            }
            let made = Case::default().file(&file, rows).evidence;
            state.evidence.sources.extend(made.sources);
            state.evidence.observations.extend(made.observations);
            "import"
        }
        3 if !state.evidence.sources.is_empty() => {
            let at = dice.below(state.evidence.sources.len());
            state.evidence.sources.remove(at);
            "withdrawal"
        }
        4..6 if !state.evidence.observations.is_empty() => {
            let stored = dice.of(&state.evidence.observations);
            let record = dice.of(&stored.content.records);
            let Some(at) = (0..record.statements.len()).find(|_| dice.one_in(3)) else {
                return "nothing";
            };
            let other = said(dice, record.kind);
            let same = other
                .iter()
                .find(|(property, _)| *property == record.statements[at].property);
            let Some((_, text)) = same else { return "nothing" };
            let text = text.split('|').next().unwrap().to_owned();
            let statement = fusion_model::StatementId::new(stored.id, 0, &format!("/{at}"), 0);
            let observation = stored.id;
            state.evidence.corrections.retain(|known| known.statement != statement);
            state.evidence.corrections.push(Correction {
                observation,
                statement,
                text,
            });
            "correction"
        }
        6..9 if state.keys > 1 => {
            let records = state
                .evidence
                .observations
                .iter()
                .flat_map(|stored| &stored.content.records);
            let records: Vec<&RawRecord> = records.filter(|record| kinds(record)).collect();
            let kind = dice.of(&records).kind;
            let mut keys: Vec<RecordId> = Vec::new();
            for number in 0..state.keys {
                let key = format!("p{number}");
                let same = records.iter().any(|one| one.kind == kind && names(one, &key));
                keys.extend(same.then(|| id(&key)));
            }
            let (one, other) = (*dice.of(&keys), *dice.of(&keys));
            if one == other {
                return "nothing";
            }
            let verdict = *dice.of(&[Verdict::Same, Verdict::Same, Verdict::Different, Verdict::Unsure]);
            let made = Case::default().judged(one, other, verdict).evidence;
            state.evidence.judgements.extend(made.judgements);
            "verdict"
        }
        9 if dice.one_in(3) => {
            state.rules = dice.below(4);
            "rules"
        }
        _ => "nothing",
    }
}

fn names(record: &RawRecord, key: &str) -> bool {
    matches!(&record.key, fusion_model::RecordKey::Native { key: known, .. } if known == key)
}

/// A footing that was handed from step to step, against a full run of each.
#[test]
fn whatever_is_done_in_a_case_a_footing_gives_what_a_full_run_gives() {
    let (mut steps, mut followed, mut known, mut pairs) = (0, 0, 0, 0);
    for seed in 1..=10u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut past = vec![State {
            evidence: Evidence::default(),
            rules: 0,
            keys: 0,
        }];
        let mut undone: Vec<State> = Vec::new();
        let mut footing = Footing::default();
        for number in 0..40 {
            let mut done = "undo";
            if past.len() > 1 && dice.one_in(6) {
                undone.extend(past.pop());
            } else if let Some(again) = undone.pop().filter(|_| dice.one_in(2)) {
                past.push(again);
                done = "redo";
            } else {
                undone.clear();
                let mut next = past.last().unwrap().clone();
                done = step(&mut next, &mut dice);
                past.push(next);
            }
            let state = past.last().unwrap();
            let rules = rules(state.rules);
            let full = fuse(&state.evidence, &rules, NOW, &Unwatched).unwrap();
            let mut evidence = state.evidence.clone();
            if footing.knows(&evidence) {
                evidence.observations.clear();
                known += 1;
            }
            let kept = fuse_onto(&mut footing, evidence, &rules, NOW, &Unwatched).unwrap();
            assert_same(&kept, &full, &format!("seed {seed}, step {number}, {done}"));
            steps += 1;
            followed += usize::from(footing.touched().any(|(_, touched)| !touched.whole));
            pairs += full.pairs.len();
        }
    }
    assert_eq!(steps, 400);
    assert!(followed > 250, "{followed} of {steps} steps followed what stood");
    assert!(known > 100, "{known} of {steps} steps met evidence that was known");
    assert!(pairs > 5_000, "{pairs} pairs were told");
}

/// Compares part by part, so that a failure names the part.
fn assert_same(one: &Snapshot, other: &Snapshot, when: &str) {
    assert_eq!(one.notes, other.notes, "{when}");
    assert_eq!(one.pairs.len(), other.pairs.len(), "{when}");
    for (one, other) in one.pairs.iter().zip(&other.pairs) {
        assert_eq!(one, other, "{when}");
    }
    for (one, other) in one.findings.iter().zip(&other.findings) {
        assert_eq!(one, other, "{when}");
    }
    assert!(bytes(one) == bytes(other), "{when}");
}

fn two_files() -> Case {
    let person = |key: &str, name: &str| record(EntityKind::Person, key, &[(Name, name), (Email, "mara@mail.example")]);
    Case::default()
        .file("a", vec![vec![person("one", "Mara Ellison")]])
        .file("b", vec![vec![person("other", "Mara H. Ellison")]])
}

#[test]
fn a_run_that_was_stopped_leaves_nothing_to_follow_and_the_next_is_whole() {
    /// Stops after so many reports of resolving.
    struct After(AtomicU32);
    impl Watch for After {
        fn stage(&self, stage: &str, _done: u64, _total: u64) -> ControlFlow<()> {
            let left = self.0.load(Ordering::Relaxed);
            if stage == "resolve" {
                self.0.store(left.saturating_sub(1), Ordering::Relaxed);
            }
            if left == 0 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }
    let (rules, evidence) = (Rules::shipped(), two_files().evidence);
    let full = fuse(&evidence, &rules, NOW, &Unwatched).unwrap();
    let mut stops = 0;
    for after in 0..20 {
        let mut footing = Footing::default();
        fuse_onto(&mut footing, Case::default().evidence, &rules, NOW, &Unwatched).unwrap();
        fuse_onto(&mut footing, evidence.clone(), &rules, NOW, &Unwatched).unwrap();
        assert_eq!(footing.records(), 2);
        let watch = After(AtomicU32::new(after));
        match fuse_onto(&mut footing, two_files().evidence, &rules, NOW, &watch) {
            Err(Stopped::ByHost { stage }) => {
                stops += 1;
                assert!(stage != "resolve" || after < 2 || footing.records() == 0, "{footing:?}");
            }
            other => assert_eq!(bytes(&other.unwrap()), bytes(&full)),
        }
        let again = fuse_onto(&mut footing, evidence.clone(), &rules, NOW, &Unwatched).unwrap();
        assert_eq!(bytes(&again), bytes(&full));
    }
    assert!(stops > 3);
}

#[test]
fn a_run_that_the_rules_refuse_leaves_nothing_to_follow() {
    let (rules, evidence) = (Rules::shipped(), two_files().evidence);
    let mut footing = Footing::default();
    fuse_onto(&mut footing, Case::default().evidence, &rules, NOW, &Unwatched).unwrap();
    let mut narrow = rules.clone();
    narrow.entity_resolution.pair_budget = 0;
    let refused = fuse_onto(&mut footing, evidence.clone(), &narrow, NOW, &Unwatched).unwrap_err();
    assert_eq!(refused.code(), "pair-budget");
    assert_eq!(footing.records(), 0);
    let again = fuse_onto(&mut footing, evidence.clone(), &rules, NOW, &Unwatched).unwrap();
    assert_eq!(bytes(&again), bytes(&fuse(&evidence, &rules, NOW, &Unwatched).unwrap()));
}

#[test]
fn a_footing_says_nothing_of_what_stands_on_it() {
    let mut footing = Footing::default();
    fuse_onto(&mut footing, two_files().evidence, &Rules::shipped(), NOW, &Unwatched).unwrap();
    assert_eq!(format!("{footing:?}"), r#"{"person": 2}"#);
}

#[test]
fn a_case_larger_than_the_footing_is_worked_out_in_full_and_leaves_nothing() {
    let (rules, evidence) = (Rules::shipped(), two_files().evidence);
    let full = bytes(&fuse(&evidence, &rules, NOW, &Unwatched).unwrap());
    for (most, kept) in [(1, 0), (2, 2)] {
        let mut footing = Footing::up_to(most);
        for _ in 0..2 {
            let snapshot = fuse_onto(&mut footing, evidence.clone(), &rules, NOW, &Unwatched).unwrap();
            assert_eq!(bytes(&snapshot), full);
            assert_eq!((footing.records(), footing.knows(&evidence)), (kept, kept > 0));
        }
    }
}
