package dev.zhifu.desk.acts;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.RiskHoldState;
import dev.zhifu.rules.lives.holds.VictimHoldState;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RiskHoldDetail;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimHoldDetail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What restricts an account, by any number that its holder may have been given. */
public final class Restrictions {
  private static final int MOST = 100;

  /** States in which a victim hold restricts, or is about to. */
  private static final Set<VictimHoldState> HOLDING =
      EnumSet.of(
          VictimHoldState.APPROVED, VictimHoldState.ACTIVE, VictimHoldState.HARDSHIP_RELEASE);

  /** States of a risk hold in which nobody has asked to lift it yet. */
  private static final Set<RiskHoldState> KEEPING =
      EnumSet.of(RiskHoldState.REQUESTED, RiskHoldState.APPLIED);

  private final Store store;

  /** Reads {@code store}. */
  public Restrictions(Store store) {
    this.store = store;
  }

  /**
   * Restrictions that {@code word} names, those in force first, then the newest.
   *
   * @param word number of the notice, of the order, freeze or hold, its application id, or the
   *     account's token
   */
  public List<Restriction> named(String word) {
    List<Restriction> found = new ArrayList<>();
    store
        .jdbi()
        .useHandle(
            handle -> {
              List<String> ids =
                  handle
                      .createQuery(
                          """
                          select id from (
                            (select order_id as id, tick_at as at from seen.stop_order
                              where order_id = :w or application_id = :w or account_token = :w)
                            union all
                            (select restriction_id, from_at from seen.notice
                              where notice_id = :w or restriction_id = :w or account_token = :w)
                            union all
                            (select object_id, tick_at from seen.life_change where object_id = :w)
                            union all
                            (select object_id, tick_at from seen.channel_request
                              where application_id = :w)) named
                          group by id order by max(at) desc limit %d\
                          """
                              .formatted(MOST))
                      .bind("w", word.strip())
                      .mapTo(String.class)
                      .list();
              handle
                  .createQuery("select body from seen.stop_order where order_id = any(:ids)")
                  .bindArray("ids", String.class, ids.toArray())
                  .mapTo(byte[].class)
                  .map(body -> Bodies.read(body, StopPaymentRequest.class))
                  .list()
                  .stream()
                  .filter(order -> !order.getCaseIds().isEmpty())
                  .forEach(order -> found.add(of(order)));
              handle
                  .createQuery(
                      """
                      select distinct on (object_id) body from seen.life_change
                      where object_id = any(:ids) and kind in ('FREEZE', 'VICTIM_HOLD', 'RISK_HOLD')
                      order by object_id, sequence desc\
                      """)
                  .bindArray("ids", String.class, ids.toArray())
                  .mapTo(byte[].class)
                  .map(body -> Bodies.read(body, LifeTransition.class))
                  .forEach(life -> found.add(of(life)));
            });
    found.sort(
        Comparator.comparing(Restriction::inForce)
            .thenComparing(Restriction::at)
            .reversed()
            .thenComparing(Restriction::id));
    return found;
  }

  private static Restriction of(StopPaymentRequest order) {
    return new Restriction(
        LifeKind.STOP_ORDER,
        order.getOrderId(),
        order.getCaseIds().get(0),
        order.getTarget().getBank(),
        order.getTarget().getAccountToken(),
        holder(order.getTarget()),
        Offer.inForce(order),
        order.getTickAt());
  }

  private static Restriction of(LifeTransition life) {
    if (life.getDetail() instanceof RiskHoldDetail held) {
      return new Restriction(
          life.getKind(),
          life.getObjectId(),
          life.getCaseId(),
          held.getBank(),
          held.getAccountToken(),
          held.getHolder(),
          KEEPING.contains(RiskHoldState.valueOf(life.getState())),
          life.getTickAt());
    }
    boolean freeze = life.getDetail() instanceof FreezeDetail;
    AccountRef target =
        freeze
            ? ((FreezeDetail) life.getDetail()).getTarget()
            : ((VictimHoldDetail) life.getDetail()).getTarget();
    boolean inForce =
        freeze
            ? FreezeTable.HOLDING.contains(FreezeState.valueOf(life.getState()))
            : HOLDING.contains(VictimHoldState.valueOf(life.getState()));
    return new Restriction(
        life.getKind(),
        life.getObjectId(),
        life.getCaseId(),
        target.getBank(),
        target.getAccountToken(),
        holder(target),
        inForce,
        life.getTickAt());
  }

  private static String holder(AccountRef target) {
    return target.getHolderToken() == null ? "" : target.getHolderToken();
  }

  /**
   * One restriction.
   *
   * @param kind STOP_ORDER, FREEZE, VICTIM_HOLD or RISK_HOLD
   * @param caseId whose lives hear the appeal; of a risk hold the hold itself
   * @param holderToken empty when unknown
   * @param inForce false for one that has ended or has not begun
   * @param at tick of its newest transition
   */
  public record Restriction(
      LifeKind kind,
      String id,
      String caseId,
      String bank,
      String accountToken,
      String holderToken,
      boolean inForce,
      Instant at) {}
}
