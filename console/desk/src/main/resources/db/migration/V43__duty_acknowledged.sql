-- Duty desks that do not answer, as far as somebody has heard of it: who acknowledged. It is forgotten with the alarm itself.
create table own.duty_acknowledged (
  alarm text primary key,          -- kind and bank, or the id of an alarm about the directory itself
  person_id text not null references own.person,
  at timestamptz not null
);
