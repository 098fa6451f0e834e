-- Cases that banks report themselves (100401), with the stop that a bank has made before it asked. No clear identity
-- stands here: the report on victim.reports holds tokens and ciphertexts.
create table own.bank_report (
  report_id text primary key,
  bank text not null,
  received_at timestamptz not null, -- tick
  incident text not null,
  operator text not null,
  stop_account text,                -- token; null when the bank made no stop
  stop_start timestamptz,
  stop_expire timestamptz,
  stop_balance_fen bigint
);
create index bank_report_bank on own.bank_report (bank, received_at);

-- A bank lodges appeals through the gateway too, where no person of this desk stands behind it.
alter table own.appeal drop constraint appeal_person_id_fkey;
