-- What refunds have paid, one row a refund: the wall sums it, and reads no body for it.

create table seen.refund_paid (
  refund_id text primary key,
  sequence bigint not null,
  paid_fen bigint not null
);
