-- Accounts that a victim's receipt shows with masked digits: what the sending bank was asked, until it has answered (ADR-0147).
create table own.account_query (
  query_id text primary key,
  report_id text not null unique,  -- under which the transfer is reported once the number is known
  origin_id text not null,         -- the report whose form named it
  holder_token text not null,      -- the victim
  officer_id text not null references own.person,
  asked_at timestamptz not null,   -- tick
  bank text not null,              -- the sending bank
  masked text not null,            -- digits and stars, as the receipt shows them
  amount_fen bigint not null,
  paid_at timestamptz not null,
  report bytea not null,           -- the report without transfers
  payer bytea not null,            -- the account that paid
  answered_at timestamptz,         -- tick
  answered_by text
);
create index account_query_open on own.account_query (asked_at) where answered_at is null;
create index account_query_origin on own.account_query (origin_id);
create index account_query_holder on own.account_query (holder_token);
