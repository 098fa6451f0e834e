package dev.zhifu.bank.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.bank.StopRelease;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.TransferDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Messages and answers as JSON. An order's signed bytes pass through untouched as hex; the JSON
 * beside them is a view and signs nothing (docs/envelope.md).
 */
public final class BankJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BankJson() {}

  /** An answer to an awaiting transfer. */
  public static ObjectNode view(TransferDecision decision) {
    ObjectNode view = JSON.createObjectNode();
    decision(view, decision);
    return view;
  }

  /** A risk hold. */
  public static ObjectNode view(RiskHold hold) {
    ObjectNode view = JSON.createObjectNode();
    hold(view, hold);
    return view;
  }

  /** An order; without its fields when the payload cannot be read. */
  public static ObjectNode view(OrderEnvelope envelope) {
    ObjectNode view = JSON.createObjectNode();
    order(view, envelope);
    return view;
  }

  private static void decision(ObjectNode view, TransferDecision decision) {
    view.put("eventId", decision.getEventId());
    view.put("transactionId", decision.getTransactionId());
    view.put("decision", decision.getDecision().toString());
    view.put(
        "reasonCode",
        decision.getReasonCode() == null ? null : decision.getReasonCode().toString());
    view.put("bank", decision.getBank());
    view.put("occurredAt", decision.getOccurredAt().toString());
    view.put("answerBy", decision.getAnswerBy().toString());
  }

  private static void hold(ObjectNode view, RiskHold hold) {
    view.put("holdId", hold.getHoldId());
    view.put("sequence", hold.getSequence());
    view.put("action", hold.getAction().toString());
    view.put("accountToken", hold.getAccount().getAccountToken());
    view.put("cipher", hex(hold.getAccount().getCipher()));
    view.put("bankTransactionId", hold.getBankTransactionId());
    view.put("amountFen", hold.getAmountFen());
    view.put("reasonCode", hold.getReasonCode().toString());
    view.put("bank", hold.getBank());
    view.put("occurredAt", hold.getOccurredAt().toString());
    view.put("endsAt", hold.getEndsAt().toString());
    view.put("noticeId", hold.getNoticeId());
  }

  private static void order(ObjectNode view, OrderEnvelope envelope) {
    ObjectNode signed = view.putObject("envelope");
    signed.put("payload", hex(envelope.getPayload()));
    signed.put("version", envelope.getVersion());
    signed.put("keyId", envelope.getKeyId());
    signed.put("signature", hex(envelope.getSignature()));
    view.put("payloadSha256", Envelopes.payloadSha256(envelope));
    StopPaymentOrder order;
    try {
      order = Envelopes.open(envelope);
    } catch (CryptoException e) {
      return;
    }
    ObjectNode shown = view.putObject("order");
    shown.put("txCode", "100101");
    shown.put("orderId", order.getOrderId());
    shown.put("applicationId", order.getApplicationId());
    shown.put("applicationType", order.getApplicationType());
    if (order.getOriginalApplicationId() != null) {
      shown.put("originalApplicationId", order.getOriginalApplicationId());
    }
    shown.put("bank", order.getBank());
    shown.put("accountToken", order.getAccountToken());
    shown.put("cipher", hex(order.getCipher()));
    shown.put("accountType", order.getAccountType());
    shown.put("currency", order.getCurrency());
    shown.put("transferAmountFen", order.getTransferAmountFen());
    shown.put("transferTime", order.getTransferTime().toString());
    shown.put("bankTransactionId", order.getBankTransactionId());
    shown.put("reasonCode", order.getReasonCode().toString());
    shown.put("emergencyLevel", order.getEmergencyLevel());
    shown.put("termHours", order.getTermHours());
    shown.put("applicationTime", order.getApplicationTime().toString());
    shown.put("notAfter", order.getNotAfter().toString());
  }

  /**
   * The lifting of a stop: the officer's act as it was signed, and beside it what it is about.
   *
   * @param bank it is for
   */
  public static ObjectNode view(StopRelease release, String bank) {
    OfficerAct act = release.act();
    ObjectNode view = JSON.createObjectNode();
    view.put("txCode", "100103");
    view.put("orderId", release.orderId());
    view.put("extensionId", EventIds.extensionId(release.orderId()));
    view.put("applicationId", release.applicationId());
    view.put("bank", bank);
    view.put("accountToken", act.getAccountToken());
    view.put("reason", act.getReason());
    view.put("at", act.getAt().toString());
    try {
      view.put("act", hex(act.toByteBuffer()));
    } catch (IOException e) {
      throw new UncheckedIOException("an act cannot be encoded", e);
    }
    return view;
  }

  /**
   * The lifting of a stop as a bank gets it.
   *
   * @throws IllegalArgumentException when the act cannot be read
   */
  public static StopRelease release(JsonNode message) {
    try {
      return new StopRelease(
          message.path("orderId").asText(),
          message.path("applicationId").asText(),
          OfficerAct.fromByteBuffer(
              ByteBuffer.wrap(HexFormat.of().parseHex(message.path("act").asText()))));
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("the act of a release cannot be read: " + e, e);
    }
  }

  /** An answer to a release. */
  public static ObjectNode view(ReleaseAnswer answer) {
    return JSON.createObjectNode()
        .put("orderId", answer.orderId())
        .put("applicationId", answer.applicationId())
        .put("actId", answer.actId())
        .put("result", answer.result().name())
        .put("at", answer.at().toString())
        .put("remark", answer.remark());
  }

  /**
   * An answer to a release as it is posted.
   *
   * @throws IllegalArgumentException or a {@link java.time.DateTimeException} when a field cannot
   *     be read
   */
  public static ReleaseAnswer released(JsonNode body) {
    return new ReleaseAnswer(
        body.path("orderId").asText(),
        body.path("applicationId").asText(),
        body.path("actId").asText(),
        ReleaseAnswer.Result.valueOf(body.path("result").asText()),
        Instant.parse(body.path("at").asText()),
        body.path("remark").asText(""));
  }

  /**
   * An answer to an order.
   *
   * @throws IllegalArgumentException or a {@link java.time.DateTimeException} when a field cannot
   *     be read
   */
  public static BankInbound receipt(String bank, JsonNode body) {
    return new BankInbound(
        bank,
        StopPaymentReceipt.newBuilder()
            .setOrderId(body.path("orderId").asText())
            .setApplicationId(body.path("applicationId").asText())
            .setAccountToken(body.path("accountToken").asText())
            .setBank(bank)
            .setPayloadSha256(body.path("payloadSha256").asText())
            .setResult(ReceiptResult.valueOf(body.path("result").asText()))
            .setBalanceBeforeFen(
                body.path("balanceBeforeFen").isIntegralNumber()
                    ? body.path("balanceBeforeFen").asLong()
                    : null)
            .setStartTime(time(body, "startTime"))
            .setExpireTime(time(body, "expireTime"))
            .setAt(Instant.parse(body.path("at").asText()))
            .setRemark(body.path("remark").asText(""))
            .build());
  }

  /**
   * An answer to a risk hold.
   *
   * @throws IllegalArgumentException or a {@link java.time.DateTimeException} when a field cannot
   *     be read
   */
  public static BankInbound outcome(String bank, JsonNode body) {
    return new BankInbound(
        bank,
        RiskHoldOutcome.newBuilder()
            .setHoldId(body.path("holdId").asText())
            .setBank(bank)
            .setResult(HoldResult.valueOf(body.path("result").asText()))
            .setHeldFen(body.path("heldFen").asLong())
            .setAt(Instant.parse(body.path("at").asText()))
            .setRemark(body.path("remark").asText(""))
            .build());
  }

  private static Instant time(JsonNode body, String field) {
    return body.path(field).isTextual() ? Instant.parse(body.path(field).asText()) : null;
  }

  /** What is said when a request is not taken. */
  public static ObjectNode problem(int status, String sentence) {
    return JSON.createObjectNode().put("status", status).put("detail", sentence);
  }

  private static String hex(ByteBuffer bytes) {
    if (bytes == null) {
      return null;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
