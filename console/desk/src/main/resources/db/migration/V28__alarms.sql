-- Alarms by what they are about, and the newest of all.
create index alarm_object on seen.recovery_alarm (object_id, tick_at);
create index alarm_newest on seen.recovery_alarm (tick_at);
