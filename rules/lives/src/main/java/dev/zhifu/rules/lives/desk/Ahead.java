package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.rules.lives.cases.CaseEvent;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.holds.RiskHoldEvent;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long ahead of the end of a term a person is warned that nothing has been done yet; all our
 * own. Such a warning is a clock of the life beside the one of the end, with {@link #MARK} before
 * the end's event: it goes with the end, is kept by checkpoints and savepoints as every clock is,
 * and changes no state when it rings. Ends of stops, freezes and victim holds have warnings of
 * their own in their tables (END_NEAR): something can be done there that extends them. ADR-0163.
 */
public final class Ahead {
  private static final String MARK = "NEAR:";

  private static final Map<LifeKind, Map<String, List<Duration>>> OF =
      Map.of(
          LifeKind.CASE,
          Map.of(
              CaseEvent.ENTRY_OVERDUE.name(), List.of(Duration.ofMinutes(10)),
              CaseEvent.TRANSFER_OVERDUE.name(), List.of(Duration.ofHours(4))),
          LifeKind.FREEZE,
          Map.of(
              FreezeEvent.MONTH_OVER.name(), List.of(Duration.ofDays(7), Duration.ofDays(2)),
              FreezeEvent.THREE_MONTHS_OVER.name(),
                  List.of(Duration.ofDays(20), Duration.ofDays(7), Duration.ofDays(2)),
              FreezeEvent.RELEASE_OVERDUE.name(), List.of(Duration.ofDays(1), Duration.ofHours(4))),
          LifeKind.REFUND,
          Map.of(
              RefundEvent.NOTICE_ENDED.name(), List.of(Duration.ofDays(3)),
              RefundEvent.EXECUTION_LATE.name(), List.of(Duration.ofDays(1), Duration.ofHours(4))),
          LifeKind.APPEAL,
          Map.of(
              AppealEvent.ACCEPTANCE_LATE.name(), List.of(Duration.ofHours(4)),
              AppealEvent.CHECK_LATE.name(), List.of(Duration.ofDays(5), Duration.ofDays(1))),
          LifeKind.RISK_HOLD,
          Map.of(RiskHoldEvent.TERM_ENDED.name(), List.of(Duration.ofHours(4))));

  private Ahead() {}

  /**
   * @param event of a life's table that a clock brings about
   * @return how long before it a person is warned; empty for none
   */
  public static List<Duration> of(LifeKind kind, String event) {
    return OF.getOrDefault(kind, Map.of()).getOrDefault(event, List.of());
  }

  /** Events of a life's table that are warned of, in the order of their names. */
  public static List<String> ends(LifeKind kind) {
    return OF.getOrDefault(kind, Map.of()).keySet().stream().sorted().toList();
  }

  /** True when a clock is such a warning, not an end. */
  public static boolean warns(LifeClock clock) {
    return clock.getEvent().startsWith(MARK);
  }

  /** The event of a warning's clock. */
  static String mark(String event) {
    return MARK + event;
  }

  /** The event of which a clock warns. */
  static String end(LifeClock warning) {
    return warning.getEvent().substring(MARK.length());
  }
}
