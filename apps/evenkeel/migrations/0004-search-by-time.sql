-- The newest hits of a common word: read from the newest row on until enough have it.
CREATE INDEX search_rows_by_time ON search_rows (workspace_id, at DESC, interaction_id DESC);
