package dev.zhifu.rules.lives.cases;

import dev.zhifu.rules.lives.Words;
import dev.zhifu.wire.CaseState;

/** What a state of a case is called. */
public final class CaseWords {

  private CaseWords() {}

  /** What {@code state} is called. */
  public static Words of(CaseState state) {
    return switch (state) {
      case ALERT -> new Words("预警", "alert");
      case DISSUADING -> new Words("劝阻中", "a person is on the way to the victim");
      case AVERTED -> new Words("劝阻成功", "averted, nothing lost");
      case FALSE_ALARM -> new Words("核实非诈骗", "checked: no fraud");
      case REPORTED -> new Words("已报案", "reported");
      case ACCEPTED -> new Words("已受案", "report accepted (受案)");
      case EMERGENCY -> new Words("紧急处置中", "loss and first account entered: stops are possible");
      case FILED -> new Words("已立案", "filed (立案): freezes are possible");
      case NOT_FILED -> new Words("不予立案", "not filed");
      case TRANSFERRED -> new Words("已移送", "handed to another jurisdiction");
      case INVESTIGATING -> new Words("侦查中", "under investigation");
      case SOLVED -> new Words("已破案", "facts verified");
      case CLOSED -> new Words("已结案", "closed");
      case WITHDRAWN -> new Words("已撤案", "withdrawn (撤案)");
    };
  }
}
