-- How far each topic of a bank has been read stands on its own: messages are forgotten after a time, and what was
-- forgotten must not be read and posted again.
create table own.bank_position (
  bank text not null,
  stream text not null,
  next_offset bigint not null,
  primary key (bank, stream)
);
insert into own.bank_position
  select bank, stream, max(record_offset) + 1 from own.bank_message group by bank, stream;

-- The oldest are forgotten first.
create index bank_message_received on own.bank_message (received_at);

-- A decision is asked for and never posted.
drop index own.bank_message_open;
create index bank_message_open on own.bank_message (bank, received_at, stream, record_offset)
  where delivered_at is null and stream <> 'decisions';
