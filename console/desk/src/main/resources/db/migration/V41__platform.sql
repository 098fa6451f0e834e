-- What the adapter of the statutory platform has sent and what came of it (ADR-0155). The answers themselves stand in
-- own.bank_answer, as those of every bank.
create table own.platform_message (
  bank text not null,
  application_id text not null,
  code text not null,               -- 100101 or 100105
  order_id text not null,
  first_sent_at timestamptz not null,
  last_sent_at timestamptz not null,
  sendings int not null,
  transport_code text not null,     -- of the last sending
  transport_words text not null,
  answered_at timestamptz,
  primary key (bank, application_id, code)
);
create index platform_message_order on own.platform_message (order_id);
