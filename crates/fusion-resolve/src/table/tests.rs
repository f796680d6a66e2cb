#![allow(clippy::unwrap_used)]

use super::*;
use crate::model::Model;
use crate::run::resolve;

const TABLE: &str = "record_id,full_name,dob,email,phone,city\n\
    r1,Mara Ellison,1988-03-04,mara.ellison77@mail.example,+31 10 7654321,Rotterdam\n\
    r2,\"ELLISON, M.\",,mara.ellison77@mail.example,,Rotterdam\n\
    r3,Mara Elison,1988-03-04,,0107654321,\n\
    r4,Piet van Dijk,1971-11-27,piet@mail.example,,Delft\n\
    r5,P. van Dijk,27 Nov 1971,,,Delft\n";

fn entities(text: &str) -> Vec<(String, String)> {
    let table = read(text.as_bytes(), b',', "").unwrap();
    let outcome = resolve(&table.values, &table.records, &Model::standard(), &mut |_| {}).unwrap();
    let named = |at: &u32| table.ids[*at as usize].clone();
    table
        .ids
        .iter()
        .cloned()
        .zip(outcome.group_of.iter().map(named))
        .collect()
}

#[test]
fn rows_become_entities() {
    let found = entities(TABLE);
    let expected = [("r1", "r1"), ("r2", "r1"), ("r3", "r1"), ("r4", "r4"), ("r5", "r4")];
    assert_eq!(found, expected.map(|(one, other)| (one.to_owned(), other.to_owned())));
}

#[test]
fn the_order_of_rows_and_columns_changes_nothing() {
    let (header, rows) = TABLE.split_once('\n').unwrap();
    let mut lines: Vec<&str> = rows.lines().collect();
    lines.reverse();
    lines.swap(0, 2);
    assert_eq!(entities(&format!("{header}\n{}\n", lines.join("\n"))), entities(TABLE));
}

fn refusal(bytes: &[u8]) -> TableError {
    read(bytes, b',', "").unwrap_err()
}

#[test]
fn hostile_tables_are_refused_with_the_line() {
    assert!(matches!(refusal(b"id,name\na,Mara\na,Piet\n"), TableError::TwiceTheId(id) if id == "a"));
    assert!(matches!(refusal(b"id,name\n"), TableError::Empty));
    assert!(matches!(refusal(b""), TableError::Empty));
    assert!(matches!(
        refusal(b"id,name\na,Mara\nb\n"),
        TableError::Ragged {
            line: 3,
            cells: 1,
            columns: 2
        }
    ));
    assert!(matches!(
        refusal(b"id,name\na,\xff\n"),
        TableError::Encoding { line: 2 }
    ));
    assert!(matches!(
        refusal(b"id,name\na,\xc3\nb\xa9,x\n"),
        TableError::Encoding { line: 2 }
    ));
    assert!(matches!(
        refusal(b"\xff\xfei\0d\0,\0n\0"),
        TableError::Encoding { line: 1 }
    ));
}

#[test]
fn a_row_that_does_not_end_is_refused_before_it_is_held() {
    assert!(matches!(
        refusal(b"id,name\na,Mara\nb,\"Pie"),
        TableError::Endless { line: 3 }
    ));
    assert!(matches!(
        refusal(b"id,name\na,\"Mara\nb,Piet\n"),
        TableError::Endless { line: 2 }
    ));
    let endless = b"id,name\na,".chain(std::io::repeat(b'x').take(1 << 40));
    assert!(matches!(read(endless, b',', ""), Err(TableError::Endless { line: 2 })));
    let whole = read(&b"id,name\r\na,\"Mara \"\"M\"\" Ellison\nof Delft\""[..], b',', "").unwrap();
    assert_eq!(whole.ids, ["a"]);
}

#[test]
fn dates_are_read_as_the_whole_table_proves_wherever_the_proof_stands() {
    let mut rows = vec![
        "a,04/05/1988".to_owned(),
        "b,4 May 1988".to_owned(),
        "c,5 April 1988".to_owned(),
    ];
    rows.extend((0..20_000).map(|row| format!("x{row},")));
    rows.push("p,12/31/1999".to_owned());
    let birth = |rows: &[String], id: &str| {
        let table = read(format!("id,dob\n{}\n", rows.join("\n")).as_bytes(), b',', "").unwrap();
        let at = table.ids.iter().position(|known| known == id).unwrap() as u32;
        let value = table.records.of(at)[0].value;
        (table.values.canonical(value).to_owned(), table.refused)
    };
    assert_eq!(birth(&rows, "a").0, birth(&rows, "c").0);
    rows.reverse();
    assert_eq!(birth(&rows, "a").0, birth(&rows, "c").0);
    rows.extend(["q,31/12/1999".to_owned(), "r,30/12/1999".to_owned()]);
    assert_eq!(birth(&rows, "a").0, birth(&rows, "b").0);
    assert_eq!(
        birth(&rows, "a").1,
        [("dob".to_owned(), 1)],
        "the month of the one that proves otherwise is no month"
    );
}

#[test]
fn what_cannot_be_read_is_counted() {
    let table = read(
        &b"id,email,phone\na,nobody,12\nb,x@mail.example,555 0100 22\n"[..],
        b',',
        "",
    )
    .unwrap();
    assert_eq!(table.refused, [("email".to_owned(), 1), ("phone".to_owned(), 1)]);
}

#[test]
fn the_delimiter_is_read_from_the_header() {
    for (header, delimiter) in [
        ("a,b;c,d", b','),
        ("a;b", b';'),
        ("a\tb", b'\t'),
        ("a|b", b'|'),
        ("a", b','),
    ] {
        assert_eq!(delimiter_of(header), delimiter, "{header}");
    }
}
