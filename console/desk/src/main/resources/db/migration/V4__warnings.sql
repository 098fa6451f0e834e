-- What was done about warnings; where each stands follows from its steps alone.
create table own.warning_step (
  step_id bigint generated always as identity primary key,
  warning_id text not null,
  at timestamptz not null,         -- tick
  person_id text not null references own.person,
  kind text not null,              -- SENT, REACHED, NOT_FOUND, NOT_LISTENING, LINE_BUSY, FOLLOWED_UP, ENDED
  contact_id text,                 -- who is sent, for SENT
  note text not null
);
create index step_warning on own.warning_step (warning_id, step_id);
