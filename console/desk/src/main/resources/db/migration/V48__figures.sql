-- What a bank's figures rest on. Why an officer did what he did: which releases say that a stop was wrong.
alter table seen.act add column reason text not null default '';
-- When an order was sent and answered, by the engine's clock: a bank's own time of its answer is its own word.
alter table seen.order_change add column state text not null default '';
alter table seen.order_change add column tick_at timestamptz;
