package dev.zhifu.jobs.orders;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.RestrictionNotice;
import java.time.Instant;
import java.util.List;

/**
 * What the holder of a stopped account is told: reason, way of relief, documents (anti-fraud law
 * art. 32).
 */
final class Notices {

  private static final String RELIEF =
      "可向作出止付决定的公安机关反诈中心或开户银行提出申诉，核实后立即解除。"
          + " Appeal to the police anti-fraud centre that decided the stop, or through the account-holding bank;"
          + " it is lifted at once when the appeal holds.";

  private static final List<String> DOCUMENTS =
      List.of(
          "本人有效身份证件 identity document",
          "资金来源及交易说明 statement on the origin of the money",
          "相关合同、单据或聊天记录 contracts, receipts or messages, where there are any");

  private Notices() {}

  /** Notice of a stop that took effect. */
  static RestrictionNotice given(OrderLife life) {
    return notice(life, Instant.ofEpochMilli(life.clocks().expiresAtMs()), true);
  }

  /** Notice that the stop has ended at {@code atMs}. */
  static RestrictionNotice ended(OrderLife life, long atMs) {
    return notice(life, Instant.ofEpochMilli(atMs), false);
  }

  private static RestrictionNotice notice(OrderLife life, Instant until, boolean inForce) {
    return RestrictionNotice.newBuilder()
        .setNoticeId(EventIds.noticeId(life.orderId()))
        .setRestrictionId(life.orderId())
        .setRestriction("STOP_PAYMENT")
        .setAccountToken(life.request().getTarget().getAccountToken())
        .setBank(life.request().getTarget().getBank())
        .setReasonCode(life.request().getReasonCode())
        .setFrom(Instant.ofEpochMilli(life.clocks().startMs()))
        .setUntil(until)
        .setRelief(RELIEF)
        .setDocuments(DOCUMENTS)
        .setInForce(inForce)
        .build();
  }
}
