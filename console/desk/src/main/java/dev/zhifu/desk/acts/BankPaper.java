package dev.zhifu.desk.acts;

import dev.zhifu.desk.acts.ActBook.Row;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RefundDetail;
import java.time.Instant;

/**
 * A bank's answer about a refund that came on paper, typed in at the desk: a refund's table has its
 * own service (docs/lives.md), and no paper with a life (ADR-0139). Who typed it in stands in the
 * desk's audit; the answer itself is the bank's.
 */
final class BankPaper {
  private BankPaper() {}

  /**
   * The answer of a row in the role BANK.
   *
   * @param file lives of its case
   * @param at tick
   * @throws ActException when its object is no refund that is there
   */
  static ChannelAnswer answer(CaseFile file, Row row, Instant at) {
    Act act = row.act();
    LifeTransition life = file.get(act.objectId());
    if (life == null || !(life.getDetail() instanceof RefundDetail refund)) {
      throw new ActException("act.unknown");
    }
    FreezeDetail freeze = (FreezeDetail) file.get(refund.getFreezeId()).getDetail();
    return ChannelAnswer.newBuilder()
        .setAnswerId(act.actId())
        .setCode("")
        .setChannel(OrderChannel.PAPER)
        .setKind(act.life())
        .setObjectId(act.objectId())
        .setCaseId(act.caseId())
        .setApplicationId(freeze.getApplicationId())
        .setBank(freeze.getTarget().getBank())
        .setEvent(act.event())
        .setAmountFen(row.amountFen() == null ? 0 : row.amountFen())
        .setAt(at)
        .setDocumentNumber(PaperWork.said(row.documents(), PaperWork.ANSWER))
        .setRemark(act.reason())
        .build();
  }
}
