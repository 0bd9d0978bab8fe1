-- Contact that is restricted, contact that is read and not answered, and relations that end.
CREATE TABLE restrictions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'decided', 'in-force', 'ended')),
  measure jsonb NOT NULL,
  weighing jsonb NOT NULL,
  consulted jsonb NOT NULL,
  cites jsonb NOT NULL,
  safety text,
  review_on date NOT NULL,
  review_at timestamptz NOT NULL,
  until_on date NOT NULL,
  until_at timestamptz NOT NULL,
  planned_at timestamptz NOT NULL,
  planned_by text NOT NULL,
  -- Since when somebody who works alone waits before deciding, and of what.
  asked_of text,
  asked_at timestamptz,
  asked_why text,
  warning_id uuid,
  decided_at timestamptz,
  decided_by text,
  decided_why text,
  second jsonb,
  notice_id uuid,
  set_at timestamptz,
  set_by text,
  reviewed_at timestamptz,
  appealed_at timestamptz,
  appeal jsonb,
  appeal_decided_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  end_reason text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE UNIQUE INDEX restrictions_by_number ON restrictions (workspace_id, party_id, number);
CREATE INDEX restrictions_by_review ON restrictions (workspace_id, review_at) WHERE state = 'in-force';
COMMENT ON TABLE restrictions IS 'projection of restriction.planned and what followed: who, what, when, where and how contact is restricted, with notice, review date and appeal';

CREATE TABLE restriction_steps (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  restriction_id uuid NOT NULL,
  party_id uuid NOT NULL,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  -- The fact in the words of whoever recorded it.
  fact jsonb NOT NULL,
  PRIMARY KEY (workspace_id, record_id),
  FOREIGN KEY (workspace_id, restriction_id) REFERENCES restrictions (workspace_id, id)
);
CREATE INDEX restriction_steps_by_restriction ON restriction_steps (workspace_id, restriction_id, at);
COMMENT ON TABLE restriction_steps IS 'projection of restriction.planned and what followed: everything that was done with a restriction, by whom, when and why';

CREATE TABLE silences (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  reason text NOT NULL,
  repeat jsonb NOT NULL,
  answer jsonb NOT NULL,
  until_on date NOT NULL,
  until_at timestamptz NOT NULL,
  began_at timestamptz NOT NULL,
  began_by text NOT NULL,
  ended_at timestamptz,
  ended_by text,
  end_reason text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE UNIQUE INDEX silences_by_number ON silences (workspace_id, party_id, number);
CREATE INDEX silences_running ON silences (workspace_id, party_id, until_at) WHERE ended_at IS NULL;
COMMENT ON TABLE silences IS 'projection of silence.began and silence.ended: until when messages that bring nothing new are filed and not answered, and why';

CREATE TABLE silence_looks (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  silence_id uuid NOT NULL,
  party_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  looked_at timestamptz NOT NULL,
  looked_by text NOT NULL,
  found jsonb NOT NULL,
  compared integer NOT NULL,
  is_new boolean NOT NULL,
  settled text CHECK (settled IN ('filed', 'answered')),
  settled_at timestamptz,
  settled_by text,
  note text,
  PRIMARY KEY (workspace_id, record_id),
  FOREIGN KEY (workspace_id, silence_id) REFERENCES silences (workspace_id, id)
);
CREATE UNIQUE INDEX silence_looks_by_message ON silence_looks (workspace_id, silence_id, interaction_id);
CREATE INDEX silence_looks_by_interaction ON silence_looks (workspace_id, interaction_id);
CREATE INDEX silence_looks_open ON silence_looks (workspace_id, looked_at) WHERE is_new AND settled IS NULL;
COMMENT ON TABLE silence_looks IS 'projection of silence.looked and silence.settled: each message that was read while nothing was answered, by whom or by the program, and what was found';

CREATE TABLE endings (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'told', 'over', 'withdrawn')),
  on_date date NOT NULL,
  on_at timestamptz NOT NULL,
  by_whom text NOT NULL CHECK (by_whom IN ('us', 'them', 'both')),
  notice jsonb,
  short_why text,
  planned_at timestamptz NOT NULL,
  planned_by text NOT NULL,
  letter_id uuid,
  told_at timestamptz,
  left_open text,
  over_at timestamptz,
  over_by text,
  answered_to uuid,
  answered_at timestamptz,
  withdrawn_why text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX endings_by_party ON endings (workspace_id, party_id, planned_at DESC);
COMMENT ON TABLE endings IS 'projection of ending.planned and what followed: on which day the work with a party ends, the letter that says so, and what came after';
