-- Images: what is kept of each, and what is searched. See Imaging/ and docs/decisions/0027. What SQL searches stands in the clear, as in the
-- person index; the attributes (DICOM JSON) are packed and sealed. Sources, providers, UIDs of classes and encodings are symbols.

-- patient_id to birth_date are the patient as this study states him; names are folded, one column a component group (Imaging/Matching/FoldedText.cs).
-- Instances numbered up to decided_until are in `state`; later ones are kept only (1), until somebody decides again.
-- conflicts counts instances that stated another patient number or accession number than the study had.
CREATE TABLE imaging_study (
  num INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
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
  attributes BLOB NOT NULL
);
CREATE INDEX imaging_study_patient ON imaging_study (patient_id);
CREATE INDEX imaging_study_name ON imaging_study (name);
CREATE INDEX imaging_study_name_ideographic ON imaging_study (name_ideographic) WHERE name_ideographic <> '';
CREATE INDEX imaging_study_name_phonetic ON imaging_study (name_phonetic) WHERE name_phonetic <> '';
CREATE INDEX imaging_study_accession ON imaging_study (accession) WHERE accession <> '';
CREATE INDEX imaging_study_date ON imaging_study (date);
CREATE INDEX imaging_study_person ON imaging_study (person) WHERE person IS NOT NULL;

CREATE TABLE imaging_series (
  num INTEGER PRIMARY KEY,
  study INTEGER NOT NULL,
  uid TEXT NOT NULL,
  source INTEGER NOT NULL,
  modality TEXT NOT NULL,
  number INTEGER,
  instances INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  attributes BLOB NOT NULL,
  UNIQUE (study, uid)
);
CREATE INDEX imaging_series_uid ON imaging_series (uid);
CREATE INDEX imaging_series_modality ON imaging_series (modality, study);

-- digest names the object: see Imaging/Objects/ObjectName.cs. in_row is 1 where its bytes stand in imaging_object, 0 where they are a file.
-- attributes hold the object's key and hash, the file meta information and the instance's DICOM JSON (Imaging/Index/InstanceContent.cs).
-- audit is the entry of the trail that tells of the deposit.
CREATE TABLE imaging_instance (
  num INTEGER PRIMARY KEY,
  series INTEGER NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  sop_class INTEGER NOT NULL,
  transfer_syntax INTEGER NOT NULL,
  number INTEGER,
  frames INTEGER NOT NULL,
  length INTEGER NOT NULL,
  source INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  audit INTEGER NOT NULL,
  in_row INTEGER NOT NULL,
  digest BLOB NOT NULL,
  attributes BLOB NOT NULL
);
CREATE INDEX imaging_instance_series ON imaging_instance (series);
CREATE INDEX imaging_instance_file ON imaging_instance (digest) WHERE in_row = 0;

CREATE TABLE imaging_object (
  instance INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
);

CREATE TABLE dicom_peer (
  ae_title TEXT PRIMARY KEY,
  source_id TEXT NOT NULL,
  host TEXT,
  port INTEGER,
  character_set TEXT,
  may_store INTEGER NOT NULL,
  may_query INTEGER NOT NULL,
  active INTEGER NOT NULL
) WITHOUT ROWID;

-- A pass that seals anew goes on with studies, series and instances. The keys of objects are sealed anew, not the objects.
ALTER TABLE reencryption ADD COLUMN next_study INTEGER NOT NULL DEFAULT 1;
ALTER TABLE reencryption ADD COLUMN last_study INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reencryption ADD COLUMN next_series INTEGER NOT NULL DEFAULT 1;
ALTER TABLE reencryption ADD COLUMN last_series INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reencryption ADD COLUMN next_instance INTEGER NOT NULL DEFAULT 1;
ALTER TABLE reencryption ADD COLUMN last_instance INTEGER NOT NULL DEFAULT 0;
