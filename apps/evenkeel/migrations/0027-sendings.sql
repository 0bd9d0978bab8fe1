-- Mail that leaves by our own hand, and what came back about it.
CREATE TABLE sendings (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  letter text NOT NULL,
  finished_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('sending', 'accepted', 'refused', 'unclear', 'not-sent')),
  message_id text NOT NULL,
  sent_from text NOT NULL,
  sent_to text NOT NULL,
  sha256 bytea NOT NULL,
  begun_at timestamptz NOT NULL,
  ended_at timestamptz,
  interaction_id uuid,
  reply text,
  asks_delivery boolean NOT NULL DEFAULT false,
  transcript jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX sendings_by_letter ON sendings (workspace_id, finished_id);
CREATE INDEX sendings_by_message_id ON sendings (workspace_id, message_id);
CREATE INDEX sendings_by_interaction ON sendings (workspace_id, interaction_id);
COMMENT ON TABLE sendings IS 'projection of outbox.begun, outbox.accepted, outbox.refused, outbox.unclear and outbox.settled';

CREATE TABLE sending_reports (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  number integer NOT NULL,
  sending_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  became text NOT NULL,
  recipient text,
  status text,
  diagnostic text,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, record_id, number),
  FOREIGN KEY (workspace_id, sending_id) REFERENCES sendings (workspace_id, id)
);
CREATE INDEX sending_reports_by_sending ON sending_reports (workspace_id, sending_id, at);
COMMENT ON TABLE sending_reports IS 'projection of outbox.reported: what servers and programs said became of a mail';

CREATE TABLE sending_bytes (
  workspace_id uuid NOT NULL,
  sending_id uuid NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (workspace_id, sending_id)
);
COMMENT ON TABLE sending_bytes IS 'private: a mail on its way out, until it is in the record';
