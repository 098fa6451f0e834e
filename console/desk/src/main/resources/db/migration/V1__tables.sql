-- "seen": what the topics say. Every row follows from records alone, in whatever order partitions are read; the whole schema may be
-- emptied and read again (Projection.wipe). Bodies are Avro single-object encodings of the record that counts.
-- "own": what only the console knows: people, sessions, who works on what, acts on their way, deliveries to banks.
create schema seen;
create schema own;

create table seen.position (
  topic text not null,
  part int not null,
  next_offset bigint not null,
  primary key (topic, part)
);

create table seen.unreadable (     -- records that this console could not read; each is an incident
  topic text not null,
  part int not null,
  record_offset bigint not null,
  why text not null,
  primary key (topic, part, record_offset)
);

create table seen.clock (
  name text primary key,           -- tick: the newest tick; echo: decided on everything up to here
  at timestamptz not null,
  sequence bigint not null
);

create table seen.report (
  report_id text primary key,
  reported_at timestamptz not null,
  holder_token text not null,
  body bytea not null
);
create index report_holder on seen.report (holder_token);

create table seen.fraud_case (
  case_id text primary key,
  sequence bigint not null,
  subject_kind text not null,
  subject text not null,
  state text not null,
  score double precision not null,
  opened_at timestamptz not null,
  occurred_at timestamptz not null,
  report_id text,
  hit_ids text[] not null,         -- the hits that count
  body bytea not null
);
create index case_hits on seen.fraud_case using gin (hit_ids);
create index case_subject on seen.fraud_case (subject);
create index case_report on seen.fraud_case (report_id) where report_id is not null;

create table seen.case_change (
  case_id text not null,
  sequence bigint not null,
  body bytea not null,
  primary key (case_id, sequence)
);

create table seen.hit (
  hit_id text primary key,
  revision int not null,
  holds boolean not null,
  is_final boolean not null,
  rule_id text not null,
  rule_version int not null,
  key_token text not null,
  occurred_at timestamptz not null,
  transaction_id text,             -- source and id of the transaction that links holder and target account
  amount_fen bigint not null,      -- its amount; 0 without one
  body bytea not null
);
create index hit_key on seen.hit (key_token);
create index hit_rule on seen.hit (rule_id, rule_version);

create table seen.event (
  event_id text primary key,
  transaction_id text,             -- source and id, one for all phases; null for what is no transaction
  occurred_at timestamptz not null,
  holder_token text,               -- payer's holder, or whom a signal is about
  payer_account text,
  payee_account text,
  amount_fen bigint,
  body bytea not null
);
create index event_holder on seen.event (holder_token, occurred_at);
create index event_payer on seen.event (payer_account, occurred_at) where payer_account is not null;
create index event_payee on seen.event (payee_account, occurred_at) where payee_account is not null;
create index event_at on seen.event (occurred_at);

create table seen.stop_order (
  order_id text primary key,
  application_id text not null,
  sequence bigint not null,
  state text not null,
  bank text not null,
  account_token text not null,
  report_id text,
  traced_fen bigint not null,
  amount_fen bigint not null,
  basis_at timestamptz not null,
  tick_at timestamptz not null,
  body bytea not null
);
create index order_account on seen.stop_order (account_token);
create index order_report on seen.stop_order (report_id) where report_id is not null;
create index order_new on seen.stop_order (order_id) where state = 'DRAFT' and report_id is not null;
create index order_bank on seen.stop_order (bank, state);

create table seen.order_case (
  order_id text not null,
  case_id text not null,
  primary key (case_id, order_id)
);
create index order_case_order on seen.order_case (order_id);

create table seen.order_change (
  order_id text not null,
  sequence bigint not null,
  cause text not null,
  body bytea not null,
  primary key (order_id, sequence)
);
create index order_change_cause on seen.order_change (cause);

create table seen.envelope (
  order_id text primary key,       -- the first offset of an order id counts
  bank text not null,
  record_offset bigint not null,
  payload_sha256 text not null,
  body bytea not null
);

create table seen.receipt (
  bank text not null,
  record_offset bigint not null,
  order_id text not null,
  result text not null,
  balance_fen bigint,
  start_at timestamptz,
  expire_at timestamptz,
  at timestamptz not null,
  body bytea not null,
  primary key (bank, record_offset)
);
create index receipt_order on seen.receipt (order_id);

create table seen.risk_hold (
  hold_id text primary key,
  sequence int not null,
  action text not null,
  bank text not null,
  account_token text not null,
  amount_fen bigint not null,
  occurred_at timestamptz not null,
  body bytea not null
);
create index hold_account on seen.risk_hold (account_token);

create table seen.hold_outcome (
  bank text not null,
  record_offset bigint not null,
  hold_id text not null,
  result text not null,
  held_fen bigint not null,
  at timestamptz not null,
  primary key (bank, record_offset)
);
create index outcome_hold on seen.hold_outcome (hold_id);

create table seen.warning (
  warning_id text primary key,
  sequence int not null,
  case_id text not null,
  holder_token text not null,
  tier text not null,
  holds boolean not null,
  occurred_at timestamptz not null,
  body bytea not null
);
create index warning_case on seen.warning (case_id);

create table seen.notice (
  notice_id text not null,
  in_force boolean not null,
  restriction_id text not null,
  account_token text not null,
  from_at timestamptz not null,
  body bytea not null,
  primary key (notice_id, in_force)
);
create index notice_restriction on seen.notice (restriction_id);

