-- One text for SQLite and PostgreSQL. {text}, {bytes} and {clustered} are filled by migrate.rs.

CREATE TABLE installation (
    id BIGINT NOT NULL PRIMARY KEY,
    key_fingerprint {bytes} NOT NULL,
    created_at BIGINT NOT NULL,
    rules_version BIGINT NOT NULL
);

CREATE TABLE accounts (
    id UUID NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    created_at BIGINT NOT NULL,
    audit_number BIGINT NOT NULL,
    rules_version BIGINT NOT NULL
);

CREATE TABLE people (
    id UUID NOT NULL PRIMARY KEY,
    email {text} NOT NULL,
    email_hash {bytes} NOT NULL,
    name {text} NOT NULL,
    password_hash {text} NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_by_email ON people (email_hash);

CREATE TABLE sign_ins (
    id UUID NOT NULL PRIMARY KEY,
    token_hash {bytes} NOT NULL,
    person_id UUID NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    device {text} NOT NULL
);
CREATE UNIQUE INDEX sign_ins_by_token ON sign_ins (token_hash);
CREATE INDEX sign_ins_by_person ON sign_ins (person_id);

CREATE TABLE teammates (
    account_id UUID NOT NULL REFERENCES accounts (id),
    person_id UUID NOT NULL REFERENCES people (id),
    access {text} NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT,
    PRIMARY KEY (account_id, person_id)
);
CREATE INDEX teammates_by_person ON teammates (person_id);

CREATE TABLE invites (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    email {text} NOT NULL,
    email_hash {bytes} NOT NULL,
    access {text} NOT NULL,
    generation BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    invited_by UUID NOT NULL REFERENCES people (id)
);
CREATE UNIQUE INDEX invites_by_address ON invites (account_id, email_hash);

CREATE TABLE projects (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    name {text} NOT NULL,
    is_main BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE UNIQUE INDEX projects_by_name ON projects (account_id, name) WHERE deleted_at IS NULL;

-- Rows stay as tombstones, so that an id is never used again.
CREATE TABLE environments (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    project_id UUID NOT NULL REFERENCES projects (id),
    name {text} NOT NULL,
    is_main_production BOOLEAN NOT NULL,
    time_zone {text} NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    purged_at BIGINT
);
CREATE INDEX environments_by_account ON environments (account_id);
CREATE UNIQUE INDEX environments_by_name ON environments (project_id, name) WHERE deleted_at IS NULL;

CREATE TABLE event_definitions (
    environment_id BIGINT NOT NULL REFERENCES environments (id),
    key UUID NOT NULL,
    name {text} NOT NULL,
    event_name {text} NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (environment_id, key)
);

CREATE TABLE reports (
    environment_id BIGINT NOT NULL REFERENCES environments (id),
    key UUID NOT NULL,
    name {text} NOT NULL,
    definition_key UUID NOT NULL,
    measure {text} NOT NULL,
    days BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (environment_id, key)
);

-- environment_id 0 is the list for all environments of the account.
CREATE TABLE excluded_ip_lists (
    account_id UUID NOT NULL REFERENCES accounts (id),
    environment_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (account_id, environment_id)
);

CREATE TABLE excluded_ips (
    account_id UUID NOT NULL REFERENCES accounts (id),
    environment_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    pattern {text} NOT NULL,
    note {text} NOT NULL,
    added_by UUID NOT NULL REFERENCES people (id),
    added_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, environment_id, position)
);

CREATE TABLE api_keys (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    key_hash {bytes} NOT NULL,
    created_at BIGINT NOT NULL,
    created_by UUID NOT NULL REFERENCES people (id),
    used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_keys_by_account ON api_keys (account_id);

CREATE TABLE audit_log (
    account_id UUID NOT NULL REFERENCES accounts (id),
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind {text} NOT NULL,
    actor_id UUID,
    actor_name {text} NOT NULL,
    deed {text} NOT NULL,
    PRIMARY KEY (account_id, number)
);

CREATE TABLE jobs (
    id UUID NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    payload {text} NOT NULL,
    run_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    attempts BIGINT NOT NULL
);
CREATE INDEX jobs_by_time ON jobs (run_at);

CREATE TABLE deletion_requests (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    state {text} NOT NULL,
    requested_by_kind {text} NOT NULL,
    requested_by UUID,
    requested_by_name {text} NOT NULL,
    created_at BIGINT NOT NULL,
    cut_at BIGINT NOT NULL,
    completed_at BIGINT,
    targets BIGINT NOT NULL,
    users_found BIGINT NOT NULL,
    users_erased BIGINT NOT NULL,
    events_erased BIGINT NOT NULL,
    properties_erased BIGINT NOT NULL,
    aliases_erased BIGINT NOT NULL
);
CREATE INDEX deletion_requests_by_account ON deletion_requests (account_id, id);

-- The users that the targets of a request lead to. The targets themselves are not kept: who is to be erased is written down no second time.
CREATE TABLE deletion_subjects (
    request_id UUID NOT NULL REFERENCES deletion_requests (id),
    environment_id BIGINT NOT NULL,
    user_key BIGINT NOT NULL,
    PRIMARY KEY (request_id, environment_id, user_key)
) {clustered};
CREATE INDEX deletion_subjects_by_user ON deletion_subjects (environment_id, user_key);

-- From here on: what is collected. Only numbers stand in keys and indexes; every key contains user_key, by which Citus distributes.
CREATE TABLE users (
    environment_id BIGINT NOT NULL,
    user_key BIGINT NOT NULL,
    key_hash {bytes} NOT NULL,
    identity {text},
    user_id BIGINT,
    audit_ref UUID NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (environment_id, user_key)
) {clustered};

CREATE TABLE user_properties (
    environment_id BIGINT NOT NULL,
    user_key BIGINT NOT NULL,
    property_key BIGINT NOT NULL,
    name {text} NOT NULL,
    value {text} NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (environment_id, user_key, property_key)
) {clustered};

-- An anonymous user who was identified. Where the same user id was identified as somebody else later, `next_key` is its new anonymous key.
CREATE TABLE aliases (
    environment_id BIGINT NOT NULL,
    user_key BIGINT NOT NULL,
    key_hash {bytes} NOT NULL,
    identified_key BIGINT NOT NULL,
    next_key BIGINT,
    received_at BIGINT NOT NULL,
    rehomed_at BIGINT,
    PRIMARY KEY (environment_id, user_key)
) {clustered};
CREATE INDEX aliases_by_identified ON aliases (environment_id, identified_key, received_at);

CREATE TABLE events (
    environment_id BIGINT NOT NULL,
    user_key BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    occurred_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    session_id {text},
    name_key BIGINT NOT NULL,
    name {text} NOT NULL,
    properties {text} NOT NULL,
    PRIMARY KEY (environment_id, user_key, event_id)
) {clustered};
CREATE INDEX events_by_name ON events (environment_id, name_key, occurred_at, user_key);
