#![allow(clippy::unwrap_used)]

#[path = "../../../tests/store/derived/invented.rs"]
#[allow(dead_code, unreachable_pub)]
mod invented;

use std::sync::Arc;

use super::*;
use invented::snapshot;

#[test]
fn what_is_said_is_written_again_only_where_something_else_is_said() {
    let connection = database::in_memory().unwrap();
    connection.execute_batch(TABLES).unwrap();
    connection.execute_batch(EVIDENCE_TABLES).unwrap();
    let mark = || {
        connection
            .execute("UPDATE statement SET property = 'marked'", [])
            .unwrap()
    };
    let is_marked = |snapshot: &Snapshot| {
        replace(&connection, snapshot).unwrap();
        let marked = "SELECT count(*) FROM statement WHERE property = 'marked'";
        connection.query_row(marked, [], |row| row.get::<_, i64>(0)).unwrap() > 0
    };
    assert!(!is_marked(&snapshot()));
    mark();
    let mut judged = snapshot();
    judged.entities.pop();
    assert!(is_marked(&judged), "other entities of the same statements");
    let changes: [fn(&mut Snapshot); 4] = [
        |snapshot| Arc::make_mut(&mut snapshot.statements)[0].original.push('!'),
        |snapshot| drop(Arc::make_mut(&mut snapshot.statements).pop()),
        |snapshot| snapshot.records.clear(),
        |snapshot| snapshot.sources.clear(),
    ];
    for change in changes {
        is_marked(&snapshot());
        mark();
        let mut other = snapshot();
        change(&mut other);
        assert!(!is_marked(&other));
    }
}
