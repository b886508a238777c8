-- Lines that somebody took off the imaging desk: see Imaging/Studies/DeskLines.cs. mismatch is ImagingMismatch; entry the number of the order's resource, or
-- of the performed step. They stay off while `known` is what is known of the line: when something new has come it is another text.
CREATE TABLE imaging_dismissal (
  mismatch INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  known TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason INTEGER NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (mismatch, entry)
) WITHOUT ROWID;
