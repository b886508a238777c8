-- Orders for images and the steps that modalities report of them: see Imaging/Worklist and docs/decisions/0031. start is when the examination is to be
-- made, or else when its order came; state is StepState. What the order says more is read from the order itself.
CREATE TABLE worklist (
  resource INTEGER PRIMARY KEY,
  source INTEGER NOT NULL,
  study_uid TEXT NOT NULL,
  step_id TEXT,
  start INTEGER NOT NULL,
  state INTEGER NOT NULL
);
CREATE INDEX worklist_open ON worklist (source, start) WHERE state < 3;
CREATE INDEX worklist_study ON worklist (study_uid);

-- content holds the hashes of the requests and the attributes (Imaging/Worklist/StepContent.cs), sealed.
CREATE TABLE performed_step (
  num INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  study_uid TEXT NOT NULL,
  state INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  content BLOB NOT NULL
);
CREATE INDEX performed_step_study ON performed_step (study_uid);

-- Instances that a final step says were made, and that have not come.
CREATE TABLE imaging_expected (
  uid TEXT NOT NULL,
  step INTEGER NOT NULL,
  PRIMARY KEY (uid, step)
) WITHOUT ROWID;
CREATE INDEX imaging_expected_step ON imaging_expected (step);

-- The number of the newest instance when all were there that the steps of a study say were made: announced without the quiet period.
ALTER TABLE imaging_gathering ADD COLUMN whole_until INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER imaging_instance_gathers;
CREATE TRIGGER imaging_instance_gathers AFTER INSERT ON imaging_instance BEGIN
  INSERT INTO imaging_gathering (study, source, newest, newest_at) SELECT study, NEW.source, NEW.num, NEW.received_at FROM imaging_series WHERE num = NEW.series
    ON CONFLICT (study, source) DO UPDATE SET newest = excluded.newest, newest_at = excluded.newest_at;
  DELETE FROM imaging_expected WHERE uid = NEW.uid;
END;

-- The last one that was missing has come.
CREATE TRIGGER imaging_expected_came AFTER DELETE ON imaging_expected WHEN NOT EXISTS (SELECT 1 FROM imaging_expected WHERE step = OLD.step) BEGIN
  UPDATE imaging_gathering SET whole_until = newest WHERE newest > announced AND study = (
    SELECT st.num FROM performed_step p JOIN imaging_study st ON st.uid = p.study_uid AND st.provider = p.provider WHERE p.num = OLD.step AND NOT EXISTS (
      SELECT 1 FROM performed_step o WHERE o.study_uid = p.study_uid AND o.provider = p.provider
        AND (o.state = 2 OR EXISTS (SELECT 1 FROM imaging_expected e WHERE e.step = o.num))));
END;

-- A pass that seals anew goes on with performed steps.
ALTER TABLE reencryption ADD COLUMN next_step INTEGER NOT NULL DEFAULT 1;
ALTER TABLE reencryption ADD COLUMN last_step INTEGER NOT NULL DEFAULT 0;
