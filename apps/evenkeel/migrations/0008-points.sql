-- Points of a client: what was asked or said, numbered so that one can say it aloud. Every fact is one row of `point_steps`.
CREATE TABLE points (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('demand', 'complaint', 'question', 'accusation', 'threat')),
  title text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'answered', 'agreed', 'closed', 'withdrawn')),
  ground text NOT NULL CHECK (ground IN ('not_looked_at', 'founded', 'partly', 'unfounded', 'not_ours')),
  about_id uuid,
  price_cents bigint,
  price_currency text,
  opened_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE UNIQUE INDEX points_by_number ON points (workspace_id, party_id, number);
CREATE INDEX points_by_state ON points (workspace_id, party_id, state);
CREATE INDEX points_open ON points (workspace_id, state, changed_at) WHERE state = 'open';
COMMENT ON TABLE points IS 'projection of point.opened and what was decided about it later';

CREATE TABLE point_steps (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  point_id uuid NOT NULL,
  position integer NOT NULL,
  step text NOT NULL,
  state text NOT NULL,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL,
  reason text,
  said jsonb NOT NULL,
  PRIMARY KEY (workspace_id, record_id),
  FOREIGN KEY (workspace_id, point_id) REFERENCES points (workspace_id, id)
);
CREATE UNIQUE INDEX point_steps_by_point ON point_steps (workspace_id, point_id, position);
COMMENT ON TABLE point_steps IS 'projection of every fact about a point, in its order: who, when, why, and the state after it';

CREATE TABLE point_cites (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('asked', 'answer', 'agreed', 'terms', 'expected', 'new_fact', 'supports', 'contradicts', 'neither')),
  point_id uuid NOT NULL,
  position integer NOT NULL,
  interaction_id uuid NOT NULL,
  first_unit integer NOT NULL,
  end_unit integer NOT NULL,
  quote text NOT NULL,
  PRIMARY KEY (workspace_id, record_id, role),
  FOREIGN KEY (workspace_id, point_id) REFERENCES points (workspace_id, id)
);
CREATE INDEX point_cites_by_point ON point_cites (workspace_id, point_id, position);
CREATE INDEX point_cites_by_interaction ON point_cites (workspace_id, interaction_id);
COMMENT ON TABLE point_cites IS 'projection of the words of the record that facts about points quote, and what each stands for';
