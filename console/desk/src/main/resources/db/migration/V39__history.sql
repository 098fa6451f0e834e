-- What the chains of the audit say of each transition of a life: the hash that stands beside it in the history of its case.
create table seen.audit_entry (
  chain text not null,
  sequence bigint not null,
  object_id text not null,
  transition bigint not null,
  hash text not null,
  primary key (chain, sequence)
);
-- What this desk has put on record about an object.
create index audit_object on own.audit (object_id, audit_id);
