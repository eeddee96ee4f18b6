-- When somebody put the list of first steps away. An account that has begun before there was such a list needs none.
ALTER TABLE accounts ADD COLUMN first_steps_dismissed_at BIGINT;
UPDATE accounts SET first_steps_dismissed_at = created_at WHERE EXISTS (SELECT 1 FROM environments e WHERE e.account_id = accounts.id AND e.last_received_at IS NOT NULL) OR EXISTS (SELECT 1 FROM invites i WHERE i.account_id = accounts.id) OR EXISTS (SELECT 1 FROM teammates t WHERE t.account_id = accounts.id LIMIT 1 OFFSET 1) OR EXISTS (SELECT 1 FROM excluded_ips x WHERE x.account_id = accounts.id);
