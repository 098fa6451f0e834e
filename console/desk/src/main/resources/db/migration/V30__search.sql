-- Whom a hit, a report, a case or a number is about, by token, so that a look-up finds more than subjects and orders.
create table seen.party (
  token text not null,             -- of an account, a holder or a telephone number
  kind text not null,              -- HIT, REPORT, CLAIM (a report that the trace follows), CASE, HOLDER (of a number)
  part text not null,              -- PAYER, PAYEE, VICTIM, HOP, OWNER, PEER (spoke with the holder)
  about text not null,             -- id of what it is about; for HOLDER a holder token
  primary key (token, kind, part, about)
);

-- Ids are read from pages by their beginnings.
create index case_beginning on seen.fraud_case (case_id text_pattern_ops);
create index order_beginning on seen.stop_order (order_id text_pattern_ops);

-- Names as they were typed at this desk or lodged by banks, as tokens; no topic carries a name.
create table own.named (
  name_token text not null,
  token text not null,             -- the holder or account that was called so
  primary key (name_token, token)
);
