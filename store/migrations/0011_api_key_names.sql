-- What a key is for. Those made before have none.
ALTER TABLE api_keys ADD COLUMN name {text} NOT NULL DEFAULT '';
