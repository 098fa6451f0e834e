package dev.zhifu.desk.gateway;

import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.order.PaperworkClock;
import dev.zhifu.wire.OrderState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** Cases that banks have reported themselves (100401), for officers to take up. */
public final class BankReports {
  private static final String FROM =
      """
      select b.*, a.act_id is not null as accepted,
        (select count(distinct kind) from own.attachment t where t.report_id = b.report_id and kind in ('form', 'id')) as scans,
        (select max(o.state) from seen.stop_order o where o.report_id = b.report_id and o.account_token = b.stop_account) as order_state
      from own.bank_report b
      left join lateral (select act_id from seen.act where report_id = b.report_id or object_id = b.report_id limit 1) a on true
      """;

  private static final RowMapper<Line> LINE =
      (row, context) ->
          new Line(
              row.getString("report_id"),
              row.getString("bank"),
              row.getTimestamp("received_at").toInstant(),
              row.getString("incident"),
              row.getString("operator"),
              row.getString("stop_account"),
              row.getTimestamp("stop_start") == null
                  ? null
                  : row.getTimestamp("stop_start").toInstant(),
              row.getTimestamp("stop_expire") == null
                  ? null
                  : row.getTimestamp("stop_expire").toInstant(),
              row.getLong("stop_balance_fen"),
              row.getBoolean("accepted"),
              row.getInt("scans"),
              row.getString("order_state"));

  private final Store store;

  private final Duration within;

  /** Of {@code store}, with our own service level as it is by default. */
  public BankReports(Store store) {
    this(store, LegalTerms.LATE_PAPERWORK);
  }

  /**
   * @param within from a bank's own stop to the order that follows it; our own service level
   */
  public BankReports(Store store, Duration within) {
    this.store = store;
    this.within = within;
  }

  /** From a bank's own stop to the order that follows it: our own service level. */
  public Duration within() {
    return within;
  }

  /** Those not accepted first, the oldest of them first. */
  public List<Line> all() {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select * from ("
                            + FROM
                            + ") t order by accepted, case when accepted then -extract(epoch from"
                            + " received_at) else extract(epoch from received_at) end limit 200")
                    .map(LINE)
                    .list());
  }

  /** One of them. */
  public Optional<Line> find(String reportId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(FROM + " where b.report_id = ?")
                    .bind(0, reportId)
                    .map(LINE)
                    .findOne());
  }

  void keep(String bank, Clear.Report report) {
    Clear.Stopped stop = report.stop();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.bank_report (report_id, bank, received_at, incident, operator,
                      stop_account, stop_start, stop_expire, stop_balance_fen)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
                    """,
                    report.report().getReportId(),
                    bank,
                    report.report().getReceivedAt(),
                    report.incident(),
                    report.operator(),
                    stop == null ? null : stop.accountToken(),
                    stop == null ? null : stop.ownStop().getStartTime(),
                    stop == null ? null : stop.ownStop().getExpireTime(),
                    stop == null ? null : stop.ownStop().getBalanceFen()));
  }

  /**
   * A case that a bank has reported.
   *
   * @param receivedAt tick
   * @param stopAccount token of the account that the bank has stopped itself; null when it has not
   * @param accepted whether an officer has accepted the report
   * @param scans how many of form and identity document lie here
   * @param orderState newest order on the stopped account for this report; null when there is none
   */
  public record Line(
      String reportId,
      String bank,
      Instant receivedAt,
      String incident,
      String operator,
      String stopAccount,
      Instant stopStart,
      Instant stopExpire,
      long stopBalanceFen,
      boolean accepted,
      int scans,
      String orderState) {

    /**
     * When the order that follows the bank's own stop is owed, as recovery counts it ({@link
     * PaperworkClock}): our own service level, for no text that we read gives a term. Empty without
     * a stop, and once an order has gone out.
     *
     * @param within from the stop to the order
     */
    public Optional<Instant> paperworkDue(Duration within) {
      boolean out = orderState != null && PaperworkClock.hasGoneOut(OrderState.valueOf(orderState));
      return stopStart == null || out
          ? Optional.empty()
          : Optional.of(PaperworkClock.due(stopStart, stopExpire, within));
    }

    /** True when the order is owed and its time is over at {@code tick}. */
    public boolean paperworkLate(Duration within, Instant tick) {
      return paperworkDue(within).filter(due -> !tick.isBefore(due)).isPresent();
    }
  }
}
