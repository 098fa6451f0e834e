-- What pages ask for with a million cases in the store; measured by MillionCasesTest.
create index queue_failed on seen.queue (priority desc) where is_open and failed > 0;
create index queue_force on seen.queue (priority desc) where is_open and in_force > 0;
create index order_application on seen.stop_order (application_id);
create index order_state on seen.stop_order (state, tick_at);
create index warning_at on seen.warning (occurred_at desc, warning_id);
drop index seen.life_kind;
create index life_kind_state on seen.life_change (kind, object_id, sequence desc) include (state);
