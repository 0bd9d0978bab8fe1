CREATE TABLE cases (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  title text NOT NULL,
  wanted text,
  stage text NOT NULL CHECK (stage IN ('open', 'negotiating', 'mediator', 'counsel', 'court', 'closed')),
  opened_at timestamptz NOT NULL,
  opened_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  closed_at timestamptz,
  next_route text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX cases_by_party ON cases (workspace_id, party_id, id);
CREATE INDEX cases_by_change ON cases (workspace_id, changed_at DESC, id DESC);
COMMENT ON TABLE cases IS 'projection of case.opened, case.changed, case.moved, case.closed and case.reopened';

CREATE TABLE case_points (
  workspace_id uuid NOT NULL,
  case_id uuid NOT NULL,
  point_id uuid NOT NULL,
  record_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, case_id, point_id),
  FOREIGN KEY (workspace_id, case_id) REFERENCES cases (workspace_id, id)
);
CREATE INDEX case_points_by_point ON case_points (workspace_id, point_id);
COMMENT ON TABLE case_points IS 'projection of case.opened, case.point-added and case.point-removed';

CREATE TABLE case_records (
  workspace_id uuid NOT NULL,
  case_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (workspace_id, case_id, interaction_id),
  FOREIGN KEY (workspace_id, case_id) REFERENCES cases (workspace_id, id)
);
CREATE INDEX case_records_by_interaction ON case_records (workspace_id, interaction_id);
COMMENT ON TABLE case_records IS 'projection of case.record-added and case.record-removed: interactions of others that belong to a case';

CREATE TABLE case_people (
  workspace_id uuid NOT NULL,
  case_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('responsible', 'second', 'mediator', 'lawyer', 'their-side', 'their-lawyer')),
  name text NOT NULL,
  member text,
  reach text,
  PRIMARY KEY (workspace_id, case_id, id),
  FOREIGN KEY (workspace_id, case_id) REFERENCES cases (workspace_id, id)
);
COMMENT ON TABLE case_people IS 'projection of case.person-named and case.person-removed';

CREATE TABLE complaints (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  case_id uuid,
  number text NOT NULL,
  year integer NOT NULL,
  sequence integer NOT NULL,
  received jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  way text NOT NULL,
  cite jsonb NOT NULL,
  remedy text NOT NULL,
  remedy_cite jsonb,
  stage integer NOT NULL CHECK (stage IN (1, 2)),
  state text NOT NULL CHECK (state IN ('open', 'decided', 'closed')),
  owner text NOT NULL,
  severity text CHECK (severity IN ('low', 'medium', 'high')),
  is_safety boolean NOT NULL,
  is_urgent boolean NOT NULL,
  assessment text,
  answer_by timestamptz,
  registered_at timestamptz NOT NULL,
  registered_by text NOT NULL,
  second_asked_at timestamptz,
  second_asked_by text,
  second_asked_why text,
  second_until timestamptz,
  closed_at timestamptz,
  next_route text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id),
  FOREIGN KEY (workspace_id, case_id) REFERENCES cases (workspace_id, id)
);
CREATE UNIQUE INDEX complaints_by_number ON complaints (workspace_id, year, sequence);
CREATE INDEX complaints_by_party ON complaints (workspace_id, party_id, id);
CREATE INDEX complaints_by_case ON complaints (workspace_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX complaints_by_receipt ON complaints (workspace_id, received_at DESC, id DESC);
CREATE INDEX complaints_to_answer ON complaints (workspace_id, answer_by) WHERE state = 'open';
COMMENT ON TABLE complaints IS 'projection of complaint.registered and what was decided about it later';

CREATE TABLE complaint_points (
  workspace_id uuid NOT NULL,
  complaint_id uuid NOT NULL,
  point_id uuid NOT NULL,
  record_id uuid NOT NULL,
  number integer NOT NULL,
  PRIMARY KEY (workspace_id, complaint_id, point_id),
  FOREIGN KEY (workspace_id, complaint_id) REFERENCES complaints (workspace_id, id)
);
CREATE INDEX complaint_points_by_point ON complaint_points (workspace_id, point_id);
COMMENT ON TABLE complaint_points IS 'projection of complaint.registered and complaint.point-added';

CREATE TABLE complaint_outcomes (
  workspace_id uuid NOT NULL,
  complaint_id uuid NOT NULL,
  stage integer NOT NULL,
  point_id uuid NOT NULL,
  record_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('upheld', 'partly', 'not-upheld', 'withdrawn', 'not-ours')),
  reason text NOT NULL,
  source jsonb,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, complaint_id, stage, point_id),
  FOREIGN KEY (workspace_id, complaint_id) REFERENCES complaints (workspace_id, id)
);
COMMENT ON TABLE complaint_outcomes IS 'projection of complaint.point-decided: the newest outcome of each numbered point, per stage';

CREATE TABLE complaint_decisions (
  workspace_id uuid NOT NULL,
  complaint_id uuid NOT NULL,
  stage integer NOT NULL,
  record_id uuid NOT NULL,
  says text NOT NULL,
  second jsonb,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, complaint_id, stage),
  FOREIGN KEY (workspace_id, complaint_id) REFERENCES complaints (workspace_id, id)
);
COMMENT ON TABLE complaint_decisions IS 'projection of complaint.stage-decided: who decided, when, and what';

CREATE TABLE holds (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  scope text NOT NULL CHECK (scope IN ('party', 'case', 'workspace')),
  party_id uuid,
  case_id uuid,
  reason text NOT NULL,
  custodian text NOT NULL,
  since timestamptz NOT NULL,
  review_at timestamptz,
  set_at timestamptz NOT NULL,
  set_by text NOT NULL,
  asked_at timestamptz,
  asked_by text,
  asked_why text,
  asked_until timestamptz,
  released_at timestamptz,
  released_by text,
  released_why text,
  second jsonb,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id),
  FOREIGN KEY (workspace_id, case_id) REFERENCES cases (workspace_id, id)
);
CREATE INDEX holds_in_force ON holds (workspace_id, party_id) WHERE released_at IS NULL;
COMMENT ON TABLE holds IS 'projection of hold.set, hold.release-asked and hold.released';

CREATE TABLE casefile_steps (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  reason text,
  params jsonb NOT NULL,
  PRIMARY KEY (workspace_id, record_id)
);
CREATE INDEX casefile_steps_by_subject ON casefile_steps (workspace_id, subject_id, record_id);
COMMENT ON TABLE casefile_steps IS 'projection of every fact about a case, a complaint or a hold: what was done with it, by whom, and why';
