-- What is to be mailed: to whom, and about what. The text is made when it is sent, so no link that lets somebody in ever stands here.
CREATE TABLE outbox (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID REFERENCES accounts (id),
    kind {text} NOT NULL,
    recipient {text} NOT NULL,
    subject_id UUID,
    generation BIGINT NOT NULL,
    state {text} NOT NULL,
    answer {text},
    attempts BIGINT NOT NULL,
    queued_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    settled_at BIGINT
);
CREATE INDEX outbox_by_state ON outbox (state, due_at);
CREATE INDEX outbox_by_account ON outbox (account_id, queued_at);
CREATE INDEX outbox_by_subject ON outbox (subject_id);

CREATE TABLE password_resets (
    id UUID NOT NULL PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX password_resets_by_person ON password_resets (person_id);
