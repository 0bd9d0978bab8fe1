-- Facts of a chronology: what happened on which day, one assertion each, with the records that show it. A person says each.
CREATE TABLE statements (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  on_date date NOT NULL,
  on_time text,
  says text NOT NULL,
  is_disputed boolean NOT NULL,
  cites jsonb NOT NULL,
  records jsonb NOT NULL,
  entry_id uuid,
  proposal text,
  state text NOT NULL CHECK (state IN ('stated', 'replaced', 'withdrawn')),
  stated_at timestamptz NOT NULL,
  stated_by text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);

CREATE INDEX statements_by_day ON statements (workspace_id, party_id, on_date, on_time, id) WHERE state = 'stated';

COMMENT ON TABLE statements IS 'projection of chronology.stated and chronology.withdrawn: dated facts of a client''s chronology, each with its sources';

CREATE TABLE statement_dismissals (
  workspace_id uuid NOT NULL,
  party_id uuid NOT NULL,
  proposal text NOT NULL,
  dismissed_by text NOT NULL,
  dismissed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, party_id, proposal)
);

COMMENT ON TABLE statement_dismissals IS 'private: events of the record that were said to be no fact for the chronology';
