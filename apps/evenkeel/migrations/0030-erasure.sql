-- Erasing keeps no names: what is said here of what went are ids, counts, a ground and a reason.
CREATE TABLE erasures (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  changed_record_id uuid NOT NULL,
  scope text NOT NULL CHECK (scope IN ('party', 'record')),
  subject_id uuid NOT NULL,
  also uuid[] NOT NULL,
  ground text NOT NULL,
  reason text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'refused', 'erased')),
  asked_at timestamptz NOT NULL,
  asked_by text NOT NULL,
  until timestamptz,
  holds uuid[] NOT NULL,
  review_at timestamptz,
  erased_at timestamptz,
  erased_by text,
  second jsonb,
  entries integer,
  objects integer,
  reach text,
  keys_copied_at timestamptz,
  highest_number bigint,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX erasures_by_subject ON erasures (workspace_id, subject_id);
COMMENT ON TABLE erasures IS 'projection of erasure.asked, erasure.refused and erasure.done';

-- What is being erased: written before the first slot is overwritten, taken away with the receipt.
CREATE TABLE erasure_work (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  actor text NOT NULL,
  plan jsonb NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
COMMENT ON TABLE erasure_work IS 'private: an erasure that has begun and goes on after a crash; ids only';

CREATE TABLE erased_digests (
  workspace_id uuid NOT NULL,
  digest bytea NOT NULL,
  erasure_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, digest)
);
COMMENT ON TABLE erased_digests IS 'record: keyed digests of erased originals, so that they are not brought in again unasked';

CREATE TABLE retention_periods (
  workspace_id uuid NOT NULL,
  kind text NOT NULL,
  months integer NOT NULL CHECK (months BETWEEN 1 AND 1200),
  since date NOT NULL,
  reason text NOT NULL,
  set_at timestamptz NOT NULL,
  set_by text NOT NULL,
  PRIMARY KEY (workspace_id, kind)
);
COMMENT ON TABLE retention_periods IS 'private: how long each kind of record is kept before erasing it is proposed';

CREATE TABLE custody_lines (
  workspace_id uuid NOT NULL,
  number bigint NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  role text NOT NULL,
  act text NOT NULL CHECK (act IN ('opening', 'export', 'bundle', 'verification', 'erasure', 'backup', 'setting')),
  operation text NOT NULL,
  subject_id uuid,
  PRIMARY KEY (workspace_id, number)
);
CREATE INDEX custody_lines_by_subject ON custody_lines (workspace_id, subject_id, number DESC);
COMMENT ON TABLE custody_lines IS 'record: who opened, exported, checked or erased what, and when; ids only';

CREATE TABLE custody_seals (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  until_number bigint NOT NULL,
  digest bytea NOT NULL,
  sealed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, record_id)
);
CREATE INDEX custody_seals_by_number ON custody_seals (workspace_id, until_number);
COMMENT ON TABLE custody_seals IS 'projection of custody.sealed: up to which line the list of accesses is bound by the ledger';

CREATE TABLE custody_settings (
  workspace_id uuid NOT NULL PRIMARY KEY,
  notes_reading boolean NOT NULL,
  set_at timestamptz NOT NULL,
  set_by text NOT NULL
);
COMMENT ON TABLE custody_settings IS 'private: whether ordinary reading by members is noted too; every member is told';
