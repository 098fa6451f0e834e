package dev.zhifu.rules.money.network;

import dev.zhifu.rules.money.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;

/** What one account remembers for the shapes; bounded by the settings. */
public final class NetworkState {
  private static final int VERSION = 1;

  /**
   * Accounts that this one has paid, with the time of the newest payment, the longest unpaid first.
   */
  final LinkedHashMap<String, Long> paid = new LinkedHashMap<>(16, 0.75f, true);

  /** First payments from others, the oldest first. */
  final Deque<TrailMessage> in = new ArrayDeque<>();

  /** First payments to others, the oldest first. */
  final Deque<TrailMessage> out = new ArrayDeque<>();

  /** Movements, trails and partners kept: what a bound is about. */
  public int size() {
    int trails = 0;
    for (TrailMessage message : in) {
      trails += 1 + message.trails().size();
    }
    return paid.size() + trails + out.size();
  }

  /** Event time of the newest movement that is remembered; least value of a long when none is. */
  public long newestMs() {
    long newest = paid.values().stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE);
    newest = in.isEmpty() ? newest : Math.max(newest, in.peekLast().at());
    return out.isEmpty() ? newest : Math.max(newest, out.peekLast().at());
  }

  /** The state as one value, its version first. */
  public byte[] toBytes() {
    Bytes.Out bytes = new Bytes.Out();
    bytes.raw(VERSION);
    bytes.unsigned(paid.size());
    paid.forEach(
        (account, at) -> {
          bytes.text(account);
          bytes.number(at);
        });
    bytes.unsigned(in.size());
    in.forEach(message -> message.write(bytes));
    bytes.unsigned(out.size());
    out.forEach(message -> message.write(bytes));
    return bytes.toBytes();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalStateException when the value is damaged or of a later version
   */
  public static NetworkState of(byte[] bytes) {
    NetworkState state = new NetworkState();
    Bytes.In from = new Bytes.In(bytes, "The shapes' state of an account");
    from.version(VERSION);
    int partners = from.count();
    for (int i = 0; i < partners; i++) {
      state.paid.put(from.text(), from.number());
    }
    int ins = from.count();
    for (int i = 0; i < ins; i++) {
      state.in.addLast(TrailMessage.read(from));
    }
    int outs = from.count();
    for (int i = 0; i < outs; i++) {
      state.out.addLast(TrailMessage.read(from));
    }
    return state;
  }

  void forget(long before) {
    forget(in, before);
    forget(out, before);
  }

  private static void forget(Deque<TrailMessage> steps, long before) {
    while (!steps.isEmpty() && steps.peekFirst().at() < before) {
      steps.removeFirst();
    }
  }

  /** Keeps the order of time; one that comes late finds its place. */
  static void add(Deque<TrailMessage> steps, TrailMessage message, int most) {
    if (steps.isEmpty() || steps.peekLast().at() <= message.at()) {
      steps.addLast(message);
    } else {
      List<TrailMessage> sorted = new ArrayList<>(steps);
      int place = sorted.size();
      while (place > 0 && sorted.get(place - 1).at() > message.at()) {
        place--;
      }
      sorted.add(place, message);
      steps.clear();
      steps.addAll(sorted);
    }
    while (steps.size() > most) {
      steps.removeFirst();
    }
  }
}
