-- Rules at work: drafts, what was asked for about them, and trials. Who wrote and who approved stands in the signed publication.
create table own.rule_draft (
  rule_id text primary key,
  version int not null,
  document text not null,
  scenarios text not null,
  author_id text not null references own.person,
  saved_at timestamptz not null
);

create table own.rule_act (
  act_id text primary key,
  rule_id text not null,
  version int not null,
  status text not null,            -- DRAFT, SHADOW, LIVE, WITHDRAWN: what the publication gives
  document text not null,          -- what was shown and is signed
  author_id text not null,
  asked_by text not null references own.person,
  approver_id text references own.person,
  reason text not null,
  state text not null,             -- ASKED, REFUSED, SENT, NOT_SENT
  asked_at timestamptz not null,
  effective_from timestamptz
);
create index rule_act_rule on own.rule_act (rule_id, asked_at);

create table own.rule_trial (
  trial_id text primary key,
  rule_id text not null,
  version int not null,
  kind text not null,              -- SCENARIOS, HISTORY
  asked_by text not null references own.person,
  asked_at timestamptz not null,
  state text not null,             -- RUNNING, DONE, FAILED
  ended_at timestamptz,
  result text                      -- JSON of the command, or its last words
);
create index rule_trial_rule on own.rule_trial (rule_id, asked_at);
