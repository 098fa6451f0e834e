-- What the recovery job says about freezes, refunds, victim holds, appeals and the case itself.
create table seen.life_change (
  object_id text not null,
  sequence bigint not null,
  kind text not null,
  case_id text not null,
  state text not null,
  tick_at timestamptz not null,
  body bytea not null,
  primary key (object_id, sequence)
);
create index life_case on seen.life_change (case_id, object_id, sequence desc);
