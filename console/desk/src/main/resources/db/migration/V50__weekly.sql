-- What the officer who took a report says that its victim was deceived by; the weekly report goes by it.
alter table seen.report add column typology text;
create index report_told on seen.report (reported_at) where typology is not null;
