-- Keys of the encryption at rest: see Sealing/ and docs/security-keys.md. No key stands here in the clear.

-- Keys that wrap data keys; the key itself is a file, named by its fingerprint (8 bytes).
CREATE TABLE wrapping_key (
  num INTEGER PRIMARY KEY,
  fingerprint BLOB NOT NULL UNIQUE,
  made_at INTEGER NOT NULL,
  retired_at INTEGER
);

-- purpose: 1 seals content, 2 keys the hashes of resources. wrapped is NULL once the key is destroyed: rows stay, so that no number is given twice.
CREATE TABLE data_key (
  num INTEGER PRIMARY KEY,
  purpose INTEGER NOT NULL,
  provider TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  state INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  wrapping_key INTEGER NOT NULL,
  wrapped BLOB,
  UNIQUE (provider, purpose, epoch)
);
CREATE INDEX data_key_state ON data_key (state) WHERE state <> 4;

-- Passes over the content that is to be sealed anew. plain is 1 where there was content that was never sealed.
CREATE TABLE reencryption (
  num INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  plain INTEGER NOT NULL,
  next_deposit INTEGER NOT NULL,
  last_deposit INTEGER NOT NULL,
  next_review INTEGER NOT NULL,
  last_review INTEGER NOT NULL,
  failed INTEGER NOT NULL
);

-- deposit.sha256 is empty in rows written from here on: a repeat is told by the bytes themselves (decision 22). Unsealed rows lose theirs when they are sealed.
