-- The hand-over asks which stops end in a stretch of time: among a million orders it must not read every answer.
create index receipt_ends on seen.receipt (expire_at) where expire_at is not null;
