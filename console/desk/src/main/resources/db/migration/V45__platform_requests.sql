-- The adapter carries what recovery asks of a bank behind the platform (100103, 100201, 100203, 100205) beside orders (ADR-0156):
-- application_id and code of own.platform_message name these too, and order_id is then the object that they are about.
alter table own.platform_message add column next_at timestamptz;   -- not before; null: at once
alter table seen.channel_request add column channel text not null default '';  -- '' in rows of before: it stands in body
create index channel_request_bank on seen.channel_request (bank, application_id, code, tick_at) where channel <> 'PAPER';
