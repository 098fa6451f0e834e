package dev.zhifu.bench;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.jobs.orders.OrderInput;
import dev.zhifu.jobs.trace.AccountRecord;
import dev.zhifu.jobs.trace.Stated;
import dev.zhifu.jobs.trace.TraceClaim;
import dev.zhifu.wire.StopPaymentRequest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the job of one closed loop and whoever lives its city meet, in one JVM: what is fed to the
 * desk's source, what every stream has said, and how far each has come. The loop goes in lock step:
 * it feeds, waits until the streams concerned have said all, and only then looks at what they said
 * (ADR-0093).
 */
final class MoneyHub implements AutoCloseable {
  private static final Map<Long, MoneyHub> RUNS = new ConcurrentHashMap<>();
  private static final AtomicLong COUNTER = new AtomicLong();

  private final Id id = new Id(COUNTER.incrementAndGet());
  private final MoneyLoop loop;
  private final BlockingQueue<Fed> toDesk = new LinkedBlockingQueue<>();
  private final Map<Stream, Long> marks = new EnumMap<>(Stream.class);
  private List<Object> said = new ArrayList<>();
  private Thread orders;
  private Throwable failed;

  /** Names a run. */
  record Id(long number) implements Serializable {}

  /** Streams whose progress is waited for. */
  enum Stream {
    PROPOSALS,
    DECISIONS,
    HOLDS,
    WARNINGS,
    HOPS,
    STATEMENTS,
    FOLLOW_ONS,
    ORDER_INPUTS,
    ORDER_CONTROLS
  }

  /**
   * What the desk's source hands on. One is set, or {@code mark}: the watermark of the trace, or
   * {@link Long#MAX_VALUE} for the end.
   */
  record Fed(
      OrderInput input,
      OrderControl control,
      AccountRecord side,
      AccountRecord hop,
      TraceClaim claim,
      long mark) {
    static Fed input(OrderInput input) {
      return new Fed(input, null, null, null, null, 0);
    }

    static Fed control(OrderControl control) {
      return new Fed(null, control, null, null, null, 0);
    }

    static Fed side(AccountRecord side) {
      return new Fed(null, null, side, null, null, 0);
    }

    static Fed hop(AccountRecord hop) {
      return new Fed(null, null, null, hop, null, 0);
    }

    static Fed claim(TraceClaim claim) {
      return new Fed(null, null, null, null, claim, 0);
    }

    static Fed mark(long mark) {
      return new Fed(null, null, null, null, null, mark);
    }
  }

  /** A hop message, as the trace said it. */
  record Hop(AccountRecord message) {}

  /** A statement, as the trace said it. */
  record Statement(Stated said) {}

  private MoneyHub(MoneyLoop loop) {
    this.loop = loop;
    for (Stream stream : Stream.values()) {
      marks.put(stream, Long.MIN_VALUE);
    }
  }

  static MoneyHub start(MoneyLoop loop) {
    MoneyHub hub = new MoneyHub(loop);
    RUNS.put(hub.id.number(), hub);
    return hub;
  }

  /**
   * The run of that id.
   *
   * @throws IllegalStateException when the job does not run in the JVM that started it
   */
  static MoneyHub of(Id id) {
    MoneyHub hub = RUNS.get(id.number());
    if (hub == null) {
      throw new IllegalStateException("no run " + id.number() + " in this JVM; start it here");
    }
    return hub;
  }

  Id id() {
    return id;
  }

  MoneyLoop loop() {
    return loop;
  }

  void feed(Fed fed) {
    toDesk.add(fed);
  }

  Fed next() throws InterruptedException {
    return toDesk.take();
  }

  /** A stream has said something: a record of the job, a {@link Hop} or a {@link Statement}. */
  synchronized void say(Object what) {
    if (what instanceof StopPaymentRequest || what instanceof AddressedOrder) {
      // The marks of stop-orders are set by its own thread; what it says must not lag behind them.
      if (orders != null && orders != Thread.currentThread()) {
        throw new IllegalStateException(
            "sinks of stop-orders run in a thread of their own; chain them to it");
      }
      orders = Thread.currentThread();
    }
    said.add(what);
  }

  synchronized void reached(Stream stream, long mark) {
    if (mark > marks.get(stream)) {
      marks.put(stream, mark);
      notifyAll();
    }
  }

  /** The job or the loop ends in an error; nobody must wait for ever. */
  synchronized void fail(Throwable why) {
    failed = why;
    notifyAll();
  }

  synchronized void await(Stream stream, long mark) throws InterruptedException {
    while (marks.get(stream) < mark) {
      if (failed != null) {
        throw new IllegalStateException("the job has failed", failed);
      }
      wait();
    }
  }

  /** What was said since the last call, of one kind, in its stream's order. */
  synchronized <T> List<T> take(Class<T> kind) {
    List<T> taken = new ArrayList<>();
    List<Object> left = new ArrayList<>();
    for (Object each : said) {
      if (kind.isInstance(each)) {
        taken.add(kind.cast(each));
      } else {
        left.add(each);
      }
    }
    said = left;
    return taken;
  }

  @Override
  public void close() {
    RUNS.remove(id.number());
  }
}
