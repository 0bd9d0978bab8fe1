-- The names we have, the one that each party knows, and what was shown of us.
CREATE TABLE our_names (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('legal', 'stage', 'brand')),
  name text NOT NULL,
  retired_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
COMMENT ON TABLE our_names IS 'projection of party.our-name-added and party.our-name-retired';

CREATE TABLE known_names (
  workspace_id uuid NOT NULL,
  party_id uuid NOT NULL,
  record_id uuid NOT NULL,
  -- Null when they know the name of the workspace.
  name_id uuid,
  known_since timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, party_id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id),
  FOREIGN KEY (workspace_id, name_id) REFERENCES our_names (workspace_id, id)
);
COMMENT ON TABLE known_names IS 'projection of party.knows-us-as';

CREATE TABLE shown_names (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  party_id uuid NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  shown_in text NOT NULL,
  of_id uuid NOT NULL,
  shown_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, record_id, number),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id)
);
CREATE INDEX shown_names_by_party ON shown_names (workspace_id, party_id, shown_at);
COMMENT ON TABLE shown_names IS 'projection of party.name-shown';

CREATE TABLE bundle_disclosures (
  workspace_id uuid NOT NULL,
  bundle_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  choice text NOT NULL CHECK (choice IN ('send', 'withhold')),
  kinds text[] NOT NULL,
  PRIMARY KEY (workspace_id, bundle_id, interaction_id),
  FOREIGN KEY (workspace_id, bundle_id) REFERENCES bundles (workspace_id, id)
);
COMMENT ON TABLE bundle_disclosures IS 'projection of bundle.disclosed';

ALTER TABLE bundles ADD COLUMN carries text;

CREATE TABLE locked_sessions (
  workspace_id uuid NOT NULL,
  session_id text NOT NULL,
  locked_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, session_id)
);
COMMENT ON TABLE locked_sessions IS 'private: sessions that answer nothing until the password is given again';

CREATE TABLE screen_settings (
  workspace_id uuid NOT NULL,
  actor text NOT NULL,
  lock_after_min integer CHECK (lock_after_min BETWEEN 1 AND 240),
  cover_key text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, actor)
);
COMMENT ON TABLE screen_settings IS 'private: when the screen of a member locks by itself, and the key that covers it';
