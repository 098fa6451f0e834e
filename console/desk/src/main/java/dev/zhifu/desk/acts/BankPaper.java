package dev.zhifu.desk.acts;

import dev.zhifu.desk.acts.ActBook.Row;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.VictimHoldDetail;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * A bank's answer that came on paper, typed in at the desk: refunds and victim holds go by paper
 * (docs/lives.md). Who typed it in stands in the desk's audit; the answer itself is the bank's.
 */
final class BankPaper {
  /** Prefix of the paper's own number among the documents. */
  static final String NUMBER = "answer:";

  /** Prefix of the time from which the bank says that it holds. */
  static final String START = "start:";

  private static final int APPLICATION = 36;

  private BankPaper() {}

  /**
   * The answer of a row in the role BANK.
   *
   * @param file lives of its case
   * @param at tick
   * @throws ActException when its object is not there
   */
  static ChannelAnswer answer(CaseFile file, Row row, Instant at) {
    Act act = row.act();
    LifeTransition life = file.get(act.objectId());
    if (life == null) {
      throw new ActException("act.unknown");
    }
    String applicationId;
    AccountRef target;
    if (life.getDetail() instanceof RefundDetail refund) {
      FreezeDetail freeze = (FreezeDetail) file.get(refund.getFreezeId()).getDetail();
      applicationId = freeze.getApplicationId();
      target = freeze.getTarget();
    } else {
      applicationId = Sha256.hex(act.objectId()).substring(0, APPLICATION);
      target = ((VictimHoldDetail) life.getDetail()).getTarget();
    }
    return ChannelAnswer.newBuilder()
        .setAnswerId(act.actId())
        .setCode("")
        .setChannel(OrderChannel.PAPER)
        .setKind(act.life())
        .setObjectId(act.objectId())
        .setCaseId(act.caseId())
        .setApplicationId(applicationId)
        .setBank(target.getBank())
        .setEvent(act.event())
        .setAmountFen(row.amountFen() == null ? 0 : row.amountFen())
        .setStartTime(start(row.documents()))
        .setAt(at)
        .setDocumentNumber(after(NUMBER, row.documents()))
        .setRemark(act.reason())
        .build();
  }

  private static Instant start(List<String> documents) {
    String told = after(START, documents);
    try {
      return told.isEmpty() ? null : Instant.parse(told);
    } catch (DateTimeParseException e) {
      throw new ActException("fault.time");
    }
  }

  private static String after(String prefix, List<String> documents) {
    return documents.stream()
        .filter(one -> one.startsWith(prefix))
        .map(one -> one.substring(prefix.length()))
        .findFirst()
        .orElse("");
  }
}
