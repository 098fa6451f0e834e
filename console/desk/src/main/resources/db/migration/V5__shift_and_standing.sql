-- The standing authorisation that an order was signed under; null for an officer's own signature.
alter table seen.envelope add column authorisation_id text;
create index envelope_authorisation on seen.envelope (authorisation_id) where authorisation_id is not null;

-- A shift handed over: what was told, and both signatures over it.
create table own.handover (
  handover_id text primary key,
  from_person text not null references own.person,
  to_person text not null references own.person,
  told text not null,
  told_sha256 text not null,
  given_at timestamptz not null,   -- tick
  given_key text not null,
  given_signature bytea not null,
  taken_at timestamptz,            -- tick; null while it waits
  taken_key text,
  taken_signature bytea
);
create index handover_waiting on own.handover (to_person) where taken_at is null;

-- Standing authorisations written here before the head signs them.
create table own.standing_draft (
  authorisation_id text primary key,
  body bytea not null,             -- the authorisation as it would be signed
  written_by text not null references own.person,
  written_at timestamptz not null, -- tick
  opinion text,                    -- record number of the legal office's written opinion
  opinion_by text references own.person,
  signed_at timestamptz            -- tick; null while it waits
);
