-- Hops of the trace as accounts tell each other; the highest revision of (claim, transfer, loss) counts.
create table seen.trace_hop (
  claim text not null,
  transfer_id text not null,
  loss boolean not null,
  revision bigint not null,
  case_id text not null,
  level int not null,
  occurred_at timestamptz not null,
  body bytea not null,
  primary key (claim, transfer_id, loss)
);
create index trace_case on seen.trace_hop (case_id, level);
