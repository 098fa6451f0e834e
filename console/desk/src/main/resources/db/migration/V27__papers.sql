-- An answer to an order on paper is a receipt too: its source is the paper, its number that of the paper's transition.
alter table seen.receipt add column source text not null default '';
alter table seen.receipt drop constraint receipt_pkey;
alter table seen.receipt add primary key (bank, record_offset, source);

-- Papers that somebody still has to do something about.
create index life_paper_open on seen.life_change (tick_at) where kind = 'PAPER' and state in ('TO_PRINT', 'PRINTED', 'SERVED');
