package dev.zhifu.desk.gateway;

import dev.zhifu.desk.people.WallClock;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a release of a stop among its bank's messages once the engine has said RELEASED because of
 * an officer's act, and the bank was sent the order here (ADR-0134).
 */
final class Releases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Releases.class);
  private static final long EVERY_MILLIS = 500;

  private final MessageStore messages;
  private final Collection<String> banks;
  private final WallClock clock;
  private final Consumer<String> news;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "gateway-releases");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param banks that take part here
   * @param news told each bank that has a release
   */
  Releases(
      MessageStore messages, Collection<String> banks, WallClock clock, Consumer<String> news) {
    this.messages = messages;
    this.banks = banks;
    this.clock = clock;
    this.news = news;
  }

  void start() {
    timer.scheduleWithFixedDelay(this::quietly, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void quietly() {
    try {
      Set<String> found = messages.takeReleases(banks, clock.get());
      found.forEach(news);
    } catch (RuntimeException | AssertionError e) {
      LOG.warn("releases do not go out now: {}", e.toString());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
