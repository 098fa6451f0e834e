package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** A bank's answers as it posts them, checked field by field. */
final class Answers {
  private static final Set<ReceiptResult> STOPPED =
      EnumSet.of(ReceiptResult.STOPPED, ReceiptResult.STOPPED_ZERO);
  private static final Duration TERM = Duration.ofHours(48);

  private Answers() {}

  /**
   * A receipt.
   *
   * @throws FieldException with the field, its value and the rule broken
   */
  static BankInbound receipt(String bank, JsonNode body) {
    ReceiptResult result = Fields.word(body, "result", ReceiptResult.class);
    boolean stopped = STOPPED.contains(result);
    Long balance = Fields.number(body, "balanceBeforeFen");
    Instant start = Fields.time(body, "startTime", stopped);
    Instant expire = Fields.time(body, "expireTime", stopped);
    if (stopped && balance == null) {
      throw new FieldException("balanceBeforeFen is missing; a stop names the balance before it");
    }
    if (stopped && (result == ReceiptResult.STOPPED_ZERO) != (balance == 0)) {
      throw new FieldException(
          "result " + result + " and balanceBeforeFen " + balance + " contradict each other");
    }
    if (balance != null && balance < 0) {
      throw new FieldException("balanceBeforeFen is " + balance + "; it is 0 or more");
    }
    if (stopped && !expire.equals(start.plus(TERM))) {
      throw new FieldException(
          "expireTime is " + expire + "; it is startTime + 48 h, " + start.plus(TERM));
    }
    if (!stopped && (start != null || expire != null || balance != null)) {
      throw new FieldException(
          "startTime, expireTime and balanceBeforeFen belong to a stop; result is " + result);
    }
    return new BankInbound(
        bank,
        StopPaymentReceipt.newBuilder()
            .setOrderId(Fields.text(body, "orderId", 64))
            .setApplicationId(Fields.text(body, "applicationId", 36))
            .setAccountToken(Fields.text(body, "accountToken", 32))
            .setBank(bank)
            .setPayloadSha256(Fields.matching(body, "payloadSha256", "[0-9a-f]{64}"))
            .setResult(result)
            .setBalanceBeforeFen(balance)
            .setStartTime(start)
            .setExpireTime(expire)
            .setAt(Fields.time(body, "at", true))
            .setRemark(body.path("remark").asText("").strip())
            .build());
  }

  /**
   * An answer to a release.
   *
   * @throws FieldException as above
   */
  static ReleaseAnswer released(JsonNode body) {
    return new ReleaseAnswer(
        Fields.matching(body, "orderId", "[0-9a-f]{64}"),
        Fields.text(body, "applicationId", 36),
        Fields.text(body, "actId", 128),
        Fields.word(body, "result", ReleaseAnswer.Result.class),
        Fields.time(body, "at", true),
        body.path("remark").asText("").strip());
  }

  /**
   * An outcome of a risk hold.
   *
   * @throws FieldException as above
   */
  static BankInbound outcome(String bank, JsonNode body) {
    Long held = Fields.number(body, "heldFen");
    HoldResult result = Fields.word(body, "result", HoldResult.class);
    if (held != null && held < 0) {
      throw new FieldException("heldFen is " + held + "; it is 0 or more");
    }
    if (result == HoldResult.DECLINED && held != null && held > 0) {
      throw new FieldException("heldFen is " + held + " and result DECLINED: nothing was held");
    }
    return new BankInbound(
        bank,
        RiskHoldOutcome.newBuilder()
            .setHoldId(Fields.matching(body, "holdId", "[0-9a-f]{64}"))
            .setBank(bank)
            .setResult(result)
            .setHeldFen(held == null ? 0 : held)
            .setAt(Fields.time(body, "at", true))
            .setRemark(body.path("remark").asText("").strip())
            .build());
  }
}
