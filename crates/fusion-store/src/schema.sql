-- The evidence database, column by column. A test holds this file and the migrations together.
--
-- Every table is STRICT. `compartment` marks who may see a row (0: everybody who opens the case). Enumerations
-- are stored by their stable names; instants are milliseconds since 1970 UTC; digests are SHA-256.

-- What was done to the schema.
CREATE TABLE migration (
    number INTEGER PRIMARY KEY, -- schema number after the step
    name TEXT NOT NULL -- stamp and name of the step
) STRICT;

-- Settings of the case as a whole: name, region, case id, instance, epoch of the key file, creation time.
CREATE TABLE meta (
    key TEXT PRIMARY KEY, -- name of the setting
    value BLOB NOT NULL, -- its bytes
    compartment INTEGER NOT NULL DEFAULT 0 -- who may see it
) STRICT;

-- Acquired files. A staged source is invisible; it becomes final with its last row, or vanishes.
CREATE TABLE source (
    number INTEGER PRIMARY KEY, -- local number, never leaves the case
    id BLOB NOT NULL CHECK (length(id) = 32), -- digest of the content
    state TEXT NOT NULL CHECK (state IN ('staged', 'final')), -- whether it counts
    name TEXT NOT NULL, -- file name as acquired, without folders
    kind TEXT NOT NULL, -- sort of collection
    format TEXT NOT NULL, -- importer that read it
    grade TEXT NOT NULL, -- grade given at import, such as B2
    graded TEXT NOT NULL, -- who gave the grade: default or analyst
    acquired_at INTEGER NOT NULL, -- when it was acquired
    size INTEGER NOT NULL, -- bytes of the original
    origin TEXT NOT NULL DEFAULT '', -- independent origin
    subject TEXT, -- subject given by file name or analyst
    rows_read INTEGER NOT NULL DEFAULT 0, -- rows that were read
    rows_negative INTEGER NOT NULL DEFAULT 0, -- rows that say that nothing was found
    warnings INTEGER NOT NULL DEFAULT 0, -- number of stored warnings
    observations INTEGER NOT NULL DEFAULT 0, -- number of observations
    statements INTEGER NOT NULL DEFAULT 0, -- number of statements
    root BLOB NOT NULL DEFAULT x'', -- Merkle root over the observations' leaves
    vault_key BLOB NOT NULL, -- key of what is kept of the original in the vault, wrapped; empty when nothing is
    compartment INTEGER NOT NULL DEFAULT 0, -- who may see it
    erased TEXT NOT NULL DEFAULT '', -- what was erased of it: nothing (empty), passages, whole
    kept BLOB NOT NULL DEFAULT x'', -- digest of what is kept of the original where passages were erased, else empty
    kept_size INTEGER NOT NULL DEFAULT 0, -- bytes of what is kept of the original where passages were erased
    missing BLOB NOT NULL DEFAULT x'' -- digest of the set of observations that were erased; empty when none was
) STRICT;
CREATE UNIQUE INDEX source_final ON source (id) WHERE state = 'final';

-- One row per observation; visible when its source is final.
CREATE TABLE observation (
    number INTEGER PRIMARY KEY, -- order of arrival
    source INTEGER NOT NULL REFERENCES source (number), -- where it stands
    id BLOB NOT NULL CHECK (length(id) = 16), -- content id
    packed BLOB NOT NULL, -- locator, records, links and raw statements, packed; empty once erased
    salt BLOB NOT NULL, -- salt of the leaf; empty once erased
    leaf BLOB NOT NULL CHECK (length(leaf) = 32), -- digest over salt and packed row
    compartment INTEGER NOT NULL DEFAULT 0 -- who may see it
) STRICT;
CREATE INDEX observation_source ON observation (source);

-- Where each observation lies. Ids are random in order, so an import fills this once, sorted, before its source is
-- final; an index would be rewritten with every batch. No two rows of a source have one id.
CREATE TABLE observation_by_id (
    id BLOB NOT NULL CHECK (length(id) = 16), -- content id
    source INTEGER NOT NULL, -- where it stands
    number INTEGER NOT NULL, -- its row
    PRIMARY KEY (id, source)
) STRICT, WITHOUT ROWID;

-- What could not be taken as it stood.
CREATE TABLE warning (
    number INTEGER PRIMARY KEY, -- order of arrival
    source INTEGER NOT NULL REFERENCES source (number), -- where it stands
    packed BLOB NOT NULL, -- code, locator and message, packed
    compartment INTEGER NOT NULL DEFAULT 0 -- who may see it
) STRICT;
CREATE INDEX warning_source ON warning (source);

-- Erasures that were carried out here, so that none is carried out twice.
CREATE TABLE erasure (
    id BLOB PRIMARY KEY CHECK (length(id) = 16), -- random name, the same in every copy of the case
    at INTEGER NOT NULL, -- when it was decided, by the clock handed in
    targets BLOB NOT NULL, -- ids of the sources and observations, packed
    compartment INTEGER NOT NULL DEFAULT 0 -- who may see it
) STRICT;

-- Secrets whose clear text was kept on purpose, sealed under a key of their own.
CREATE TABLE kept_secret (
    statement BLOB NOT NULL CHECK (length(statement) = 16), -- id of the statement
    source INTEGER NOT NULL REFERENCES source (number), -- where it stands
    observation BLOB NOT NULL CHECK (length(observation) = 16), -- id of the observation
    sealed BLOB NOT NULL, -- nonce, ciphertext and tag
    compartment INTEGER NOT NULL DEFAULT 0, -- who may see it
    PRIMARY KEY (statement, source)
) STRICT;
CREATE INDEX kept_secret_source ON kept_secret (source);
CREATE INDEX kept_secret_observation ON kept_secret (observation);

