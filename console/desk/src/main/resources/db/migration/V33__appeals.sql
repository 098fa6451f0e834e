-- An appeal is against a stop, a freeze or a hold; those lodged before are against stops.
alter table own.appeal add column restriction text not null default 'STOP_ORDER';

-- A restriction is found by the account, by the number of its notice or by its application id.
create index notice_account on seen.notice (account_token);
alter table seen.channel_request add column application_id text not null default '';
create index channel_request_application on seen.channel_request (application_id) where application_id <> '';
