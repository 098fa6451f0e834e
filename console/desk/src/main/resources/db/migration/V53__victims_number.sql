-- The telephone number that a victim gave, as a token; the vault has it in clear. Whoever is sent to the victim has it opened.
alter table own.draft_report add column number_token text;
