package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.orders.OrderSettings.StopLimitScope;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All order objects of one account. Ordinals count order objects, corrected ones too; stops count
 * those that took effect. A mismatch neither creates a stop nor uses one up.
 */
final class OrderBook {

  private final List<OrderLife> lives;
  private final List<StopPaymentReceipt> waiting;
  private final Map<Integer, Long> sequences;
  private final Map<Integer, StopPaymentRequest> told;
  private final Map<String, FreezeWord> freezes;
  private String refusedCause;

  OrderBook(AccountOrders state) {
    lives = new ArrayList<>(state.lives());
    waiting = new ArrayList<>(state.waitingReceipts());
    sequences = new TreeMap<>(state.sequences());
    refusedCause = state.refusedCause();
    told = new TreeMap<>();
    if (state.told() != null) {
      state.told().forEach(request -> told.put(request.getOrdinal(), request));
    }
    freezes = new LinkedHashMap<>();
    if (state.freezes() != null) {
      state.freezes().forEach(freeze -> freezes.put(freeze.freezeId(), freeze));
    }
  }

  AccountOrders state() {
    return new AccountOrders(
        List.copyOf(lives),
        List.copyOf(waiting),
        Map.copyOf(sequences),
        refusedCause,
        List.copyOf(told.values()),
        List.copyOf(freezes.values()));
  }

  List<OrderLife> lives() {
    return List.copyOf(lives);
  }

  Optional<OrderLife> byOrderId(String orderId) {
    return lives.stream().filter(life -> life.orderId().equals(orderId)).findFirst();
  }

  /** The newest object that stands in the way of another. */
  Optional<OrderLife> open() {
    return lives.stream()
        .filter(life -> life.isIn(OrderTable.OPEN))
        .max(Comparator.comparingInt(OrderLife::ordinal));
  }

  Optional<OrderLife> newest() {
    return lives.stream().max(Comparator.comparingInt(OrderLife::ordinal));
  }

  int nextOrdinal() {
    return newest().map(life -> life.ordinal() + 1).orElse(1);
  }

  /** Stops that took effect. */
  int stopsUsed(StopLimitScope scope, Collection<String> caseIds) {
    return within(scope, caseIds).stream().mapToInt(OrderLife::stopsTaken).sum();
  }

  /**
   * Stops that took effect or may have: an order without an answer counts until an officer records
   * that the bank did not stop, for its answer may only be late.
   */
  int stopsPossible(StopLimitScope scope, Collection<String> caseIds) {
    return within(scope, caseIds).stream().mapToInt(OrderBook::stopsPossible).sum();
  }

  private static int stopsPossible(OrderLife life) {
    boolean first =
        life.stopTookEffect()
            || life.isIn(OrderTable.UNANSWERED)
            || life.state() == OrderState.TIMEOUT;
    boolean second = life.extension() != null && life.extension().counts();
    return (first ? 1 : 0) + (second ? 1 : 0);
  }

  private List<OrderLife> within(StopLimitScope scope, Collection<String> caseIds) {
    if (scope == StopLimitScope.ACCOUNT) {
      return lives;
    }
    return lives.stream()
        .filter(life -> !Collections.disjoint(life.request().getCaseIds(), caseIds))
        .toList();
  }

  /**
   * True when another object than {@code orderId} is signed and unanswered, may still be executed
   * though it was given up, or its stop is in force.
   */
  boolean otherOrderLive(String orderId, long nowMs) {
    return lives.stream()
        .anyMatch(
            life ->
                !life.orderId().equals(orderId)
                    && (life.isIn(OrderTable.IN_FORCE)
                        || life.isIn(OrderTable.UNANSWERED)
                        || (life.state() == OrderState.TIMEOUT
                            && life.signed().executableAt(nowMs))));
  }

  /** Puts {@code life} in the place of the object of its ordinal, or beside the others. */
  void put(OrderLife life) {
    lives.removeIf(other -> other.ordinal() == life.ordinal());
    lives.add(life);
    lives.sort(Comparator.comparingInt(OrderLife::ordinal));
    told.remove(life.ordinal());
  }

  /**
   * Keeps an answer until its order is read back; false when there is no room or it waits already.
   */
  boolean keep(StopPaymentReceipt receipt, int most) {
    return !waiting.contains(receipt) && waiting.size() < most && waiting.add(receipt);
  }

  List<StopPaymentReceipt> takeWaiting(String orderId) {
    List<StopPaymentReceipt> taken =
        waiting.stream().filter(receipt -> receipt.getOrderId().equals(orderId)).toList();
    waiting.removeAll(taken);
    return taken;
  }

  /** Number of the next transition of an object: above all that were made here or read back. */
  long nextSequence(int ordinal) {
    return sequences.merge(ordinal, 1L, Long::sum);
  }

  /**
   * Notes a transition that stands in the record: an older state then goes on counting above it.
   */
  void sawSequence(int ordinal, long sequence) {
    sequences.merge(ordinal, sequence, Math::max);
  }

  /** Keeps what the record tells of an object that is not known here; the newest word counts. */
  void keepTold(StopPaymentRequest request) {
    told.merge(
        request.getOrdinal(),
        request,
        (one, other) -> other.getSequence() > one.getSequence() ? other : one);
  }

  /** What the record told of an object before it was known here. */
  Optional<StopPaymentRequest> told(int ordinal) {
    return Optional.ofNullable(told.get(ordinal));
  }

  /** Newest words on the account's freezes, the one heard longest ago first. */
  List<FreezeWord> freezes() {
    return List.copyOf(freezes.values());
  }

  /**
   * Keeps the newest word on a freeze. Of more than {@code most} the one heard longest ago leaves,
   * those that are over first.
   *
   * @return false when it is old news
   */
  boolean heard(FreezeWord word, int most) {
    FreezeWord known = freezes.get(word.freezeId());
    if (known != null && known.sequence() >= word.sequence()) {
      return false;
    }
    freezes.remove(word.freezeId());
    freezes.put(word.freezeId(), word);
    if (freezes.size() > most) {
      String leaving =
          freezes.values().stream()
              .filter(one -> one.phase() == FreezeWord.Phase.OVER)
              .findFirst()
              .orElseGet(() -> freezes.values().iterator().next())
              .freezeId();
      freezes.remove(leaving);
    }
    return true;
  }

  /** Notes a refusal; true when this cause was not the last one refused. */
  boolean refused(String cause) {
    boolean first = !cause.equals(refusedCause);
    refusedCause = cause;
    return first;
  }
}
