-- Two points that are one, and a point that is two: numbers stay, steps stay, only what is counted moves.
ALTER TABLE points ADD COLUMN merged_into uuid;
ALTER TABLE points ADD COLUMN split_from uuid;
ALTER TABLE points DROP CONSTRAINT points_state_check;
ALTER TABLE points ADD CONSTRAINT points_state_check CHECK (state IN ('open', 'answered', 'agreed', 'closed', 'withdrawn', 'merged'));
CREATE INDEX points_merged ON points (workspace_id, merged_into) WHERE merged_into IS NOT NULL;
ALTER TABLE point_cites DROP CONSTRAINT point_cites_role_check;
ALTER TABLE point_cites ADD CONSTRAINT point_cites_role_check CHECK (role IN ('asked', 'answer', 'agreed', 'terms', 'expected', 'new_fact', 'supports', 'contradicts', 'neither', 'moved'));
