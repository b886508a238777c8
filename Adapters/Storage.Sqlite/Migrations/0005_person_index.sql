-- The Person Master Index: assurance, blocking keys, merges, history and the review queue.

-- Assurance of number, name, sex and date of birth: two bits each, 1 stated, 2 document seen, 3 chip read.
ALTER TABLE person ADD COLUMN assurance INTEGER NOT NULL DEFAULT 85;
ALTER TABLE person ADD COLUMN merged_into INTEGER;
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX patient_alias_person ON patient_alias (person);

-- Blocking keys, made by the rule of that number (0 for none yet).
CREATE TABLE person_block (
  block INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (block, person)
) WITHOUT ROWID;
CREATE TABLE person_block_scheme (scheme INTEGER NOT NULL);
INSERT INTO person_block_scheme (scheme) VALUES (0);

-- Numbers that were taken from a person, not to be linked to the same again by rule.
CREATE TABLE patient_alias_barred (
  source INTEGER NOT NULL,
  authority INTEGER NOT NULL,
  value TEXT NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (source, authority, value, person)
) WITHOUT ROWID;

-- What belonged to a merged person, for the day when the merge is undone.
CREATE TABLE merged_alias (
  person INTEGER NOT NULL,
  source INTEGER NOT NULL,
  authority INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (person, source, authority, value)
) WITHOUT ROWID;
CREATE TABLE merged_resource (
  person INTEGER NOT NULL,
  resource INTEGER NOT NULL,
  PRIMARY KEY (person, resource)
) WITHOUT ROWID;

CREATE TABLE person_event (
  num INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  person INTEGER NOT NULL,
  other INTEGER,
  source INTEGER,
  authority INTEGER,
  value TEXT,
  reason INTEGER NOT NULL
);
CREATE INDEX person_event_person ON person_event (person);
CREATE INDEX person_event_other ON person_event (other) WHERE other IS NOT NULL;

-- stated is JSON: see Persons/StatedJson.cs.
CREATE TABLE identity_review (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL,
  fingerprint NOT NULL,
  cause INTEGER NOT NULL,
  state INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  stated BLOB NOT NULL,
  person INTEGER,
  decided_by INTEGER,
  decided_at INTEGER,
  reason TEXT,
  UNIQUE (source, fingerprint)
);
CREATE INDEX identity_review_state ON identity_review (state, id);
CREATE INDEX identity_review_person ON identity_review (person) WHERE person IS NOT NULL;
CREATE TABLE identity_review_candidate (
  review INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  person INTEGER NOT NULL,
  weight REAL NOT NULL,
  PRIMARY KEY (review, rank)
) WITHOUT ROWID;
CREATE TABLE identity_review_deposit (
  review INTEGER NOT NULL,
  deposit INTEGER NOT NULL,
  PRIMARY KEY (review, deposit)
) WITHOUT ROWID;
