package dev.zhifu.stack.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.schemas.crypto.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What came to the banks, held against what was sent: the same signed bytes, to the bank they are
 * for, of one account in their order. An order may come again, never be missing or first come late
 * behind a later one.
 */
final class Arrivals {
  private static final int FAULTS_KEPT = 20;

  private final Map<String, SentOrder> sent = new HashMap<>();
  private final Map<String, Integer> last = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private long repeated;
  private long faultsInAll;

  /** Notes an order before it is written. */
  synchronized void expect(SentOrder order) {
    sent.put(order.id(), order);
  }

  /**
   * Takes a message as a bank got it.
   *
   * @param bank its number
   * @param message as JSON
   * @param nanos when, by {@link System#nanoTime}
   */
  synchronized void take(int bank, JsonNode message, long nanos) {
    String id = message.path("order").path("orderId").asText();
    SentOrder order = sent.get(id);
    if (order == null) {
      fault(
          "bank " + bank + " got " + message.path("stream").asText() + " '" + id + "', never sent");
    } else if (order.bank() != bank) {
      fault("bank " + bank + " got order " + id + " of bank " + order.bank());
    } else if (!order.payload().equals(payload(message))) {
      fault("order " + id + " came with other bytes than were signed");
    } else if (order.hasArrived()) {
      repeated++;
    } else {
      int before = last.getOrDefault(order.account(), 0);
      if (order.ordinal() != before + 1) {
        fault("order " + order.ordinal() + " of an account came after its order " + before);
      }
      last.put(order.account(), order.ordinal());
      order.arrived(nanos);
    }
    notifyAll();
  }

  private static String payload(JsonNode message) {
    return Sha256.hex(
        ByteBuffer.wrap(
            HexFormat.of().parseHex(message.path("envelope").path("payload").asText(""))));
  }

  /** Notes something that must not be. */
  synchronized void fault(String sentence) {
    faultsInAll++;
    if (faults.size() < FAULTS_KEPT) {
      faults.add(sentence);
    }
  }

  /** Waits until all these orders have come, so long at most; answers how many have not. */
  synchronized long await(List<SentOrder> orders, long limitNanos) throws InterruptedException {
    long end = System.nanoTime() + limitNanos;
    Predicate<SentOrder> open = order -> !order.hasArrived();
    while (orders.stream().anyMatch(open) && System.nanoTime() < end) {
      wait(200);
    }
    return orders.stream().filter(open).count();
  }

  /** Orders that came once more. */
  synchronized long repeated() {
    return repeated;
  }

  /** What must not be, the first of it in words. */
  synchronized List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    if (faultsInAll > all.size()) {
      all.add("and " + (faultsInAll - all.size()) + " more");
    }
    return all;
  }
}
