-- Whose an address is may turn out otherwise: it is moved, and whom somebody said to be two people stay two.
COMMENT ON TABLE identifiers IS 'projection of party.added, party.identified and party.identifier-moved';

CREATE TABLE kept_apart (
  workspace_id uuid NOT NULL,
  party_id uuid NOT NULL,
  other_id uuid NOT NULL,
  record_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, party_id, other_id),
  FOREIGN KEY (workspace_id, party_id) REFERENCES parties (workspace_id, id),
  FOREIGN KEY (workspace_id, other_id) REFERENCES parties (workspace_id, id)
);
COMMENT ON TABLE kept_apart IS 'projection of party.kept-apart: of whom somebody said that they are not one; each pair once, the lesser id first';
