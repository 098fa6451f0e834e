package dev.zhifu.rules.money.network;

import dev.zhifu.rules.money.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * What one account remembers for the shapes, bounded by the settings. Whom it has paid stands
 * beside it ({@link PaidBefore} or a job's own state); here is only how many these are.
 */
public final class NetworkState {
  private static final int VERSION = 1;

  /** Of equal times the later id first, so that the newest first is the smaller id first. */
  private static final Comparator<TrailMessage> BY_TIME =
      Comparator.comparingLong(TrailMessage::at)
          .thenComparing(TrailMessage::id, Comparator.reverseOrder());

  /** Accounts that this one has paid and still remembers. */
  private int partners;

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
    return partners + trails + out.size();
  }

  /** Accounts that this one has paid and still remembers. */
  public int partners() {
    return partners;
  }

  /** Says how many accounts that were paid are remembered. */
  public void remembers(int partners) {
    this.partners = partners;
  }

  /** Event time of the newest step that is kept; least value of a long when none is. */
  public long newestMs() {
    long newest = in.isEmpty() ? Long.MIN_VALUE : in.peekLast().at();
    return out.isEmpty() ? newest : Math.max(newest, out.peekLast().at());
  }

  /** The state as one value, its version first. */
  public byte[] toBytes() {
    Bytes.Out bytes = new Bytes.Out();
    bytes.raw(VERSION);
    bytes.unsigned(partners);
    SharedTexts.Out to = new SharedTexts.Out(bytes);
    bytes.unsigned(in.size());
    in.forEach(message -> message.write(to));
    bytes.unsigned(out.size());
    out.forEach(message -> message.write(to));
    return bytes.toBytes();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalStateException when the value is damaged or of a later version
   */
  public static NetworkState of(byte[] bytes) {
    NetworkState state = new NetworkState();
    Bytes.In plain = new Bytes.In(bytes, "The shapes' state of an account");
    plain.version(VERSION);
    state.partners = (int) plain.unsigned();
    SharedTexts.In from = new SharedTexts.In(plain);
    int ins = plain.count();
    for (int i = 0; i < ins; i++) {
      state.in.addLast(TrailMessage.read(from));
    }
    int outs = plain.count();
    for (int i = 0; i < outs; i++) {
      state.out.addLast(TrailMessage.read(from));
    }
    return state;
  }

  /** Drops steps before an event time. */
  public void forget(long before) {
    forget(in, before);
    forget(out, before);
  }

  private static void forget(Deque<TrailMessage> steps, long before) {
    while (!steps.isEmpty() && steps.peekFirst().at() < before) {
      steps.removeFirst();
    }
  }

  /** What is known of the transfer that this message is about; null when nothing is. */
  TrailMessage heard(TrailMessage message) {
    for (TrailMessage step : in) {
      if (step.id().equals(message.id())) {
        return step;
      }
    }
    return null;
  }

  /** Puts a message in the place of an older one about the same transfer. */
  void replace(TrailMessage known, TrailMessage message) {
    List<TrailMessage> steps = new ArrayList<>(in);
    in.clear();
    steps.forEach(step -> in.addLast(step.equals(known) ? message : step));
  }

  /** Keeps the order of time; one that comes late finds its place. */
  static void add(Deque<TrailMessage> steps, TrailMessage message, int most) {
    if (steps.isEmpty() || BY_TIME.compare(steps.peekLast(), message) <= 0) {
      steps.addLast(message);
    } else {
      List<TrailMessage> sorted = new ArrayList<>(steps);
      int place = sorted.size();
      while (place > 0 && BY_TIME.compare(sorted.get(place - 1), message) > 0) {
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
