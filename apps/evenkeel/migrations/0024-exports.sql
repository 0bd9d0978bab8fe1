-- Entries of exports: chats, calls, calendars. The bytes of each are an original like any other; what must be known beside
-- them to read them again lies here.
CREATE TABLE exported (
  workspace_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  run_id uuid,
  container text NOT NULL,
  format text NOT NULL,
  platform text NOT NULL,
  conversation jsonb NOT NULL,
  context jsonb NOT NULL,
  zone jsonb,
  is_rebuilt boolean NOT NULL,
  recipients jsonb NOT NULL,
  files jsonb NOT NULL,
  state text,
  edited_at text,
  sent_raw text,
  duration_sec double precision,
  reread_record_id uuid,
  PRIMARY KEY (workspace_id, interaction_id),
  FOREIGN KEY (workspace_id, interaction_id) REFERENCES interactions (workspace_id, id)
);
CREATE INDEX exported_by_run ON exported (workspace_id, run_id, container);
CREATE INDEX exported_by_conversation ON exported (workspace_id, platform, (conversation ->> 'id'));
COMMENT ON TABLE exported IS 'projection of interaction.exported and interaction.reread: what an export says of an entry beside its words, and what was guessed to read it';
COMMENT ON TABLE attached IS 'projection of interaction.noted and interaction.exported: files beside words recorded by hand or taken along by an entry of an export, and the words where the original is something else';
