CREATE TABLE set_aside (
  workspace_id uuid NOT NULL,
  room text NOT NULL,
  id uuid NOT NULL,
  -- Null when it is done with; else when it comes back.
  until timestamptz,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, room, id)
);
CREATE INDEX set_aside_by_time ON set_aside (workspace_id, at);
COMMENT ON TABLE set_aside IS 'private: lines of Today that somebody took off it, for good or for later';
