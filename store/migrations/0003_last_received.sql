-- When the newest event of an environment was received, to the second: no index holds it, and a page must not read every event for it.
ALTER TABLE environments ADD COLUMN last_received_at BIGINT;
UPDATE environments SET last_received_at = (SELECT MAX(e.received_at) FROM events e WHERE e.environment_id = environments.id);
