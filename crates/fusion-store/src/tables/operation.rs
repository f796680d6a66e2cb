//! The operation log: append-only, one digest chain per instance, texts kept apart.

use std::collections::BTreeMap;

use fusion_model::codec::{self, Pack};
use fusion_model::{ContentHasher, OperationId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{fixed, from_sql, to_sql};
use crate::change::{Change, Stamp};
use crate::error::{Error, Result};
use crate::secret::random;
use crate::state::Operation;

/// Holds one entry of the log exactly as it stands there, so that another copy of the case can take it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogEntry {
    pub(crate) id: OperationId,
    pub(crate) lamport: u64,
    pub(crate) kind: String,
    pub(crate) payload: Vec<u8>,
    pub(crate) at: i64,
    pub(crate) author: String,
    pub(crate) previous: Vec<u8>,
    pub(crate) digest: [u8; 32],
    /// What people wrote, in slot order.
    pub(crate) texts: Vec<SaltedText>,
}

impl LogEntry {
    fn expected_digest(&self) -> [u8; 32] {
        let mut hasher = ContentHasher::new("operation");
        hasher
            .part(&self.previous)
            .number(self.id.instance)
            .number(self.id.counter)
            .number(self.lamport);
        hasher
            .text(&self.kind)
            .part(&self.payload)
            .part(&self.at.to_le_bytes())
            .text(&self.author);
        hasher.finish()
    }

    /// Checks the texts against their commitments and reads the change.
    pub(crate) fn operation(&self) -> Result<Operation> {
        let mut fields = self.payload.as_slice();
        let commitments: Vec<[u8; 32]> = Vec::unpack(&mut fields)?;
        let sound = commitments.len() == self.texts.len()
            && commitments.iter().zip(&self.texts).all(|(expected, (salt, text))| {
                let erased = salt.is_empty() && text.is_empty();
                erased || commitment(salt, text) == *expected
            });
        if !sound {
            return Err(Error::damaged(format!(
                "a text of operation {} is not what was written",
                self.id
            )));
        }
        let texts = self.texts.iter().map(|(_, text)| text.clone()).collect();
        Ok(Operation {
            id: self.id,
            lamport: self.lamport,
            change: Change::rebuild(&self.kind, fields, texts)?,
            at: Timestamp(self.at),
            author: self.author.clone(),
        })
    }
}

/// Salt and text of one free text.
type SaltedText = (Vec<u8>, String);

/// Holds an operation together with its place in the log.
#[derive(Debug)]
pub(crate) struct Logged {
    pub(crate) position: i64,
    pub(crate) operation: Operation,
}

/// Holds the last link of a chain: its number, its logical time, its digest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Head {
    counter: u64,
    lamport: u64,
    digest: Vec<u8>,
}

impl Head {
    /// Tells whether `entry` is the next link after this one.
    fn is_before(&self, entry: &LogEntry) -> bool {
        entry.id.counter == self.counter + 1 && entry.previous == self.digest && entry.lamport > self.lamport
    }
}

impl From<&LogEntry> for Head {
    fn from(entry: &LogEntry) -> Self {
        Self {
            counter: entry.id.counter,
            lamport: entry.lamport,
            digest: entry.digest.to_vec(),
        }
    }
}

/// Remembers how far the log has been followed, so that the next reading starts there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Followed {
    position: i64,
    heads: BTreeMap<u64, Head>,
}

/// Appends a change and returns its name and digest.
pub(crate) fn append(
    connection: &Connection,
    instance: u64,
    change: &Change,
    stamp: &Stamp,
) -> Result<(OperationId, [u8; 32])> {
    let head = head(connection, instance)?;
    let lamport: i64 = connection.query_row("SELECT coalesce(max(lamport), 0) + 1 FROM operation", [], |row| {
        row.get(0)
    })?;
    let id = OperationId {
        instance,
        counter: head.counter + 1,
    };
    let (payload, texts) = commit(change)?;
    let mut row = LogEntry {
        id,
        lamport: from_sql(lamport),
        kind: change.kind().to_owned(),
        payload,
        at: stamp.at.0,
        author: stamp.author.clone(),
        previous: head.digest,
        digest: [0; 32],
        texts,
    };
    row.digest = row.expected_digest();
    insert(connection, &row)?;
    Ok((id, row.digest))
}

