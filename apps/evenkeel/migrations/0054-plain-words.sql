CREATE TABLE plain_words (
  workspace_id uuid NOT NULL,
  party_id uuid NOT NULL,
  lang text NOT NULL CHECK (lang IN ('en', 'ru', 'fi')),
  term text NOT NULL,
  -- In small letters: one term in one language has one meaning to a client.
  folded text NOT NULL,
  plain text NOT NULL,
  kept_by text NOT NULL,
  kept_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, party_id, lang, folded),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
COMMENT ON TABLE plain_words IS 'private: terms of ours that a client may not know, each with the plain words we use to them instead';
