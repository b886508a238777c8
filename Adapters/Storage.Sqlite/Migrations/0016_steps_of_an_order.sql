-- An order for images is made in one step or more, each a row of its own: see docs/decisions/0043. step_id is empty where the order says none.
CREATE TABLE worklist_step (
  resource INTEGER NOT NULL,
  step_id TEXT NOT NULL,
  source INTEGER NOT NULL,
  study_uid TEXT NOT NULL,
  start INTEGER NOT NULL,
  state INTEGER NOT NULL,
  PRIMARY KEY (resource, step_id)
) WITHOUT ROWID;
INSERT INTO worklist_step (resource, step_id, source, study_uid, start, state) SELECT resource, coalesce(step_id, ''), source, study_uid, start, state FROM worklist;
DROP TABLE worklist;
ALTER TABLE worklist_step RENAME TO worklist;
CREATE INDEX worklist_open ON worklist (source, start) WHERE state < 3;
CREATE INDEX worklist_study ON worklist (study_uid);