/// Salts the texts of a change and packs its payload: commitments, then fields.
fn commit(change: &Change) -> Result<(Vec<u8>, Vec<SaltedText>)> {
    let salted = |text: &str| Ok((random::<16>()?.to_vec(), text.to_owned()));
    let texts: Vec<SaltedText> = change.texts().into_iter().map(salted).collect::<Result<_>>()?;
    let commitments: Vec<[u8; 32]> = texts.iter().map(|(salt, text)| commitment(salt, text)).collect();
    let mut payload = codec::to_bytes(&commitments);
    change.pack_fields(&mut payload);
    Ok((payload, texts))
}

fn insert(connection: &Connection, entry: &LogEntry) -> Result<()> {
    let (instance, counter) = (entry.id.instance.cast_signed(), to_sql(entry.id.counter));
    connection
        .prepare_cached(
            "INSERT INTO operation (instance, counter, lamport, kind, payload, at, author, previous, digest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            instance,
            counter,
            to_sql(entry.lamport),
            entry.kind,
            entry.payload,
            entry.at,
            entry.author,
            entry.previous,
            entry.digest,
        ])?;
    let mut texts = connection
        .prepare_cached("INSERT INTO free_text (instance, counter, slot, salt, text) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (slot, (salt, text)) in (0i64..).zip(&entry.texts) {
        texts.execute(params![instance, counter, slot, salt, text])?;
    }
    Ok(())
}

fn commitment(salt: &[u8], text: &str) -> [u8; 32] {
    ContentHasher::new("free text").part(salt).text(text).finish()
}

/// Reads the log in order of arrival, checking every chain and every text on the way.
pub(crate) fn list(connection: &Connection) -> Result<Vec<Logged>> {
    follow(connection, &mut Followed::default())
}

/// Reads what came after `followed` in order of arrival, checking every link and every text, and moves `followed` on.
pub(crate) fn follow(connection: &Connection, followed: &mut Followed) -> Result<Vec<Logged>> {
    let mut next = followed.clone();
    let mut logged = Vec::new();
    for (position, entry) in after(connection, followed.position)? {
        let head = next.heads.entry(entry.id.instance).or_default();
        if !head.is_before(&entry) || entry.digest != entry.expected_digest() {
            return Err(Error::damaged(format!("the log of operations breaks at {}", entry.id)));
        }
        *head = Head::from(&entry);
        next.position = position;
        let operation = entry.operation()?;
        logged.push(Logged { position, operation });
    }
    *followed = next;
    Ok(logged)
}

/// Reads all entries in order of arrival as they stand, for another copy of the case.
pub(crate) fn entries(connection: &Connection) -> Result<Vec<LogEntry>> {
    Ok(after(connection, 0)?.into_iter().map(|(_, entry)| entry).collect())
}

/// Empties texts and salts of an operation; its commitments stay. Returns whether there was a text.
pub(crate) fn erase_texts(connection: &Connection, id: OperationId) -> Result<bool> {
    let changed = connection
        .prepare_cached(
            "UPDATE free_text SET salt = x'', text = '' WHERE instance = ?1 AND counter = ?2 AND length(salt) > 0",
        )?
        .execute(params![id.instance.cast_signed(), to_sql(id.counter)])?;
    Ok(changed > 0)
}

/// Reads the entries after a place in the log, unchecked, with their places.
fn after(connection: &Connection, position: i64) -> Result<Vec<(i64, LogEntry)>> {
    let mut statement = connection.prepare_cached(
        "SELECT position, operation.instance, operation.counter, lamport, kind, payload, at, author, previous, digest,
                free_text.salt, free_text.text
         FROM operation LEFT JOIN free_text
         ON free_text.instance = operation.instance AND free_text.counter = operation.counter
         WHERE position > ?1 ORDER BY position, free_text.slot",
    )?;
    let mut rows = statement.query([position])?;
    let mut entries: Vec<(i64, LogEntry)> = Vec::new();
    while let Some(row) = rows.next()? {
        let place = row.get(0)?;
        if entries.last().is_none_or(|(last, _)| *last != place) {
            entries.push((place, read(row)?));
        }
        let salt: Option<Vec<u8>> = row.get(10)?;
        if let (Some(salt), Some((_, entry))) = (salt, entries.last_mut()) {
            entry.texts.push((salt, row.get(11)?));
        }
    }
    Ok(entries)
}

