-- An entry's interaction, for whoever follows the ledger, and for erasing.
CREATE UNIQUE INDEX interactions_by_record ON interactions (workspace_id, record_id);
