//! How long it takes from the key to the first screen of a large case.
//!
//! `cargo bench -p fusion-tests --bench opening -- [OBSERVATIONS]`. The case is filled through the store, fused once, and
//! then opened the way the window opens it; the key derivation of the bench is the cheapest there is, so that what is
//! measured is what comes after it.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::Instant;

use fusion_api::bench::{Places, Workbench};
use fusion_api::commands::case::{self, CaseStatusRequest, Mode};
use fusion_api::open_case::Extent;
use fusion_api::progress::Progress;
use fusion_model::{
    EntityKind, Locator, Observation, Property, RawRecord, RawStatement, RecordKey, SourceKind, Timestamp,
};
use fusion_store::{CaseFolder, KdfProfile, Machine, NewCase, Passphrase, Secrets, SourceDraft, SourceTotals, Stamp};
use zeroize::Zeroizing;

#[path = "../measure/mod.rs"]
mod measure;

/// Observations that speak of the same person.
const OF_ONE_PERSON: u64 = 25;

fn observation(line: u64) -> Observation {
    let person = line / OF_ONE_PERSON;
    let statements = vec![
        RawStatement::new(Property::Name, format!("Person Number{person}"), "name"),
        RawStatement::new(Property::Email, format!("person.{person}@mail.example"), "email"),
        RawStatement::new(Property::Handle, format!("user_{person}"), "username"),
    ];
    let record = RawRecord {
        kind: EntityKind::Person,
        key: RecordKey::Native {
            namespace: "row".to_owned(),
            key: person.to_string(),
        },
        statements,
    };
    Observation {
        locator: Locator::Line(line),
        records: vec![record],
        links: Vec::new(),
    }
}

/// Tells how long each stage of a fusion took, and how much memory the program had used by its end.
#[derive(Default)]
struct Stages(Mutex<Option<(String, Instant)>>);

impl Progress for Stages {
    fn report(&self, text: &str, _: u64, _: u64) -> ControlFlow<()> {
        let mut present = self.0.lock().unwrap();
        if present.as_ref().is_none_or(|(stage, _)| stage != text)
            && let Some((stage, begun)) = present.replace((text.to_owned(), Instant::now()))
        {
            let secs = begun.elapsed().as_secs_f64();
            println!(
                "  {stage}: {secs:.2} s, {} MB at most so far",
                measure::peak_megabytes()
            );
        }
        ControlFlow::Continue(())
    }
}

fn main() {
    let observations = measure::argument(1_000_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.fusion");
    let state = folder.path().join("state");
    let new = NewCase {
        name: "Bench".to_owned(),
        region: String::new(),
        created_at: Timestamp(0),
        profile: KdfProfile::for_tests(),
    };
    let passphrase = Passphrase::new("bench".to_owned());
    let case = CaseFolder::create_on(&path, &passphrase, new, Some(&Machine::at(&state))).unwrap();
    let draft = SourceDraft {
        original: case.vault_add(&mut &b"bench"[..]).unwrap(),
        name: "bench.csv".to_owned(),
        kind: SourceKind::Osint,
        format: "csv".to_owned(),
        grade: None,
        subject: None,
        again: None,
        secrets: Secrets::default(),
        acquired_at: Timestamp(0),
        stamp: Stamp {
            author: "bench".to_owned(),
            at: Timestamp(0),
        },
    };
    let (_, filled, _) = measure::timed(|| {
        let mut writer = case.begin_import(draft).unwrap();
        for line in 0..observations {
            writer.push(observation(line)).unwrap();
        }
        writer.finish(SourceTotals::default()).unwrap();
    });
    println!("filled with {observations} observations in {filled:.1} s");
    case.close().unwrap();

    let places = Places {
        cases: folder.path().to_owned(),
        settings: folder.path().join("settings"),
        state,
    };
    let open = || {
        let bench = Workbench::new(places.clone()).unwrap();
        case::open_folder(&bench, &path, Zeroizing::new("bench".to_owned()), Mode::Write).unwrap();
        bench
    };
    let bench = open();
    let stages = Stages::default();
    let (_, fused, cpu) = measure::timed(|| bench.case().unwrap().fuse(Extent::Everything, &stages).unwrap());
    println!("fused and written in {fused:.1} s, {cpu:.1} s of the processor");
    let of_a_million = 1_000_000.0 / observations as f64;
    measure::figure("fuse-million-observations-cpu-secs", cpu * of_a_million);
    measure::figure("fuse-million-observations-megabytes", measure::peak_megabytes() as f64);
    drop(bench.take());
    let size = std::fs::metadata(path.join("derived.db")).unwrap().len();
    measure::figure("derived-bytes-an-observation", size as f64 / observations as f64);

    let mut best = f64::MAX;
    for _ in 0..3 {
        let ((bench, view), wall, _) = measure::timed(|| {
            let bench = open();
            let status = case::status(&bench, CaseStatusRequest {}).unwrap();
            (bench, status.open.unwrap())
        });
        assert!(view.entities > 0, "the first screen has no counts");
        println!("opened to the first screen in {wall:.2} s");
        best = best.min(wall);
        drop(bench.take());
    }
    measure::figure("open-million-observations-secs", best * of_a_million);
}
