-- The environment of which everything goes, where nobody is named.
ALTER TABLE deletion_requests ADD COLUMN environment_id BIGINT;
CREATE INDEX deletion_requests_by_environment ON deletion_requests (environment_id, state);

-- A second person who has to approve a request before it begins.
ALTER TABLE deletion_requests ADD COLUMN awaits_approval BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE deletion_requests ADD COLUMN approved_at BIGINT;
ALTER TABLE deletion_requests ADD COLUMN approved_by_name {text};
ALTER TABLE accounts ADD COLUMN approval {text} NOT NULL DEFAULT 'never';

-- Rows of companies and of their properties, which go with everything in an environment.
ALTER TABLE deletion_counts ADD COLUMN companies BIGINT NOT NULL DEFAULT 0;

-- Files of users to erase, between their upload and the request that is made of them: an hour at most.
CREATE TABLE deletion_uploads (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    repeated BIGINT NOT NULL,
    names {text} NOT NULL
);
CREATE INDEX deletion_uploads_by_account ON deletion_uploads (account_id, created_at);
