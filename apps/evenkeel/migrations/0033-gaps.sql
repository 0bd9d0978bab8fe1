-- What is missing: which messages are named but not here, which exports showed an entry, and how folders were read.
ALTER TABLE thread_members ADD COLUMN name bytea;
ALTER TABLE thread_members ADD COLUMN answers bytea[] NOT NULL DEFAULT '{}';
UPDATE thread_members m SET name = sha256(convert_to(i.message_id, 'UTF8')),
  answers = ARRAY(SELECT sha256(convert_to(named, 'UTF8')) FROM jsonb_array_elements_text(i.reply_ids) WITH ORDINALITY AS r(named, place)
    ORDER BY place DESC LIMIT 100)
FROM interactions i WHERE i.workspace_id = m.workspace_id AND i.id = m.interaction_id;
CREATE INDEX thread_members_by_name ON thread_members (workspace_id, name) WHERE name IS NOT NULL;
COMMENT ON TABLE thread_members IS 'projection: which conversation an interaction belongs to, what it is named by (SHA-256 of its Message-ID) and which messages it answers';

-- The few whose originals say that something of them is not there. The condition stands in gaps.store.ts too.
CREATE INDEX interactions_incomplete ON interactions (workspace_id, id) WHERE issues @? '$[*].code ? (@ == "file-not-exported" || @ == "attachment-missing" || @ == "file-elsewhere" || @ == "text-not-exported" || @ == "encrypted" || @ == "message-in-pieces" || @ == "boundary-not-closed" || @ == "undecodable-bytes" || @ == "too-deep" || @ == "too-many-parts" || @ == "reader-failed")';
CREATE INDEX interactions_by_source ON interactions (workspace_id, source_id, id);

CREATE TABLE seen_in_exports (
  workspace_id uuid NOT NULL,
  interaction_id uuid NOT NULL,
  run_id uuid NOT NULL,
  -- Which file of the run it was.
  container integer NOT NULL,
  record_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, interaction_id, run_id, container)
);
COMMENT ON TABLE seen_in_exports IS 'projection of source.covered: in which exports an entry was seen, the first time and again';

CREATE TABLE folder_readings (
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL,
  source_id uuid NOT NULL,
  path text NOT NULL,
  uid_validity text NOT NULL,
  -- From this UID to until_uid everything was looked at for the first time, and the server showed so many messages there;
  -- null where that was not written down.
  new_from bigint,
  listed bigint,
  until_uid bigint NOT NULL,
  uid_next bigint NOT NULL,
  messages bigint NOT NULL,
  highest_modseq text,
  kept integer NOT NULL,
  gone bigint[] NOT NULL,
  -- When it was looked at before, null the first time, or where that was not written down.
  looked_at timestamptz,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, record_id)
);
CREATE INDEX folder_readings_by_folder ON folder_readings (workspace_id, source_id, path, record_id);
INSERT INTO folder_readings (workspace_id, record_id, source_id, path, uid_validity, until_uid, uid_next, messages, highest_modseq, kept, gone, seen_at)
SELECT f.workspace_id, f.record_id, r.source_id, f.path, f.uid_validity, f.until_uid, f.uid_next, f.messages, f.highest_modseq, 0, '{}', f.seen_at
FROM mail_folders f JOIN runs r ON r.workspace_id = f.workspace_id AND r.id = f.run_id;
COMMENT ON TABLE folder_readings IS 'projection of source.folder-read and source.folder-read.2: each reading of a folder of a mailbox, what the server showed and what it did not show any more';

CREATE INDEX entries_erased ON entries (workspace_id, index) WHERE erased_at IS NOT NULL;
