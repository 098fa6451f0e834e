-- What the trace asks a stop for behind the reported account, and how urgent; the highest revision counts.
create table seen.follow_on (
  claim text not null,
  account_token text not null,
  revision bigint not null,
  holds boolean not null,
  there_fen bigint not null,       -- claimed money still there at least
  urgency double precision not null, -- fen likely to be kept by a second of work
  level int not null,
  at timestamptz not null,         -- event time of the newest movement that it rests on
  primary key (claim, account_token)
);
create index follow_on_account on seen.follow_on (account_token) where holds;
