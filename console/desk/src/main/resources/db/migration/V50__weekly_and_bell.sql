-- What the officer who took a report says that its victim was deceived by; the weekly report goes by it.
alter table seen.report add column typology text;
create index report_told on seen.report (reported_at) where typology is not null;

-- Which of the things that ring somebody has heard of, beside new requests and silent duty desks.
create table own.bell_heard (
  ring text primary key,           -- id of an alarm; or of a warning, order or report after its kind
  person_id text not null references own.person,
  at timestamptz not null
);
