-- Who runs the installation reads what people write to it. The oldest person set it up.
ALTER TABLE people ADD COLUMN operator_since BIGINT;
UPDATE people SET operator_since = created_at WHERE id = (SELECT id FROM people ORDER BY created_at, id LIMIT 1);

-- Messages to the operator. No row refers to accounts or people, since a message outlives who wrote it.
CREATE TABLE messages (
    id UUID NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    text {text} NOT NULL,
    reply_to {text} NOT NULL,
    page {text},
    account_id UUID,
    person_id UUID,
    created_at BIGINT NOT NULL,
    state {text} NOT NULL,
    changed_by {text},
    changed_at BIGINT
);
CREATE INDEX messages_by_state ON messages (state, id);
