-- Letters that wait before they leave: for some seconds, for another look, for a second person, or for our hours.
CREATE TABLE sending_waits (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  letter text NOT NULL,
  finished_id uuid NOT NULL,
  sha256 bytea NOT NULL,
  sent_to text NOT NULL,
  wish jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'left', 'taken-back', 'stopped')),
  verdict text NOT NULL CHECK (verdict IN ('waits', 'look', 'second-person')),
  standing jsonb NOT NULL,
  -- When it leaves, or is looked at, by itself; null while it waits for a person.
  until timestamptz,
  asked_by text NOT NULL,
  asked_role text NOT NULL,
  asked_at timestamptz NOT NULL,
  approved_by text,
  approved_at timestamptz,
  looked_by text,
  looked_at timestamptz,
  hurried_by text,
  hurried_at timestamptz,
  hurried_why text,
  for_safety boolean NOT NULL DEFAULT false,
  stopped_why text,
  ended_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX sending_waits_by_letter ON sending_waits (workspace_id, finished_id);
CREATE INDEX sending_waits_by_procedure ON sending_waits (workspace_id, procedure_id, asked_at);
CREATE INDEX sending_waits_waiting ON sending_waits (workspace_id, until) WHERE state = 'waiting';
COMMENT ON TABLE sending_waits IS 'projection of outbox.waits, outbox.waits-on, outbox.approved, outbox.looked-again, outbox.hurried, outbox.taken-back, outbox.stopped and outbox.begun';

CREATE TABLE sending_rules (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  undo_sec integer NOT NULL,
  cooling_min integer NOT NULL,
  second text NOT NULL CHECK (second IN ('never', 'warnings', 'grave')),
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id)
);
COMMENT ON TABLE sending_rules IS 'projection of outbox.rules-set: what a letter waits for before it leaves';
