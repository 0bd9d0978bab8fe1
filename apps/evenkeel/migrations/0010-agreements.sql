-- What was agreed, clause by clause, and the rules of contact that stand on it.
CREATE TABLE agreements (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  title text NOT NULL,
  version integer NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'ended')),
  cite jsonb,
  decide_by date,
  decide_at timestamptz,
  ends_on date,
  ends_at timestamptz,
  opened_at timestamptz NOT NULL,
  opened_by text NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE UNIQUE INDEX agreements_by_number ON agreements (workspace_id, party_id, number);
CREATE INDEX agreements_by_decision ON agreements (workspace_id, decide_at) WHERE state = 'open' AND decide_at IS NOT NULL;
CREATE INDEX agreements_by_end ON agreements (workspace_id, ends_at) WHERE state = 'open' AND ends_at IS NOT NULL;
COMMENT ON TABLE agreements IS 'projection of agreement.opened, agreement.revised and agreement.ended; the first offer is version 0';

CREATE TABLE clauses (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  kind text NOT NULL,
  version integer NOT NULL,
  agreed_version integer,
  is_withdrawn boolean NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, agreement_id) REFERENCES agreements (workspace_id, id)
);
CREATE UNIQUE INDEX clauses_by_number ON clauses (workspace_id, agreement_id, number);
CREATE INDEX clauses_by_party ON clauses (workspace_id, party_id, kind);
COMMENT ON TABLE clauses IS 'projection of agreement.opened, agreement.revised and agreement.accepted: which version of a clause is offered, and which one is agreed';

CREATE TABLE clause_versions (
  workspace_id uuid NOT NULL,
  clause_id uuid NOT NULL,
  version integer NOT NULL,
  record_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  says text NOT NULL,
  terms jsonb,
  reason text,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  proof jsonb,
  person_id uuid,
  accepted_record_id uuid,
  accepted_at timestamptz,
  accepted_by text,
  PRIMARY KEY (workspace_id, clause_id, version),
  FOREIGN KEY (workspace_id, clause_id) REFERENCES clauses (workspace_id, id)
);
COMMENT ON TABLE clause_versions IS 'projection of agreement.opened, agreement.revised and agreement.accepted: the words of a clause in each version of its agreement, and the proof that they were accepted';

CREATE TABLE understandings (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  agreement_id uuid,
  clause_id uuid,
  kind text NOT NULL CHECK (kind IN ('exception', 'permission', 'promise')),
  side text NOT NULL CHECK (side IN ('ours', 'theirs')),
  says text NOT NULL,
  on_date date,
  cite jsonb,
  state text NOT NULL CHECK (state IN ('unconfirmed', 'confirmed', 'withdrawn')),
  confirmed jsonb,
  reason text,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX understandings_by_party ON understandings (workspace_id, party_id, at DESC, id DESC);
COMMENT ON TABLE understandings IS 'projection of agreement.understood, agreement.confirmed and agreement.unsaid: exceptions, permissions and spoken promises beside the clauses';

CREATE TABLE sums_owed (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  agreement_id uuid,
  clause_id uuid,
  side text NOT NULL CHECK (side IN ('ours', 'theirs')),
  amount numeric(14, 2) NOT NULL,
  currency text NOT NULL,
  what text NOT NULL,
  due_on date,
  due_at timestamptz,
  cite jsonb,
  disputed numeric(14, 2),
  dispute jsonb,
  state text NOT NULL CHECK (state IN ('open', 'settled', 'withdrawn')),
  settled_on date,
  settlement jsonb,
  reason text,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE UNIQUE INDEX sums_by_number ON sums_owed (workspace_id, party_id, number);
CREATE INDEX sums_by_due ON sums_owed (workspace_id, due_at) WHERE state = 'open' AND due_at IS NOT NULL;
COMMENT ON TABLE sums_owed IS 'projection of agreement.sum-recorded, agreement.sum-disputed, agreement.sum-settled and agreement.sum-withdrawn';

CREATE TABLE party_people (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  name text NOT NULL,
  role text,
  may_agree boolean NOT NULL,
  limits text,
  cite jsonb,
  has_left boolean NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX party_people_by_party ON party_people (workspace_id, party_id);
COMMENT ON TABLE party_people IS 'projection of agreement.person-named and agreement.person-left: people inside a party, and who of them may agree for it';

CREATE TABLE scope_decisions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  point_id uuid,
  cite jsonb,
  words text NOT NULL,
  lang text NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('in', 'out', 'unclear')),
  clause_id uuid,
  clause_version integer,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX scope_decisions_by_party ON scope_decisions (workspace_id, party_id, at DESC, id DESC);
CREATE INDEX scope_decisions_by_point ON scope_decisions (workspace_id, point_id) WHERE point_id IS NOT NULL;
COMMENT ON TABLE scope_decisions IS 'projection of agreement.scope-decided: which clause a point touches, and whether it is in scope';

CREATE TABLE boundaries (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  clause_id uuid NOT NULL,
  says text NOT NULL,
  ladder jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('kept', 'lifted')),
  review_on date,
  review_at timestamptz,
  set_at timestamptz NOT NULL,
  set_by text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, clause_id) REFERENCES clauses (workspace_id, id)
);
CREATE UNIQUE INDEX boundaries_by_number ON boundaries (workspace_id, party_id, number);
CREATE INDEX boundaries_by_review ON boundaries (workspace_id, review_at) WHERE state = 'kept' AND review_at IS NOT NULL;
COMMENT ON TABLE boundaries IS 'projection of boundary.set, boundary.step-taken, boundary.reviewed and boundary.lifted';

CREATE TABLE breaches (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  boundary_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  cite jsonb NOT NULL,
  happened_at timestamptz NOT NULL,
  note text,
  withdrawn_reason text,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, boundary_id) REFERENCES boundaries (workspace_id, id)
);
CREATE UNIQUE INDEX breaches_by_number ON breaches (workspace_id, boundary_id, number);
COMMENT ON TABLE breaches IS 'projection of boundary.breached and boundary.breach-withdrawn: each counted event, with its quote';

CREATE TABLE boundary_steps (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  boundary_id uuid NOT NULL,
  breach_id uuid NOT NULL,
  party_id uuid NOT NULL,
  rung integer NOT NULL,
  lang text NOT NULL,
  words text NOT NULL,
  proof_id uuid,
  safety jsonb,
  answers jsonb,
  review_on date,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, breach_id) REFERENCES breaches (workspace_id, id),
  FOREIGN KEY (workspace_id, boundary_id) REFERENCES boundaries (workspace_id, id)
);
CREATE INDEX boundary_steps_by_boundary ON boundary_steps (workspace_id, boundary_id, at);
COMMENT ON TABLE boundary_steps IS 'projection of boundary.step-taken and boundary.step-proved: what was said or sent, in which words';

CREATE TABLE agreement_steps (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  kind text NOT NULL,
  detail jsonb NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, record_id)
);
CREATE INDEX agreement_steps_by_party ON agreement_steps (workspace_id, party_id, at DESC, record_id DESC);
COMMENT ON TABLE agreement_steps IS 'projection of every agreement and boundary fact: what was done, by whom, when and why';
