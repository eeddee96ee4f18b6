-- The newest cut of any deletion request: what is received later has a later time, whatever a clock was set back by.
ALTER TABLE installation ADD COLUMN newest_cut BIGINT NOT NULL DEFAULT 0;
UPDATE installation SET newest_cut = COALESCE((SELECT MAX(cut_at) FROM deletion_requests), 0);
