-- Which act, message or tick brought a transition of recovery about; what recovery asks for and warns of.
alter table seen.life_change add column cause text not null default '';
create index life_cause on seen.life_change (cause);
create index life_kind on seen.life_change (kind, object_id, sequence desc);

create table seen.channel_request (
  request_id text primary key,
  code text not null,
  object_id text not null,
  case_id text not null,
  bank text not null,
  authorisation text not null,
  tick_at timestamptz not null,
  body bytea not null
);
create index request_object on seen.channel_request (object_id);

create table seen.recovery_alarm (
  alarm_id text primary key,
  alarm text not null,
  object_id text not null,
  case_id text not null,
  cause text not null,
  tick_at timestamptz not null,
  body bytea not null
);
create index alarm_cause on seen.recovery_alarm (cause);
create index alarm_case on seen.recovery_alarm (case_id, tick_at);

-- Acts about lives of recovery: kind is null unless detection hears the act too.
alter table own.act alter column kind drop not null;
alter table own.act add column life text;
alter table own.act add column event text;
alter table own.act add column role text;
alter table own.act add column amount_fen bigint;
alter table own.act add column detail bytea;

-- Appeals lodged here; recovery owns their life once an officer has written them to the topic.
create table own.appeal (
  appeal_id text primary key,
  restriction_id text not null,
  case_id text not null,
  bank text not null,
  account_token text not null,
  holder_token text not null,
  lodged_by text not null,         -- HOLDER, STATION or BANK
  lodged_at timestamptz not null,  -- tick
  person_id text not null references own.person,
  statement text not null,
  harm text not null,
  act_id text                      -- of the officer who wrote it to the topic; null before
);
create index appeal_restriction on own.appeal (restriction_id);
create index appeal_waiting on own.appeal (lodged_at) where act_id is null;

-- Legal review of a freeze: who of the legal office has read it.
create table own.legal_review (
  freeze_id text primary key,
  person_id text not null references own.person,
  at timestamptz not null,
  note text not null
);
