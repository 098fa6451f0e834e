-- What of the case reports that the platform holds for us (100401) could not be taken: nobody hears of it but from here.

create table own.bank_report_refused (
  bank text not null,
  application_id text not null,
  code text not null,
  why text not null,                -- the field and the rule broken; no clear identity
  received_at timestamptz not null, -- tick
  primary key (bank, application_id, code)
);
create index bank_report_refused_at on own.bank_report_refused (received_at);

-- Parts of a report that was taken without them.
create table own.bank_report_left (
  report_id text not null,
  what text not null,               -- TRANSACTION_MANY, TRANSACTION_NUMBER, ATTACHMENT_TYPE, ATTACHMENT_BYTES, ATTACHMENT_LARGE, PHONE
  part text not null,               -- number of the transaction, type of the attachment
  primary key (report_id, what, part)
);

-- The victim's number, as its token; the number itself lies in the vault.
alter table own.bank_report add column number_token text;

-- The transport's code that a person was told of last: an order can reach the platform before the desk knows its case.
alter table own.platform_message add column told_code text not null default '';
update own.platform_message set told_code = transport_code;
