-- How far the watching rules have judged the audit trail, and the oldest entry that one of them still counts on. One row. A store that was
-- there before begins behind its entries: its past is not judged.
CREATE TABLE watch_position (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  judged INTEGER NOT NULL,
  remembered INTEGER NOT NULL
);
INSERT INTO watch_position SELECT 1, ifnull(max(num), 0), ifnull(max(num), 0) + 1 FROM audit;

-- last_entry is the number of the newest audit entry, also where it is one of those that are only counted.
CREATE TABLE watch_case (
  num INTEGER PRIMARY KEY AUTOINCREMENT,
  rule INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  suspect TEXT NOT NULL,
  provider TEXT,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  last_entry INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  state INTEGER NOT NULL,
  assigned_to TEXT
);
CREATE INDEX watch_case_suspect ON watch_case (rule, suspect, state);
CREATE INDEX watch_case_state ON watch_case (state, num);
CREATE INDEX watch_case_entry ON watch_case (last_entry);

CREATE TABLE watch_evidence (
  watch_case INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (watch_case, entry)
) WITHOUT ROWID;

CREATE TABLE watch_act (
  num INTEGER PRIMARY KEY,
  watch_case INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  state INTEGER NOT NULL,
  assigned_to TEXT,
  reason TEXT NOT NULL
);
CREATE INDEX watch_act_case ON watch_act (watch_case, num);

-- Who answers for what a machine client reads of citizens.
ALTER TABLE machine_client ADD COLUMN professional_id TEXT;

-- In whose record an earlier version stood, where that is another than the resource's: NULL for the same.
ALTER TABLE resource_version ADD COLUMN person INTEGER;
