CREATE TABLE procedures (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  subject_kind text NOT NULL,
  subject_id uuid NOT NULL,
  pack_id text NOT NULL,
  pack_sha256 text NOT NULL,
  pack_files jsonb NOT NULL,
  reason text,
  started_at timestamptz NOT NULL,
  started_by text NOT NULL,
  step text,
  -- Of the step that is to be done now; null when there is none, or its clock stands still.
  due_at timestamptz,
  ended_at timestamptz,
  outcome text,
  end_reason text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX procedures_by_party ON procedures (workspace_id, party_id, started_at DESC, id DESC);
CREATE INDEX procedures_by_subject ON procedures (workspace_id, subject_id);
CREATE INDEX procedures_by_due ON procedures (workspace_id, due_at) WHERE ended_at IS NULL;
CREATE INDEX procedures_running ON procedures (workspace_id, id) WHERE ended_at IS NULL;
COMMENT ON TABLE procedures IS 'projection of procedure.started and what followed: which procedures run, each with the bytes of its pack as it began';

CREATE TABLE procedure_visits (
  workspace_id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  position integer NOT NULL,
  record_id uuid NOT NULL,
  step text NOT NULL,
  visit integer NOT NULL,
  entered_at timestamptz NOT NULL,
  because uuid,
  due jsonb,
  done_record_id uuid,
  done_at timestamptz,
  done_by text,
  is_skipped boolean NOT NULL DEFAULT false,
  choice text,
  reason text,
  second jsonb,
  PRIMARY KEY (workspace_id, procedure_id, position),
  FOREIGN KEY (workspace_id, procedure_id) REFERENCES procedures (workspace_id, id)
);
COMMENT ON TABLE procedure_visits IS 'projection of procedure.step-entered, procedure.step-done, procedure.step-skipped and procedure.due-moved: each time a step was come to, who left it, when and why';

CREATE TABLE procedure_stops (
  workspace_id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  record_id uuid NOT NULL,
  stop text NOT NULL,
  reason text NOT NULL,
  stopped_by text NOT NULL,
  from_at timestamptz NOT NULL,
  until_at timestamptz,
  restarted_record_id uuid,
  restarted_by text,
  restart_reason text,
  PRIMARY KEY (workspace_id, procedure_id, record_id),
  FOREIGN KEY (workspace_id, procedure_id) REFERENCES procedures (workspace_id, id)
);
COMMENT ON TABLE procedure_stops IS 'projection of procedure.clock-stopped and procedure.clock-restarted';

CREATE TABLE procedure_asks (
  workspace_id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  record_id uuid NOT NULL,
  step text NOT NULL,
  reason text NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, procedure_id, record_id),
  FOREIGN KEY (workspace_id, procedure_id) REFERENCES procedures (workspace_id, id)
);
COMMENT ON TABLE procedure_asks IS 'projection of procedure.second-asked: why somebody who works alone goes on alone, and since when they wait';

CREATE TABLE procedure_letters (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  record_id uuid NOT NULL,
  letter text NOT NULL,
  lang text NOT NULL,
  subject text NOT NULL,
  text text NOT NULL,
  sha256 text NOT NULL,
  finished_at timestamptz NOT NULL,
  finished_by text NOT NULL,
  handed_over_record_id uuid,
  handed_over_at timestamptz,
  handed_over_by text,
  way text,
  interaction_id uuid,
  proof_record_id uuid,
  proof_id uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, procedure_id) REFERENCES procedures (workspace_id, id)
);
CREATE INDEX procedure_letters_by_procedure ON procedure_letters (workspace_id, procedure_id, finished_at);
COMMENT ON TABLE procedure_letters IS 'projection of procedure.letter-finished, procedure.letter-handed-over and procedure.letter-proved: letters as they were finished, and what shows that they were sent';

CREATE TABLE procedure_drafts (
  workspace_id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  letter text NOT NULL,
  lang text NOT NULL,
  fields jsonb NOT NULL,
  -- Null while nobody changed the letter of the pack.
  text text,
  saved_by text NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, procedure_id, letter, lang)
);
COMMENT ON TABLE procedure_drafts IS 'private: letters that are being written';
