-- Professionals and where they work: see Registry/ProfessionalTable.cs. What lets people and machines in: see Credentials/.
CREATE TABLE professional (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_chinese TEXT NOT NULL,
  profession INTEGER NOT NULL,
  registration_number TEXT NOT NULL,
  active INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE affiliation (
  professional_id TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  begins_at INTEGER NOT NULL,
  ends_at INTEGER,
  PRIMARY KEY (professional_id, provider_id, begins_at)
) WITHOUT ROWID;

CREATE TABLE location_certificate (
  thumbprint TEXT PRIMARY KEY,
  serial_number TEXT NOT NULL,
  service_location_id TEXT NOT NULL,
  not_before INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  issued_at INTEGER NOT NULL,
  revoked_at INTEGER,
  revocation_reason TEXT
) WITHOUT ROWID;

CREATE TABLE person_account (
  name TEXT PRIMARY KEY,
  role INTEGER NOT NULL,
  professional_id TEXT,
  stamp TEXT NOT NULL,
  active INTEGER NOT NULL,
  password_hash TEXT,
  code_secret TEXT,
  last_code_step INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  locked_until INTEGER,
  invitation_hash TEXT,
  invitation_ends_at INTEGER,
  version INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE machine_client (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role INTEGER NOT NULL,
  provider_id TEXT,
  source_id TEXT,
  service_location_id TEXT,
  scopes TEXT NOT NULL,
  key_set TEXT NOT NULL,
  stamp TEXT NOT NULL,
  active INTEGER NOT NULL
) WITHOUT ROWID;

-- Assertions that were used, until they expire: none is taken twice.
CREATE TABLE used_assertion (
  client_id TEXT NOT NULL,
  id TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (client_id, id)
) WITHOUT ROWID;
