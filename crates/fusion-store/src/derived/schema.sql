-- The derived database: a cache of one snapshot. Thrown away and rebuilt whenever key, schema or revision differ, so
-- it has no migrations. `position` keeps the order of the snapshot; `packed` holds the whole row, and the other
-- columns only what is searched, sorted or joined. Risk levels are 0 (minimal) to 4 (critical). What depends on the evidence
-- alone stands in `evidence.sql`.

-- Single values: revision, digest of what stands in `evidence.sql`, case name, as-of instant, engine, timeline, graph, notes, totals.
CREATE TABLE summary (
    name TEXT PRIMARY KEY, -- which value
    packed BLOB NOT NULL -- the value
) STRICT;

-- Sources with their counts.
CREATE TABLE source_card (
    position INTEGER PRIMARY KEY, -- order
    id BLOB NOT NULL UNIQUE, -- source id
    packed BLOB NOT NULL -- the card
) STRICT;

-- Records and the entities that hold them.
CREATE TABLE record (
    position INTEGER PRIMARY KEY, -- order
    id BLOB NOT NULL UNIQUE, -- record id
    entity BLOB NOT NULL, -- entity that holds it
    packed BLOB NOT NULL -- the card
) STRICT;
CREATE INDEX record_entity ON record (entity);

-- Entities.
CREATE TABLE entity (
    position INTEGER PRIMARY KEY, -- order
    id BLOB NOT NULL UNIQUE, -- entity id
    kind TEXT NOT NULL, -- sort of thing
    label TEXT NOT NULL, -- name for people
    folded TEXT NOT NULL, -- label in lower case, for sorting
    confidence INTEGER NOT NULL, -- basis points
    risk_score INTEGER NOT NULL, -- basis points
    risk_level INTEGER NOT NULL, -- 0 to 4
    sources INTEGER NOT NULL, -- number of sources
    records INTEGER NOT NULL, -- number of records
    degree INTEGER NOT NULL, -- number of neighbours
    seen_start INTEGER, -- first dated statement
    seen BLOB NOT NULL, -- first and last dated statement, packed
    packed BLOB NOT NULL -- the entity
) STRICT;
CREATE INDEX entity_kind ON entity (kind);
CREATE INDEX entity_folded ON entity (folded);
CREATE INDEX entity_risk ON entity (risk_score);

-- Records that an entity id stood for and does not any more. The only table that is not thrown away with a snapshot, since it says
-- how this case came by; it is lost with the whole cache, and then an id leads to the entity of its smallest record.
CREATE TABLE IF NOT EXISTS former (
    entity BLOB NOT NULL, -- the id
    record BLOB NOT NULL, -- what it stood for
    PRIMARY KEY (entity, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS former_record ON former (record);

-- What an entity can be asked for by: label, aliases, identifiers.
CREATE TABLE entity_name (
    entity INTEGER NOT NULL REFERENCES entity (position), -- whose name
    folded TEXT NOT NULL, -- the name in lower case
    matched_by INTEGER NOT NULL -- 0 label, 1 identifier, 2 alias
) STRICT;
CREATE INDEX entity_name_folded ON entity_name (folded);
CREATE INDEX entity_name_entity ON entity_name (entity);

-- Relations.
CREATE TABLE relation (
    position INTEGER PRIMARY KEY, -- order
    id BLOB NOT NULL UNIQUE, -- relation id
    from_entity BLOB NOT NULL, -- where it starts
    to_entity BLOB NOT NULL, -- where it leads
    kind TEXT NOT NULL, -- sort of link
    score INTEGER NOT NULL, -- basis points
    packed BLOB NOT NULL -- the relation
) STRICT;
CREATE INDEX relation_from ON relation (from_entity);
CREATE INDEX relation_to ON relation (to_entity);

-- Events.
CREATE TABLE event (
    position INTEGER PRIMARY KEY, -- order, by start
    id BLOB NOT NULL UNIQUE, -- event id
    kind TEXT NOT NULL, -- sort of event
    start_at INTEGER NOT NULL, -- first instant inside
    end_at INTEGER NOT NULL, -- first instant after
    packed BLOB NOT NULL -- the event
) STRICT;
CREATE INDEX event_start ON event (start_at);
CREATE TABLE event_participant (
    event INTEGER NOT NULL REFERENCES event (position), -- which event
    entity BLOB NOT NULL -- who takes part
) STRICT;
CREATE INDEX event_participant_entity ON event_participant (entity);

-- Findings.
CREATE TABLE finding (
    position INTEGER PRIMARY KEY, -- order
    id BLOB NOT NULL UNIQUE, -- finding id
    kind TEXT NOT NULL, -- sort of finding
    severity INTEGER NOT NULL, -- 0 to 4
    entity BLOB, -- the entity it is about
    packed BLOB NOT NULL -- the finding
) STRICT;
CREATE INDEX finding_entity ON finding (entity);

-- Alerts, gravest first.
CREATE TABLE alert (
    position INTEGER PRIMARY KEY, -- order
    id BLOB NOT NULL UNIQUE, -- alert id
    packed BLOB NOT NULL -- the alert
) STRICT;

-- Scored pairs of records.
CREATE TABLE pair (
    position INTEGER PRIMARY KEY, -- order, by score
    left_record BLOB NOT NULL, -- smaller record
    right_record BLOB NOT NULL, -- larger record
    decision TEXT NOT NULL, -- what became of it
    packed BLOB NOT NULL -- the pair
) STRICT;
CREATE INDEX pair_decision ON pair (decision);
CREATE INDEX pair_left ON pair (left_record);
CREATE INDEX pair_right ON pair (right_record);

-- Full text over labels, aliases and facts; never over secrets. Rows are named by the positions of entities.
CREATE VIRTUAL TABLE search USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);
