package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.orders.FreezeWord.Phase;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.wire.OrderState;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A freeze in the place of a stop (ADR-0089). Recovery sends the freeze and hears the bank; the
 * stop follows its word: CONVERTING while a freeze of one of its filed cases is on its way,
 * CONVERTED once the bank has frozen while the stop was in force, back where it was when no freeze
 * is on its way any more. Looked at after every input, so that it does not matter whether the
 * bank's answer to the stop or the word on the freeze comes first.
 */
final class Conversions {

  /** Freezes of one account that are remembered. */
  static final int FREEZES_MAX = 8;

  private Conversions() {}

  /** Takes recovery's word on a freeze; a copy or an older one changes nothing. */
  static void heard(OrderTurn turn, FreezeWord word) {
    turn.book().heard(word, FREEZES_MAX);
  }

  /** Moves every stop in force to where the account's freezes put it. */
  static void settle(OrderTurn turn) {
    if (turn.book().freezes().isEmpty()) {
      return;
    }
    for (OrderLife life : turn.book().lives()) {
      if (life.isIn(OrderTable.IN_FORCE)) {
        settle(turn, life);
      }
    }
  }

  private static void settle(OrderTurn turn, OrderLife life) {
    Optional<FreezeWord> frozen =
        newest(turn, life, word -> word.phase() == Phase.FROZEN && began(life, word));
    Optional<FreezeWord> pending = newest(turn, life, word -> word.phase() == Phase.SENT);
    if (life.state() != OrderState.CONVERTING) {
      frozen
          .or(() -> pending)
          .flatMap(word -> set(turn, life, word))
          .ifPresent(converting -> frozen.ifPresent(word -> convert(turn, converting, word)));
    } else if (frozen.isPresent()) {
      convert(turn, life, frozen.get());
    } else if (pending.isEmpty()) {
      giveUp(turn, life);
    }
  }

  /** The newest word on a freeze of one of the stop's own cases, filed. */
  private static Optional<FreezeWord> newest(
      OrderTurn turn, OrderLife life, Predicate<FreezeWord> fits) {
    return turn.book().freezes().stream()
        .filter(word -> word.filed() && life.request().getCaseIds().contains(word.caseId()))
        .filter(fits)
        .reduce((one, other) -> other);
  }

  /** A freeze that began before the stop, or after its end, took nothing over from it. */
  private static boolean began(OrderLife life, FreezeWord word) {
    return word.startMs() >= life.clocks().startMs()
        && word.startMs() < life.clocks().expiresAtMs();
  }

  private static Optional<OrderLife> set(OrderTurn turn, OrderLife life, FreezeWord word) {
    return turn.apply(
        life.before(life.state()),
        OrderEvent.FREEZE_SENT,
        EnumSet.of(OrderFact.CASE_FILED),
        word.cause());
  }

  private static void convert(OrderTurn turn, OrderLife life, FreezeWord word) {
    turn.apply(
            life.before(null),
            OrderEvent.FREEZE_TOOK_EFFECT,
            EnumSet.of(OrderFact.BEFORE_EXPIRY),
            word.cause())
        .ifPresent(
            converted -> {
              List<String> others =
                  life.request().getCaseIds().stream()
                      .filter(caseId -> !caseId.equals(word.caseId()))
                      .toList();
              if (!others.isEmpty()) {
                turn.alarm(
                    OrderAlarm.Kind.FREEZE_GAP,
                    converted,
                    "is replaced by freeze "
                        + word.freezeId()
                        + " of case "
                        + word.caseId()
                        + "; cases "
                        + others
                        + " stand on it too: freeze for them or let go",
                    word.cause());
              }
            });
  }

  private static void giveUp(OrderTurn turn, OrderLife life) {
    boolean over = life.clocks().expiresAtMs() <= turn.nowMs();
    Set<OrderFact> facts =
        EnumSet.of(
            over ? OrderFact.TERM_OVER : OrderFact.BEFORE_EXPIRY,
            switch (before(life)) {
              case EXTENDED -> OrderFact.STOP_WAS_EXTENDED;
              case ACTIVE_ZERO -> OrderFact.STOP_WAS_ACTIVE_ZERO;
              default -> OrderFact.STOP_WAS_ACTIVE;
            });
    String cause =
        turn.book().freezes().stream()
            .filter(word -> life.request().getCaseIds().contains(word.caseId()))
            .reduce((one, other) -> other)
            .map(FreezeWord::cause)
            .orElse("tick:" + turn.nowMs());
    turn.apply(life.before(null), OrderEvent.FREEZE_REFUSED, facts, cause);
  }

  private static OrderState before(OrderLife life) {
    return life.before() == null ? OrderState.ACTIVE : life.before();
  }
}