-- The log of changes: the state of the case is the fold of what is not retracted.
CREATE TABLE operation (
    position INTEGER PRIMARY KEY, -- order of arrival in this copy
    instance INTEGER NOT NULL, -- copy of the case that made it (the bits of an unsigned number)
    counter INTEGER NOT NULL, -- number within the instance, from 1
    lamport INTEGER NOT NULL, -- logical time
    kind TEXT NOT NULL, -- sort of change
    payload BLOB NOT NULL, -- packed change: ids, and commitments to texts
    at INTEGER NOT NULL, -- when, by the clock handed in
    author TEXT NOT NULL, -- who
    previous BLOB NOT NULL, -- digest of the instance's operation before; empty for the first
    digest BLOB NOT NULL CHECK (length(digest) = 32), -- digest over all of the above except the position
    compartment INTEGER NOT NULL DEFAULT 0, -- who may see it
    UNIQUE (instance, counter)
) STRICT;
CREATE INDEX operation_lamport ON operation (lamport);

-- Texts that people wrote, apart from the log so that they can be erased.
CREATE TABLE free_text (
    instance INTEGER NOT NULL, -- operation it belongs to: instance
    counter INTEGER NOT NULL, -- operation it belongs to: counter
    slot INTEGER NOT NULL, -- which text of the operation
    salt BLOB NOT NULL, -- salt of the commitment; empty once erased
    text TEXT NOT NULL, -- the text; empty once erased
    compartment INTEGER NOT NULL DEFAULT 0, -- who may see it
    PRIMARY KEY (instance, counter, slot)
) STRICT;

-- What was done with the case, by the real clocks: an unbroken chain.
CREATE TABLE custody (
    seq INTEGER PRIMARY KEY, -- number of the event, from 1
    previous BLOB NOT NULL, -- digest of the event before; empty for the first
    at INTEGER NOT NULL, -- when, by the wall clock
    action TEXT NOT NULL, -- what was done
    object BLOB NOT NULL, -- id of what it was done to
    before BLOB NOT NULL, -- digest before; empty when there was nothing
    after BLOB NOT NULL, -- digest after; empty when nothing is left
    digest BLOB NOT NULL CHECK (length(digest) = 32), -- digest over all but the compartment
    compartment INTEGER NOT NULL DEFAULT 0, -- who may see it
    form INTEGER NOT NULL DEFAULT 1, -- how the digest is made; form 1 covers only what stands above
    instance INTEGER NOT NULL DEFAULT 0, -- copy of the case it was done in (the bits of an unsigned number)
    since_start INTEGER NOT NULL DEFAULT 0, -- when, in milliseconds since the computer started
    start BLOB NOT NULL DEFAULT x'', -- digest that names that start
    clock TEXT NOT NULL DEFAULT '', -- what is to be said of the clocks
    tool TEXT NOT NULL DEFAULT '', -- program, version and engine
    about TEXT NOT NULL DEFAULT '', -- sort of the object: operation, source, signer, instance, ...
    settings BLOB NOT NULL DEFAULT x'', -- digest over the lasting settings of the case at that time
    personal BLOB NOT NULL DEFAULT x'' -- salted commitment to who and why; empty when neither was said
) STRICT;
CREATE INDEX custody_lineage ON custody (seq) WHERE action = 'start-instance';

-- Who and why of an event of custody, apart so that they can be erased.
CREATE TABLE custody_text (
    seq INTEGER PRIMARY KEY REFERENCES custody (seq), -- event it belongs to
    salt BLOB NOT NULL, -- salt of the commitment; empty once erased
    who TEXT NOT NULL, -- who; empty once erased
    reason TEXT NOT NULL, -- why; empty once erased
    compartment INTEGER NOT NULL DEFAULT 0 -- who may see it
) STRICT;

-- Whose keys sign checkpoints of this case.
CREATE TABLE signer (
    key BLOB PRIMARY KEY CHECK (length(key) = 32), -- public key, Ed25519
    seq INTEGER NOT NULL REFERENCES custody (seq), -- event that enrolled it
    compartment INTEGER NOT NULL DEFAULT 0 -- who may see it
) STRICT;

-- Signed heads of the chain of custody.
CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY, -- number of events it covers
    root BLOB NOT NULL CHECK (length(root) = 32), -- Merkle root over their digests
    frontier BLOB NOT NULL, -- complete subtrees, from which the next root is made
    note TEXT NOT NULL, -- signed note (C2SP checkpoint)
    compartment INTEGER NOT NULL DEFAULT 0 -- who may see it
) STRICT;

-- Copies that were made of the case: backups, and packages for others.
CREATE TABLE copy (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32), -- digest of its manifest
    kind TEXT NOT NULL CHECK (kind IN ('backup', 'package')), -- which sort
    at INTEGER NOT NULL, -- when it was made, by the clock handed in
    place TEXT NOT NULL, -- where it was put
    destroyed INTEGER NOT NULL DEFAULT 0, -- whether its key was destroyed here
    compartment INTEGER NOT NULL DEFAULT 0 -- who may see it
) STRICT;
