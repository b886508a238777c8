-- Who decides for a citizen who cannot: see Routing/Contracts/Consents/SubstituteDecisionMaker.cs. person is a symbol.
CREATE TABLE substitute_decision_maker (
  num INTEGER PRIMARY KEY,
  id NOT NULL UNIQUE,
  person INTEGER NOT NULL,
  document_number TEXT NOT NULL,
  name TEXT NOT NULL,
  relationship TEXT NOT NULL,
  ground INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  until_at INTEGER,
  ended_at INTEGER
);
CREATE INDEX substitute_decision_maker_person ON substitute_decision_maker (person);

-- The substitute decision maker who gave it, as a symbol; null where the citizen did.
ALTER TABLE consent ADD COLUMN given_by INTEGER;
