package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.http.BankJson;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.TransferDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.specific.SpecificRecordBase;

/** Messages of a bank's topics, by what the bank knows them by and as it gets them. */
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

  private static ObjectNode release(byte[] body) {
    try {
      return (ObjectNode) JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException("a release in the store is no JSON", e);
    }
  }

  static JsonNode view(String stream, long offset, byte[] body) {
    ObjectNode view =
        switch (stream) {
          case "decisions" -> BankJson.view(Bodies.read(body, TransferDecision.class));
          case "releases" -> release(body);
          case "holds" -> BankJson.view(Bodies.read(body, RiskHold.class));
          default -> BankJson.view(Bodies.read(body, OrderEnvelope.class));
        };
    view.put("stream", stream);
    view.put("offset", offset);
    return view;
  }
}
