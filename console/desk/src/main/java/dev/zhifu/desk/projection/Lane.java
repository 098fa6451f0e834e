package dev.zhifu.desk.projection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads some topics into the store on a thread of its own. When broker or store fail it stands
 * again where the store says, and goes on.
 */
public final class Lane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final long AGAIN_NANOS = Duration.ofMillis(500).toNanos();
  private static final long JOIN_MILLIS = 5_000;

  private final String name;
  private final Projection projection;
  private final Supplier<TopicFeed> feeds;
  private final Consumer<Changes> listener;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile String trouble = "";

  /**
   * @param name of the thread and in the log
   * @param projection takes the records
   * @param feeds opens the topics, again after a failure
   * @param listener hears what each batch changed, once it is committed
   */
  public Lane(
      String name, Projection projection, Supplier<TopicFeed> feeds, Consumer<Changes> listener) {
    this.name = name;
    this.projection = projection;
    this.feeds = feeds;
    this.listener = listener;
    this.thread = new Thread(this::run, "lane-" + name);
  }

  /** Starts reading. */
  public Lane start() {
    thread.start();
    return this;
  }

  /** What hinders it now; empty when it reads. */
  public String trouble() {
    return trouble;
  }

  private void run() {
    while (!stopping) {
      try (TopicFeed feed = feeds.get()) {
        feed.seek(projection.positions());
        while (!stopping) {
          List<TopicRecord> records = feed.poll(WAIT);
          Changes changes = projection.take(records);
          trouble = "";
          if (!changes.isEmpty()) {
            listener.accept(changes);
          }
        }
      } catch (RuntimeException | AssertionError e) {
        // PostgreSQL's driver asserts, and so throws an error, when its server goes amid a batch.
        trouble = e.getClass().getSimpleName();
        LOG.warn("lane {} stands still and tries again: {}", name, e.toString());
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
