-- How far the case reports that the platform holds for us (100401) have been read.
create table own.platform_cursor (
  stream text primary key,
  next_offset bigint not null
);
