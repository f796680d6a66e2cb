//! Originals: read back, kept once, quoted, missed when gone, swept when nobody came for them.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::Command;
use std::thread;

use fusion_model::{Locator, SourceId};
use fusion_store::{Case, Change};

use crate::builders::{begin, create, draft, import, open, place, stamp, totals};

fn originals(case: &Case) -> Vec<std::path::PathBuf> {
    fs::read_dir(case.folder().root().join("vault"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect()
}

#[test]
fn originals_of_every_size_come_back() {
    let place = place();
    let case = create(&place.path);
    for size in [0usize, 1, 70_000, 3_000_000] {
        let content: Vec<u8> = (0..size).map(|index| (index * 7919 % 256) as u8).collect();
        let entry = case.vault_add(&mut &content[..]).unwrap();
        assert_eq!(
            (entry.sha256, entry.size),
            (SourceId::of_content(&content), size as u64)
        );
        let source = begin(&case, &content).finish(totals()).unwrap().source;
        assert_eq!(case.vault_read(source).unwrap(), content);
    }
    assert!(case.verify().is_sound());
}

#[test]
fn a_passage_is_quoted_and_logged() {
    let place = place();
    let case = create(&place.path);
    let content = b"name,password\r\nAstrid Quill,velvet-anchor-88\r\nTobias Fenn,x\r\n";
    let source = import(&case, content).source;
    let quote = case.quote(source, &Locator::Line(2), "check", &stamp()).unwrap();
    assert_eq!(
        (quote.text.as_str(), quote.line),
        ("Astrid Quill,velvet-anchor-88", Some(2))
    );
    let bytes = case
        .quote(source, &Locator::Bytes { start: 5, end: 13 }, "check", &stamp())
        .unwrap();
    assert_eq!(bytes.text, "password");
    let pointer = Locator::Pointer {
        pointer: "/1".to_owned(),
        line: 3,
    };
    assert_eq!(
        case.quote(source, &pointer, "check", &stamp()).unwrap().text,
        "Tobias Fenn,x"
    );
    assert_eq!(
        case.quote(source, &Locator::Line(9), "check", &stamp())
            .unwrap_err()
            .code(),
        "missing"
    );
    let disclosed = case
        .custody()
        .unwrap()
        .into_iter()
        .filter(|event| event.action == "disclose");
    assert_eq!(disclosed.count(), 3);
    let reasons = case.operations(0, usize::MAX).unwrap().into_iter().filter(|logged| {
        matches!(&logged.operation.change, Change::Disclose { what, reason, .. }
            if what.starts_with("reveal ") && reason == "check")
    });
    assert_eq!(reasons.count(), 3);
}

#[test]
fn a_long_line_is_cut_where_quoting_ends() {
    let place = place();
    let case = create(&place.path);
    let source = import(&case, &[b'a'; 200_000]).source;
    let quote = case.quote(source, &Locator::Line(1), "check", &stamp()).unwrap();
    assert!(quote.cut && quote.text.len() == 16 * 1024);
}

#[test]
fn a_changed_or_missing_original_is_noticed_and_healed_by_its_content() {
    let place = place();
    let case = create(&place.path);
    let source = import(&case, b"the original").source;
    let path = originals(&case).remove(0);
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert_eq!(case.vault_read(source).unwrap_err().code(), "damaged");
    assert!(case.verify().first_bad().unwrap().contains("original"));
    fs::remove_file(&path).unwrap();
    assert_eq!(case.vault_read(source).unwrap_err().code(), "damaged");
    case.vault_add(&mut &b"the original"[..]).unwrap();
    assert_eq!(case.vault_read(source).unwrap(), b"the original");
    assert!(case.verify().is_sound());
}

#[test]
fn an_original_without_an_import_is_swept() {
    let place = place();
    let case = create(&place.path);
    draft(&case, b"never imported");
    assert_eq!(originals(&case).len(), 1);
    case.close().unwrap();
    assert!(originals(&open(&place.path)).is_empty());
}

#[test]
fn threads_that_bring_the_same_content_at_once_keep_it_once() {
    let place = place();
    let case = create(&place.path);
    let content: Vec<u8> = (0..300_000u32).map(|index| (index * 7919 % 251) as u8).collect();
    let entries: Vec<_> = thread::scope(|scope| {
        let bring = || case.vault_add(&mut &content[..]).unwrap();
        let adds: Vec<_> = (0..4).map(|_| scope.spawn(bring)).collect();
        adds.into_iter().map(|add| add.join().unwrap()).collect()
    });
    assert!(entries.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(originals(&case).len(), 1);
    let source = begin(&case, &content).finish(totals()).unwrap().source;
    assert_eq!(case.vault_read(source).unwrap(), content);
    assert!(case.verify().is_sound());
}

#[test]
fn reading_ends_where_the_recorded_size_does() {
    let place = place();
    let case = create(&place.path);
    let mut entry = case.vault_add(&mut io::repeat(0).take(50_000_000)).unwrap();
    assert!(fs::metadata(originals(&case).remove(0)).unwrap().len() < 100_000);
    entry.size = 1_000_000;
    let mut read = Vec::new();
    assert!(case.vault_reader_of(&entry).unwrap().read_to_end(&mut read).is_err());
    assert!(read.len() <= 1_000_000, "{} bytes", read.len());
}

/// Ends the program without any clean-up when half of it was read.
struct Deadly(usize);

impl Read for Deadly {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0 += 1;
        if self.0 > 40 {
            std::process::abort();
        }
        out.fill(self.0 as u8);
        Ok(out.len())
    }
}

/// Runs this program again, to end suddenly while an original is written, or before a row speaks of it.
#[test]
fn what_a_killed_program_left_in_the_vault_is_swept_and_can_be_brought_again() {
    const CHILD: &str = "FUSION_TEST_KILLED_IN_VAULT";
    const CONTENT: &[u8] = b"never imported";
    if let Ok(child) = std::env::var(CHILD) {
        let (how, path) = child.split_once(' ').unwrap();
        let case = open(Path::new(path));
        if how == "named" {
            case.vault_add(&mut &CONTENT[..]).unwrap();
        } else {
            case.vault_add(&mut Deadly(0)).unwrap();
        }
        std::process::abort();
    }
    for how in ["named", "half"] {
        let place = place();
        let case = create(&place.path);
        let known = import(&case, b"known").source;
        case.close().unwrap();
        let name = "vault::what_a_killed_program_left_in_the_vault_is_swept_and_can_be_brought_again";
        let ended = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name])
            .env(CHILD, format!("{how} {}", place.path.display()))
            .output()
            .unwrap();
        assert!(!ended.status.success(), "{how}");
        let left = fs::read_dir(place.path.join("vault")).unwrap().count();
        assert_eq!(left, 2, "{how}: nothing was left");
        let case = open(&place.path);
        assert_eq!(originals(&case).len(), 1, "{how}");
        assert_eq!(case.vault_read(known).unwrap(), b"known");
        let source = import(&case, CONTENT).source;
        assert_eq!(case.vault_read(source).unwrap(), CONTENT);
        assert!(case.verify().is_sound(), "{how}");
    }
}
