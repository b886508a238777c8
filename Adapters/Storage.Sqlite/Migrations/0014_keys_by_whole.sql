-- Keys in the order of the ids: what is part of one whole, such as an order with its results, stands side by side, whatever its types.
CREATE TABLE resource_key_by_id (
  id NOT NULL,
  type INTEGER NOT NULL,
  resource INTEGER NOT NULL,
  PRIMARY KEY (id, type)
) WITHOUT ROWID;
INSERT INTO resource_key_by_id (id, type, resource) SELECT id, type, resource FROM resource_key ORDER BY id, type;
DROP TABLE resource_key;
ALTER TABLE resource_key_by_id RENAME TO resource_key;
