-- What one source sent of a study is one row, with the patient and the study as that source states them: see docs/decisions/0042. Series stand under it.
DROP TRIGGER imaging_study_decided;
DROP TRIGGER imaging_expected_came;

CREATE TABLE imaging_study_of_source (
  num INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,
  source INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  patient_id TEXT NOT NULL,
  issuer TEXT NOT NULL,
  name TEXT NOT NULL,
  name_ideographic TEXT NOT NULL,
  name_phonetic TEXT NOT NULL,
  accession TEXT NOT NULL,
  date TEXT NOT NULL,
  person INTEGER,
  state INTEGER NOT NULL,
  decided_until INTEGER NOT NULL,
  conflicts INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  patient BLOB NOT NULL,
  attributes BLOB NOT NULL,
  UNIQUE (uid, source)
);
INSERT INTO imaging_study_of_source SELECT num, uid, source, provider, patient_id, issuer, name, name_ideographic, name_phonetic, accession, date, person, state,
  decided_until, conflicts, hash, patient, attributes FROM imaging_study;

-- Studies that two sources sent before: `study` is the first one's, `num` the new one of `source`.
CREATE TABLE imaging_parted AS
  SELECT (SELECT max(num) FROM imaging_study) + row_number() OVER (ORDER BY g.study, g.source) AS num, g.study AS study, g.source AS source
  FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study WHERE g.source <> st.source;
CREATE TABLE imaging_parted_series AS
  SELECT (SELECT max(num) FROM imaging_series) + row_number() OVER (ORDER BY p.num, s.num) AS num, s.num AS series, p.num AS study, p.source AS source,
    (SELECT count(*) FROM imaging_instance i WHERE i.series = s.num AND i.source = p.source) AS instances
  FROM imaging_parted p JOIN imaging_series s ON s.study = p.study
  WHERE EXISTS (SELECT 1 FROM imaging_instance i WHERE i.series = s.num AND i.source = p.source);

-- A row whose sealed content (SealedColumn) is that of another row, and is sealed for its own place when the store opens: no script can open it.
CREATE TABLE imaging_copied (
  sealed_column INTEGER NOT NULL,
  num INTEGER NOT NULL,
  original INTEGER NOT NULL,
  PRIMARY KEY (sealed_column, num)
) WITHOUT ROWID;
INSERT INTO imaging_copied SELECT 7, num, study FROM imaging_parted UNION ALL SELECT 8, num, study FROM imaging_parted UNION ALL SELECT 9, num, series FROM imaging_parted_series;

-- conflicts goes with both: what the first row says of the patient is not what the second source says.
INSERT INTO imaging_study_of_source
  SELECT p.num, st.uid, p.source, (SELECT i.provider FROM imaging_series s JOIN imaging_instance i ON i.series = s.num WHERE s.study = p.study AND i.source = p.source LIMIT 1),
    st.patient_id, st.issuer, st.name, st.name_ideographic, st.name_phonetic, st.accession, st.date, CASE WHEN g.filed_until > 0 THEN g.person END,
    CASE WHEN g.filed_until > 0 THEN 2 WHEN g.waiting IS NOT NULL THEN 3 ELSE 1 END, CASE WHEN g.filed_until > 0 THEN g.filed_until ELSE g.newest END,
    st.conflicts, 0, x'', x''
  FROM imaging_parted p JOIN imaging_study st ON st.num = p.study JOIN imaging_gathering g ON g.study = p.study AND g.source = p.source;
INSERT INTO imaging_series (num, study, uid, source, modality, number, instances, hash, attributes)
  SELECT p.num, p.study, s.uid, p.source, s.modality, s.number, p.instances, 0, x'' FROM imaging_parted_series p JOIN imaging_series s ON s.num = p.series;
UPDATE imaging_series SET instances = instances - (SELECT sum(p.instances) FROM imaging_parted_series p WHERE p.series = imaging_series.num)
  WHERE num IN (SELECT series FROM imaging_parted_series);
UPDATE imaging_instance SET series = p.num FROM imaging_parted_series p WHERE p.series = imaging_instance.series AND p.source = imaging_instance.source;
UPDATE imaging_gathering SET study = p.num FROM imaging_parted p WHERE p.study = imaging_gathering.study AND p.source = imaging_gathering.source;
DROP TABLE imaging_parted_series;
DROP TABLE imaging_parted;

DROP TABLE imaging_study;
ALTER TABLE imaging_study_of_source RENAME TO imaging_study;
CREATE INDEX imaging_study_patient ON imaging_study (patient_id);
CREATE INDEX imaging_study_name ON imaging_study (name);
CREATE INDEX imaging_study_name_ideographic ON imaging_study (name_ideographic) WHERE name_ideographic <> '';
CREATE INDEX imaging_study_name_phonetic ON imaging_study (name_phonetic) WHERE name_phonetic <> '';
CREATE INDEX imaging_study_accession ON imaging_study (accession) WHERE accession <> '';
CREATE INDEX imaging_study_date ON imaging_study (date);
CREATE INDEX imaging_study_person ON imaging_study (person) WHERE person IS NOT NULL;

CREATE TRIGGER imaging_study_decided AFTER UPDATE OF filed_until, person, waiting ON imaging_gathering BEGIN
  UPDATE imaging_study SET
    person = CASE WHEN NEW.filed_until > 0 THEN NEW.person END,
    state = CASE WHEN NEW.filed_until > 0 THEN 2 WHEN NEW.waiting IS NOT NULL THEN 3 ELSE 1 END,
    decided_until = CASE WHEN NEW.filed_until > 0 THEN NEW.filed_until ELSE NEW.newest END
    WHERE num = NEW.study;
END;

-- The last one that was missing has come, of whichever of the provider's sources.
CREATE TRIGGER imaging_expected_came AFTER DELETE ON imaging_expected WHEN NOT EXISTS (SELECT 1 FROM imaging_expected WHERE step = OLD.step) BEGIN
  UPDATE imaging_gathering SET whole_until = newest WHERE newest > announced AND study IN (
    SELECT st.num FROM performed_step p JOIN imaging_study st ON st.uid = p.study_uid AND st.provider = p.provider WHERE p.num = OLD.step AND NOT EXISTS (
      SELECT 1 FROM performed_step o WHERE o.study_uid = p.study_uid AND o.provider = p.provider
        AND (o.state = 2 OR EXISTS (SELECT 1 FROM imaging_expected e WHERE e.step = o.num))));
END;
