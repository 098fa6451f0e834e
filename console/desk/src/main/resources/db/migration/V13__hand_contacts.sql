-- Whom an officer sends who stands in no directory: a township's or grid's person, typed in by hand.
create table own.hand_contact (
  contact_id text primary key,
  level text not null,             -- TOWNSHIP, GRID
  name text not null,
  phone text not null,
  added_by text not null references own.person,
  added_at timestamptz not null    -- tick
);
