-- From the decision to lift to the bank's lift, by channel (bank page). What a bank answers directly stands in own.bank_answer.
create table own.platform_lift (
  bank text not null,
  object_id text not null,          -- stop order or freeze
  decided_at timestamptz not null,  -- tick of the release
  lifted_at timestamptz not null,   -- the bank's own time
  primary key (bank, object_id)
);
create index platform_lift_newest on own.platform_lift (bank, lifted_at desc);
create table seen.paper_lift (
  paper_id text primary key,
  bank text not null,
  lifted_at timestamptz not null    -- the bank's own time, as it was typed in
);
create index paper_lift_newest on seen.paper_lift (bank, lifted_at desc);
