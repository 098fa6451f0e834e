package dev.zhifu.rules.lives;

import dev.zhifu.rules.lives.appeal.AppealTable;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.RiskHoldTable;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.rules.lives.refund.RefundTable;
import dev.zhifu.wire.LifeKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All tables, in the order of the docs. */
public final class Lives {

  private Lives() {}

  /** Case, stop-payment order, risk hold, freeze, refund case, victim hold, appeal, paper. */
  public static List<LifeTable<?, ?, ?, ?>> all() {
    return List.copyOf(kinds().values());
  }

  /** The same by kind. */
  public static Map<LifeKind, LifeTable<?, ?, ?, ?>> kinds() {
    Map<LifeKind, LifeTable<?, ?, ?, ?>> tables = new LinkedHashMap<>();
    tables.put(LifeKind.CASE, CaseTable.law());
    tables.put(LifeKind.STOP_ORDER, OrderTable.law());
    tables.put(LifeKind.RISK_HOLD, RiskHoldTable.law());
    tables.put(LifeKind.FREEZE, FreezeTable.law());
    tables.put(LifeKind.REFUND, RefundTable.law());
    tables.put(LifeKind.VICTIM_HOLD, VictimHoldTable.law());
    tables.put(LifeKind.APPEAL, AppealTable.law());
    tables.put(LifeKind.PAPER, PaperTable.law());
    return tables;
  }
}
