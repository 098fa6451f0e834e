-- Sign-ons that were begun and not ended; each row is taken out by the one answer it is for.
create table own.sign_on (
  state_sha256 text primary key,
  browser_sha256 text not null,    -- of the cookie of the browser that began it
  nonce text not null,
  verifier text not null,
  begun_at timestamptz not null
);
create index sign_on_begun on own.sign_on (begun_at);

-- The contact that a person in the field goes for; until now his own id.
alter table own.person add column station text;
update own.person set station = person_id where role = 'FIELD';
