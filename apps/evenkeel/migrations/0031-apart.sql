-- What is kept apart from whoever a bundle is for: words with counsel, what was said without prejudice, and copies from
-- which words were taken out.
CREATE TABLE privileges (
  workspace_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid,
  kind text NOT NULL CHECK (kind IN ('counsel', 'preparation', 'without-prejudice')),
  basis text NOT NULL,
  marked_at timestamptz NOT NULL,
  marked_by text NOT NULL,
  waived_at timestamptz,
  waived_by text,
  waived_why text,
  PRIMARY KEY (workspace_id, interaction_id)
);
COMMENT ON TABLE privileges IS 'projection of privilege.marked and what was said of it later';

CREATE TABLE redactions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  used_for text NOT NULL CHECK (used_for IN ('everyone', 'subject')),
  reason text NOT NULL,
  slot bigint NOT NULL,
  sha256 bytea NOT NULL,
  size_bytes bigint NOT NULL,
  -- Filled by the second fact, which no bundle opens.
  subject text,
  words text NOT NULL DEFAULT '',
  taken jsonb NOT NULL DEFAULT '[]',
  people jsonb NOT NULL DEFAULT '[]',
  files jsonb NOT NULL,
  files_taken integer NOT NULL,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_why text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE UNIQUE INDEX redactions_in_use ON redactions (workspace_id, party_id, interaction_id, used_for) WHERE withdrawn_at IS NULL;
CREATE INDEX redactions_by_interaction ON redactions (workspace_id, interaction_id);
COMMENT ON TABLE redactions IS 'projection of exhibit.redacted, exhibit.words-taken and exhibit.redaction-withdrawn';

ALTER TABLE bundles ADD COLUMN is_for_subject boolean NOT NULL DEFAULT false;
