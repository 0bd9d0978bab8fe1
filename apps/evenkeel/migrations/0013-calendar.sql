-- The calendar that promises and dates are counted on, and the two ways in which it meets other calendars.
CREATE TABLE calendar_settings (
  workspace_id uuid NOT NULL PRIMARY KEY,
  country text,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);
COMMENT ON TABLE calendar_settings IS 'private: whose public holidays are ours';

CREATE TABLE days_off (
  workspace_id uuid NOT NULL,
  date date NOT NULL,
  name text NOT NULL,
  is_working boolean NOT NULL,
  reason text,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, date)
);
COMMENT ON TABLE days_off IS 'private: dates on which we do not work, or do although the calendar says otherwise';

CREATE TABLE calendar_feeds (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  actor text NOT NULL,
  token_sha256 bytea NOT NULL,
  has_names boolean NOT NULL,
  lang text NOT NULL CHECK (lang IN ('en', 'ru', 'fi')),
  made_at timestamptz NOT NULL,
  read_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
COMMENT ON TABLE calendar_feeds IS 'private: addresses at which a calendar program reads what is due; of each only a digest of its secret part';

CREATE TABLE own_calendars (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  actor text NOT NULL,
  name text NOT NULL,
  address text,
  has_titles boolean NOT NULL,
  added_at timestamptz NOT NULL,
  tried_at timestamptz NOT NULL,
  read_at timestamptz,
  problem text,
  left_out integer NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
);
COMMENT ON TABLE own_calendars IS 'private: calendars of our own that promises are checked against; they are only read';

CREATE TABLE own_busy_times (
  workspace_id uuid NOT NULL,
  calendar_id uuid NOT NULL,
  number integer NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  is_whole_day boolean NOT NULL,
  title text,
  PRIMARY KEY (workspace_id, calendar_id, number),
  FOREIGN KEY (workspace_id, calendar_id) REFERENCES own_calendars (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX own_busy_times_by_end ON own_busy_times (workspace_id, ends_at);
COMMENT ON TABLE own_busy_times IS 'private: when we are busy in the year to come, as our own calendars said; titles only where that was chosen';
