-- Whose data is not collected again after a deletion request: keyed hashes of names, which lead to nobody, and the user keys that these led to, among them devices whose numbers nobody named.
CREATE TABLE suppressions (
    account_id UUID NOT NULL REFERENCES accounts (id),
    hash BIGINT NOT NULL,
    request_id UUID NOT NULL REFERENCES deletion_requests (id),
    created_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    is_name BOOLEAN NOT NULL,
    PRIMARY KEY (account_id, hash, request_id)
);
CREATE INDEX suppressions_by_request ON suppressions (request_id);

ALTER TABLE deletion_requests ADD COLUMN suppress_until BIGINT;
