-- When a person last used the session by hand: a page that renews itself keeps seen_at young, and is locked all the same (ADR-0177).
alter table own.session add column used_at timestamptz;
update own.session set used_at = seen_at;
alter table own.session alter column used_at set not null;
