-- When the first chunk of a request was erased, by which its pace is told.
ALTER TABLE deletion_requests ADD COLUMN began_at BIGINT;
