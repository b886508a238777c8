-- Content that could not be opened, until it opens again: a restart does not forget what was lost. place: Sealing/SealedPlace.cs, SealedColumn.
CREATE TABLE damaged_content (
  place INTEGER NOT NULL,
  row INTEGER NOT NULL,
  code INTEGER NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (place, row)
) WITHOUT ROWID;
