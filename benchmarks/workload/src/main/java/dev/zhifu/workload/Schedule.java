package dev.zhifu.workload;

import java.util.PriorityQueue;

/** What will be done, by city time; acts of one millisecond come in the order they were planned. */
final class Schedule {
  private final PriorityQueue<Planned> queue = new PriorityQueue<>();
  private long planned;
  private long now;

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

  Schedule(long start) {
    this.now = start;
  }

  /** Plans an act; one in the past happens now. */
  void at(long time, Act act) {
    queue.add(new Planned(Math.max(time, now), planned++, act));
  }

  /** Time of the next act, or {@link Long#MAX_VALUE}. */
  long next() {
    Planned head = queue.peek();
    return head == null ? Long.MAX_VALUE : head.at;
  }

  void runNext() {
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
