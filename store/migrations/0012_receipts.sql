-- What went from each environment, counted in the transactions that erase.
CREATE TABLE deletion_counts (
    request_id UUID NOT NULL REFERENCES deletion_requests (id),
    environment_id BIGINT NOT NULL,
    users BIGINT NOT NULL,
    events BIGINT NOT NULL,
    properties BIGINT NOT NULL,
    aliases BIGINT NOT NULL,
    PRIMARY KEY (request_id, environment_id)
);

-- Hashes of whom a request is about, by a random key that is kept nowhere; and, once it is complete, what is signed.
CREATE TABLE receipts (
    request_id UUID NOT NULL PRIMARY KEY REFERENCES deletion_requests (id),
    identifiers BIGINT NOT NULL,
    hashes {bytes} NOT NULL,
    document {text},
    signature {bytes}
);

ALTER TABLE deletion_requests ADD COLUMN scrubbed {text};
