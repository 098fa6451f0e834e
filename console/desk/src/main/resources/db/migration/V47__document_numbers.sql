-- Numbers that stand on documents, as somebody reads them from a letter: letters and digits alone, small, narrow.
create table seen.document_number (
  number text not null,
  object_id text not null,         -- the freeze or paper that the document is about
  primary key (number, object_id)
);
