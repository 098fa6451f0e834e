package dev.zhifu.rules.lives.desk;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHoldDetail;
import java.time.Instant;
import java.util.List;

/** What goes to institutions and holders. */
final class Papers {

  private static final String RELIEF =
      "可向作出决定的公安机关或开户银行提出申诉，核实后立即解除。"
          + " Appeal to the police body that decided, or through the account-holding bank;"
          + " it is lifted at once when the appeal holds.";

  private static final List<String> DOCUMENTS =
      List.of(
          "本人有效身份证件 identity document",
          "资金来源及交易说明 statement on the origin of the money",
          "相关合同、单据或聊天记录 contracts, receipts or messages, where there are any");

  private Papers() {}

  /** Notice of a restriction (anti-fraud law art. 32). */
  static RestrictionNotice notice(
      LifeTransition life, AccountRef target, Instant from, Instant until, boolean inForce) {
    return RestrictionNotice.newBuilder()
        .setNoticeId(EventIds.noticeId(life.getObjectId()))
        .setRestrictionId(life.getObjectId())
        .setRestriction(life.getKind().name())
        .setAccountToken(target.getAccountToken())
        .setBank(target.getBank())
        .setReasonCode(ReasonCode.HOP_OF_REPORT)
        .setFrom(from)
        .setUntil(until)
        .setRelief(RELIEF)
        .setDocuments(DOCUMENTS)
        .setInForce(inForce)
        .build();
  }

  /** Notice that a risk hold has ended, under the number of the notice that it began with. */
  static RestrictionNotice noticeOfEnd(String holdId, RiskHoldDetail held, Instant until) {
    return RestrictionNotice.newBuilder()
        .setNoticeId(held.getNoticeId())
        .setRestrictionId(holdId)
        .setRestriction(LifeKind.RISK_HOLD.name())
        .setAccountToken(held.getAccountToken())
        .setBank(held.getBank())
        .setReasonCode(held.getReasonCode())
        .setFrom(held.getAskedAt())
        .setUntil(until)
        .setRelief(RELIEF)
        .setDocuments(DOCUMENTS)
        .setInForce(false)
        .build();
  }

  /** A request under the id of the transition that makes it: sent again, it is the same. */
  static ChannelRequest request(
      Turn turn,
      LifeTransition life,
      String code,
      OrderChannel channel,
      String applicationId,
      AccountRef target,
      long amountFen,
      int termMonths,
      String words) {
    return ChannelRequest.newBuilder()
        .setRequestId(EventIds.transitionId(life.getObjectId(), life.getSequence()))
        .setCode(code)
        .setChannel(channel)
        .setKind(life.getKind())
        .setObjectId(life.getObjectId())
        .setCaseId(life.getCaseId())
        .setApplicationId(applicationId)
        .setBank(target.getBank())
        .setAccount(target)
        .setAmountFen(amountFen)
        .setReasonCode(ReasonCode.HOP_OF_REPORT)
        .setTermMonths(termMonths)
        .setWords(words)
        .setAuthorisation(life.getAuthorisation())
        .setTickAt(turn.now())
        .build();
  }
}
