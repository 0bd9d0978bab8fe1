-- What a person says that a mail is written in, where its own word for that is missing or wrong.
ALTER TABLE interactions ADD COLUMN read_as text, ADD COLUMN read_as_record_id uuid;
CREATE INDEX interactions_read_as ON interactions (workspace_id, read_as_record_id) WHERE read_as_record_id IS NOT NULL;
