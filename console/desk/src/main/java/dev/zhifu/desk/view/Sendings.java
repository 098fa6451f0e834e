package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was sent to the statutory platform about orders, and what came of it (ADR-0155). */
public final class Sendings {
  private final Store store;

  /** Reads what the adapter of the platform has noted in {@code store}. */
  public Sendings(Store store) {
    this.store = store;
  }

  /** Messages about these orders, the oldest first, by order; orders without one are not in it. */
  public Map<String, List<Sending>> of(Collection<String> orderIds) {
    return store
        .rows(
            (row, context) -> sending(row),
            """
            select order_id, code, first_sent_at, last_sent_at, sendings, transport_code,
              transport_words, answered_at
            from own.platform_message where order_id = any(?)
            order by first_sent_at, application_id, code\
            """,
            (Object) orderIds.toArray(String[]::new))
        .stream()
        .collect(Collectors.groupingBy(Sending::orderId));
  }

  private static Sending sending(ResultSet row) throws SQLException {
    Timestamp answered = row.getTimestamp("answered_at");
    return new Sending(
        row.getString("order_id"),
        row.getString("code"),
        row.getTimestamp("first_sent_at").toInstant(),
        row.getTimestamp("last_sent_at").toInstant(),
        row.getInt("sendings"),
        row.getString("transport_code"),
        row.getString("transport_words"),
        answered == null ? null : answered.toInstant());
  }

  /**
   * One message. What is sent again is the same message under the same application id. Times are
   * the console's own clock.
   *
   * @param orderId what it is about
   * @param code message code of the platform, six digits
   * @param firstAt when it was sent first
   * @param lastAt when it was sent last
   * @param count how often
   * @param result the transport's code of the last sending, six digits; empty while the platform
   *     has said nothing
   * @param words the platform's own words with it; may be empty
   * @param answeredAt when the answer of the bank behind it was taken; null while there is none
   */
  public record Sending(
      String orderId,
      String code,
      Instant firstAt,
      Instant lastAt,
      int count,
      String result,
      String words,
      Instant answeredAt) {}
}
