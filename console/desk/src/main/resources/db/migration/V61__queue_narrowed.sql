-- The queue by what the victim was deceived by and by where the victim is: codes of banners and ids of townships.
alter table seen.queue add column typologies text[] not null default '{}';
alter table seen.queue add column places text[] not null default '{}';
create index queue_typologies on seen.queue using gin (typologies);
create index queue_places on seen.queue using gin (places);
