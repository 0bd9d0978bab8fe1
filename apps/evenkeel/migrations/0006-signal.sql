-- What the language engine sees in the other side's words. Working aids: rebuilt at will, in no bundle.
CREATE TABLE signal_readings (
  workspace_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  index bigint NOT NULL,
  input_sha256 bytea NOT NULL,
  lang text NOT NULL,
  method text NOT NULL,
  PRIMARY KEY (workspace_id, interaction_id)
);
CREATE INDEX signal_readings_by_method ON signal_readings (workspace_id, method);
CREATE INDEX signal_readings_by_index ON signal_readings (workspace_id, index);
COMMENT ON TABLE signal_readings IS 'projection of interaction.recorded: which words of the other side were read, and by which engine, packs and profile';

CREATE TABLE signals (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL,
  first_unit integer NOT NULL,
  end_unit integer NOT NULL,
  quote text NOT NULL,
  confidence double precision NOT NULL,
  band text NOT NULL CHECK (band IN ('low', 'possible', 'clear')),
  why text NOT NULL,
  pack text NOT NULL,
  engine text NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX signals_by_interaction ON signals (workspace_id, interaction_id, first_unit);
COMMENT ON TABLE signals IS 'projection of interaction.recorded: marked words, with their offsets in UTF-16 code units of the text';

CREATE TABLE signal_verdicts (
  workspace_id uuid NOT NULL,
  signal_id uuid NOT NULL,
  actor text NOT NULL,
  record_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('confirmed', 'dismissed')),
  note text,
  name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, signal_id, actor)
);
COMMENT ON TABLE signal_verdicts IS 'private: who confirmed or dismissed marked words, as a working note';

CREATE TABLE rule_switches (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  rule text NOT NULL,
  party_id uuid,
  reason text NOT NULL,
  off_by text NOT NULL,
  off_at timestamptz NOT NULL,
  on_by text,
  on_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX rule_switches_by_party ON rule_switches (workspace_id, party_id);
COMMENT ON TABLE rule_switches IS 'private: which rules were turned off, for everybody or for one client, why, and when they were turned on again';

CREATE TABLE language_settings (
  workspace_id uuid NOT NULL PRIMARY KEY,
  profile text CHECK (profile IN ('performer')),
  place text,
  reply_days integer NOT NULL,
  work_days integer[] NOT NULL,
  work_from text NOT NULL,
  work_until text NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);
COMMENT ON TABLE language_settings IS 'private: how texts are read here, and the hours and the pace we answer in';

CREATE TABLE signals_seen (
  workspace_id uuid NOT NULL,
  actor text NOT NULL,
  next_index bigint NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, actor)
);
COMMENT ON TABLE signals_seen IS 'private: up to which entry each member has seen the new marked words';
