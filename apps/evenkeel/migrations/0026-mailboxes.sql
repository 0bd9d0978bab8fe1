-- Mailboxes that are read as mail arrives, and what was seen in them.
CREATE TABLE mailboxes (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('imap', 'receiving')),
  address text NOT NULL,
  settings jsonb NOT NULL,
  -- Passwords and tokens under the workspace key; null where there are none.
  secret bytea,
  allows text NOT NULL CHECK (allows IN ('chosen', 'known')),
  is_on boolean NOT NULL,
  source_id uuid,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  tried_at timestamptz,
  read_at timestamptz,
  problem text,
  PRIMARY KEY (workspace_id, id)
);
COMMENT ON TABLE mailboxes IS 'private: how mailboxes are reached, whose mail is taken from them, and how it went last';

CREATE TABLE mailbox_parties (
  workspace_id uuid NOT NULL,
  mailbox_id uuid NOT NULL,
  party_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, mailbox_id, party_id),
  FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailboxes (workspace_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE mailbox_parties IS 'private: whose mail is taken from a mailbox, where it is not everybody''s that we know';

CREATE TABLE mail_folders (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  path text NOT NULL,
  record_id uuid NOT NULL,
  uid_validity text NOT NULL,
  -- Everything up to this UID was looked at.
  until_uid bigint NOT NULL,
  uid_next bigint NOT NULL,
  messages bigint NOT NULL,
  highest_modseq text,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, run_id, path),
  FOREIGN KEY (workspace_id, run_id) REFERENCES runs (workspace_id, id)
);
COMMENT ON TABLE mail_folders IS 'projection of source.folder-read: how far each folder of a mailbox was read';

CREATE TABLE mail_uids (
  workspace_id uuid NOT NULL,
  source_id uuid NOT NULL,
  path text NOT NULL,
  uid_validity text NOT NULL,
  uid bigint NOT NULL,
  sha256 bytea NOT NULL,
  record_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  size_bytes bigint NOT NULL,
  -- When the server says that it took the message in.
  arrived_at timestamptz,
  seen_at timestamptz NOT NULL,
  gone_at timestamptz,
  PRIMARY KEY (workspace_id, source_id, path, uid_validity, uid, sha256)
);
CREATE INDEX mail_uids_by_interaction ON mail_uids (workspace_id, interaction_id);
COMMENT ON TABLE mail_uids IS 'projection of source.folder-read: under which number a mailbox showed which bytes';

CREATE TABLE mail_envelopes (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  mail_from text NOT NULL,
  rcpt_to jsonb NOT NULL,
  peer text NOT NULL,
  greeting text,
  client text,
  protocol text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, record_id)
);
CREATE INDEX mail_envelopes_by_interaction ON mail_envelopes (workspace_id, interaction_id);
COMMENT ON TABLE mail_envelopes IS 'projection of source.mail-received: with what envelope a mail was handed to us';

CREATE TABLE sender_checks (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('pass', 'unverified')),
  result jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, record_id)
);
CREATE INDEX sender_checks_by_interaction ON sender_checks (workspace_id, interaction_id);
COMMENT ON TABLE sender_checks IS 'projection of sender.checked: what the sender''s domain said of a mail in the hour in which it came';
