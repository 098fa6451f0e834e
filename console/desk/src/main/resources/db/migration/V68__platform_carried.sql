-- Which requests the platform's adapter needs no more: a look, a few times a second, reads what is open and not every request
-- of a bank ever made. It is set again when the topic is read again.

alter table seen.channel_request add column carried boolean not null default false;
create index channel_request_open on seen.channel_request (bank, application_id, code, tick_at, request_id)
  where channel = 'PLATFORM' and not carried;
drop index seen.channel_request_bank;
