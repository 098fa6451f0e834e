package dev.zhifu.desk.gateway;

import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.order.PaperworkClock;
import dev.zhifu.wire.OrderState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
                      stop_account, stop_start, stop_expire, stop_balance_fen, number_token)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
                    """,
                    report.report().getReportId(),
                    bank,
                    report.report().getReceivedAt(),
                    report.incident(),
                    report.operator(),
                    stop == null ? null : stop.accountToken(),
                    stop == null ? null : stop.ownStop().getStartTime(),
                    stop == null ? null : stop.ownStop().getExpireTime(),
                    stop == null ? null : stop.ownStop().getBalanceFen(),
                    report.numberToken()));
  }

  /** Notes what a report was taken without. */
  void leave(String reportId, Left left) {
    store.execute(
        "insert into own.bank_report_left (report_id, what, part) values (?, ?, ?) on conflict do"
            + " nothing",
        reportId,
        left.what().name(),
        left.part());
  }

  /** What each of these reports was taken without; reports that lack nothing are not in it. */
  public Map<String, List<Left>> left(Collection<String> reportIds) {
    return store
        .rows(
            (row, context) ->
                Map.entry(
                    row.getString("report_id"),
                    new Left(LeftOut.valueOf(row.getString("what")), row.getString("part"))),
            "select * from own.bank_report_left where report_id = any(?) order by what, part",
            (Object) reportIds.toArray(String[]::new))
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** Notes a report that could not be taken, for a person to ask its bank. */
  void refuse(Refused refused) {
    store.execute(
        """
        insert into own.bank_report_refused (bank, application_id, code, why, received_at)
        values (?, ?, ?, ?, ?) on conflict do nothing\
        """,
        refused.bank(),
        refused.applicationId(),
        refused.code(),
        refused.why(),
        refused.receivedAt());
  }

  /** The newest reports that could not be taken, the newest first. */
  public List<Refused> refused() {
    return store.rows(
        (row, context) ->
            new Refused(
                row.getString("bank"),
                row.getString("application_id"),
                row.getString("code"),
                row.getString("why"),
                row.getTimestamp("received_at").toInstant()),
        "select * from own.bank_report_refused order by received_at desc, application_id limit 50");
  }

  /** What a report can be taken without. */
  public enum LeftOut {
    /** A transaction beyond the most that a report names. */
    TRANSACTION_MANY,
    /** A transaction without the number of an account. */
    TRANSACTION_NUMBER,
    /** An attachment of a type that is neither form nor identity document. */
    ATTACHMENT_TYPE,
    /** An attachment that is neither JPEG nor PDF. */
    ATTACHMENT_BYTES,
    /** An attachment that is too long. */
    ATTACHMENT_LARGE,
    /** The victim's telephone number, which is none. */
    PHONE
  }

  /**
   * A part of a report that it was taken without.
   *
   * @param part number of the transaction, or type of the attachment; empty for the whole field
   */
  public record Left(LeftOut what, String part) {}

  /**
   * A report that could not be taken.
   *
   * @param code of the message; a case report has 100401
   * @param why the field and the rule that it breaks, without anybody's name
   * @param receivedAt tick
   */
  public record Refused(
      String bank, String applicationId, String code, String why, Instant receivedAt) {}

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
