package dev.zhifu.stack.lives;

import dev.zhifu.stack.StackException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast a backlog was read, from counts that Flink's pages renew every ten seconds only: the
 * rate is taken between two looks at which the count had just been renewed, so that it is not wrong
 * by the age of a count.
 */
final class Drain {
  private record Sample(long nanos, long read) {}

  private final long backlog;
  private final long from;
  private final long until;
  private Sample first;
  private Sample last;
  private Sample seen;
  private long read;

  /**
   * A drain that has not begun.
   *
   * @param backlog events
   * @param runIn share of them that must have been read before anything counts
   * @param drained share at which it is over
   */
  Drain(long backlog, double runIn, double drained) {
    this.backlog = backlog;
    this.from = (long) (runIn * backlog);
    this.until = (long) (drained * backlog);
  }

  /**
   * One look.
   *
   * @param nanos when, by the monotonic clock
   * @param count events read by then
   * @param written true when the whole backlog has been written
   */
  void sample(long nanos, long count, boolean written) {
    if (count == read) {
      return;
    }
    read = count;
    Sample now = new Sample(nanos, count);
    seen = seen == null ? now : seen;
    first = first == null && written && count >= from ? now : first;
    last = now;
  }

  long read() {
    return read;
  }

  boolean done() {
    return read >= until;
  }

  /**
   * Events measured, over how many seconds, and their quotient.
   *
   * @throws StackException when the backlog was gone before two counts of it were seen
   */
  Map<String, Object> row() {
    // A small backlog is gone soon after its writer: then all that was seen of it counts.
    Sample start = first == null || first.equals(last) ? seen : first;
    if (start == null || start.equals(last)) {
      throw new StackException(
          "a backlog of %,d events was read between two looks at the job; it must be larger (--backlog)"
              .formatted(backlog));
    }
    long events = last.read() - start.read();
    double seconds = (last.nanos() - start.nanos()) / 1e9;
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("backlogEvents", backlog);
    row.put("measuredEvents", events);
    row.put("seconds", seconds);
    row.put("eventsPerSecond", events / seconds);
    return row;
  }
}
