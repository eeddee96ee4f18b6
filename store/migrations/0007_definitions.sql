-- A property under the names that clients gave it: a JSON array of names, of which the first that is there counts.
CREATE TABLE property_definitions (
    environment_id BIGINT NOT NULL REFERENCES environments (id),
    key UUID NOT NULL,
    name {text} NOT NULL,
    kind {text} NOT NULL,
    raw_names {text} NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (environment_id, key)
);

-- Users of whom a condition is true: of a defined property or a raw one, and of a value as the collector stores it (JSON).
CREATE TABLE segments (
    environment_id BIGINT NOT NULL REFERENCES environments (id),
    key UUID NOT NULL,
    name {text} NOT NULL,
    property_definition UUID,
    property_name {text},
    comparison {text} NOT NULL,
    value {text},
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (environment_id, key)
);

-- What a report is limited to: the users of a segment, the events of which a condition is true.
ALTER TABLE reports ADD COLUMN segment_key UUID;
ALTER TABLE reports ADD COLUMN property_definition UUID;
ALTER TABLE reports ADD COLUMN property_name {text};
ALTER TABLE reports ADD COLUMN comparison {text};
ALTER TABLE reports ADD COLUMN value {text};
