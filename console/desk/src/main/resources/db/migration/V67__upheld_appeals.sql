-- Upheld appeals: a stop that a freeze had replaced, or that had ended, was wrong all the same (ADR-0099).

create table seen.upheld (
  appeal_id text primary key,
  restriction text not null,       -- STOP_ORDER or FREEZE, as any other kind of life
  restriction_id text not null,
  bank text not null,
  at timestamptz not null          -- tick
);
create index upheld_bank on seen.upheld (bank, at);
create index upheld_at on seen.upheld (at);

-- Which freeze a stop gave way to: stop-orders names it in the transition's cause.
create index order_change_freeze on seen.order_change ((substring(cause from '^freeze:(.*):[0-9]+$')))
  where cause like 'freeze:%';
