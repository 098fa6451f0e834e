-- Releases of stops (100103) to banks stand among their messages under numbers of their own: they come from officers'
-- acts and the engine's word, which have no offset on a bank's topic. One writer takes numbers in their order.
create sequence own.release_offset;
create unique index bank_message_release on own.bank_message (bank, message_id) where stream = 'releases';
