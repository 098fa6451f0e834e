package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentReceipt;
import java.time.DateTimeException;
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
   * @throws AnswerException with the field, its value and the rule broken
   */
  static BankInbound receipt(String bank, JsonNode body) {
    ReceiptResult result = word(body, "result", ReceiptResult.class);
    boolean stopped = STOPPED.contains(result);
    Long balance = number(body, "balanceBeforeFen");
    Instant start = time(body, "startTime", stopped);
    Instant expire = time(body, "expireTime", stopped);
    if (stopped && balance == null) {
      throw new AnswerException("balanceBeforeFen is missing; a stop names the balance before it");
    }
    if (stopped && (result == ReceiptResult.STOPPED_ZERO) != (balance == 0)) {
      throw new AnswerException(
          "result " + result + " and balanceBeforeFen " + balance + " contradict each other");
    }
    if (balance != null && balance < 0) {
      throw new AnswerException("balanceBeforeFen is " + balance + "; it is 0 or more");
    }
    if (stopped && !expire.equals(start.plus(TERM))) {
      throw new AnswerException(
          "expireTime is " + expire + "; it is startTime + 48 h, " + start.plus(TERM));
    }
    if (!stopped && (start != null || expire != null || balance != null)) {
      throw new AnswerException(
          "startTime, expireTime and balanceBeforeFen belong to a stop; result is " + result);
    }
    return new BankInbound(
        bank,
        StopPaymentReceipt.newBuilder()
            .setOrderId(text(body, "orderId", 64))
            .setApplicationId(text(body, "applicationId", 36))
            .setAccountToken(text(body, "accountToken", 32))
            .setBank(bank)
            .setPayloadSha256(matching(body, "payloadSha256", "[0-9a-f]{64}"))
            .setResult(result)
            .setBalanceBeforeFen(balance)
            .setStartTime(start)
            .setExpireTime(expire)
            .setAt(time(body, "at", true))
            .setRemark(body.path("remark").asText("").strip())
            .build());
  }

  /**
   * An outcome of a risk hold.
   *
   * @throws AnswerException as above
   */
  static BankInbound outcome(String bank, JsonNode body) {
    Long held = number(body, "heldFen");
    HoldResult result = word(body, "result", HoldResult.class);
    if (held != null && held < 0) {
      throw new AnswerException("heldFen is " + held + "; it is 0 or more");
    }
    if (result == HoldResult.DECLINED && held != null && held > 0) {
      throw new AnswerException("heldFen is " + held + " and result DECLINED: nothing was held");
    }
    return new BankInbound(
        bank,
        RiskHoldOutcome.newBuilder()
            .setHoldId(matching(body, "holdId", "[0-9a-f]{64}"))
            .setBank(bank)
            .setResult(result)
            .setHeldFen(held == null ? 0 : held)
            .setAt(time(body, "at", true))
            .setRemark(body.path("remark").asText("").strip())
            .build());
  }

  private static String text(JsonNode body, String field, int longest) {
    if (!body.path(field).isTextual() || body.path(field).asText().length() > longest) {
      throw new AnswerException(
          field + " is " + shown(body.path(field)) + "; it is a text of at most " + longest);
    }
    return body.path(field).asText();
  }

  private static String matching(JsonNode body, String field, String pattern) {
    if (!body.path(field).asText("").matches(pattern)) {
      throw new AnswerException(
          field + " is " + shown(body.path(field)) + "; it matches " + pattern);
    }
    return body.path(field).asText();
  }

  private static <E extends Enum<E>> E word(JsonNode body, String field, Class<E> type) {
    try {
      return Enum.valueOf(type, body.path(field).asText(""));
    } catch (IllegalArgumentException e) {
      throw new AnswerException(
          field + " is " + shown(body.path(field)) + "; it is one of " + EnumSet.allOf(type));
    }
  }

  private static Long number(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new AnswerException(field + " is " + shown(value) + "; it is a whole number of fen");
    }
    return value.asLong();
  }

  private static Instant time(JsonNode body, String field, boolean required) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      if (required) {
        throw new AnswerException(field + " is missing; it is a time such as 2026-03-02T01:00:00Z");
      }
      return null;
    }
    try {
      return Instant.parse(value.asText());
    } catch (DateTimeException e) {
      throw new AnswerException(
          field + " is " + shown(value) + "; it is a time such as 2026-03-02T01:00:00Z");
    }
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return value.isMissingNode() ? "missing" : text.substring(0, Math.min(80, text.length()));
  }

  /** What is wrong with an answer, in a sentence for the bank. */
  static final class AnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerException(String sentence) {
      super(sentence);
    }
  }
}
