-- What a citizen chose. person is the symbol of the person's id.
CREATE TABLE notice_choice (
  person INTEGER PRIMARY KEY,
  channel INTEGER NOT NULL,
  mobile TEXT,
  email TEXT,
  postal_address TEXT,
  chinese INTEGER NOT NULL
);

-- One row for each access that a citizen is told of, written with the audit row of the access. sent_at is NULL until it is sent.
CREATE TABLE notice (
  num INTEGER PRIMARY KEY,
  key BLOB NOT NULL,
  person INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  at INTEGER NOT NULL,
  step INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  channel INTEGER,
  sent_at INTEGER
);
CREATE INDEX notice_access ON notice (person, provider, actor, at);
CREATE INDEX notice_due ON notice (due_at) WHERE sent_at IS NULL;
