-- Where each warning stands that somebody has done something about, and when it is seen again: what its steps make of it (WarningTask),
-- kept beside them so that what is due is found whatever else came later. A warning without a row is open while the engine holds to it.
create table own.warning_task (
  warning_id text primary key,
  state text not null,             -- SENT, FOLLOW_UP, CLOSED
  since timestamptz not null,      -- tick of the newest step
  follow_up_at timestamptz         -- tick; null when none is to come
);
insert into own.warning_task (warning_id, state, since, follow_up_at)
select l.warning_id, l.state, l.at, case when l.state = 'FOLLOW_UP' then
    l.reached_at + case l.made when 0 then interval '24 hours' else interval '168 hours' end end
from (
  select n.warning_id, n.at, r.at as reached_at, f.made,
    case when n.kind = 'ENDED' or n.kind = 'FOLLOWED_UP' and f.made >= 2 then 'CLOSED'
      when n.kind in ('REACHED', 'FOLLOWED_UP') then 'FOLLOW_UP' else 'SENT' end as state
  from (select distinct on (warning_id) warning_id, kind, at from own.warning_step order by warning_id, step_id desc) n
  left join lateral (select step_id, at from own.warning_step s where s.warning_id = n.warning_id and s.kind = 'REACHED'
    order by step_id desc limit 1) r on true
  left join lateral (select count(*) as made from own.warning_step s where s.warning_id = n.warning_id
    and s.kind = 'FOLLOWED_UP' and s.step_id > r.step_id) f on true) l;
create index warning_task_due on own.warning_task (follow_up_at) where state = 'FOLLOW_UP';
create index warning_task_sent on own.warning_task (since) where state = 'SENT';
-- The most urgent first, of these the newest: the order in which open warnings are shown.
create index warning_open on seen.warning
  (array_position(array['LOW', 'MEDIUM', 'HIGH', 'URGENT'], tier) desc, occurred_at desc, warning_id) where holds;
drop index seen.warning_at;
