-- The state of a case as the recovery job says it; detection says the rest.
create table seen.case_state (
  case_id text primary key,
  sequence bigint not null,        -- number of the case's transition in recovery.lives
  state text not null
);
