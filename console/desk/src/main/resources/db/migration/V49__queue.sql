-- The queue by the banks of a case's orders and by a warning's tier.
alter table seen.queue add column banks text[] not null default '{}';
create index queue_banks on seen.queue using gin (banks);
create index queue_tier on seen.queue (warning_tier, priority desc) where is_open;
