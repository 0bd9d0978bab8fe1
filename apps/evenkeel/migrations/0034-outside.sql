-- Outside anchors besides time-stamps: witnesses, blocks, what is said of certificates, heads that left with a letter.
ALTER TABLE anchors ADD COLUMN kind text NOT NULL DEFAULT 'stamp' CHECK (kind IN ('stamp', 'cosignature', 'block', 'revocation', 'carried'));
ALTER TABLE anchors ADD COLUMN said jsonb;
CREATE INDEX anchors_by_kind ON anchors (workspace_id, kind, size);
COMMENT ON TABLE anchors IS 'projection of log.anchored, log.anchor-failed, log.anchor-cosigned, log.anchor-refused, log.anchor-ots, log.anchor-revocation and log.anchor-carried';

CREATE TABLE witnesses (
  workspace_id uuid NOT NULL,
  -- As its key says.
  name text NOT NULL,
  vkey text NOT NULL,
  url text NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
COMMENT ON TABLE witnesses IS 'private: who is shown each head, and by which key they sign';

-- Who of those that are asked did not answer, and since when.
CREATE TABLE anchor_silences (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  since timestamptz NOT NULL,
  tried_at timestamptz NOT NULL,
  times integer NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
COMMENT ON TABLE anchor_silences IS 'private: who outside has not answered since when';

-- Whose letters carry the hash of the signed head.
CREATE TABLE head_carriers (
  workspace_id uuid NOT NULL,
  party_id uuid NOT NULL,
  record_id uuid NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, party_id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
COMMENT ON TABLE head_carriers IS 'projection of outbox.head-chosen';
