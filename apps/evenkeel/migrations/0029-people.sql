-- Who was asked to work here. A code is kept as its hash only: who reads this table can join as nobody.
CREATE TABLE invitations (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'manager', 'agent', 'auditor')),
  name text NOT NULL,
  code_hash bytea,
  until_at timestamptz NOT NULL,
  invited_at timestamptz NOT NULL,
  invited_by text NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX invitations_by_code ON invitations (workspace_id, code_hash) WHERE code_hash IS NOT NULL;
COMMENT ON TABLE invitations IS 'private: who was asked to work here and has not come yet';
-- Whoever left keeps the name under which the record knows them, and signs in no more.
ALTER TABLE members ADD COLUMN left_at timestamptz;
