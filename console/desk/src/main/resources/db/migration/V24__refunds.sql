-- What may be returned out of each frozen account, what banks were asked to pay, and each victim's file; the newest record counts.
create table seen.refund_plan (
  freeze_id text primary key,
  record_offset bigint not null,
  case_id text not null,
  body bytea not null
);
create index refund_plan_case on seen.refund_plan (case_id);

create table seen.refund_notice (
  notice_id text primary key,
  refund_id text not null,
  tick_at timestamptz not null,
  body bytea not null
);
create index refund_notice_refund on seen.refund_notice (refund_id);

create table seen.victim_file (
  victim text primary key,
  record_offset bigint not null,
  referral_due boolean not null,
  body bytea not null
);

-- Documents that an act names, one a line.
alter table own.act add column documents text not null default '';
