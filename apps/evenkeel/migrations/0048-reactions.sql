-- Who set a sign under an entry of an export, and when, where it says so: null where nobody did. Part of the projection.
ALTER TABLE exported ADD COLUMN reactions jsonb;
