-- Promises and offers of either side. What was decided about each stands in `promise_steps`, one row per fact.
CREATE TABLE commitments (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  side text NOT NULL CHECK (side IN ('ours', 'theirs')),
  who text NOT NULL,
  what text NOT NULL,
  due_date date,
  due_time text,
  due_zone text,
  due_at timestamptz,
  point_id uuid,
  state text NOT NULL CHECK (state IN ('open', 'kept', 'broken', 'released', 'mistaken')),
  made_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id),
  FOREIGN KEY (workspace_id, point_id) REFERENCES points (workspace_id, id)
);
CREATE UNIQUE INDEX commitments_by_number ON commitments (workspace_id, party_id, number);
CREATE INDEX commitments_open_by_due ON commitments (workspace_id, due_at, id) WHERE state = 'open';
CREATE INDEX commitments_by_point ON commitments (workspace_id, point_id) WHERE point_id IS NOT NULL;
COMMENT ON TABLE commitments IS 'projection of point.commitment-made and what was said of it later';

CREATE TABLE offers (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  side text NOT NULL CHECK (side IN ('ours', 'theirs')),
  decide_date date NOT NULL,
  decide_time text,
  decide_zone text NOT NULL,
  decide_at timestamptz NOT NULL,
  is_without_prejudice boolean NOT NULL,
  point_id uuid,
  state text NOT NULL CHECK (state IN ('prepared', 'open', 'accepted', 'refused', 'withdrawn')),
  needs_second boolean NOT NULL,
  asked_at timestamptz,
  looked jsonb,
  chosen integer,
  prepared_by text NOT NULL,
  made_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id),
  FOREIGN KEY (workspace_id, point_id) REFERENCES points (workspace_id, id)
);
CREATE UNIQUE INDEX offers_by_number ON offers (workspace_id, party_id, number);
CREATE INDEX offers_open_by_decision ON offers (workspace_id, decide_at, id) WHERE state IN ('prepared', 'open');
COMMENT ON TABLE offers IS 'projection of point.offer-prepared, point.offer-made and what was said of it later';

CREATE TABLE offer_options (
  workspace_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  position integer NOT NULL,
  record_id uuid NOT NULL,
  what text NOT NULL,
  amount text,
  currency text,
  until_date date,
  until_time text,
  until_zone text,
  until_at timestamptz,
  PRIMARY KEY (workspace_id, offer_id, position),
  FOREIGN KEY (workspace_id, offer_id) REFERENCES offers (workspace_id, id)
);
COMMENT ON TABLE offer_options IS 'projection of point.offer-prepared and point.offer-made: the solutions of one offer, of which one can be chosen';

CREATE TABLE efforts (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('ours', 'theirs')),
  proposed text NOT NULL CHECK (proposed IN ('meeting', 'call', 'break', 'mediator')),
  is_withdrawn boolean NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX efforts_by_party ON efforts (workspace_id, party_id);
COMMENT ON TABLE efforts IS 'projection of point.effort-noted and point.effort-withdrawn: a meeting, a call, a break or a mediator that somebody proposed';

CREATE TABLE promise_steps (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  thing_id uuid NOT NULL,
  party_id uuid NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  reason text,
  side text CHECK (side IN ('ours', 'theirs')),
  due jsonb,
  choice integer,
  looked jsonb,
  PRIMARY KEY (workspace_id, record_id)
);
CREATE INDEX promise_steps_by_thing ON promise_steps (workspace_id, thing_id, record_id);
CREATE INDEX promise_steps_by_party ON promise_steps (workspace_id, party_id, record_id);
COMMENT ON TABLE promise_steps IS 'projection of every fact about a promise, an offer or a proposal to meet, one row each: who, when, why';

-- No reference to the records they stand in: those may be erased on their own.
CREATE TABLE promise_cites (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  position integer NOT NULL,
  thing_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  first_unit integer NOT NULL,
  end_unit integer NOT NULL,
  quote text NOT NULL,
  PRIMARY KEY (workspace_id, record_id, position)
);
CREATE INDEX promise_cites_by_thing ON promise_cites (workspace_id, thing_id);
CREATE INDEX promise_cites_by_interaction ON promise_cites (workspace_id, interaction_id);
COMMENT ON TABLE promise_cites IS 'projection of every fact about a promise, an offer or a proposal to meet: the words it rests on';

CREATE TABLE promise_dismissals (
  workspace_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  first_unit integer NOT NULL,
  end_unit integer NOT NULL,
  dismissed_by text NOT NULL,
  dismissed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, interaction_id, first_unit, end_unit)
);
COMMENT ON TABLE promise_dismissals IS 'private: words that look like a promise and were said to be none';

CREATE TABLE offer_allowances (
  workspace_id uuid NOT NULL,
  actor text NOT NULL,
  amount text NOT NULL,
  currency text NOT NULL,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, actor)
);
COMMENT ON TABLE offer_allowances IS 'private: what each member may offer alone';

CREATE TABLE private_limits (
  workspace_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  party_id uuid NOT NULL,
  amount text,
  currency text,
  words text NOT NULL,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, offer_id)
);
CREATE INDEX private_limits_by_party ON private_limits (workspace_id, party_id);
COMMENT ON TABLE private_limits IS 'private: how far we would go at most; in no fact, no bundle and no export';
