package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.paper.PaperState;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.PaperDetail;

/** Parts of freezes that are to be lifted while the others stay (ADR-0161). */
public final class Rests {
  private Rests() {}

  /**
   * True when a head can sign for the part of a freeze that is due: nothing of it was asked, or the
   * paper that asked is void. Two papers at the bank would have it lift what both of them name.
   */
  public static boolean due(CaseFile file, LifeTransition freeze) {
    FreezeDetail held = (FreezeDetail) freeze.getDetail();
    return held.getRestFen() > 0
        && (held.getRestAskedFen() == 0 || !asked(file, freeze.getObjectId()));
  }

  private static boolean asked(CaseFile file, String freezeId) {
    return file.all(LifeKind.PAPER).stream()
        .filter(life -> PaperTable.OPEN.contains(PaperState.valueOf(life.getState())))
        .map(life -> (PaperDetail) life.getDetail())
        .anyMatch(
            paper ->
                paper.getAboutId().equals(freezeId)
                    && paper.getWords().equals(PaperTable.REST_OF_FREEZE));
  }
}
