package dev.zhifu.stack.path;

import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TransferDecision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads what the job answers, on a thread and a consumer of its own, into the {@link Ledger}. */
final class OutputWatch implements Runnable {
  private static final Duration WAIT = Duration.ofMillis(100);
  private static final String REQUESTS = "stop.requests";

  /** Orders of the no-op carry no payload that can be read; their key id names order and cause. */
  static final String NOOP = "noop:";

  private final TopicReader reader;
  private final Ledger ledger;
  private volatile boolean stopped;
  private volatile RuntimeException failure;

  OutputWatch(TopicReader reader, List<String> banks, Ledger ledger) {
    this.reader = reader;
    this.ledger = ledger;
    List<String> topics = new ArrayList<>(List.of(REQUESTS));
    banks.forEach(bank -> topics.add("bank." + bank + ".decisions"));
    banks.forEach(bank -> topics.add("bank." + bank + ".orders"));
    reader.seekToEnd(topics);
  }

  void stop() {
    stopped = true;
  }

  /** Throws what ended {@link #run}, if anything did. */
  void requireWell() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        reader.poll(WAIT, this::take);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(REQUESTS)) {
      StopPaymentRequest request = reader.decode(record, StopPaymentRequest.class);
      ledger.request(request.getOrderId(), request.getCause(), record.timestamp());
      request.getUnsigned().forEach(reason -> ledger.unsigned(reason.name()));
      if (request.getState() == OrderState.SIGNED) {
        ledger.signed(request.getOrderId(), request.getCause());
      }
    } else if (record.topic().endsWith(".decisions")) {
      TransferDecision decision = reader.decode(record, TransferDecision.class);
      ledger.decision(decision.getEventId(), decision.getDecision(), record.timestamp());
    } else {
      order(reader.decode(record, OrderEnvelope.class), record.timestamp());
    }
  }

  private void order(OrderEnvelope envelope, long appendedMs) {
    if (envelope.getKeyId().startsWith(NOOP)) {
      String cause = envelope.getKeyId().substring(NOOP.length());
      ledger.signed(envelope.getKeyId(), cause);
      ledger.order(envelope.getKeyId(), "", appendedMs);
      return;
    }
    ByteBuffer payload = envelope.getPayload();
    try {
      String orderId = StopPaymentOrder.fromByteBuffer(payload.duplicate()).getOrderId();
      ledger.order(orderId, Sha256.hex(payload.duplicate()), appendedMs);
    } catch (IOException e) {
      throw new dev.zhifu.stack.StackException("an order cannot be read: " + e.getMessage(), e);
    }
  }
}
