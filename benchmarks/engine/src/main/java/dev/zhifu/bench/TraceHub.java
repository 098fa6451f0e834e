package dev.zhifu.bench;

import dev.zhifu.jobs.trace.AccountRecord;
import dev.zhifu.jobs.trace.Stated;
import dev.zhifu.rules.money.trace.Codec;
import dev.zhifu.rules.money.trace.Statement;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the job of a measurement of the trace and whoever drives it meet, in one JVM. Hop messages
 * go from the sink back to the source through a queue: a transport that costs nothing.
 */
final class TraceHub implements AutoCloseable {
  private static final Map<Long, TraceHub> RUNS = new ConcurrentHashMap<>();
  private static final AtomicLong COUNTER = new AtomicLong();

  private final Id id = new Id(COUNTER.incrementAndGet());
  private final BlockingQueue<Fed> sides = new LinkedBlockingQueue<>(100_000);
  private final BlockingQueue<Fed> hops = new LinkedBlockingQueue<>();
  private final AtomicLong hopsSaid = new AtomicLong();
  private final AtomicLong stated = new AtomicLong();
  private final Listener listener;
  private long reached = Long.MIN_VALUE;

  /** Names a run. */
  record Id(long number) implements Serializable {}

  /** A record, or a watermark when there is none; {@link Long#MAX_VALUE} is the end. */
  record Fed(AccountRecord record, long mark) {}

  /** Hears of every statement, in the thread of its sink; several at once. */
  interface Listener {
    void stated(Statement statement, long nanos);
  }

  private TraceHub(Listener listener) {
    this.listener = listener;
  }

  static TraceHub start(Listener listener) {
    TraceHub hub = new TraceHub(listener);
    RUNS.put(hub.id.number(), hub);
    return hub;
  }

  /**
   * The run of that id.
   *
   * @throws IllegalStateException when the job does not run in the JVM that started it
   */
  static TraceHub of(Id id) {
    TraceHub hub = RUNS.get(id.number());
    if (hub == null) {
      throw new IllegalStateException("no run " + id.number() + " in this JVM; start it here");
    }
    return hub;
  }

  Id id() {
    return id;
  }

  BlockingQueue<Fed> sides() {
    return sides;
  }

  BlockingQueue<Fed> hops() {
    return hops;
  }

  /** An account has said something to the next. */
  void hop(AccountRecord message) {
    hopsSaid.incrementAndGet();
    hops.add(new Fed(message, 0));
  }

  void stated(Stated said) {
    long now = System.nanoTime();
    stated.incrementAndGet();
    listener.stated(Codec.statement(said.statement()), now);
  }

  long hopsSaid() {
    return hopsSaid.get();
  }

  long stated() {
    return stated.get();
  }

  synchronized void reached(long mark) {
    reached = Math.max(reached, mark);
    notifyAll();
  }

  /** Waits until the ledgers have taken in everything before a mark. */
  synchronized void await(long mark) throws InterruptedException {
    while (reached < mark) {
      wait();
    }
  }

  @Override
  public void close() {
    RUNS.remove(id.number());
  }
}
