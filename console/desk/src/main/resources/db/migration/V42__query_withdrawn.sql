-- A question to a bank can be taken back: one person asks for it with a reason, a second one agrees; until then it stands.
alter table own.account_query add column withdraw_asked_at timestamptz; -- tick
alter table own.account_query add column withdraw_asked_by text references own.person;
alter table own.account_query add column withdraw_reason text;
alter table own.account_query add column withdrawn_at timestamptz;      -- tick
alter table own.account_query add column withdrawn_by text references own.person;
drop index own.account_query_open;
create index account_query_open on own.account_query (asked_at) where answered_at is null and withdrawn_at is null;
