-- What many audit rows share: why, from where, for which provider and on whose behalf. Columns but care_relation are symbols, 0 for none;
-- care_relation is 0 where none was asked for, 1 where none was known, 2 where one was.
CREATE TABLE audit_circumstance (
  num INTEGER PRIMARY KEY,
  purpose INTEGER NOT NULL,
  address INTEGER NOT NULL,
  source INTEGER NOT NULL,
  certificate INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  on_behalf_of INTEGER NOT NULL,
  care_relation INTEGER NOT NULL,
  UNIQUE (provider, source, address, certificate, purpose, on_behalf_of, care_relation)
);

-- NULL in rows that were written before there was this table: their hash has the first form (Audit/AuditChain.cs).
ALTER TABLE audit ADD COLUMN circumstance INTEGER;
