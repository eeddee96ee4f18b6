-- Exports of what was collected of a user. The name that was asked for stands in the archive alone.
CREATE TABLE exports (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    state {text} NOT NULL,
    requested_by_kind {text} NOT NULL,
    requested_by_name {text} NOT NULL,
    created_at BIGINT NOT NULL,
    cut_at BIGINT NOT NULL,
    users_found BIGINT NOT NULL,
    environments BIGINT NOT NULL,
    events BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    expires_at BIGINT,
    failure {text}
);
CREATE INDEX exports_by_account ON exports (account_id, id);

-- Whose data is in an archive, for as long as there is one: by these a deletion request finds it.
CREATE TABLE export_subjects (
    export_id UUID NOT NULL REFERENCES exports (id),
    environment_id BIGINT NOT NULL,
    user_key BIGINT NOT NULL,
    PRIMARY KEY (export_id, environment_id, user_key)
) {clustered};
CREATE INDEX export_subjects_by_user ON export_subjects (environment_id, user_key);

-- An archive is its parts, one behind the other.
CREATE TABLE export_parts (
    export_id UUID NOT NULL REFERENCES exports (id),
    file BIGINT NOT NULL,
    number BIGINT NOT NULL,
    bytes {bytes} NOT NULL,
    PRIMARY KEY (export_id, file, number)
);
