-- What was read of letters that came inside a mail, to the fifth level: null where there is none. Part of the projection.
ALTER TABLE interactions ADD COLUMN letters jsonb;
-- Nobody sorts by it: it is not looked through for the planner.
ALTER TABLE interactions ALTER COLUMN letters SET STATISTICS 0;
