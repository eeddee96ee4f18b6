-- What an environment keeps of what clients send. An environment without a row has what a new one has. Lists hold one pattern a line.
CREATE TABLE privacy_settings (
    environment_id BIGINT NOT NULL REFERENCES environments (id),
    version BIGINT NOT NULL,
    stored_address BOOLEAN NOT NULL,
    location BOOLEAN NOT NULL,
    user_agent BOOLEAN NOT NULL,
    privacy_control BOOLEAN NOT NULL,
    target_text BOOLEAN NOT NULL,
    hosts {text} NOT NULL,
    event_properties {text} NOT NULL,
    user_properties {text} NOT NULL,
    capture {text} NOT NULL,
    pages {text} NOT NULL,
    PRIMARY KEY (environment_id)
);
