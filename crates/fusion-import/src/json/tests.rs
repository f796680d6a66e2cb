//! The JSON reader against its promises, and against `serde_json` as referee.

#![allow(clippy::unwrap_used)]

use std::io::BufReader;

use proptest::prelude::*;

use super::{JsonReader, Node, Value, glimpse};
use crate::error::{ErrorCode, ImportError};

fn read(text: &str) -> Result<Node, ImportError> {
    let mut source = BufReader::with_capacity(3, text.as_bytes());
    let mut reader = JsonReader::new(&mut source);
    let node = reader.value()?;
    reader.end()?;
    Ok(node)
}

fn same(node: &Node, value: &serde_json::Value) -> bool {
    match (&node.value, value) {
        (Value::Null, serde_json::Value::Null) => true,
        (Value::Bool(a), serde_json::Value::Bool(b)) => a == b,
        (Value::Text(a), serde_json::Value::String(b)) => a == b,
        (Value::Number(a), serde_json::Value::Number(b)) => a.eq_ignore_ascii_case(&b.to_string()) || b.is_f64(),
        (Value::Array(a), serde_json::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(_), serde_json::Value::Object(b)) => b.iter().all(|(key, member)| {
            node.members()
                .iter()
                .rev()
                .find(|(k, _)| k == key)
                .is_some_and(|(_, n)| same(n, member))
        }),
        _ => false,
    }
}

#[test]
fn lines_and_number_texts_are_kept() {
    let node = read("{\n \"a\": [1.50,\n  -2e+9, \"x\\ny\\ud83d\\udc26\\ud800\"],\n\n\"b\": {}}").unwrap();
    let items = node.get("a").unwrap().items();
    assert_eq!(
        (node.line, items[0].line, items[1].line, node.get("b").unwrap().line),
        (1, 2, 3, 5)
    );
    assert_eq!(
        items.iter().map(|item| item.text().unwrap()).collect::<Vec<_>>(),
        ["1.50", "-2e+9", "x\ny\u{1F426}\u{FFFD}"]
    );
}

#[test]
fn trouble_names_its_line() {
    let deep = "[".repeat(65);
    for (text, code, line) in [
        ("[1,\n2", ErrorCode::Truncated, 2),
        ("{\"a\":\n\n\"b", ErrorCode::Truncated, 3),
        ("", ErrorCode::Truncated, 1),
        ("[1,\n]", ErrorCode::Syntax, 2),
        ("{\"a\" 1}", ErrorCode::Syntax, 1),
        ("[01]", ErrorCode::Syntax, 1),
        ("[1]\n[2]", ErrorCode::Syntax, 2),
        ("\"a\nb\"", ErrorCode::Syntax, 1),
        (deep.as_str(), ErrorCode::Cap, 1),
    ] {
        let error = read(text).unwrap_err();
        assert_eq!((error.code, error.line), (code, Some(line)), "{text}: {error}");
    }
}

#[test]
fn a_glimpse_keeps_what_was_read() {
    let (node, is_whole, _) = glimpse("{\"log\": {\"entries\": [{\"request\": {\"url\": \"x").unwrap();
    assert!(!is_whole);
    assert!(node.at("log.entries").is_some());
    let (_, is_whole, used) = glimpse("{\"a\": 1}\n{\"a\": 2}").unwrap();
    assert_eq!((is_whole, used), (true, 8));
}

#[test]
fn row_keys_do_not_know_key_order() {
    let key = |text: &str| read(text).unwrap().row_key();
    assert_eq!(
        key("{\"a\": 1, \"b\": [true, null]}"),
        key("{ \"b\":[true,null],\n\"a\":1}")
    );
    assert_ne!(key("{\"a\": 1}"), key("{\"a\": \"1\"}"));
    assert_ne!(key("[[1], 2]"), key("[[1, 2]]"));
}

proptest! {
    #[test]
    fn accepts_what_serde_json_accepts(text in "[\\[\\]{}:,\"\\\\u0-9a-f.eE+\\- \\nntruefals]{0,40}") {
        match (read(&text), serde_json::from_str::<serde_json::Value>(&text)) {
            (Ok(node), Ok(value)) => prop_assert!(same(&node, &value)),
            (Err(_), Err(_)) => {}
            (Ok(_), Err(error)) => prop_assert!(error.to_string().contains("surrogate") || error.to_string().contains("hex escape"), "{error}"),
            (Err(error), Ok(_)) => prop_assert!(false, "{error}"),
        }
    }
}
