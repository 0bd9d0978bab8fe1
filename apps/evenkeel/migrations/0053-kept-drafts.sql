-- A reply that somebody chose to keep before it is sent. Its words lie under seal: to delete it is to overwrite its slot,
-- so that no page and no log of the database can tell them afterwards.
CREATE TABLE kept_drafts (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  party_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  actor text NOT NULL,
  slot bigint NOT NULL,
  sealed bytea NOT NULL,
  commitment bytea NOT NULL,
  kept_at timestamptz NOT NULL,
  until text NOT NULL CHECK (until IN ('sent', '7-days', '30-days', 'deleted')),
  due_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX kept_drafts_by_message ON kept_drafts (workspace_id, interaction_id);
COMMENT ON TABLE kept_drafts IS 'private: drafts of replies that a member chose to keep, each their own, in no record and no bundle';
