-- Whether help pages helped: how often it was said, by day (since 1970, UTC), and nothing of who said it.
CREATE TABLE help_answers (
    page {text} NOT NULL,
    day BIGINT NOT NULL,
    helpful BOOLEAN NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (page, day, helpful)
);
