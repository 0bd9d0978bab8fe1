-- What a workspace says of itself: the answers to the questions and the texts they made, and who has read them.
CREATE TABLE policies (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  lang text NOT NULL CHECK (lang IN ('en', 'ru', 'fi')),
  version integer NOT NULL,
  answers jsonb NOT NULL,
  documents jsonb NOT NULL,
  review_on text NOT NULL,
  published_at timestamptz NOT NULL,
  published_by text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, lang, version)
);
COMMENT ON TABLE policies IS 'projection of policy.published; of each language the highest version holds';

CREATE TABLE policy_reads (
  workspace_id uuid NOT NULL,
  policy_id uuid NOT NULL,
  member text NOT NULL,
  record_id uuid NOT NULL,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, policy_id, member),
  FOREIGN KEY (workspace_id, policy_id) REFERENCES policies (workspace_id, id)
);
COMMENT ON TABLE policy_reads IS 'projection of policy.read';
