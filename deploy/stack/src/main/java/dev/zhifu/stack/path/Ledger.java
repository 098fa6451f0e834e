package dev.zhifu.stack.path;

import dev.zhifu.wire.DecisionKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was asked and what was answered, by id: the sender writes the one side, the reader of the
 * answers the other. Latencies go to the stretch of sending time that their cause was planned in.
 */
final class Ledger {
  /** Ids remembered: more than a minute at 20,000 events a second. */
  private static final int IDS = 1_500_000;

  private final PlannedTimes planned = new PlannedTimes(IDS);
  private final Map<String, Long> asked = new HashMap<>();
  private final Map<String, DecisionKind> answered = new HashMap<>();
  private final Set<String> requests = new HashSet<>();
  private final Map<String, String> causeOfSignature = new HashMap<>();
  private final Map<String, Long> ordersAt = new HashMap<>();
  private final Set<String> ordersCounted = new HashSet<>();
  private final Map<String, String> payloads = new HashMap<>();
  private final List<Stretch> stretches = new ArrayList<>();
  private final Map<String, Long> unsigned = new TreeMap<>();
  private long repeated;
  private long contradicted;
  private long answeredOtherwise;
  private long unasked;
  private long causeUnknown;

  /** A stretch of sending time and what came of it. */
  static final class Stretch {
    private final long fromMs;
    private long toMs = Long.MAX_VALUE;
    private final Latency decisions = Latency.inMillis();
    private final Latency requests = Latency.inMillis();
    private final Latency orders = Latency.inMillis();
    private final List<long[]> answers = new ArrayList<>();

    private Stretch(long fromMs) {
      this.fromMs = fromMs;
    }

    private boolean has(long plannedMs) {
      return plannedMs >= fromMs && plannedMs < toMs;
    }

    Latency decisions() {
      return decisions;
    }

    Latency requests() {
      return requests;
    }

    Latency orders() {
      return orders;
    }

    /** Planned and append time of each decision, UTC milliseconds. */
    List<long[]> answers() {
      return answers;
    }
  }

  // --- sent
  // ---------------------------------------------------------------------------------------------------------

  synchronized void planned(LoadFile.Entry entry, long plannedMs) {
    entry.ids().forEach(id -> planned.note(id, plannedMs));
    if (entry.asks()) {
      asked.putIfAbsent(entry.ids().get(0), plannedMs);
    }
  }

  /** What is planned at this moment, UTC milliseconds, or later is measured apart. */
  synchronized Stretch open(long fromMs) {
    Stretch stretch = new Stretch(fromMs);
    stretches.add(stretch);
    return stretch;
  }

  /** What is planned at this moment or later belongs to it no more; answers still come in. */
  synchronized void close(Stretch stretch, long toMs) {
    stretch.toMs = toMs;
  }

  // --- read back
  // ----------------------------------------------------------------------------------------------------

  synchronized void decision(String eventId, DecisionKind kind, long appendedMs) {
    DecisionKind known = answered.putIfAbsent(eventId, kind);
    if (known != null) {
      repeated++;
      answeredOtherwise += known == kind ? 0 : 1;
      return;
    }
    Long at = asked.get(eventId);
    if (at == null) {
      unasked++;
      return;
    }
    for (Stretch stretch : stretches) {
      if (stretch.has(at)) {
        stretch.decisions().add(appendedMs - at);
        stretch.answers().add(new long[] {at, appendedMs});
      }
    }
  }

  /** The first word on an order object counts. */
  synchronized void request(String orderId, String cause, long appendedMs) {
    if (!requests.add(orderId)) {
      return;
    }
    long at = planned.of(cause);
    if (at == PlannedTimes.UNKNOWN) {
      causeUnknown++;
      return;
    }
    stretches.stream()
        .filter(stretch -> stretch.has(at))
        .forEach(stretch -> stretch.requests().add(appendedMs - at));
  }

  /** Why a request became no order, for whoever wonders that there are few. */
  synchronized void unsigned(String reason) {
    unsigned.merge(reason, 1L, Long::sum);
  }

  /** An order's request says what it was signed for. */
  synchronized void signed(String orderId, String cause) {
    causeOfSignature.putIfAbsent(orderId, cause);
    countOrder(orderId);
  }

  synchronized void order(String orderId, String payloadSha256, long appendedMs) {
    String known = payloads.putIfAbsent(orderId, payloadSha256);
    if (known != null) {
      repeated++;
      contradicted += known.equals(payloadSha256) ? 0 : 1;
      return;
    }
    ordersAt.put(orderId, appendedMs);
    countOrder(orderId);
  }

  private void countOrder(String orderId) {
    Long appendedMs = ordersAt.get(orderId);
    String cause = causeOfSignature.get(orderId);
    if (appendedMs == null || cause == null || !ordersCounted.add(orderId)) {
      return;
    }
    long at = planned.of(cause);
    if (at == PlannedTimes.UNKNOWN) {
      causeUnknown++;
      return;
    }
    stretches.stream()
        .filter(stretch -> stretch.has(at))
        .forEach(stretch -> stretch.orders().add(appendedMs - at));
  }

  // --- told
  // ---------------------------------------------------------------------------------------------------------

  synchronized long asked() {
    return asked.size();
  }

  /** Asked and not answered. */
  synchronized long open() {
    return asked.keySet().stream().filter(id -> !answered.containsKey(id)).count();
  }

  synchronized int requests() {
    return requests.size();
  }

  synchronized int orders() {
    return ordersAt.size();
  }

  /** How both sides stand to each other, by id. */
  synchronized Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("asked", asked.size());
    row.put("answered", answered.size());
    row.put("unanswered", open());
    row.put("unasked", unasked);
    row.put("requests", requests.size());
    row.put("orders", ordersAt.size());
    row.put("repeated", repeated);
    row.put("answeredOtherwise", answeredOtherwise);
    row.put("contradicted", contradicted);
    row.put("causeUnknown", causeUnknown);
    row.put("unsignedReasons", new TreeMap<>(unsigned));
    return row;
  }
}
