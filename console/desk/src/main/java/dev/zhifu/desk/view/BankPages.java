package dev.zhifu.desk.view;

import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.desk.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** How banks answer, from the newest orders and receipts of each. */
public final class BankPages {
  /** Orders, receipts and outcomes of one bank that its figures rest on: the newest. */
  public static final int NEWEST = 10_000;

  private final Store store;
  private final BankDirectory banks;

  /** Reads from {@code store}. */
  public BankPages(Store store, BankDirectory banks) {
    this.store = store;
    this.banks = banks;
  }

  /** One line a bank. */
  public List<BankLine> all() {
    return banks.all().stream().map(bank -> of(bank.code())).toList();
  }

  /** The line of one bank. */
  public BankLine of(String code) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with receipts as (
                          select order_id, result, source from seen.receipt where bank = :bank
                          order by record_offset desc limit :newest),
                        answered as (
                          select r.result from receipts r join seen.stop_order s using (order_id)),
                        timed as (
                          select extract(epoch from a.at - s.at) as seconds
                          from (select distinct order_id from receipts where source = '') r
                          cross join lateral (select min(tick_at) as at from seen.order_change c
                            where c.order_id = r.order_id and c.state = 'SENT') s
                          cross join lateral (select min(tick_at) as at from seen.order_change c
                            where c.order_id = r.order_id and c.cause like 'receipt:%') a),
                        outcomes as (
                          select result from seen.hold_outcome where bank = :bank
                          order by record_offset desc limit :newest),
                        released as (
                          select order_id from seen.stop_order where bank = :bank and state = 'RELEASED'
                          order by tick_at desc limit :newest),
                        lifted as (
                          select extract(epoch from greatest(a.at - s.at, interval '0')) as seconds
                          from released r
                          cross join lateral (select min(tick_at) as at from seen.order_change c
                            where c.order_id = r.order_id and c.state = 'RELEASED') s
                          cross join lateral (select min(at) as at from own.bank_answer a
                            where a.bank = :bank and a.object_id = r.order_id || :release
                              and a.result = 'LIFTED') a
                          where a.at is not null)
                        select
                          (select count(*) from (select 1 from seen.envelope where bank = :bank
                            order by record_offset desc limit :newest) e) as orders,
                          (select count(distinct order_id) from receipts) as answered,
                          (select percentile_disc(0.5) within group (order by seconds) from timed) as median,
                          (select max(seconds) from timed) as longest,
                          (select count(*) from answered where result like 'STOPPED%') as stopped,
                          (select count(*) from answered where result = 'MISMATCH_NAME') as name,
                          (select count(*) from answered where result = 'MISMATCH_ACCOUNT') as account,
                          (select count(*) from answered where result = 'MISMATCH_AMOUNT') as amount,
                          (select count(*) from answered where result = 'MISMATCH_TIME') as time,
                          (select count(*) from outcomes where result = 'APPLIED') as applied,
                          (select count(*) from outcomes where result = 'DECLINED') as declined,
                          (select count(*) from released) as released,
                          (select count(*) from lifted) as lifted,
                          (select percentile_disc(0.5) within group (order by seconds) from lifted) as lift_median,
                          (select max(seconds) from lifted) as lift_longest,
                          (select count(distinct s.order_id) from released s join seen.order_change c using (order_id)
                            join seen.act a on a.act_id = c.cause where\
                        """
                            + " "
                            + WrongStops.SAID
                            + ") as wrong")
                    .bind("bank", code)
                    .bind("newest", NEWEST)
                    .bind("release", Reconciliation.release(""))
                    .bindArray("causes", String.class, (Object[]) WrongStops.CAUSES)
                    .map(
                        (row, context) ->
                            new BankLine(
                                banks.of(code),
                                row.getLong("orders"),
                                row.getLong("answered"),
                                seconds(row, "median"),
                                seconds(row, "longest"),
                                row.getLong("stopped"),
                                row.getLong("name"),
                                row.getLong("account"),
                                row.getLong("amount"),
                                row.getLong("time"),
                                row.getLong("applied"),
                                row.getLong("declined"),
                                row.getLong("released"),
                                row.getLong("wrong"),
                                row.getLong("lifted"),
                                seconds(row, "lift_median"),
                                seconds(row, "lift_longest")))
                    .one());
  }

  private static double seconds(ResultSet row, String column) throws SQLException {
    return row.getObject(column) == null ? -1 : row.getDouble(column);
  }

  /**
   * Figures of one bank, by its newest orders and answers.
   *
   * @param bank it
   * @param orders orders sent to it
   * @param answered orders that it answered
   * @param medianSeconds from the sending of an order to the engine's first word that it was
   *     answered, by the engine's clock: the bank's own time of its answer is its own word. Answers
   *     on paper are not timed; -1 without answers
   * @param longestSeconds the longest
   * @param stopped stops that took effect
   * @param name mismatches of the name
   * @param account of the account
   * @param amount of the amount
   * @param time of the time
   * @param applied risk holds applied
   * @param declined risk holds declined
   * @param released stops released by an officer
   * @param wrong of them, by an act that says that the stop was wrong, wherever it was signed: an
   *     appeal upheld, or a release for such a cause (ADR-0099)
   * @param lifted of those released, that the bank has said at the gateway to have lifted; answers
   *     by the statutory platform or on paper are not counted, nor a stop that had ended before
   * @param liftMedianSeconds from the decision to release, by the engine's clock, to the lift, by
   *     the bank's own: when the account pays out again nobody else knows. Never below 0; -1
   *     without any
   * @param liftLongestSeconds the longest
   */
  public record BankLine(
      BankDirectory.Bank bank,
      long orders,
      long answered,
      double medianSeconds,
      double longestSeconds,
      long stopped,
      long name,
      long account,
      long amount,
      long time,
      long applied,
      long declined,
      long released,
      long wrong,
      long lifted,
      double liftMedianSeconds,
      double liftLongestSeconds) {}
}
