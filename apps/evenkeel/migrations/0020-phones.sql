-- Phones that a member added. A phone writes the notes of a live session and reads nothing of the record. Its code and its
-- token are kept as hashes only: who reads this table can pretend to be no phone.
CREATE TABLE phones (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  name text NOT NULL,
  code_hash bytea,
  code_until timestamptz NOT NULL,
  token_hash bytea,
  added_at timestamptz NOT NULL,
  paired_at timestamptz,
  seen_at timestamptz,
  removed_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members (workspace_id, id)
);
CREATE UNIQUE INDEX phones_by_token ON phones (workspace_id, token_hash) WHERE token_hash IS NOT NULL;
COMMENT ON TABLE phones IS 'private: phones that may write notes of a live session';
