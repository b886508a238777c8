-- Studies as they gather, one row for what each source has sent of a study: see Imaging/Studies and docs/decisions/0028. Instances are named by
-- their numbers. newest is the last that came, announced the last that a manifest in the journal names, filed_until the last that is in the
-- record of `person`. resource is the ImagingStudy that its manifest became; waiting the deposit of a manifest in quarantine.
CREATE TABLE imaging_gathering (
  study INTEGER NOT NULL,
  source INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  newest_at INTEGER NOT NULL,
  announced INTEGER NOT NULL DEFAULT 0,
  filed_until INTEGER NOT NULL DEFAULT 0,
  person INTEGER,
  resource INTEGER,
  waiting INTEGER,
  PRIMARY KEY (study, source)
) WITHOUT ROWID;
CREATE INDEX imaging_gathering_open ON imaging_gathering (newest_at) WHERE newest > announced;
CREATE INDEX imaging_gathering_waiting ON imaging_gathering (waiting) WHERE waiting IS NOT NULL;
CREATE INDEX imaging_gathering_resource ON imaging_gathering (resource) WHERE resource IS NOT NULL;

INSERT INTO imaging_gathering (study, source, newest, newest_at)
  SELECT s.study, i.source, max(i.num), max(i.received_at) FROM imaging_instance i JOIN imaging_series s ON s.num = i.series GROUP BY s.study, i.source;

-- An instance is in the index and gathers, or neither.
CREATE TRIGGER imaging_instance_gathers AFTER INSERT ON imaging_instance BEGIN
  INSERT INTO imaging_gathering (study, source, newest, newest_at) SELECT study, NEW.source, NEW.num, NEW.received_at FROM imaging_series WHERE num = NEW.series
    ON CONFLICT (study, source) DO UPDATE SET newest = excluded.newest, newest_at = excluded.newest_at;
END;

-- Images are whose ImagingStudy it is: where registrars merge, split or unlink, they follow it. Withheld (a negative person), they are nobody's.
CREATE TRIGGER imaging_follows_record AFTER UPDATE OF person ON resource WHEN NEW.person <> OLD.person BEGIN
  UPDATE imaging_gathering SET person = CASE WHEN NEW.person > 0 THEN NEW.person END, filed_until = CASE WHEN NEW.person > 0 THEN filed_until ELSE 0 END
    WHERE resource = NEW.num;
END;

-- A study that two sources sent is searched as the first one's.
CREATE TRIGGER imaging_study_decided AFTER UPDATE OF filed_until, person, waiting ON imaging_gathering
  WHEN NEW.source = (SELECT source FROM imaging_study WHERE num = NEW.study) BEGIN
  UPDATE imaging_study SET
    person = CASE WHEN NEW.filed_until > 0 THEN NEW.person END,
    state = CASE WHEN NEW.filed_until > 0 THEN 2 WHEN NEW.waiting IS NOT NULL THEN 3 ELSE 1 END,
    decided_until = CASE WHEN NEW.filed_until > 0 THEN NEW.filed_until ELSE NEW.newest END
    WHERE num = NEW.study;
END;

-- By which number an order, a report and images find each other (ServiceRequest, DiagnosticReport, ImagingStudy).
CREATE TABLE accession (
  resource INTEGER PRIMARY KEY,
  number TEXT NOT NULL
);
CREATE INDEX accession_number ON accession (number);
