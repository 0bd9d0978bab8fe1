-- Outside time: whom we ask, and what they said.
CREATE TABLE time_authorities (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  url text NOT NULL,
  roots text NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
COMMENT ON TABLE time_authorities IS 'private: who stamps the signed head, and the certificates they are trusted by';

CREATE TABLE anchors (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  authority text NOT NULL,
  -- How many entries the stamped head covers.
  size bigint NOT NULL,
  -- When the authority says that it was; null where its answer did not hold.
  stamped_at timestamptz,
  refused_as text,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, record_id)
);
CREATE INDEX anchors_by_size ON anchors (workspace_id, size);
COMMENT ON TABLE anchors IS 'projection of log.anchored and log.anchor-failed';
