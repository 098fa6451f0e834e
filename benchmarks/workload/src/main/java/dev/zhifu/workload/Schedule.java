package dev.zhifu.workload;

import java.util.Arrays;
import java.util.PriorityQueue;

/** What will be done, by city time; acts of one millisecond come in the order they were planned. */
final class Schedule {
  private final PriorityQueue<Planned> queue = new PriorityQueue<>();
  private long planned;
  private long now;
  private long[] crowd = new long[0];
  private int crowdNext;
  private int crowdSize;
  private long crowdFrom;
  private Crowd crowdActs;

  /** Something that happens at a moment. */
  interface Act {
    void run(long now);
  }

  private record Planned(long at, long number, Act act) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /** Very many small acts, each known by a number. */
  interface Crowd {
    void run(int code, long now);
  }

  Schedule(long start) {
    this.now = start;
  }

  /** Plans an act; one in the past happens now. */
  void at(long time, Act act) {
    queue.add(new Planned(Math.max(time, now), planned++, act));
  }

  /**
   * Plans very many small acts at once, in place of the crowd before, which must be over. At one
   * millisecond they come after single acts.
   *
   * @param from added to the offsets
   * @param packed offset in milliseconds in the upper half, code in the lower; kept and sorted
   * @param size how many of them
   */
  void crowd(long from, long[] packed, int size, Crowd acts) {
    if (crowdNext < crowdSize) {
      throw new IllegalStateException(
          crowdSize - crowdNext + " acts of the crowd before are still to come");
    }
    Arrays.sort(packed, 0, size);
    crowd = packed;
    crowdNext = 0;
    crowdSize = size;
    crowdFrom = from;
    crowdActs = acts;
  }

  private long nextOfCrowd() {
    return crowdNext < crowdSize ? crowdFrom + (crowd[crowdNext] >>> 32) : Long.MAX_VALUE;
  }

  /** Time of the next act, or {@link Long#MAX_VALUE}. */
  long next() {
    Planned head = queue.peek();
    return Math.min(head == null ? Long.MAX_VALUE : head.at, nextOfCrowd());
  }

  void runNext() {
    long crowdAt = nextOfCrowd();
    if (queue.isEmpty() || crowdAt < queue.peek().at) {
      now = crowdAt;
      crowdActs.run((int) crowd[crowdNext++], now);
      return;
    }
    Planned head = queue.remove();
    now = head.at;
    head.act.run(now);
  }

  void advanceTo(long time) {
    now = Math.max(now, time);
  }

  /** City time, UTC milliseconds. */
  long now() {
    return now;
  }
}
