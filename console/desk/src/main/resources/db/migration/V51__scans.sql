-- Scans show clear names: they lie sealed under the vault's key where there is one, and their bytes go after a time,
-- while their hashes stay. Those from before lie in clear and count from today.
alter table own.attachment add column sealed boolean not null default false;
alter table own.attachment add column kept_at timestamptz not null default now();
alter table own.attachment add column gone_at timestamptz;
create index attachment_kept on own.attachment (kept_at) where gone_at is null;
