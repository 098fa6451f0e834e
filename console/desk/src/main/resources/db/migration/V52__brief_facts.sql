-- Brief facts of a report taken here, as own.bank_report has them of one that a bank lodged; they leave for no topic.
alter table own.draft_report add column facts text not null default '';
