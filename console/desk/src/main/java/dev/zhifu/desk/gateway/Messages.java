package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.TransferDecision;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Messages as a bank gets them. An order's signed bytes pass through untouched as hex; the JSON
 * beside them is a view and signs nothing (docs/envelope.md).
 */
final class Messages {
  static final ObjectMapper JSON = new ObjectMapper();

  private Messages() {}

  static Class<? extends SpecificRecordBase> type(String stream) {
    return switch (stream) {
      case "decisions" -> TransferDecision.class;
      case "holds" -> RiskHold.class;
      case "orders" -> OrderEnvelope.class;
      default -> throw new IllegalArgumentException("no stream '" + stream + "'");
    };
  }

  /** What a bank knows the message by. */
  static String id(SpecificRecordBase message) {
    if (message instanceof TransferDecision decision) {
      return decision.getTransactionId();
    }
    if (message instanceof RiskHold hold) {
      return hold.getHoldId() + ":" + hold.getSequence();
    }
    return orderOf((OrderEnvelope) message, StopPaymentOrder::getOrderId);
  }

  static String account(SpecificRecordBase message) {
    if (message instanceof RiskHold hold) {
      return hold.getAccount().getAccountToken();
    }
    return message instanceof OrderEnvelope envelope
        ? orderOf(envelope, StopPaymentOrder::getAccountToken)
        : null;
  }

  private static String orderOf(
      OrderEnvelope envelope, java.util.function.Function<StopPaymentOrder, String> field) {
    try {
      return field.apply(Envelopes.open(envelope));
    } catch (CryptoException e) {
      return "unreadable:" + Envelopes.payloadSha256(envelope);
    }
  }

  static JsonNode view(String stream, long offset, byte[] body) {
    ObjectNode view = JSON.createObjectNode();
    view.put("stream", stream);
    view.put("offset", offset);
    switch (stream) {
      case "decisions" -> decision(view, Bodies.read(body, TransferDecision.class));
      case "holds" -> hold(view, Bodies.read(body, RiskHold.class));
      default -> order(view, Bodies.read(body, OrderEnvelope.class));
    }
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
    shown.put("accountToken", order.getAccountToken());
    shown.put("cipher", hex(order.getCipher()));
    shown.put("accountType", order.getAccountType());
    shown.put("currency", order.getCurrency());
    shown.put("transferAmountFen", order.getTransferAmountFen());
    shown.put("transferTime", order.getTransferTime().toString());
    shown.put("bankTransactionId", order.getBankTransactionId());
    shown.put("reasonCode", order.getReasonCode().toString());
    shown.put("termHours", order.getTermHours());
    shown.put("notAfter", order.getNotAfter().toString());
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
