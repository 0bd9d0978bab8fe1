-- A dispute taken further by the steps of a clause that was agreed: what was sent, when, and by when the next may come.
CREATE TABLE escalations (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  agreement_id uuid NOT NULL,
  clause_id uuid NOT NULL,
  clause_version integer NOT NULL,
  side text NOT NULL CHECK (side IN ('ours', 'theirs')),
  says text NOT NULL,
  cite jsonb,
  steps jsonb NOT NULL,
  taken integer NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'settled', 'dropped')),
  due_on date,
  due_at timestamptz,
  due_is_day boolean,
  reason text,
  settlement jsonb,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, clause_id) REFERENCES clauses (workspace_id, id)
);
CREATE UNIQUE INDEX escalations_by_number ON escalations (workspace_id, party_id, number);
CREATE INDEX escalations_by_due ON escalations (workspace_id, due_at) WHERE state = 'running' AND due_at IS NOT NULL;
COMMENT ON TABLE escalations IS 'projection of agreement.escalation-begun, agreement.escalation-step-taken and agreement.escalation-ended; the steps are those of the clause version it began with';

CREATE TABLE escalation_steps (
  workspace_id uuid NOT NULL,
  escalation_id uuid NOT NULL,
  position integer NOT NULL,
  record_id uuid NOT NULL,
  step text NOT NULL,
  happened_at timestamptz NOT NULL,
  proof jsonb NOT NULL,
  early jsonb,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, escalation_id, position),
  FOREIGN KEY (workspace_id, escalation_id) REFERENCES escalations (workspace_id, id)
);
COMMENT ON TABLE escalation_steps IS 'projection of agreement.escalation-step-taken: each step with what shows it';
