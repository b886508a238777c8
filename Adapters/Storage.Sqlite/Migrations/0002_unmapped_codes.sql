-- Codes that no terminology map knew, by source: see Terminology/UnmappedCodeTable.cs. An empty code stands for all that a source sent
-- beyond the most that is kept of one.
CREATE TABLE unmapped_code (
  source INTEGER NOT NULL,
  field TEXT NOT NULL,
  code TEXT NOT NULL,
  system TEXT NOT NULL,
  v2_table TEXT NOT NULL,
  count INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  example INTEGER NOT NULL,
  PRIMARY KEY (source, field, code, system)
) WITHOUT ROWID;
