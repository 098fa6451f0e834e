package dev.zhifu.desk.acts;

import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.VictimReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * What sending banks are asked about accounts of which a receipt shows only some digits: on paper,
 * for the desk's channel carries no queries (ADR-0147). Each stands until its number is typed in,
 * or until two persons have taken it back. Safe for use by several threads.
 */
public final class AccountQueries {
  private static final String OLDEST_FIRST = " order by asked_at, query_id limit 200";
  private static final int REASON_MAX = 200;
  private static final String STANDS = "answered_at is null and withdrawn_at is null";

  private static final String OF_CASE =
      """
      select * from own.account_query where answered_at is null and withdrawn_at is null and (
        origin_id in (select report_id from seen.fraud_case where case_id = ?)
        or origin_id in (select s.report_id from seen.order_case oc join seen.stop_order s using (order_id)
          where oc.case_id = ?)
        or holder_token in (select subject from seen.fraud_case where case_id = ? and subject_kind = 'HOLDER'))\
      """
          + OLDEST_FIRST;

  private static final RowMapper<Query> QUERY = (row, context) -> query(row);

  private final Store store;

  /** Over {@code store}. */
  public AccountQueries(Store store) {
    this.store = store;
  }

  /** Writes one down. */
  public void ask(Query query) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.account_query (query_id, report_id, origin_id, holder_token, officer_id,
                      asked_at, bank, masked, amount_fen, paid_at, report, payer)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """,
                    query.id(),
                    query.reportId(),
                    query.originId(),
                    query.report().getHolderToken(),
                    query.officerId(),
                    query.askedAt(),
                    query.bank(),
                    query.masked(),
                    query.amountFen(),
                    query.paidAt(),
                    Bodies.write(query.report()),
                    Bodies.write(query.payer())));
  }

  /** One of them, answered or not. */
  public Optional<Query> find(String id) {
    return store.row(QUERY, "select * from own.account_query where query_id = ?", id);
  }

  /** Those without an answer, the oldest first. */
  public List<Query> open() {
    return store.rows(QUERY, "select * from own.account_query where " + STANDS + OLDEST_FIRST);
  }

  /** Those of a case's reports, or of its subject's, without an answer. */
  public List<Query> ofCase(String caseId) {
    return store.rows(QUERY, OF_CASE, caseId, caseId, caseId);
  }

  /** Those that came with a report's form, answered or not. */
  public List<Query> ofReport(String reportId) {
    return store.rows(
        QUERY, "select * from own.account_query where origin_id = ?" + OLDEST_FIRST, reportId);
  }

  /**
   * Notes the answer, with which a withdrawal that was asked for lapses; false when it stands no
   * more.
   */
  public boolean answer(String id, String personId, Instant tick) {
    return store
            .jdbi()
            .withHandle(
                handle ->
                    handle.execute(
                        "update own.account_query set answered_at = ?, answered_by = ?,"
                            + " withdraw_asked_at = null, withdraw_asked_by = null,"
                            + " withdraw_reason = null where query_id = ? and "
                            + STANDS,
                        tick,
                        personId,
                        id))
        == 1;
  }

  /** Takes an answer back that could not be reported. */
  public void reopen(String id) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.account_query set answered_at = null, answered_by = null where"
                        + " query_id = ?",
                    id));
  }

  /**
   * Asks for taking one back; it stands until a second person agrees.
   *
   * @param tick of the asking
   * @throws ActException without a reason, or when it stands no more or the same was asked before
   */
  public void askWithdrawal(Person person, String id, String reason, Instant tick) {
    if (reason.isBlank() || reason.length() > REASON_MAX) {
      throw new ActException("act.reason");
    }
    change(
        "update own.account_query set withdraw_asked_at = ?, withdraw_asked_by = ?,"
            + " withdraw_reason = ? where query_id = ? and withdraw_asked_by is null and ",
        tick,
        person.id(),
        reason,
        id);
  }

  /**
   * Takes one back, as the second person.
   *
   * @param tick of the agreeing
   * @throws ActException when this person asked for it, or nobody did, or it stands no more
   */
  public void withdraw(Person second, String id, Instant tick) {
    if (find(id).filter(one -> second.id().equals(one.withdrawAskedBy())).isPresent()) {
      throw new ActException("act.samePerson");
    }
    change(
        "update own.account_query set withdrawn_at = ?, withdrawn_by = ? where query_id = ? and"
            + " withdraw_asked_by is not null and ",
        tick,
        second.id(),
        id);
  }

  /**
   * Leaves one standing that was asked to be taken back.
   *
   * @throws ActException when nobody asked, or it stands no more
   */
  public void keep(String id) {
    change(
        "update own.account_query set withdraw_asked_at = null, withdraw_asked_by = null,"
            + " withdraw_reason = null where query_id = ? and withdraw_asked_by is not null and ",
        id);
  }

  private void change(String update, Object... values) {
    if (store.jdbi().<Integer, RuntimeException>withHandle(h -> h.execute(update + STANDS, values))
        != 1) {
      throw new ActException("act.notWaiting");
    }
  }

  /** Those that wait for a second person to be taken back, the oldest first. */
  public List<Query> toWithdraw() {
    return open().stream().filter(one -> one.withdrawAskedBy() != null).toList();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column) == null ? null : row.getTimestamp(column).toInstant();
  }

  private static Query query(ResultSet row) throws SQLException {
    return new Query(
        row.getString("query_id"),
        row.getString("report_id"),
        row.getString("origin_id"),
        row.getString("officer_id"),
        row.getTimestamp("asked_at").toInstant(),
        row.getString("bank"),
        row.getString("masked"),
        row.getLong("amount_fen"),
        row.getTimestamp("paid_at").toInstant(),
        Bodies.read(row.getBytes("report"), VictimReport.class),
        Bodies.read(row.getBytes("payer"), AccountRef.class),
        instant(row, "answered_at"),
        row.getString("withdraw_asked_by"),
        row.getString("withdraw_reason"),
        instant(row, "withdrawn_at"),
        row.getString("withdrawn_by"));
  }

  /**
   * A question to a sending bank.
   *
   * @param id its id
   * @param reportId under which the transfer is reported once the number is known
   * @param originId the report whose form named it
   * @param officerId who took the report
   * @param askedAt tick
   * @param bank code of the sending bank
   * @param masked digits and stars, as the receipt shows them
   * @param amountFen amount of the transfer
   * @param paidAt its time, as stated
   * @param report the report without transfers
   * @param payer the account that paid
   * @param answeredAt tick; null while it stands
   * @param withdrawAskedBy who asked for taking it back; null when nobody has
   * @param withdrawReason why; null when nobody has
   * @param withdrawnAt tick; null unless it was taken back
   * @param withdrawnBy the second person; null unless it was taken back
   */
  public record Query(
      String id,
      String reportId,
      String originId,
      String officerId,
      Instant askedAt,
      String bank,
      String masked,
      long amountFen,
      Instant paidAt,
      VictimReport report,
      AccountRef payer,
      Instant answeredAt,
      String withdrawAskedBy,
      String withdrawReason,
      Instant withdrawnAt,
      String withdrawnBy) {

    /** True while the bank has not answered and nobody has taken it back. */
    public boolean stands() {
      return answeredAt == null && withdrawnAt == null;
    }

    /** True when a full number can be the masked one: the digits that are shown are the same. */
    public boolean fits(String number) {
      StringBuilder pattern = new StringBuilder();
      for (String shown : masked.split("(?<=[*])(?=[0-9])|(?<=[0-9])(?=[*])")) {
        pattern.append(shown.startsWith("*") ? "[0-9]+" : Pattern.quote(shown));
      }
      return number.matches(pattern.toString());
    }
  }
}
