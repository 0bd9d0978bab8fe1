-- Words taken out of a copy, and the head shown to somebody outside, are acts of their own in the list of accesses.
ALTER TABLE custody_lines DROP CONSTRAINT custody_lines_act_check;
ALTER TABLE custody_lines ADD CONSTRAINT custody_lines_act_check CHECK (act IN ('opening', 'export', 'bundle', 'redaction', 'verification', 'anchor', 'erasure', 'backup', 'setting'));
