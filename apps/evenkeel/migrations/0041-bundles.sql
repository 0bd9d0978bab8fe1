-- The list of bundles says by whom each was made, under which numbers its exhibits go, and what else it holds.
ALTER TABLE bundles ADD COLUMN made_by text;
UPDATE bundles b SET made_by = e.actor FROM entries e WHERE e.workspace_id = b.workspace_id AND e.id = b.record_id;
ALTER TABLE bundles ALTER COLUMN made_by SET NOT NULL;
ALTER TABLE bundles ADD COLUMN first_number bigint;
ALTER TABLE bundles ADD COLUMN last_number bigint;
ALTER TABLE bundles ADD COLUMN is_picked boolean;
ALTER TABLE bundles ADD COLUMN holds text[] NOT NULL DEFAULT '{}';
CREATE INDEX bundles_by_manifest ON bundles (workspace_id, manifest_sha256);
COMMENT ON TABLE bundles IS 'projection of bundle.created, bundle.described, bundle.disclosed and bundle.for-subject';
