-- Clocks that run in lives of recovery, by when they ring: those of each life's newest transition, and no others.
create table seen.life_due (
  object_id text not null,
  event text not null,
  due_at timestamptz not null,
  kind text not null,
  case_id text not null,
  sequence bigint not null,        -- of the transition that says so
  primary key (object_id, event, due_at)
);
create index life_due_kind on seen.life_due (kind, due_at, object_id);
-- What must be released, as alarms say it.
create index alarm_release on seen.recovery_alarm (object_id, tick_at) where alarm = 'RELEASE_DUE';
