-- Counting what a client's messages answer and is not here read every answer of theirs: seconds at 100,000 messages, each
-- time somebody looked. Those that are not here are few.
CREATE TABLE missing_names (
  workspace_id uuid NOT NULL,
  -- The message that answers.
  interaction_id uuid NOT NULL,
  -- SHA-256 of the Message-ID that it names.
  name bytea NOT NULL,
  record_id uuid NOT NULL,
  -- From 1: whether it is answered itself, or further back.
  place integer NOT NULL,
  PRIMARY KEY (workspace_id, interaction_id, name)
);
CREATE INDEX missing_names_by_name ON missing_names (workspace_id, name);
INSERT INTO missing_names (workspace_id, interaction_id, name, record_id, place)
SELECT m.workspace_id, m.interaction_id, a.name, m.record_id, min(a.place)
FROM thread_members m CROSS JOIN LATERAL unnest(m.answers) WITH ORDINALITY AS a(name, place)
WHERE NOT EXISTS (SELECT 1 FROM thread_members h WHERE h.workspace_id = m.workspace_id AND h.name = a.name)
GROUP BY m.workspace_id, m.interaction_id, a.name, m.record_id;
COMMENT ON TABLE missing_names IS 'projection: which messages are answered by one that is here, and are not here themselves';
