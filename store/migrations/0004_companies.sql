-- Companies of the tracked product: what Heap's server API calls an account. Only numbers stand in keys, as everywhere among what is collected.
CREATE TABLE companies (
    environment_id BIGINT NOT NULL,
    company_key BIGINT NOT NULL,
    key_hash {bytes} NOT NULL,
    company_id {text} NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (environment_id, company_key)
) {clustered};

CREATE TABLE company_properties (
    environment_id BIGINT NOT NULL,
    company_key BIGINT NOT NULL,
    property_key BIGINT NOT NULL,
    name {text} NOT NULL,
    value {text} NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (environment_id, company_key, property_key)
) {clustered};

-- For which company the user did it, if the client says so.
ALTER TABLE events ADD COLUMN company_key BIGINT;
