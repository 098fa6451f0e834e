package dev.zhifu.desk.gateway;

import dev.zhifu.desk.people.WallClock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets messages that were kept long enough, in portions, so that no statement holds others. */
final class Forgetting implements AutoCloseable {
  /** Messages that one statement forgets. */
  static final int PORTION = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
  private static final long EVERY_MINUTES = 10;

  private final MessageStore messages;
  private final Keep keep;
  private final WallClock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "gateway-forget");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean stopping;

  /**
   * @param clock by which messages came; a bank's days run on wall clocks
   */
  Forgetting(MessageStore messages, Keep keep, WallClock clock) {
    this.messages = messages;
    this.keep = keep;
    this.clock = clock;
  }

  /** Forgets from time to time until it is closed. */
  void start() {
    timer.scheduleWithFixedDelay(this::quietly, 1, EVERY_MINUTES, TimeUnit.MINUTES);
  }

  private void quietly() {
    try {
      long gone = forget();
      if (gone > 0) {
        LOG.info("{} messages to banks were kept long enough and are forgotten", gone);
      }
    } catch (RuntimeException | AssertionError e) {
      LOG.warn("messages to banks are not forgotten now: {}", e.toString());
    }
  }

  /** Forgets everything that is due; answers how much it was. */
  long forget() {
    Instant now = clock.get();
    long gone = 0;
    int portion = PORTION;
    while (portion == PORTION && !stopping) {
      portion = messages.forget(now.minus(keep.decisions()), now.minus(keep.messages()), PORTION);
      gone += portion;
    }
    return gone;
  }

  @Override
  public void close() {
    stopping = true;
    timer.shutdownNow();
  }
}
