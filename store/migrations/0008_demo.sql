-- Since when an account holds made-up data. One that was removed keeps an empty row, because its environments keep their ids and refer to it.
ALTER TABLE accounts ADD COLUMN demo_since BIGINT;
ALTER TABLE accounts ADD COLUMN removed_at BIGINT;
