package dev.zhifu.bank.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.BankMessage;
import dev.zhifu.bank.BankTransport;
import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.TransferDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A bank's messages over the gateway. Cursors lie in a file and move when everything polled is
 * answered; an answer's id is the hash of what it says, so that one sent again is the same answer.
 */
public final class HttpBankTransport implements BankTransport {
  private static final List<String> STREAMS = List.of("decisions", "holds", "orders", "releases");
  private static final long WAIT_MAX = 30_000;

  private final GatewayClient client;
  private final Path file;
  private final Map<String, Long> cursors = new LinkedHashMap<>();
  private final Map<String, Long> nexts = new LinkedHashMap<>();
  private final List<BankInbound> answers = new ArrayList<>();
  private final List<ReleaseAnswer> releases = new ArrayList<>();
  private final List<Reconciliation> polled = new ArrayList<>();
  private final Map<String, Reconciliation> received = new LinkedHashMap<>();
  private final Map<String, String[]> answered = new HashMap<>();

  /**
   * @param client this bank's requests
   * @param cursors file of how far each stream is handled; made when missing
   */
  public HttpBankTransport(GatewayClient client, Path cursors) {
    this.client = client;
    this.file = cursors;
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        kept.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException("cursors " + file + " cannot be read", e);
      }
    }
    STREAMS.forEach(
        stream -> this.cursors.put(stream, Long.parseLong(kept.getProperty(stream, "0"))));
  }

  @Override
  public List<BankMessage> poll(Duration wait) {
    nexts.clear();
    answers.clear();
    releases.clear();
    polled.clear();
    List<BankMessage> messages = new ArrayList<>();
    for (String stream : STREAMS) {
      // Orders are waited for; the others are looked at in passing, releases behind the orders that
      // they are about.
      long waitMs =
          stream.equals("orders") && messages.isEmpty() ? Math.min(WAIT_MAX, wait.toMillis()) : 0;
      JsonNode page = page(stream, waitMs);
      for (JsonNode message : page.path("messages")) {
        messages.add(read(stream, message));
        note(stream, message);
      }
      nexts.put(stream, page.path("next").asLong());
    }
    return messages;
  }

  private JsonNode page(String stream, long waitMs) {
    HttpResponse<String> answer =
        client.get(
            "/v1/messages/" + stream + "?after=" + cursors.get(stream) + "&waitMs=" + waitMs);
    if (answer.statusCode() != 200) {
      throw new GatewayException(stream + " was refused: " + answer.body());
    }
    try {
      return GatewayClient.JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new GatewayException("the gateway's answer is no JSON", e);
    }
  }

  private static BankMessage read(String stream, JsonNode message) {
    return switch (stream) {
      case "decisions" -> new BankMessage.Decision(decision(message));
      case "holds" -> new BankMessage.Hold(hold(message));
      case "releases" -> release(message);
      default -> new BankMessage.Order(envelope(message.path("envelope")));
    };
  }

  private static BankMessage release(JsonNode message) {
    try {
      return new BankMessage.Release(BankJson.release(message));
    } catch (IllegalArgumentException e) {
      return new BankMessage.Unreadable(
          false,
          "releases:" + message.path("offset").asText(),
          e.getMessage(),
          Sha256.hex(message.path("act").asText()));
    }
  }

  private void note(String stream, JsonNode message) {
    JsonNode named = stream.equals("orders") ? message.path("order") : message;
    String id =
        switch (stream) {
          case "orders" -> named.path("orderId").asText();
          case "releases" -> Reconciliation.release(named.path("orderId").asText());
          default -> named.path("holdId").asText();
        };
    if (!stream.equals("decisions")) {
      polled.add(
          new Reconciliation(
              stream,
              id,
              message.path("offset").asLong(),
              named.path("accountToken").asText(),
              "",
              ""));
    }
  }

  /**
   * This bank's own file of what it was sent since it started and how it answered last, to compare
   * with the centre's.
   */
  public synchronized List<Reconciliation> day() {
    return received.values().stream()
        .map(
            line -> {
              String[] answer = answered.getOrDefault(line.id(), new String[] {"", ""});
              return new Reconciliation(
                  line.stream(),
                  line.id(),
                  line.offset(),
                  line.accountToken(),
                  answer[0],
                  answer[1]);
            })
        .toList();
  }

  private synchronized void handled() {
    polled.forEach(line -> received.put(line.stream() + line.offset(), line));
    polled.clear();
  }

  private synchronized void answered(BankInbound answer) {
    if (answer.getBody() instanceof RiskHoldOutcome outcome) {
      answered.put(
          outcome.getHoldId(),
          new String[] {outcome.getResult().toString(), outcome.getAt().toString()});
    } else {
      StopPaymentReceipt receipt = (StopPaymentReceipt) answer.getBody();
      answered.put(
          receipt.getOrderId(),
          new String[] {receipt.getResult().toString(), receipt.getAt().toString()});
    }
  }

  private static OrderEnvelope envelope(JsonNode signed) {
    return new OrderEnvelope(
        bytes(signed.path("payload")),
        signed.path("version").asInt(),
        signed.path("keyId").asText(),
        bytes(signed.path("signature")));
  }

  private static TransferDecision decision(JsonNode message) {
    Instant answerBy = Instant.parse(message.path("answerBy").asText());
    return TransferDecision.newBuilder()
        .setEventId(message.path("eventId").asText())
        .setTransactionId(message.path("transactionId").asText())
        .setBank(message.path("bank").asText())
        .setDecision(DecisionKind.valueOf(message.path("decision").asText()))
        .setReasonCode(
            message.path("reasonCode").isTextual()
                ? ReasonCode.valueOf(message.path("reasonCode").asText())
                : null)
        .setOccurredAt(Instant.parse(message.path("occurredAt").asText()))
        .setAnswerBy(answerBy)
        .build();
  }

  private static RiskHold hold(JsonNode message) {
    return RiskHold.newBuilder()
        .setHoldId(message.path("holdId").asText())
        .setSequence(message.path("sequence").asInt())
        .setAction(HoldAction.valueOf(message.path("action").asText()))
        .setBank(message.path("bank").asText())
        .setAccount(
            AccountRef.newBuilder()
                .setAccountToken(message.path("accountToken").asText())
                .setCipher(
                    message.path("cipher").isTextual() ? bytes(message.path("cipher")) : null)
                .setBank(message.path("bank").asText())
                .build())
        .setBankTransactionId(
            message.path("bankTransactionId").isTextual()
                ? message.path("bankTransactionId").asText()
                : null)
        .setAmountFen(message.path("amountFen").asLong())
        .setReasonCode(ReasonCode.valueOf(message.path("reasonCode").asText()))
        .setOccurredAt(Instant.parse(message.path("occurredAt").asText()))
        .setEndsAt(Instant.parse(message.path("endsAt").asText()))
        .setNoticeId(message.path("noticeId").asText())
        .build();
  }

  private static ByteBuffer bytes(JsonNode hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.asText()));
  }

  @Override
  public void send(BankInbound answer) {
    answers.add(answer);
  }

  @Override
  public void send(ReleaseAnswer answer) {
    releases.add(answer);
  }

  @Override
  public void acknowledge() {
    answers.forEach(this::post);
    answers.clear();
    releases.forEach(this::post);
    releases.clear();
    cursors.putAll(nexts);
    keep();
    handled();
  }

  private void post(BankInbound answer) {
    boolean hold = answer.getBody() instanceof RiskHoldOutcome;
    ObjectNode body =
        hold
            ? outcome((RiskHoldOutcome) answer.getBody())
            : receipt((StopPaymentReceipt) answer.getBody());
    HttpResponse<String> taken =
        client.post(hold ? "/v1/hold-outcomes" : "/v1/receipts", body, Sha256.hex(body.toString()));
    if (taken.statusCode() / 100 != 2) {
      throw new GatewayException("an answer was refused: " + taken.body());
    }
    answered(answer);
  }

  private void post(ReleaseAnswer answer) {
    ObjectNode body = BankJson.view(answer);
    HttpResponse<String> taken =
        client.post("/v1/release-receipts", body, Sha256.hex(body.toString()));
    if (taken.statusCode() / 100 != 2) {
      throw new GatewayException("an answer was refused: " + taken.body());
    }
    answered(answer);
  }

  private synchronized void answered(ReleaseAnswer answer) {
    answered.put(
        Reconciliation.release(answer.orderId()),
        new String[] {answer.result().name(), answer.at().toString()});
  }

  private static ObjectNode outcome(RiskHoldOutcome outcome) {
    return GatewayClient.JSON
        .createObjectNode()
        .put("holdId", outcome.getHoldId())
        .put("result", outcome.getResult().toString())
        .put("heldFen", outcome.getHeldFen())
        .put("at", outcome.getAt().toString())
        .put("remark", outcome.getRemark());
  }

  private static ObjectNode receipt(StopPaymentReceipt receipt) {
    return GatewayClient.JSON
        .createObjectNode()
        .put("orderId", receipt.getOrderId())
        .put("applicationId", receipt.getApplicationId())
        .put("accountToken", receipt.getAccountToken())
        .put("payloadSha256", receipt.getPayloadSha256())
        .put("result", receipt.getResult().toString())
        .put("balanceBeforeFen", receipt.getBalanceBeforeFen())
        .put("startTime", text(receipt.getStartTime()))
        .put("expireTime", text(receipt.getExpireTime()))
        .put("at", receipt.getAt().toString())
        .put("remark", receipt.getRemark());
  }

  private static String text(Instant at) {
    return at == null ? null : at.toString();
  }

  private void keep() {
    Properties kept = new Properties();
    cursors.forEach((stream, cursor) -> kept.setProperty(stream, Long.toString(cursor)));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      try (var out = Files.newBufferedWriter(next)) {
        kept.store(out, null);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cursors " + file + " cannot be written", e);
    }
  }

  @Override
  public void close() {
    // Nothing is held that must be given back.
  }
}
