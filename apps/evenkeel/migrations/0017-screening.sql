CREATE TABLE screenings (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'accepted', 'declined')),
  agreement_id uuid,
  sent_interaction_id uuid,
  opened_at timestamptz NOT NULL,
  opened_by text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE UNIQUE INDEX screenings_by_inquiry ON screenings (workspace_id, interaction_id);
CREATE INDEX screenings_by_party ON screenings (workspace_id, party_id, id);
CREATE INDEX screenings_by_time ON screenings (workspace_id, opened_at DESC, id DESC);
COMMENT ON TABLE screenings IS 'projection of screening.opened and what was decided about the inquiry later';

CREATE TABLE screening_identifiers (
  workspace_id uuid NOT NULL,
  screening_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('address', 'phone', 'handle', 'url')),
  value text NOT NULL,
  record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  written text NOT NULL,
  used_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, screening_id, kind, value),
  FOREIGN KEY (workspace_id, screening_id) REFERENCES screenings (workspace_id, id)
);
CREATE INDEX screening_identifiers_by_value ON screening_identifiers (workspace_id, kind, value);
COMMENT ON TABLE screening_identifiers IS 'projection of screening.opened and screening.identified: how the one who asks can be reached, in the form that is compared';

CREATE TABLE screening_answers (
  workspace_id uuid NOT NULL,
  screening_id uuid NOT NULL,
  question text NOT NULL,
  record_id uuid NOT NULL,
  words text NOT NULL,
  cite jsonb,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, screening_id, question),
  FOREIGN KEY (workspace_id, screening_id) REFERENCES screenings (workspace_id, id)
);
COMMENT ON TABLE screening_answers IS 'projection of screening.answered: the newest answer to each question';

CREATE TABLE screening_decisions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  screening_id uuid NOT NULL,
  record_id uuid NOT NULL,
  decision text NOT NULL CHECK (decision IN ('accept', 'conditions', 'priced', 'decline')),
  reason text NOT NULL,
  conditions text,
  services jsonb NOT NULL,
  deposit jsonb,
  minutes jsonb,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, screening_id) REFERENCES screenings (workspace_id, id)
);
CREATE INDEX screening_decisions_by_screening ON screening_decisions (workspace_id, screening_id, at);
COMMENT ON TABLE screening_decisions IS 'projection of screening.decided: each decision, of which the newest counts';

CREATE TABLE screening_verdicts (
  workspace_id uuid NOT NULL,
  party_id uuid NOT NULL,
  other_id uuid NOT NULL,
  record_id uuid NOT NULL,
  screening_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('same', 'different')),
  identifiers jsonb NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, party_id, other_id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id),
  FOREIGN KEY (workspace_id, other_id) REFERENCES parties (workspace_id, id)
);
COMMENT ON TABLE screening_verdicts IS 'projection of screening.compared: whether two parties are one person, as a member said last';

CREATE TABLE warnings (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  reason text NOT NULL,
  cite jsonb NOT NULL,
  basis text NOT NULL,
  expires_on text NOT NULL,
  expires_at timestamptz NOT NULL,
  telling text NOT NULL,
  tell_says jsonb NOT NULL,
  tell_source text NOT NULL,
  tell_on text,
  tell_at timestamptz,
  told_at timestamptz,
  entered_at timestamptz NOT NULL,
  entered_by text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX warnings_by_party ON warnings (workspace_id, party_id, id);
CREATE INDEX warnings_by_end ON warnings (workspace_id, expires_at);
COMMENT ON TABLE warnings IS 'projection of screening.warning-entered and what was written into its log. An entry that was removed has no row';

CREATE TABLE warning_log (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  warning_id uuid NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('told', 'objected', 'answered', 'rectified')),
  says text NOT NULL,
  cite jsonb,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, warning_id) REFERENCES warnings (workspace_id, id)
);
CREATE INDEX warning_log_by_warning ON warning_log (workspace_id, warning_id, at);
COMMENT ON TABLE warning_log IS 'projection of screening.warning-logged: told, objected, answered, rectified';

CREATE TABLE screening_private_reasons (
  workspace_id uuid NOT NULL,
  screening_id uuid NOT NULL,
  words text NOT NULL,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, screening_id)
);
COMMENT ON TABLE screening_private_reasons IS 'private: why we decided so, for ourselves. In no fact, letter, bundle or export';

CREATE TABLE price_sheet (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  position integer NOT NULL,
  service text NOT NULL,
  percent numeric,
  amount numeric,
  currency text,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
COMMENT ON TABLE price_sheet IS 'private: what a service costs on top, as a decision copies it';
