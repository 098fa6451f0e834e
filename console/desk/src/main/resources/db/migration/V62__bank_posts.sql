-- What a bank has posted itself, by day, for its reconciliation; answers are found by the message that they are about.
create index bank_answer_posts on own.bank_answer (bank, at, answer_id)
  where sent and result in ('REPORT', 'OWN_STOP', 'MOVE', 'APPEAL');
