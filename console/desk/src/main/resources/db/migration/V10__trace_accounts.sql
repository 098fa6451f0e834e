-- What each account states of a claim: what came, what went where and why it is not followed, what is still there.
-- The highest revision of (claim, account) counts.
create table seen.trace_account (
  claim text not null,             -- id of the accepted report
  account_token text not null,
  revision bigint not null,
  number bigint not null,          -- of the record: the totals of the highest number are the newest
  case_id text not null,
  level int not null,
  there_fen bigint not null,       -- claimed money still there, not less
  body bytea not null,
  primary key (claim, account_token)
);
create index trace_account_case on seen.trace_account (case_id);
