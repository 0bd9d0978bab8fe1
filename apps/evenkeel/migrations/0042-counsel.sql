-- Counsel is somebody from outside who sees one case until a day.
ALTER TABLE invitations DROP CONSTRAINT invitations_role_check;
ALTER TABLE invitations ADD CONSTRAINT invitations_role_check CHECK (role IN ('owner', 'manager', 'agent', 'counsel', 'auditor'));
ALTER TABLE invitations ADD COLUMN case_id uuid;
ALTER TABLE invitations ADD COLUMN case_until timestamptz;
ALTER TABLE invitations ADD CONSTRAINT invitations_case_check
  CHECK ((role = 'counsel') = (case_id IS NOT NULL) AND (case_id IS NULL) = (case_until IS NULL));
ALTER TABLE members ADD COLUMN case_id uuid;
ALTER TABLE members ADD COLUMN case_until timestamptz;
ALTER TABLE members ADD CONSTRAINT members_case_check CHECK ((case_id IS NULL) = (case_until IS NULL) AND (case_id IS NULL OR role = 'counsel'));
