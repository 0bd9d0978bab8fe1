ALTER TABLE procedures ADD COLUMN cite jsonb;
COMMENT ON TABLE procedures IS 'projection of procedure.started, procedure.quoted and what followed: which procedures run, each with the bytes of its pack as it began and the words it began from';

CREATE TABLE meeting_cards (
  workspace_id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  member text NOT NULL,
  card jsonb NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, procedure_id, member)
);
COMMENT ON TABLE meeting_cards IS 'private: what somebody wrote for themselves before a meeting; in no entry and in no bundle';

CREATE TABLE meeting_habits (
  workspace_id uuid NOT NULL,
  member text NOT NULL,
  is_on boolean NOT NULL,
  day_before jsonb NOT NULL,
  day_after jsonb NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, member)
);
COMMENT ON TABLE meeting_habits IS 'private: what somebody likes to do the day before a meeting and the day after, in their own words';
