//! A real case in a folder of its own, driven through the same functions that the window and the command line call.

#![allow(clippy::unwrap_used, clippy::print_stdout, dead_code)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fusion_api::bench::{Places, Workbench};
use fusion_api::commands::case::{self, NewCase, Sample};
use fusion_api::commands::entities::{self, EntitiesPageRequest, EntityGetRequest};
use fusion_api::commands::import::{self, FileOutcomeView, ImportFileRequest, ImportRunRequest};
use fusion_api::commands::report::{self, ExportRunRequest};
use fusion_api::commands::review::{self, ReviewPageRequest};
use fusion_api::lookup;
use fusion_api::open_case::Extent;
use fusion_api::progress::Unwatched;
use fusion_api::view::{EntityView, PairView};
use tempfile::TempDir;
use zeroize::Zeroizing;

pub const PASSPHRASE: &str = "seven quiet herons at dusk";

/// Returns a folder of `../shared`, or says that the test is skipped.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(folder);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: ../shared/{folder} is absent");
    None
}

/// A case that goes when the test ends.
pub struct TestCase {
    pub bench: Arc<Workbench>,
    pub folder: TempDir,
}

impl TestCase {
    pub fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            cases: folder.path().join("cases"),
            settings: folder.path().join("settings"),
            state: folder.path().join("state"),
        };
        let bench = Workbench::new(places).unwrap();
        let wanted = NewCase {
            name: name.to_owned(),
            region: "NL".to_owned(),
            sample: Sample::Without,
        };
        let passphrase = Zeroizing::new(PASSPHRASE.to_owned());
        case::create_folder(&bench, &folder.path().join("case"), passphrase, wanted, &Unwatched).unwrap();
        Self { bench, folder }
    }

    /// A case with the files that `write` puts into a folder, fused.
    pub fn of(name: &str, write: impl FnOnce(&Path) -> Vec<PathBuf>) -> Self {
        let case = Self::new(name);
        for path in write(&case.folder.path().join("lists")) {
            assert_eq!(case.import(&path, |_| {}).state, "imported");
        }
        case.fuse();
        case
    }

    /// The pairs that wait for a verdict, in the order of the queue.
    pub fn waiting(&self) -> Vec<PairView> {
        let request = ReviewPageRequest {
            decisions: vec!["review".to_owned()],
            offset: 0,
            limit: 500,
            order: None,
        };
        review::page(&self.bench, request).unwrap().pairs
    }

    pub fn import(&self, path: &Path, change: impl FnOnce(&mut ImportFileRequest)) -> FileOutcomeView {
        let mut file = ImportFileRequest {
            handle: self.bench.handles.register(path),
            ..Default::default()
        };
        change(&mut file);
        let mut view = import::import(&self.bench, &ImportRunRequest { files: vec![file] }, &Unwatched).unwrap();
        view.files.remove(0)
    }

    pub fn import_text(&self, name: &str, text: &str, kind: Option<&str>) -> FileOutcomeView {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let outcome = self.import(&path, |file| file.kind = kind.map(str::to_owned));
        assert_eq!(outcome.state, "imported", "{name}: {}", outcome.message);
        outcome
    }

    pub fn fuse(&self) {
        self.bench
            .case()
            .unwrap()
            .fuse(Extent::WhatChanged, &Unwatched)
            .unwrap();
    }

    pub fn profile(&self, target: &str) -> EntityView {
        let id = lookup::one(&self.bench.case().unwrap(), target).unwrap();
        entities::get(&self.bench, EntityGetRequest { id: id.to_string() }).unwrap()
    }

    pub fn persons(&self) -> Vec<String> {
        let request = EntitiesPageRequest {
            kinds: vec!["person".to_owned()],
            limit: 1000,
            ..Default::default()
        };
        entities::page(&self.bench, request)
            .unwrap()
            .rows
            .into_iter()
            .map(|row| row.label)
            .collect()
    }

    pub fn review_labels(&self) -> Vec<String> {
        self.waiting()
            .into_iter()
            .map(|pair| format!("{} <-> {}", pair.left.label, pair.right.label))
            .collect()
    }

    pub fn export(&self, format: &str) -> Vec<u8> {
        let file = self.folder.path().join("export.out");
        let request = ExportRunRequest {
            format: format.to_owned(),
            entities: Vec::new(),
            tlp: "AMBER".to_owned(),
            reason: "test".to_owned(),
            place: None,
        };
        report::export_to(&self.bench, &file, &request).unwrap();
        std::fs::read(file).unwrap()
    }
}
