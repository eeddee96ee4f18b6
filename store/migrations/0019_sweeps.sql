-- For how many days an environment keeps what it received; for ever without a number.
ALTER TABLE privacy_settings ADD COLUMN retention_days BIGINT;

-- How a request goes over the environment that it is about, where it names nobody.
ALTER TABLE deletion_requests ADD COLUMN sweep {text};
UPDATE deletion_requests SET sweep = 'everything' WHERE environment_id IS NOT NULL;

-- The settings by which a request scrubs, as JSON.
ALTER TABLE deletion_requests ADD COLUMN rules {text};
