//! Originals: read back, kept once, quoted, missed when gone.

use std::fs;

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
