-- What lists of banks and rules count: the newest of each, whatever the store holds.
create index envelope_bank on seen.envelope (bank, record_offset);
create index order_released on seen.stop_order (bank, tick_at) where state = 'RELEASED';
create index life_false_alarm on seen.life_change (tick_at) where kind = 'CASE' and state = 'FALSE_ALARM';
create index act_wrong on seen.act (record_offset) where kind in ('RELEASE', 'UPHOLD_APPEAL');
create index case_reported on seen.fraud_case (occurred_at) where report_id is not null;