create table seen.act (
  act_id text primary key,         -- the first offset of an act id counts
  record_offset bigint not null,
  kind text not null,
  officer_id text not null,
  second_officer_id text,
  object_id text not null,
  account_token text,
  report_id text,
  at timestamptz not null,
  sha256 text not null,
  body bytea not null
);
create index act_object on seen.act (object_id);
create index act_account on seen.act (account_token) where account_token is not null;

create table seen.authorisation (
  authorisation_id text primary key,
  revision int not null,
  renewed_at timestamptz not null,
  body bytea not null
);

create table seen.control (
  control_id text primary key,
  at timestamptz not null,
  body bytea not null
);

create table seen.publication (
  record_key text primary key,
  rule_id text not null,
  rule_version int not null,
  status text not null,
  effective_from timestamptz not null,
  body bytea not null
);
create index publication_rule on seen.publication (rule_id, effective_from);

create table seen.rule_status (
  record_key text primary key,
  rule_id text not null,
  rule_version int not null,
  status text not null,
  body bytea not null
);
create index status_rule on seen.rule_status (rule_id, rule_version);

create table seen.shadow (
  rule_id text not null,
  rule_version int not null,
  body bytea not null,
  primary key (rule_id, rule_version)
);

create table seen.dead_letter (
  dead_letter_id text primary key,
  topic text not null,
  reason text not null,
  recorded_at timestamptz not null
);

-- One line a case for the officers' queue; made anew from the tables above for every case that a batch touched (ADR-0101).
create table seen.queue (
  case_id text primary key,
  is_open boolean not null,
  priority double precision not null,  -- stands still while the clock goes: see ADR-0101
  money_fen bigint not null,           -- still reachable by what the topics say
  to_sign int not null,
  in_flight int not null,
  in_force int not null,
  failed int not null,
  term_ends timestamptz,               -- the earliest end of a stop in force
  newest_at timestamptz not null,
  warning_tier text
);
create index queue_open on seen.queue (priority desc) where is_open;
create index queue_to_sign on seen.queue (priority desc) where is_open and to_sign > 0;
create index queue_in_force on seen.queue (term_ends) where in_force > 0;

create table own.projection (
  one boolean primary key default true check (one),
  version int not null
);

create table own.person (
  person_id text primary key,
  name text not null,
  role text not null,
  bank text,
  password text,                   -- PHC string; null for people of the identity provider
  active boolean not null default true
);

create table own.session (
  token_sha256 text primary key,
  person_id text not null references own.person,
  csrf text not null,
  begun_at timestamptz not null,
  seen_at timestamptz not null
);
create index session_person on own.session (person_id);

create table own.audit (
  audit_id bigint generated always as identity primary key,
  at timestamptz not null,
  person_id text not null,
  what text not null,
  object_id text not null,
  detail text not null,
  sha256 text not null             -- of the line before and this one
);
create index audit_person on own.audit (person_id, at);

create table own.assignment (
  case_id text primary key,
  person_id text not null references own.person,
  at timestamptz not null
);
create index assignment_person on own.assignment (person_id);

create table own.acknowledged (
  order_id text primary key,
  person_id text not null references own.person,
  at timestamptz not null
);

create table own.act (
  act_id text primary key,
  group_id text not null,          -- acts asked for together
  kind text not null,
  object_id text not null,
  case_id text not null,
  officer_id text not null references own.person,
  second_officer_id text references own.person,
  reason text not null,
  subject_sha256 text not null,    -- of what was shown and is to be signed
  state text not null,             -- ASKED, LAPSED, REFUSED, SENT, FAILED
  asked_at timestamptz not null,
  sent_at timestamptz,
  body bytea
);
create index own_act_group on own.act (group_id);
create index own_act_object on own.act (object_id);
create index own_act_asked on own.act (asked_at) where state = 'ASKED';
create index own_act_case on own.act (case_id);

create table own.draft_report (
  report_id text primary key,
  officer_id text not null references own.person,
  begun_at timestamptz not null,
  body jsonb not null
);

create table own.attachment (
  attachment_id text primary key,
  report_id text not null,
  kind text not null,
  media_type text not null,
  sha256 text not null,
  content bytea not null
);
create index attachment_report on own.attachment (report_id);

create table own.bank_client (
  bank text primary key,
  webhook_url text
);

create table own.bank_nonce (
  bank text not null,
  nonce text not null,
  at timestamptz not null,
  primary key (bank, nonce)
);
create index bank_nonce_at on own.bank_nonce (at);

create table own.bank_message (
  bank text not null,
  stream text not null,            -- decisions, holds, orders
  record_offset bigint not null,
  message_id text not null,        -- transaction id, hold id and sequence, order id
  account_token text,              -- messages of one account are delivered in their order
  body bytea not null,
  received_at timestamptz not null,
  delivered_at timestamptz,
  tries int not null default 0,
  next_try_at timestamptz,
  primary key (bank, stream, record_offset)
);
create index bank_message_open on own.bank_message (bank, stream, record_offset) where delivered_at is null;
create index bank_message_id on own.bank_message (bank, stream, message_id);

create table own.bank_answer (
  bank text not null,
  answer_id text not null,         -- the bank's own idempotency key
  body_sha256 text not null,
  object_id text not null,
  result text not null,
  at timestamptz not null,
  sent boolean not null default false,
  primary key (bank, answer_id)
);
create index bank_answer_object on own.bank_answer (bank, object_id);
