-- The record: append-only. Everything else that matters is rebuilt from these tables, the packs and the slots.
CREATE TABLE entries (
  workspace_id uuid NOT NULL,
  index bigint NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL,
  leaf bytea NOT NULL CHECK (octet_length(leaf) = 69),
  sealed bytea NOT NULL,
  slot bigint NOT NULL,
  erased_at timestamptz,
  PRIMARY KEY (workspace_id, index)
);
-- The envelope is already ciphertext: trying to compress it only costs time.
ALTER TABLE entries ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX entries_by_id ON entries (workspace_id, id);
COMMENT ON TABLE entries IS 'record: one line of the ledger each';

-- level 0 and up: 256 hashes a row (C2SP tlog-tiles); level -1: the 256 leaves below a level 0 tile.
CREATE TABLE tiles (
  workspace_id uuid NOT NULL,
  level smallint NOT NULL,
  n bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (workspace_id, level, n)
);
ALTER TABLE tiles ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE tiles IS 'record: full tiles of the tree and their leaves';

CREATE TABLE log_heads (
  workspace_id uuid NOT NULL PRIMARY KEY,
  origin text NOT NULL,
  size bigint NOT NULL,
  range bytea NOT NULL
);
COMMENT ON TABLE log_heads IS 'record: the size of the ledger and the hashes that sum it up; locked while an entry gets its place';

CREATE TABLE streams (
  workspace_id uuid NOT NULL,
  stream text NOT NULL,
  slot bigint NOT NULL,
  length bigint NOT NULL,
  PRIMARY KEY (workspace_id, stream)
);
COMMENT ON TABLE streams IS 'record: where the secret of a stream''s tags lies and how many numbers were given';

CREATE TABLE objects (
  workspace_id uuid NOT NULL,
  slot bigint NOT NULL,
  pack integer NOT NULL,
  start bigint NOT NULL,
  length bigint NOT NULL,
  size_bytes bigint NOT NULL,
  commitment bytea NOT NULL,
  PRIMARY KEY (workspace_id, slot)
);
COMMENT ON TABLE objects IS 'record: where the ciphertext of an original lies';

CREATE TABLE packs (
  workspace_id uuid NOT NULL,
  pack integer NOT NULL,
  committed_end bigint NOT NULL,
  PRIMARY KEY (workspace_id, pack)
);
COMMENT ON TABLE packs IS 'record: how far each pack file is committed; what lies behind is cut off at the next start';

CREATE TABLE followers (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  next_index bigint NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
COMMENT ON TABLE followers IS 'private: how far each follower has read';

CREATE TABLE parked (
  workspace_id uuid NOT NULL,
  follower text NOT NULL,
  index bigint NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (workspace_id, follower, index)
);
COMMENT ON TABLE parked IS 'private: entries a follower could not handle after three tries';

CREATE TABLE workspaces (
  workspace_id uuid NOT NULL PRIMARY KEY,
  name text,
  zone text NOT NULL,
  own_addresses text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE workspaces IS 'private: the name and the settings of the one business in this folder';
