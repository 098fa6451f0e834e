package dev.zhifu.rules.lives;

import dev.zhifu.rules.lives.appeal.AppealTable;
import dev.zhifu.rules.lives.cases.CaseTable;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.holds.RiskHoldTable;
import dev.zhifu.rules.lives.holds.VictimHoldTable;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.rules.lives.refund.RefundTable;
import java.util.List;

/** All tables, in the order of the docs. */
public final class Lives {

  private Lives() {}

  /** Case, stop-payment order, risk hold, freeze, refund case, victim hold, appeal, paper. */
  public static List<LifeTable<?, ?, ?, ?>> all() {
    return List.of(
        CaseTable.law(),
        OrderTable.law(),
        RiskHoldTable.law(),
        FreezeTable.law(),
        RefundTable.law(),
        VictimHoldTable.law(),
        AppealTable.law(),
        PaperTable.law());
  }
}