/// Takes over entries of another copy's log, as they stand, and returns how many were new.
///
/// Every chain must go on where it ends here, link by link. A chain that says something else than is known here, or
/// goes on from another place, is a fork: two copies wrote under one name. Nothing is kept unless all of it is sound,
/// since the caller's transaction is left on the first error.
pub(crate) fn adopt(connection: &Connection, entries: &[LogEntry]) -> Result<u64> {
    let mut added = 0;
    let mut ordered: Vec<&LogEntry> = entries.iter().collect();
    ordered.sort_by_key(|entry| (entry.lamport, entry.id));
    for entry in ordered {
        let (id, sound) = (entry.id, entry.digest == entry.expected_digest());
        if !sound || entry.lamport > LAST_LAMPORT || i64::try_from(id.counter).is_err() {
            return Err(Error::damaged(format!("the other log of operations breaks at {id}")));
        }
        entry.operation()?;
        if let Some(known) = digest_of(connection, id)? {
            if known == entry.digest {
                continue;
            }
            return Err(Error::Forked { operation: id });
        }
        let head = head(connection, id.instance)?;
        if entry.id.counter > head.counter + 1 {
            return Err(Error::damaged(format!("the other log lacks what comes before {id}")));
        }
        if !head.is_before(entry) {
            return Err(Error::Forked { operation: id });
        }
        insert(connection, entry)?;
        added += 1;
    }
    Ok(added)
}

/// Lists all operations in order of arrival, each with its digest, unchecked.
pub(crate) fn digests(connection: &Connection) -> Result<Vec<(OperationId, Vec<u8>)>> {
    let mut statement = connection.prepare("SELECT instance, counter, digest FROM operation ORDER BY position")?;
    let mut rows = statement.query([])?;
    let mut digests = Vec::new();
    while let Some(row) = rows.next()? {
        let id = OperationId {
            instance: row.get::<_, i64>(0)?.cast_unsigned(),
            counter: from_sql(row.get(1)?),
        };
        digests.push((id, row.get(2)?));
    }
    Ok(digests)
}

/// Logical times beyond this are nobody's: a log that claims one would leave no room to go on.
const LAST_LAMPORT: u64 = 1 << 62;

fn digest_of(connection: &Connection, id: OperationId) -> Result<Option<[u8; 32]>> {
    let found: Option<Vec<u8>> = connection
        .prepare_cached("SELECT digest FROM operation WHERE instance = ?1 AND counter = ?2")?
        .query_row(params![id.instance.cast_signed(), to_sql(id.counter)], |row| row.get(0))
        .optional()?;
    found.map(|digest| fixed(&digest)).transpose()
}

