package dev.zhifu.jobs.orders;

import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.wire.OrderState;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is due by the tick clock: retries, expiries, drafts judged again. Doing it twice changes
 * nothing.
 */
final class OrderClock {

  /** How old the reasons that a waiting draft shows may be, tick clock, milliseconds: a minute. */
  static final long SELDOM_MS = 60_000;

  private final Proposals proposals;
  private final OfficerActs acts;

  OrderClock(Proposals proposals, OfficerActs acts) {
    this.proposals = proposals;
    this.acts = acts;
  }

  /** Does all that is due at {@code turn.nowMs()}. */
  void ring(OrderTurn turn) {
    String cause = "tick:" + turn.nowMs();
    for (OrderLife life : turn.book().lives()) {
      if (life.state() == OrderState.SENT) {
        answerOverdue(turn, life, cause);
      } else if (life.isIn(OrderTable.IN_FORCE)) {
        inForce(turn, life, cause);
      } else if (life.state() == OrderState.DRAFT) {
        judgeAgain(turn, life, cause);
      }
    }
  }

  private static void answerOverdue(OrderTurn turn, OrderLife life, String cause) {
    OrderClocks clocks = life.clocks();
    if (clocks.answerDueMs() == 0 || clocks.answerDueMs() > turn.nowMs()) {
      return;
    }
    if (turn.controls().readingBack()) {
      // The clock may be running through ticks of the past, and the answer may lie unread: ask
      // again once caught up.
      turn.book().put(life.with(clocks.answerDue(turn.nowMs() + turn.settings().answerMs())));
      return;
    }
    boolean executable = life.signed().executableAt(turn.nowMs());
    if (executable && clocks.tries() < turn.settings().tries()) {
      turn.apply(life, OrderEvent.RETRY_DUE, EnumSet.of(OrderFact.TRIES_LEFT), cause);
    } else {
      turn.apply(life, OrderEvent.TRIES_SPENT, EnumSet.of(OrderFact.NO_TRIES_LEFT), cause);
    }
  }

  private void inForce(OrderTurn turn, OrderLife life, String cause) {
    termEnded(turn, life, cause);
    turn.book()
        .byOrderId(life.orderId())
        .filter(now -> now.isIn(OrderTable.IN_FORCE))
        .ifPresent(
            now -> {
              acts.takeUpWaiting(turn, now);
              Extensions.ring(turn, turn.book().byOrderId(now.orderId()).orElse(now), cause);
            });
  }

  /**
   * While the record is read back the clock may run through ticks of the past: a freeze that took
   * the stop over may lie unread.
   */
  private static void termEnded(OrderTurn turn, OrderLife life, String cause) {
    if (!turn.controls().readingBack()
        && life.clocks().expiresAtMs() > 0
        && life.clocks().expiresAtMs() <= turn.nowMs()) {
      turn.apply(life, OrderEvent.TERM_ENDED, Set.of(OrderFact.TERM_OVER), cause);
    }
  }

  private void judgeAgain(OrderTurn turn, OrderLife life, String cause) {
    acts.takeUpWaiting(turn, life);
    turn.book()
        .byOrderId(life.orderId())
        .filter(now -> now.state() == OrderState.DRAFT)
        .filter(now -> proposals.standsOtherwise(turn, now))
        .ifPresent(now -> proposals.revise(turn, now, cause));
  }

  /** When something is next due on this account, UTC milliseconds; 0: nothing is. */
  long next(OrderTurn turn) {
    long next = Long.MAX_VALUE;
    for (OrderLife life : turn.book().lives()) {
      long due = due(turn, life);
      if (due > 0) {
        next = Math.min(next, due);
      }
    }
    return next == Long.MAX_VALUE ? 0 : next;
  }

  private static long due(OrderTurn turn, OrderLife life) {
    if (life.state() == OrderState.SENT) {
      return life.clocks().answerDueMs();
    }
    if (life.isIn(OrderTable.IN_FORCE)) {
      return inForceDue(turn, life);
    }
    return Proposals.mayStillBeSigned(life, turn) ? judgedAgainAt(turn, life) : 0;
  }

  private static long inForceDue(OrderTurn turn, OrderLife life) {
    long due = life.clocks().expiresAtMs();
    Extension extension = life.extension();
    if (extension != null && extension.answerDueMs() > 0) {
      due = Math.min(due, extension.answerDueMs());
    }
    return life.waitingAct() == null
        ? due
        : Math.min(due, turn.nowMs() + turn.settings().judgeAgainMs());
  }

  /**
   * A draft that lacks something which only evidence about its account can bring is judged at once
   * when that comes. Until then the clock looks at it seldom: thousands of drafts may wait for an
   * officer, and a look at each of them in every second would hold up the others.
   */
  private static long judgedAgainAt(OrderTurn turn, OrderLife life) {
    OrderSettings settings = turn.settings();
    if (life.waitingAct() != null || !Proposals.lacksEvidence(life)) {
      // Of those that one tick frees, the one that keeps the most money goes first.
      return turn.nowMs()
          + settings.judgeAgainMs()
          - SendingOrder.leadMs(life, turn.nowMs(), settings.judgeAgainMs());
    }
    long stale = life.request().getBasisAt().toEpochMilli() + settings.evidenceMaxAgeMs() + 1;
    // On full minutes: each proposal that comes asks for a look of its own, and they fall together.
    long seldom = (turn.nowMs() / SELDOM_MS + 1) * SELDOM_MS;
    return stale > turn.nowMs() ? Math.min(stale, seldom) : seldom;
  }
}
