-- What a shift hands over until it is done: duties of lives by their newest transition, and at each transition those that it
-- leaves, which say since when.

alter table seen.life_change add column duties text[] not null default '{}';
alter table seen.life_change add column release_by timestamptz;  -- the earliest clock of an overdue release

create table seen.life_duty (
  object_id text not null,
  duty text not null,              -- a name of the duties in docs/lives.md
  kind text not null,
  state text not null,
  case_id text not null,
  sequence bigint not null,        -- of the transition that says so
  tick_at timestamptz not null,
  ends_at timestamptz,             -- the restriction ends by itself; null when it does not
  primary key (object_id, duty)
);
create index life_duty_release on seen.life_duty (tick_at, object_id) where duty not in ('PERSON', 'INSTITUTION');
create index life_duty_step on seen.life_duty (kind, tick_at, object_id) where duty in ('PERSON', 'INSTITUTION');

-- What an answer on paper was about: a stop that was lifted so.
alter table seen.paper_lift add column about_id text not null default '';
create index paper_lift_about on seen.paper_lift (about_id);
create index alarm_proposed on seen.recovery_alarm (object_id) where alarm = 'RELEASE_PROPOSED';
