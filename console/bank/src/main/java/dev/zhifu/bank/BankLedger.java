package dev.zhifu.bank;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.schemas.crypto.SeenOrders;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.TransferDecision;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The bank's own record of what it did, JSON lines on its own disk: what an audit compares with the
 * topics, and what makes a message that comes twice harmless, after a restart too. Lines: INTENT
 * (an order about to be executed), ORDER (order id, payload hash, result, time, the receipt), HOLD
 * (hold id, sequence, result, time, the outcome), DECISION (event id, PASS or HOLD, late or not),
 * RELEASE (order id, act, result, time), UNREADABLE and UNTRUSTED (answered, and executed never). A
 * line cut short by a crash is cut off.
 */
final class BankLedger implements SeenOrders, AutoCloseable {
  /** Decided events remembered; far more than the 24 h of the decisions topic bring one bank. */
  private static final int DECISIONS_MAX = 500_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RandomAccessFile file;
  private final Map<String, StopPaymentReceipt> orders = new HashMap<>();
  private final Map<String, String> intents = new HashMap<>();
  private final Map<String, HoldRecord> holds = new HashMap<>();
  private final Map<String, ReleaseAnswer> releases = new HashMap<>();
  private final Set<String> decisions = Collections.newSetFromMap(new Bounded(DECISIONS_MAX));

  BankLedger(Path path) {
    try {
      file = new RandomAccessFile(path.toFile(), "rw");
      load();
    } catch (IOException e) {
      throw new UncheckedIOException("Bank ledger " + path + " cannot be opened", e);
    }
  }

  @Override
  public Optional<String> payloadSha256Of(String orderId) {
    return receiptOf(orderId).map(StopPaymentReceipt::getPayloadSha256);
  }

  /** The answer that an order got. */
  Optional<StopPaymentReceipt> receiptOf(String orderId) {
    return Optional.ofNullable(orders.get(orderId));
  }

  /** The highest message of a hold that was handled. */
  Optional<HoldRecord> holdOf(String holdId) {
    return Optional.ofNullable(holds.get(holdId));
  }

  /** The holds in force when the ledger was opened, by id. */
  Map<String, Instant> holdsInForce() {
    Map<String, Instant> ends = new HashMap<>();
    holds.forEach(
        (id, record) -> {
          if (record.inForce()) {
            ends.put(id, record.endsAt());
          }
        });
    return ends;
  }

  /**
   * Says, on the disk, that this verified order is about to be executed. Should the bank's systems
   * stop the account and the process then die, the order is finished after the restart though its
   * term may be over by then.
   */
  void intend(String orderId, String payloadSha256, Instant at) {
    intents.put(orderId, payloadSha256);
    append(line("INTENT", orderId, at).put("payloadSha256", payloadSha256));
    force();
  }

  /** True when this very order was about to be executed and got no answer yet. */
  boolean intended(String orderId, String payloadSha256) {
    return payloadSha256.equals(intents.get(orderId));
  }

  /** Writes down an answered order; its id is taken from now on. */
  void order(StopPaymentReceipt receipt) {
    orders.put(receipt.getOrderId(), receipt);
    intents.remove(receipt.getOrderId());
    append(receiptLine("ORDER", receipt));
  }

  /** Writes down an answer to an envelope that names nothing to be believed. */
  void untrusted(StopPaymentReceipt receipt) {
    append(receiptLine("UNTRUSTED", receipt));
  }

  /** The answer that an officer's act got. */
  Optional<ReleaseAnswer> releaseBy(String actId) {
    return Optional.ofNullable(releases.get(actId));
  }

  /** Writes down an answered release; its act is answered so from now on. */
  void release(ReleaseAnswer answer) {
    releases.put(answer.actId(), answer);
    append(releaseLine("RELEASE", answer));
  }

  /** Writes down an answer to a release that nobody is known to have signed. */
  void untrusted(ReleaseAnswer answer) {
    append(releaseLine("UNTRUSTED", answer));
  }

  private static ObjectNode releaseLine(String kind, ReleaseAnswer answer) {
    return line(kind, answer.orderId(), answer.at())
        .put("applicationId", answer.applicationId())
        .put("actId", answer.actId())
        .put("result", answer.result().name())
        .put("remark", answer.remark());
  }

