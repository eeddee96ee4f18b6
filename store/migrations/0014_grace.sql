-- For how many hours a request that was made in the console can be taken back.
ALTER TABLE accounts ADD COLUMN grace_hours BIGINT NOT NULL DEFAULT 24;

-- When erasing begins, and why it did not go on. Requests from before began at once.
ALTER TABLE deletion_requests ADD COLUMN erase_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE deletion_requests ADD COLUMN failure {text};
