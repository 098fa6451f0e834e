package dev.zhifu.desk.view;

import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.StopPaymentRequest;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What banks have answered to released stops (100104): through the gateway, which keeps the answer
 * (ADR-0134), through the statutory platform, or on a paper that was typed in. RELEASED is the
 * officer's decision; only the bank's word says that the account pays out again.
 */
public final class Lifts {
  /**
   * Of stops {@code s} of {@code seen.stop_order}: no word of their bank, by any way, that nothing
   * is stopped any more.
   */
  public static final String UNANSWERED =
      """
      not exists (select 1 from own.bank_answer l where l.bank = s.bank and l.sent
        and l.object_id = s.order_id || '%s' and l.result in ('LIFTED', 'ALREADY_ENDED', 'NOT_STOPPED'))
      and not exists (select 1 from own.platform_lift l where l.bank = s.bank and l.object_id = s.order_id)
      and not exists (select 1 from seen.paper_lift l where l.about_id = s.order_id)\
      """
          .formatted(Reconciliation.release(""));

  private final Store store;

  /** Reads from {@code store}. */
  public Lifts(Store store) {
    this.store = store;
  }

  /**
   * A released stop at its bank.
   *
   * @param releasedAt tick of the release
   * @param sent true when the gateway has the release among the bank's messages
   * @param result the bank's word, a name of {@link dev.zhifu.bank.ReleaseAnswer.Result}; empty
   *     while there is none
   * @param answeredAt bank's time of it; null while there is none
   * @param byPaper true when an officer typed it in
   */
  public record Lift(
      Instant releasedAt, boolean sent, String result, Instant answeredAt, boolean byPaper) {

    /** True while the bank has said nothing. */
    public boolean isOpen() {
      return result.isEmpty();
    }
  }

  /**
   * Released stops among these orders that had been in force, by order.
   *
   * @param papers papers of their cases
   */
  public Map<String, Lift> of(Collection<StopPaymentRequest> orders, List<LifeTransition> papers) {
    List<StopPaymentRequest> released =
        orders.stream()
            .filter(order -> order.getState() == OrderState.RELEASED)
            .filter(
                order ->
                    order.getFromState() != null
                        && OrderTable.IN_FORCE.contains(order.getFromState()))
            .toList();
    Map<String, Lift> lifts = new HashMap<>();
    if (released.isEmpty()) {
      return lifts;
    }
    Map<String, Lift> byMessage = byMessage(released);
    for (StopPaymentRequest order : released) {
      Lift known = byMessage.get(order.getOrderId());
      lifts.put(order.getOrderId(), known.isOpen() ? onPaper(order, known, papers) : known);
    }
    return lifts;
  }

  private Map<String, Lift> byMessage(List<StopPaymentRequest> released) {
    Map<String, Lift> found = new HashMap<>();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select t.order_id, m.message_id is not null as sent, coalesce(a.at, p.lifted_at) as at,
                          coalesce(a.result, case when p.lifted_at is null then '' else 'LIFTED' end) as result
                        from unnest(:orders, :ids, :banks) as t(order_id, release_id, bank)
                        left join own.bank_message m
                          on m.bank = t.bank and m.stream = 'releases' and m.message_id = t.release_id
                        left join lateral (select result, at from own.bank_answer a
                          where a.bank = t.bank and a.object_id = t.release_id and a.sent
                          order by at desc limit 1) a on true
                        left join own.platform_lift p on p.bank = t.bank and p.object_id = t.order_id\
                        """)
                    .bindArray(
                        "orders",
                        String.class,
                        released.stream().map(StopPaymentRequest::getOrderId).toArray())
                    .bindArray(
                        "ids",
                        String.class,
                        released.stream()
                            .map(order -> Reconciliation.release(order.getOrderId()))
                            .toArray())
                    .bindArray(
                        "banks",
                        String.class,
                        released.stream().map(order -> order.getTarget().getBank()).toArray())
                    .map(
                        (row, context) -> {
                          Timestamp at = row.getTimestamp("at");
                          String orderId = row.getString("order_id");
                          return Map.entry(
                              orderId,
                              new Lift(
                                  releasedAt(released, orderId),
                                  row.getBoolean("sent"),
                                  row.getString("result"),
                                  at == null ? null : at.toInstant(),
                                  false));
                        })
                    .forEach(one -> found.put(one.getKey(), one.getValue())));
    return found;
  }

  private static Instant releasedAt(List<StopPaymentRequest> released, String orderId) {
    return released.stream()
        .filter(order -> order.getOrderId().equals(orderId))
        .map(StopPaymentRequest::getTickAt)
        .findFirst()
        .orElseThrow();
  }

  private static Lift onPaper(StopPaymentRequest order, Lift known, List<LifeTransition> papers) {
    return papers.stream()
        .filter(paper -> Papers.detail(paper).getAbout() == LifeKind.STOP_ORDER)
        .filter(paper -> Papers.detail(paper).getAboutId().equals(order.getOrderId()))
        .filter(paper -> Papers.detail(paper).getAnswer().equals("BANK_LIFTED"))
        .findFirst()
        .map(
            paper -> {
              PaperDetail held = Papers.detail(paper);
              return new Lift(
                  known.releasedAt(),
                  known.sent(),
                  "LIFTED",
                  held.getStartTime() == null ? paper.getTickAt() : held.getStartTime(),
                  true);
            })
        .orElse(known);
  }
}
