package dev.zhifu.desk.gateway;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentOrder;
import java.time.Instant;
import java.util.Optional;

/** What the adapter of the platform keeps and looks up. */
final class PlatformStore {
  private final Store store;

  PlatformStore(Store store) {
    this.store = store;
  }

  /** Time of the law; empty before the first tick. */
  Optional<Instant> tick() {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select at from seen.clock where name = 'tick'")
                    .mapTo(Instant.class)
                    .findOne());
  }

  Optional<StandingAuthorisation> standing(String authorisationId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select body from seen.authorisation where authorisation_id = ?")
                    .bind(0, authorisationId)
                    .map((row, context) -> row.getBytes(1))
                    .findOne()
                    .map(body -> Bodies.read(body, StandingAuthorisation.class)));
  }

  /** Whether the message may have reached the platform already. */
  boolean sent(StopPaymentOrder order) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select 1 from own.platform_message where bank = ? and application_id = ?"
                            + " and code = ?")
                    .bind(0, order.getBank())
                    .bind(1, order.getApplicationId())
                    .bind(2, PlatformOrders.code(order).code())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
  }

  /** Stops of an account that took effect by this bank's word, other orders than this one. */
  int stops(StopPaymentOrder order) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select count(distinct a.object_id) from own.bank_answer a
                        join own.bank_message m on m.bank = a.bank and m.stream = 'orders'
                          and m.message_id = a.object_id
                        where a.bank = ? and m.account_token = ? and a.object_id <> ?
                          and a.result in ('STOPPED', 'STOPPED_ZERO')\
                        """)
                    .bind(0, order.getBank())
                    .bind(1, order.getAccountToken())
                    .bind(2, order.getOrderId())
                    .mapTo(Integer.class)
                    .one());
  }

  /** Before it leaves: after a crash it counts as sent. */
  void sending(StopPaymentOrder order, Instant at) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.platform_message (bank, application_id, code, order_id,
                      first_sent_at, last_sent_at, sendings, transport_code, transport_words)
                    values (?, ?, ?, ?, ?, ?, 1, '', '')
                    on conflict (bank, application_id, code) do update
                    set last_sent_at = excluded.last_sent_at, sendings = platform_message.sendings + 1\
                    """,
                    order.getBank(),
                    order.getApplicationId(),
                    PlatformOrders.code(order).code(),
                    order.getOrderId(),
                    at,
                    at));
  }

  /**
   * What came of the last sending.
   *
   * @param answeredAt when the bank's answer was taken; null while there is none
   * @return the transport's code of the sending before; empty for the first
   */
  String result(StopPaymentOrder order, PlatformLine.Reply reply, Instant answeredAt) {
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              String before =
                  handle
                      .createQuery(
                          "select transport_code from own.platform_message where bank = ? and"
                              + " application_id = ? and code = ? for update")
                      .bind(0, order.getBank())
                      .bind(1, order.getApplicationId())
                      .bind(2, PlatformOrders.code(order).code())
                      .mapTo(String.class)
                      .one();
              handle.execute(
                  """
                  update own.platform_message set transport_code = ?, transport_words = ?,
                    answered_at = coalesce(answered_at, ?)
                  where bank = ? and application_id = ? and code = ?\
                  """,
                  reply.code().code(),
                  reply.words(),
                  answeredAt,
                  order.getBank(),
                  order.getApplicationId(),
                  PlatformOrders.code(order).code());
              return before;
            });
  }

  /** A case that the order stands on, as the desk knows it; empty when it knows none. */
  Optional<String> caseOf(String orderId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select case_id from seen.order_case where order_id = ? order by case_id"
                            + " limit 1")
                    .bind(0, orderId)
                    .mapTo(String.class)
                    .findOne());
  }
}
