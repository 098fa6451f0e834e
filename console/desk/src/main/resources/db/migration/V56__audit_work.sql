-- What the auditor does with the lines: unusual look-ups are asked about and explained, and the chain is walked in portions.
create table own.audit_answer (
  audit_id bigint primary key references own.audit,
  asked_by text references own.person,
  asked_at timestamptz,
  asked text not null default '',
  explained_by text references own.person,
  explained_at timestamptz,        -- null while it stands open
  explanation text not null default ''
);
create table own.audit_walk (
  walk text primary key,           -- NEW: up to the newest line; ROUND: everything again and again
  audit_id bigint not null,        -- the last line that was found to fit
  position bigint not null,        -- its place from 1
  sha256 text not null,            -- its hash then: whoever writes the lines before anew must meet it
  ended_at timestamptz             -- ROUND: when the last round came to the end
);
create index audit_unusual on own.audit (audit_id) where what = 'UNUSUAL LOOK-UP';
create index audit_at on own.audit (at, audit_id);
drop index own.audit_person;
create index audit_person on own.audit (person_id, at, audit_id);
create index audit_beginning on own.audit (object_id text_pattern_ops);
