-- What an entry of an export said before it was edited, oldest first: null where the export keeps nothing of that. Part of the
-- projection.
ALTER TABLE exported ADD COLUMN earlier jsonb;
