package dev.zhifu.desk.view;

import dev.zhifu.rules.lives.LifeEvent;
import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.rules.lives.cases.CaseEvent;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.holds.RiskHoldEvent;
import dev.zhifu.rules.lives.holds.VictimHoldEvent;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.paper.PaperEvent;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.wire.LifeKind;
import java.util.Map;

/** What the tables of docs/lives.md call their events. */
public final class LifeWords {
  private static final Map<LifeKind, LifeEvent[]> EVENTS =
      Map.of(
          LifeKind.CASE, CaseEvent.values(),
          LifeKind.STOP_ORDER, OrderEvent.values(),
          LifeKind.FREEZE, FreezeEvent.values(),
          LifeKind.REFUND, RefundEvent.values(),
          LifeKind.RISK_HOLD, RiskHoldEvent.values(),
          LifeKind.VICTIM_HOLD, VictimHoldEvent.values(),
          LifeKind.APPEAL, AppealEvent.values(),
          LifeKind.PAPER, PaperEvent.values());

  private LifeWords() {}

  /** The event in words; its name when no table has it. */
  public static String event(LifeKind life, String name, boolean chinese) {
    for (LifeEvent event : EVENTS.getOrDefault(life, new LifeEvent[0])) {
      if (((Enum<?>) event).name().equals(name)) {
        return chinese ? event.words().chinese() : event.words().english();
      }
    }
    return name;
  }

  /** The event in words of whichever table has it; its name when none has. */
  public static String event(String name, boolean chinese) {
    return EVENTS.keySet().stream()
        .sorted()
        .map(life -> event(life, name, chinese))
        .filter(words -> !words.equals(name))
        .findFirst()
        .orElse(name);
  }
}
