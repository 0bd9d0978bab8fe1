-- What a person recorded by hand: a call, a meeting, a note. The words are an original like any other; what was stated
-- about them lies here.
CREATE TABLE noted (
  workspace_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  duration_min integer,
  zone text,
  channel text,
  people jsonb NOT NULL,
  parts jsonb NOT NULL,
  theirs jsonb NOT NULL,
  ours jsonb NOT NULL,
  consent jsonb,
  corrects uuid,
  PRIMARY KEY (workspace_id, interaction_id),
  FOREIGN KEY (workspace_id, interaction_id) REFERENCES interactions (workspace_id, id),
  FOREIGN KEY (workspace_id, corrects) REFERENCES interactions (workspace_id, id)
);
CREATE INDEX noted_by_corrected ON noted (workspace_id, corrects) WHERE corrects IS NOT NULL;
COMMENT ON TABLE noted IS 'projection of interaction.noted: what was stated about words recorded by hand, and which of them are whose';

CREATE TABLE attached (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  position integer NOT NULL,
  interaction_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('words', 'file')),
  slot bigint NOT NULL,
  sha256 bytea NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  size_bytes bigint NOT NULL,
  PRIMARY KEY (workspace_id, record_id, position),
  FOREIGN KEY (workspace_id, interaction_id) REFERENCES interactions (workspace_id, id)
);
CREATE INDEX attached_by_interaction ON attached (workspace_id, interaction_id);
COMMENT ON TABLE attached IS 'projection of interaction.noted: files beside what was recorded by hand, and its words where the original is something else';
