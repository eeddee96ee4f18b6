-- The name of the property that led to the users of a request, where they were not named. The value, by which somebody could be known, is kept nowhere.
ALTER TABLE deletion_requests ADD COLUMN property {text};
