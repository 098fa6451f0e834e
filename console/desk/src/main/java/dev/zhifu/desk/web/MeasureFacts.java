package dev.zhifu.desk.web;

import dev.zhifu.desk.words.Words;
import dev.zhifu.papers.Yuan;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.Map;

/** What a bank needs beside name and number, as papers print it: always in Chinese. */
final class MeasureFacts {
  private static final Words PRINTED = Words.of("zh");

  private MeasureFacts() {}

  /** Of a freeze, or of its renewal or end: {@code fen} and {@code months} are the paper's own. */
  static void ofFreeze(Map<String, String> facts, FreezeDetail freeze, long fen, int months) {
    facts.put(PRINTED.t("sheet.amount"), Yuan.figures(fen) + PRINTED.t("yuan"));
    facts.put(PRINTED.t("sheet.capitals"), Yuan.capitals(fen));
    facts.put(PRINTED.t("freeze.mode"), PRINTED.t("sheet." + freeze.getMode()));
    facts.put(PRINTED.t("paper.term"), PRINTED.t("sheet.months", months));
    facts.put(PRINTED.t("freeze.scope"), freeze.getScope());
    facts.put(PRINTED.t("freeze.fruits"), yes(freeze.getFruits()));
  }

  private static String yes(Boolean told) {
    return told == null ? PaperNames.BY_HAND : PRINTED.t(told ? "yes" : "no");
  }

  /** Of a stop. */
  static void ofStop(Map<String, String> facts, StopPaymentRequest order) {
    facts.put(
        PRINTED.t("orders.transfer"),
        Yuan.figures(order.getTransferAmountFen()) + PRINTED.t("yuan"));
    facts.put(PRINTED.t("orders.time"), PRINTED.full(order.getTransferTime()));
    facts.put(
        PRINTED.t("paper.transaction"),
        PaperNames.blank(order.getBankTransactionId() == null ? "" : order.getBankTransactionId()));
    facts.put(PRINTED.t("orders.reason"), PRINTED.t("reason." + order.getReasonCode()));
    if (order.getOwnStop() != null) {
      facts.put(PRINTED.t("orders.ownStop"), PRINTED.full(order.getOwnStop().getStartTime()));
    }
  }
}
