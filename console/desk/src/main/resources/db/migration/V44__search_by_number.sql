-- Numbers of notices, freezes, holds, refunds, appeals and papers are read from pages and letters by their beginnings.
create index notice_beginning on seen.notice (notice_id text_pattern_ops);
create index life_beginning on seen.life_change (object_id text_pattern_ops);
