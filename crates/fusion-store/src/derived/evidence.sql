-- The part of the derived database that depends on the evidence alone: what is said, and of which record. A verdict or
-- another rule changes nothing of it, so that it stays while a new snapshot is written. Positions are those of the snapshot.

-- Live statements, cleaned.
CREATE TABLE statement (
    position INTEGER PRIMARY KEY, -- order
    id BLOB NOT NULL UNIQUE, -- statement id
    source INTEGER NOT NULL, -- position of the source that says it
    property TEXT NOT NULL, -- what is said
    packed BLOB NOT NULL -- the statement
) STRICT;
CREATE INDEX statement_source ON statement (source);

-- The statements of each record; written in order, which an index over the table above would not be.
CREATE TABLE statement_of (
    record INTEGER NOT NULL, -- position of the record
    statement INTEGER NOT NULL, -- position of what is said of it
    PRIMARY KEY (record, statement)
) STRICT, WITHOUT ROWID;

-- Full text over the originals of statements; never over secrets. Rows are named by the positions of statements.
-- Runs are larger than by default, so that fewer have to be merged; what waits for one lies locked in memory in small
-- pieces, and too many of these would use up the mappings of the process (see `database.rs`). Beginnings of words are
-- found in the order of the words; an index of their own would be three times as long as that of the words.
CREATE VIRTUAL TABLE said USING fts5 (body, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO said (said, rank) VALUES ('secure-delete', 1);
INSERT INTO said (said, rank) VALUES ('hashsize', 8388608);