  /** Writes down what was done on a hold. */
  void hold(HoldRecord record) {
    holds.put(record.outcome().getHoldId(), record);
    RiskHoldOutcome outcome = record.outcome();
    append(
        line("HOLD", outcome.getHoldId(), outcome.getAt())
            .put("sequence", record.sequence())
            .put("result", outcome.getResult().name())
            .put("endsAt", record.endsAt().toString())
            .put("heldFen", outcome.getHeldFen())
            .put("answer", encoded(outcome.getBank(), outcome)));
  }

  /** True when the answer to this event was written down before. */
  boolean decided(String eventId) {
    return decisions.contains(eventId);
  }

  /** Writes down an answer to an awaiting transfer. */
  void decision(TransferDecision decision, boolean late, Instant at) {
    decisions.add(decision.getEventId());
    append(
        line("DECISION", decision.getEventId(), at)
            .put("decision", decision.getDecision().name())
            .put("late", late));
  }

  /** Writes down a record that could not be read. */
  void unreadable(BankMessage.Unreadable message, Instant at) {
    append(
        line("UNREADABLE", message.where(), at)
            .put("payloadSha256", message.valueSha256())
            .put("why", message.why()));
  }

  /** Returns once everything written is on the disk. */
  void force() {
    try {
      file.getChannel().force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("The bank ledger cannot be written", e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The bank ledger cannot be closed", e);
    }
  }

  private static ObjectNode line(String kind, String id, Instant at) {
    return JSON.createObjectNode().put("kind", kind).put("id", id).put("at", at.toString());
  }

  private static ObjectNode receiptLine(String kind, StopPaymentReceipt receipt) {
    return line(kind, receipt.getOrderId(), receipt.getAt())
        .put("payloadSha256", receipt.getPayloadSha256())
        .put("result", receipt.getResult().name())
        .put("answer", encoded(receipt.getBank(), receipt));
  }

  private void append(ObjectNode line) {
    try {
      file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("The bank ledger cannot be written", e);
    }
  }

  private void load() throws IOException {
    byte[] bytes = new byte[Math.toIntExact(file.length())];
    file.readFully(bytes);
    int start = 0;
    for (int end = 0; end < bytes.length; end++) {
      if (bytes[end] == '\n') {
        take(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        start = end + 1;
      }
    }
    file.setLength(start);
    file.seek(start);
  }

  private void take(String text) throws JsonProcessingException {
    JsonNode line = JSON.readTree(text);
    String id = line.path("id").asText();
    switch (line.path("kind").asText()) {
      case "INTENT" -> intents.put(id, line.path("payloadSha256").asText());
      case "ORDER" -> {
        orders.put(id, (StopPaymentReceipt) decoded(line));
        intents.remove(id);
      }
      case "HOLD" ->
          holds.put(
              id,
              new HoldRecord(
                  line.path("sequence").asInt(),
                  Instant.parse(line.path("endsAt").asText()),
                  (RiskHoldOutcome) decoded(line)));
      case "RELEASE" ->
          releases.put(
              line.path("actId").asText(),
              new ReleaseAnswer(
                  id,
                  line.path("applicationId").asText(),
                  line.path("actId").asText(),
                  ReleaseAnswer.Result.valueOf(line.path("result").asText()),
                  Instant.parse(line.path("at").asText()),
                  line.path("remark").asText()));
      case "DECISION" -> decisions.add(id);
      default -> {
        // UNREADABLE and UNTRUSTED lines are for auditors; they decide nothing.
      }
    }
  }

  private static String encoded(String bank, Object body) {
    try {
      ByteBuffer bytes = new BankInbound(bank, body).toByteBuffer();
      return Base64.getEncoder().encodeToString(bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object decoded(JsonNode line) {
    try {
      byte[] bytes = Base64.getDecoder().decode(line.path("answer").asText());
      return BankInbound.fromByteBuffer(ByteBuffer.wrap(bytes)).getBody();
    } catch (IOException e) {
      throw new UncheckedIOException("A line of the bank ledger holds no answer: " + line, e);
    }
  }

  /** The last ids; the oldest go first. */
  private static final class Bounded extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1L;

    private final int max;

    Bounded(int max) {
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > max;
    }
  }
}
