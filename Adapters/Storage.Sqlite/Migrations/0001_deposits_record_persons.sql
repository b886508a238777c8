-- Times are milliseconds since 1970-01-01 UTC. Bytes are packed: see Packing/Packed.cs.

-- Texts that many rows share, by number. A BLOB of 16 bytes stands for 32 lower-case hexadecimal characters.
CREATE TABLE symbol (
  num INTEGER PRIMARY KEY,
  value NOT NULL UNIQUE
);

-- A code of a code system (symbol, 0 for none).
CREATE TABLE coding (
  num INTEGER PRIMARY KEY,
  system INTEGER NOT NULL,
  code TEXT NOT NULL,
  UNIQUE (code, system)
);

-- The journal. Rows are never changed and never deleted.
-- keyed is 0 where (source, control_id) does not name the deposit: unreadable, or taken by an earlier one.
CREATE TABLE deposit (
  id INTEGER PRIMARY KEY,
  source INTEGER,
  control_id TEXT,
  keyed INTEGER NOT NULL,
  message_type INTEGER NOT NULL,
  patient_key TEXT NOT NULL,
  character_set INTEGER,
  peer TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  acknowledgement BLOB,
  bytes BLOB NOT NULL
);
CREATE UNIQUE INDEX deposit_key ON deposit (source, control_id) WHERE keyed = 1;
CREATE INDEX deposit_unkeyed ON deposit (control_id) WHERE keyed = 0 AND control_id IS NOT NULL;
CREATE INDEX deposit_received ON deposit (received_at);
CREATE INDEX deposit_source ON deposit (source);
CREATE INDEX deposit_type ON deposit (message_type);

-- Deposits that wait for a decision: a small table, so that taking up work after a start costs no scan of the journal.
CREATE TABLE unfinished (
  deposit INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,
  due_at INTEGER
);

-- What was decided of a deposit: its saga instance, its answer, and the resources that it wrote.
CREATE TABLE saga (
  deposit INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,
  version INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER,
  rejection INTEGER,
  rejection_text TEXT,
  person INTEGER,
  mapped INTEGER,
  carried INTEGER,
  dropped INTEGER,
  timeline BLOB NOT NULL,
  acknowledgement BLOB,
  body BLOB
);
CREATE INDEX saga_state ON saga (state) WHERE state <> 3;
CREATE INDEX saga_rejection ON saga (rejection) WHERE rejection IS NOT NULL;

CREATE TABLE repair (
  deposit INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
);

CREATE TABLE repeat (
  deposit INTEGER PRIMARY KEY,
  count INTEGER NOT NULL
);

-- Counts of deposits by the minute they were received in and by source (0 for none).
CREATE TABLE tally (
  minute INTEGER NOT NULL,
  source INTEGER NOT NULL,
  received INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  PRIMARY KEY (minute, source)
) WITHOUT ROWID;

CREATE TABLE refusal_tally (
  minute INTEGER NOT NULL,
  code INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (minute, code)
) WITHOUT ROWID;

-- The record. The body of a resource is entry number `entry` of the body of its deposit.
CREATE TABLE resource_key (
  type INTEGER NOT NULL,
  id NOT NULL,
  resource INTEGER NOT NULL,
  PRIMARY KEY (type, id)
) WITHOUT ROWID;

-- Keys of resources numbered higher than this are not in resource_key yet: see Record/RecentKeys.cs.
CREATE TABLE key_folding (until INTEGER NOT NULL);
INSERT INTO key_folding (until) VALUES (0);

-- Current versions. date_from and date_span give the period of the clinical date; codes and categories are ',12,45,' of coding.
CREATE TABLE resource (
  num INTEGER PRIMARY KEY,
  person INTEGER NOT NULL,
  type INTEGER NOT NULL,
  category INTEGER NOT NULL,
  status INTEGER,
  date_from INTEGER,
  date_span INTEGER,
  codes TEXT,
  categories TEXT,
  version INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  deposit INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  hash INTEGER NOT NULL
);
CREATE INDEX resource_person ON resource (person, type);

-- Versions that are no longer current.
CREATE TABLE resource_version (
  resource INTEGER NOT NULL,
  version INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  deposit INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (resource, version)
) WITHOUT ROWID;

-- num is the symbol of the person's id.
CREATE TABLE person (
  num INTEGER PRIMARY KEY,
  document_number TEXT NOT NULL UNIQUE,
  family_name TEXT NOT NULL,
  given_name TEXT NOT NULL,
  chinese_name TEXT NOT NULL,
  sex INTEGER NOT NULL,
  birth_date TEXT NOT NULL,
  enrolled_at INTEGER NOT NULL
);

CREATE TABLE patient_alias (
  source INTEGER NOT NULL,
  authority INTEGER NOT NULL,
  value TEXT NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (source, authority, value)
) WITHOUT ROWID;

CREATE TABLE consent (
  num INTEGER PRIMARY KEY,
  id NOT NULL UNIQUE,
  person INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  provider INTEGER,
  given_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
);
CREATE INDEX consent_person ON consent (person);

-- The audit trail. hash chains each row to the one before: see Audit/AuditChain.cs.
CREATE TABLE audit (
  num INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  role INTEGER NOT NULL,
  action INTEGER NOT NULL,
  person INTEGER,
  target TEXT NOT NULL,
  permitted INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  hash BLOB NOT NULL
);
CREATE INDEX audit_person ON audit (person) WHERE person IS NOT NULL;

CREATE TABLE provider (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_chinese TEXT NOT NULL,
  kind INTEGER NOT NULL,
  active INTEGER NOT NULL
);

CREATE TABLE service_location (
  id TEXT PRIMARY KEY,
  provider_id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_chinese TEXT NOT NULL,
  active INTEGER NOT NULL
);

CREATE TABLE source (
  id TEXT PRIMARY KEY,
  provider_id TEXT NOT NULL,
  service_location_id TEXT NOT NULL,
  sending_application TEXT NOT NULL,
  sending_facility TEXT NOT NULL,
  default_character_set TEXT NOT NULL,
  utc_offset TEXT,
  certificate_thumbprint TEXT,
  may_enrol INTEGER NOT NULL,
  active INTEGER NOT NULL
);