/// Returns the last link of an instance's chain; an empty one when it has none.
fn head(connection: &Connection, instance: u64) -> Result<Head> {
    let found = connection
        .prepare_cached(
            "SELECT counter, lamport, digest FROM operation WHERE instance = ?1 ORDER BY counter DESC LIMIT 1",
        )?
        .query_row([instance.cast_signed()], |row| {
            Ok(Head {
                counter: from_sql(row.get(0)?),
                lamport: from_sql(row.get(1)?),
                digest: row.get(2)?,
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

fn read(row: &Row<'_>) -> Result<LogEntry> {
    Ok(LogEntry {
        id: OperationId {
            instance: row.get::<_, i64>(1)?.cast_unsigned(),
            counter: from_sql(row.get(2)?),
        },
        lamport: from_sql(row.get(3)?),
        kind: row.get(4)?,
        payload: row.get(5)?,
        at: row.get(6)?,
        author: row.get(7)?,
        previous: row.get(8)?,
        digest: fixed(&row.get::<_, Vec<u8>>(9)?)?,
        texts: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use fusion_model::{ObservationId, RecordId, SourceId, StatementId, Verdict};
    use proptest::prelude::*;

    use super::*;
    use crate::change::TagMark;
    use crate::ledger::Ledger;
    use crate::migrations;
    use crate::state::{LiveState, fold};

    fn log() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrations::migrate(&mut connection).unwrap();
        connection
    }

    fn note(connection: &Connection, instance: u64, text: &str) -> OperationId {
        let change = Change::Note {
            record: RecordId([1; 16]),
            text: text.to_owned(),
        };
        let stamp = Stamp {
            author: "analyst".to_owned(),
            at: Timestamp(1),
        };
        append(connection, instance, &change, &stamp).unwrap().0
    }

    fn words(connection: &Connection) -> Vec<String> {
        let mut operations: Vec<Operation> = list(connection).unwrap().into_iter().map(|it| it.operation).collect();
        operations.sort_by_key(Operation::place);
        let word = |operation: Operation| operation.change.texts().concat();
        operations.into_iter().map(word).collect()
    }

    #[test]
    fn two_logs_that_take_each_other_over_agree() {
        let (ours, theirs) = (log(), log());
        note(&ours, 1, "shared");
        assert_eq!(adopt(&theirs, &entries(&ours).unwrap()).unwrap(), 1);
        note(&ours, 1, "ours");
        note(&theirs, 2, "theirs");
        note(&theirs, 2, "theirs again");
        assert_eq!(adopt(&ours, &entries(&theirs).unwrap()).unwrap(), 2);
        assert_eq!(adopt(&theirs, &entries(&ours).unwrap()).unwrap(), 1);
        assert_eq!(adopt(&theirs, &entries(&ours).unwrap()).unwrap(), 0);
        assert_eq!(words(&ours), ["shared", "ours", "theirs", "theirs again"]);
        assert_eq!(words(&theirs), words(&ours));
        // Both go on after everything they know.
        note(&ours, 1, "last");
        assert_eq!(words(&ours).last().map(String::as_str), Some("last"));
    }

    #[test]
    fn a_chain_that_says_something_else_is_a_fork() {
        let (ours, theirs) = (log(), log());
        note(&ours, 1, "shared");
        adopt(&theirs, &entries(&ours).unwrap()).unwrap();
        let ours_next = note(&ours, 1, "ours");
        note(&theirs, 1, "theirs under our name");
        let refused = adopt(&ours, &entries(&theirs).unwrap()).unwrap_err();
        assert!(matches!(refused, Error::Forked { operation } if operation == ours_next));
        // The same fork, met where it goes on from something unknown.
        note(&theirs, 1, "and on");
        let tail = entries(&theirs).unwrap().split_off(2);
        assert_eq!(adopt(&ours, &tail).unwrap_err().code(), "forked");
    }

    #[test]
    fn entries_that_were_changed_or_lost_are_refused() {
        let theirs = log();
        for text in ["said", "said again", "said at last"] {
            note(&theirs, 2, text);
        }
        let edits: [fn(&mut Vec<LogEntry>); 7] = [
            |entries| entries[1].author.push('x'),
            |entries| entries[1].texts[0].1.push('x'),
            |entries| entries[1].texts.clear(),
            |entries| drop(entries.remove(1)),
            |entries| entries[1].kind = "unheard-of".to_owned(),
            |entries| {
                entries[2].lamport = u64::MAX;
                entries[2].digest = entries[2].expected_digest();
            },
            |entries| {
                entries[2].lamport = 1;
                entries[2].digest = entries[2].expected_digest();
            },
        ];
        for (number, edit) in edits.into_iter().enumerate() {
            let mut changed = entries(&theirs).unwrap();
            edit(&mut changed);
            let refused = adopt(&log(), &changed).unwrap_err();
            assert!(
                ["damaged", "forked"].contains(&refused.code()),
                "edit {number}: {refused}"
            );
        }
    }

    #[test]
    fn following_a_log_reads_only_what_is_new_and_checks_that_it_goes_on() {
        let log = log();
        note(&log, 1, "one");
        let mut followed = Followed::default();
        assert_eq!(follow(&log, &mut followed).unwrap().len(), 1);
        assert_eq!(follow(&log, &mut followed).unwrap().len(), 0);
        note(&log, 1, "two");
        assert_eq!(follow(&log, &mut followed).unwrap().len(), 1);
        note(&log, 1, "three");
        log.execute("UPDATE operation SET previous = x'' WHERE counter = 3", [])
            .unwrap();
        assert_eq!(follow(&log, &mut followed).unwrap_err().code(), "damaged");
    }

    /// One step of a random history: who acts, and what with.
    type Step = (u8, u8, u8);

    fn change(what: u8, which: u8, known: &[OperationId]) -> Change {
        let record = |number: u8| RecordId([number; 16]);
        let (one, other) = (record(which % 3), record(which % 3 + 1));
        match what {
            0 => Change::Note {
                record: one,
                text: format!("note {which}"),
            },
            1 => Change::Judge {
                left: one,
                right: other,
                verdict: [Verdict::Same, Verdict::Different, Verdict::Unsure][usize::from(which % 3)],
                reason: "seen".to_owned(),
            },
            2 => Change::Tag {
                records: vec![one, other],
                mark: TagMark::ALL[usize::from(which % 2)],
                tag: format!("tag {}", which % 2),
            },
            3 => Change::Edit {
                observation: ObservationId([1; 16]),
                statement: StatementId([which % 2; 16]),
                text: if which.is_multiple_of(5) {
                    String::new()
                } else {
                    format!("text {which}")
                },
                reason: "read again".to_owned(),
            },
            4 => Change::Split {
                leaving: vec![one],
                staying: vec![other],
                reason: "two".to_owned(),
            },
            5 => Change::Import {
                source: SourceId([which % 2; 32]),
                digest: [which; 32],
                observations: 1,
            },
            6 => Change::Withdraw {
                source: SourceId([which % 2; 32]),
                reason: "stale".to_owned(),
            },
            _ if known.is_empty() => Change::Region {
                region: "NO".to_owned(),
            },
            _ => Change::Retract {
                operation: known[usize::from(which) % known.len()],
            },
        }
    }

    fn state(connection: &Connection) -> LiveState {
        let mut operations: Vec<Operation> = list(connection).unwrap().into_iter().map(|it| it.operation).collect();
        operations.sort_by_key(Operation::place);
        fold(operations.iter())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Two copies that work apart, meet now and then and take everything over at last come to one state, whatever
        /// order the operations arrived in, and a ledger that followed along came to it too.
        #[test]
        fn two_copies_come_to_one_state_in_any_order_of_arrival(
            steps in proptest::collection::vec((0u8..3, 0u8..10, any::<u8>()), 1..40)
        ) {
            let steps: Vec<Step> = steps;
            let copies = [log(), log()];
            let mut ledger = Ledger::default();
            for (actor, what, which) in steps {
                if actor == 2 {
                    adopt(&copies[0], &entries(&copies[1]).unwrap()).unwrap();
                } else {
                    let copy = &copies[usize::from(actor)];
                    let known: Vec<OperationId> = list(copy).unwrap().iter().map(|it| it.operation.id).collect();
                    let stamp = Stamp { author: "analyst".to_owned(), at: Timestamp(1) };
                    append(copy, u64::from(actor) + 1, &change(what, which, &known), &stamp).unwrap();
                }
                ledger.catch_up(&copies[0]).unwrap();
                prop_assert_eq!(&*ledger.state(), &state(&copies[0]));
            }
            adopt(&copies[0], &entries(&copies[1]).unwrap()).unwrap();
            adopt(&copies[1], &entries(&copies[0]).unwrap()).unwrap();
            ledger.catch_up(&copies[0]).unwrap();
            prop_assert_eq!(&*ledger.state(), &state(&copies[0]));
            prop_assert_eq!(state(&copies[0]), state(&copies[1]));
            let third = log();
            let mut turned = entries(&copies[0]).unwrap();
            turned.reverse();
            adopt(&third, &turned).unwrap();
            prop_assert_eq!(state(&third), state(&copies[1]));
        }
    }
}
