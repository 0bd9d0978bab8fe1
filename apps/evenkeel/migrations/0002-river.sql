CREATE TABLE members (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id text NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'manager', 'agent', 'counsel', 'auditor')),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX members_by_user ON members (workspace_id, user_id);
CREATE UNIQUE INDEX members_by_name ON members (workspace_id, lower(name));
COMMENT ON TABLE members IS 'private: who may sign in, and as what';

CREATE TABLE parties (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  name text NOT NULL,
  state text NOT NULL CHECK (state IN ('contact', 'prospect', 'client', 'former')),
  added_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX parties_by_name ON parties (workspace_id, lower(name), id);
COMMENT ON TABLE parties IS 'projection of party.added and party.changed';

CREATE TABLE identifiers (
  workspace_id uuid NOT NULL,
  kind text NOT NULL,
  value text NOT NULL,
  party_id uuid NOT NULL,
  record_id uuid NOT NULL,
  label text,
  confidence text NOT NULL,
  PRIMARY KEY (workspace_id, kind, value),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX identifiers_by_party ON identifiers (workspace_id, party_id);
COMMENT ON TABLE identifiers IS 'projection of party.added and party.identified';

CREATE TABLE sources (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
COMMENT ON TABLE sources IS 'projection of source.opened';

CREATE TABLE runs (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  source_id uuid NOT NULL,
  record_id uuid NOT NULL,
  fingerprint text NOT NULL,
  settings jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'finished', 'cancelled')),
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  totals jsonb NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, id)
);
CREATE INDEX runs_by_start ON runs (workspace_id, started_at DESC, id);
COMMENT ON TABLE runs IS 'projection of source.run-started, source.covered and source.run-ended';

CREATE TABLE coverages (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  run_id uuid NOT NULL,
  step integer NOT NULL,
  next_container integer NOT NULL,
  next_resume jsonb,
  issues jsonb NOT NULL,
  PRIMARY KEY (workspace_id, record_id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES runs (workspace_id, id)
);
CREATE INDEX coverages_by_run ON coverages (workspace_id, run_id, step);
COMMENT ON TABLE coverages IS 'projection of source.covered: how far a run has read, and what it could not read';

CREATE TABLE containers (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  run_id uuid NOT NULL,
  position integer NOT NULL,
  name text NOT NULL,
  size_bytes bigint NOT NULL,
  sha256 bytea NOT NULL,
  items integer NOT NULL,
  frame_slot bigint,
  PRIMARY KEY (workspace_id, record_id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES runs (workspace_id, id)
);
CREATE INDEX containers_by_run ON containers (workspace_id, run_id, position);
COMMENT ON TABLE containers IS 'projection of source.container-read: files that held several items, and what is kept of them beside the items';

CREATE TABLE interactions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  source_id uuid NOT NULL,
  kind text NOT NULL,
  direction text CHECK (direction IN ('inbound', 'outbound', 'internal')),
  at timestamptz NOT NULL,
  at_source text NOT NULL,
  times jsonb NOT NULL,
  from_name text,
  from_address text,
  to_line text NOT NULL,
  subject text,
  text text NOT NULL,
  lead text NOT NULL,
  quoted_from integer,
  lang text NOT NULL,
  message_id text,
  reply_ids jsonb NOT NULL,
  has_html boolean NOT NULL,
  content_digest bytea NOT NULL,
  participants jsonb NOT NULL,
  attachments jsonb NOT NULL,
  issues jsonb NOT NULL,
  reader_version integer NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX interactions_by_time ON interactions (workspace_id, at DESC, id DESC);
CREATE INDEX interactions_by_content ON interactions (workspace_id, content_digest);
COMMENT ON TABLE interactions IS 'projection of interaction.recorded and the bytes of its original, as one reader version saw them';

CREATE TABLE originals (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  slot bigint NOT NULL,
  sha256 bytea NOT NULL,
  line_digest bytea NOT NULL,
  size_bytes bigint NOT NULL,
  media_type text NOT NULL,
  container text NOT NULL,
  member text NOT NULL,
  start bigint NOT NULL,
  until bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, interaction_id) REFERENCES interactions (workspace_id, id)
);
CREATE INDEX originals_by_line_digest ON originals (workspace_id, line_digest);
CREATE INDEX originals_by_interaction ON originals (workspace_id, interaction_id);
COMMENT ON TABLE originals IS 'projection of interaction.recorded and interaction.also-seen: the exact bytes of an interaction, in each form they arrived';

CREATE TABLE filings (
  workspace_id uuid NOT NULL,
  party_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, party_id, interaction_id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id),
  FOREIGN KEY (workspace_id, interaction_id) REFERENCES interactions (workspace_id, id)
);
CREATE INDEX filings_by_time ON filings (workspace_id, party_id, at DESC, interaction_id DESC);
CREATE INDEX filings_by_interaction ON filings (workspace_id, interaction_id);
COMMENT ON TABLE filings IS 'projection of interaction.filed and interaction.unfiled';

CREATE TABLE search_rows (
  workspace_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  at timestamptz NOT NULL,
  analyser_version integer NOT NULL,
  lexemes tsvector NOT NULL,
  PRIMARY KEY (workspace_id, interaction_id)
);
-- The vectors lie beside the table, so that counting a common word reads few pages.
ALTER TABLE search_rows ALTER COLUMN lexemes SET STORAGE EXTERNAL;
ALTER TABLE search_rows SET (toast_tuple_target = 128);
CREATE INDEX search_rows_by_lexeme ON search_rows USING gin (lexemes) WITH (gin_pending_list_limit = 16384);
COMMENT ON TABLE search_rows IS 'projection of the interactions'' text, by our own analyser';

CREATE TABLE thread_members (
  workspace_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  thread_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, interaction_id)
);
CREATE INDEX thread_members_by_thread ON thread_members (workspace_id, thread_id);
COMMENT ON TABLE thread_members IS 'projection: which conversation an interaction belongs to';

CREATE TABLE thread_keys (
  workspace_id uuid NOT NULL,
  key_digest bytea NOT NULL,
  thread_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, key_digest)
);
CREATE INDEX thread_keys_by_thread ON thread_keys (workspace_id, thread_id);
COMMENT ON TABLE thread_keys IS 'projection: the Message-IDs a conversation is known by';

CREATE TABLE bundles (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  manifest_sha256 bytea NOT NULL,
  exhibits integer NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
COMMENT ON TABLE bundles IS 'projection of bundle.created';

CREATE TABLE bates_numbers (
  workspace_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  number bigint NOT NULL,
  PRIMARY KEY (workspace_id, interaction_id)
);
CREATE UNIQUE INDEX bates_by_number ON bates_numbers (workspace_id, number);
COMMENT ON TABLE bates_numbers IS 'projection of bundle.created: a number once given is never given again';
