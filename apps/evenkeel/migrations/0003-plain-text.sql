-- Compressing the text costs a sixth of what the database does in an import, and every search opens it again.
ALTER TABLE interactions ALTER COLUMN text SET STORAGE EXTERNAL;
