-- For the weekly report: where the payer's branch is and how old the payer, of the payment that a hit links.
alter table seen.hit add column payer_region text;
alter table seen.hit add column payer_age int;
create index hit_at on seen.hit (occurred_at) where holds;
