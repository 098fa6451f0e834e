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
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldDetail;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimHoldDetail;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

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
              load(handle, ids, found);
            });
    return sorted(found);
  }

  /**
   * What restricts an account now, or is about to: stops, freezes and victim holds, and risk holds
   * that detection has asked for, before recovery has heard of them too.
   *
   * @param accountToken the account
   * @param now tick; a hold whose time is over no longer counts
   */
  public List<Restriction> on(String accountToken, Instant now) {
    List<Restriction> found =
        new ArrayList<>(named(accountToken).stream().filter(Restriction::inForce).toList());
    store
        .records(
            RiskHold.class,
            """
            select h.body from seen.risk_hold h where h.account_token = ? and h.action = 'PLACE'
              and not exists (select 1 from seen.life_change l where l.object_id = h.hold_id)
              and not exists (select 1 from seen.hold_outcome o where o.hold_id = h.hold_id
                and o.result <> 'APPLIED')
            order by h.occurred_at desc limit %d\
            """
                .formatted(MOST),
            accountToken)
        .forEach(hold -> found.add(of(hold)));
    found.removeIf(one -> one.endsAt() != null && !one.endsAt().isAfter(now));
    return sorted(found);
  }

  private static List<Restriction> sorted(List<Restriction> found) {
    found.sort(
        Comparator.comparing(Restriction::inForce)
            .thenComparing(Restriction::at)
            .reversed()
            .thenComparing(Restriction::id));
    return found;
  }

  private static void load(Handle handle, List<String> ids, List<Restriction> found) {
    handle
        .createQuery(
            """
            select s.body, (select max(r.expire_at) from seen.receipt r where r.order_id = s.order_id) as ends
            from seen.stop_order s where s.order_id = any(:ids)\
            """)
        .bindArray("ids", String.class, ids.toArray())
        .map(
            (row, context) ->
                Map.entry(
                    Bodies.read(row.getBytes("body"), StopPaymentRequest.class),
                    Optional.ofNullable(row.getTimestamp("ends")).map(Timestamp::toInstant)))
        .list()
        .stream()
        .filter(order -> !order.getKey().getCaseIds().isEmpty())
        .forEach(order -> found.add(of(order.getKey(), order.getValue().orElse(null))));
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
  }

  private static Restriction of(StopPaymentRequest order, Instant ends) {
    return new Restriction(
        LifeKind.STOP_ORDER,
        order.getOrderId(),
        order.getCaseIds().get(0),
        order.getTarget().getBank(),
        order.getTarget().getAccountToken(),
        holder(order.getTarget()),
        Offer.inForce(order),
        order.getTickAt(),
        order.getState().toString(),
        order.getTracedFen() > 0 ? order.getTracedFen() : order.getTransferAmountFen(),
        ends,
        order.getApplicationId());
  }

  private static Restriction of(RiskHold hold) {
    return new Restriction(
        LifeKind.RISK_HOLD,
        hold.getHoldId(),
        hold.getHoldId(),
        hold.getBank(),
        hold.getAccount().getAccountToken(),
        holder(hold.getAccount()),
        true,
        hold.getOccurredAt(),
        RiskHoldState.REQUESTED.name(),
        hold.getAmountFen(),
        hold.getEndsAt(),
        hold.getNoticeId());
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
          life.getTickAt(),
          life.getState(),
          held.getHeldFen() > 0 ? held.getHeldFen() : held.getAmountFen(),
          held.getEndsAt(),
          held.getNoticeId());
    }
    if (life.getDetail() instanceof FreezeDetail freeze) {
      return of(
          life,
          freeze.getTarget(),
          FreezeTable.HOLDING.contains(FreezeState.valueOf(life.getState())),
          freeze.getFrozenFen() > 0 ? freeze.getFrozenFen() : freeze.getAmountFen(),
          freeze.getExpiresAt(),
          freeze.getDocumentNumber().isEmpty()
              ? freeze.getApplicationId()
              : freeze.getDocumentNumber());
    }
    VictimHoldDetail held = (VictimHoldDetail) life.getDetail();
    return of(
        life,
        held.getTarget(),
        HOLDING.contains(VictimHoldState.valueOf(life.getState())),
        0,
        held.getExpiresAt(),
        "");
  }

  private static Restriction of(
      LifeTransition life,
      AccountRef target,
      boolean inForce,
      long amountFen,
      Instant endsAt,
      String document) {
    return new Restriction(
        life.getKind(),
        life.getObjectId(),
        life.getCaseId(),
        target.getBank(),
        target.getAccountToken(),
        holder(target),
        inForce,
        life.getTickAt(),
        life.getState(),
        amountFen,
        endsAt,
        document);
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
   * @param state name of its state in its own table
   * @param amountFen what it keeps in place, fen; 0 where it names none
   * @param endsAt when its term is over; null while none runs
   * @param document number of the document, notice or application; empty where it has none
   */
  public record Restriction(
      LifeKind kind,
      String id,
      String caseId,
      String bank,
      String accountToken,
      String holderToken,
      boolean inForce,
      Instant at,
      String state,
      long amountFen,
      Instant endsAt,
      String document) {}
}
