package dev.zhifu.desk.web;

import dev.zhifu.desk.projection.Changes;
import io.javalin.http.sse.SseClient;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages that something changed, a few times a second at most, and never what: a page
 * asks again for what its person may see. A thousand cases in a minute are as many messages as ten.
 */
public final class LiveHub implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
  private static final long EVERY_MILLIS = 250;
  private static final int CLIENTS_MAX = 500;

  /** Browsers drop an event without data. */
  private static final String NOTHING = "1";

  private final Map<SseClient, String> clients = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-hub");
            thread.setDaemon(true);
            return thread;
          });
  private final Supplier<Instant> tick;
  private final Set<String> cases = new HashSet<>();
  private boolean queue;
  private boolean objects;
  private boolean clock;
  private long revision;

  /** Tells times by {@code tick}. */
  public LiveHub(Supplier<Instant> tick) {
    this.tick = tick;
    timer.scheduleWithFixedDelay(this::tell, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Takes note of a committed batch. */
  public synchronized void changed(Changes changes) {
    queue |= !changes.cases().isEmpty();
    objects |= !changes.objects().isEmpty();
    clock |= changes.clock();
    cases.addAll(changes.cases());
    if (!changes.cases().isEmpty() || !changes.objects().isEmpty()) {
      revision++;
    }
  }

  /** Counts what was noted: a page says which of it was there when the page was made. */
  public synchronized long revision() {
    return revision;
  }

  /** Takes note of something that only this console knows: an assignment, an act asked for. */
  public synchronized void changed() {
    queue = true;
    objects = true;
    revision++;
  }

  /** The same about one case, whose head shows it too. */
  public synchronized void changed(String caseId) {
    changed();
    cases.add(caseId);
  }

  /**
   * Adds an open page. What changed between its making and this moment, or while its line was down,
   * was told to nobody; it is told now.
   *
   * @param caseId the case that it shows, or empty
   * @param made the revision at which it was made
   */
  void join(SseClient client, String caseId, long made) {
    if (clients.size() >= CLIENTS_MAX) {
      client.close();
      return;
    }
    client.keepAlive();
    client.onClose(() -> clients.remove(client));
    clients.put(client, caseId);
    client.sendEvent("clock", Long.toString(tick.get().toEpochMilli()));
    if (made != revision()) {
      for (String name : new String[] {"queue", "acts", "case"}) {
        client.sendEvent(name, NOTHING);
      }
    }
  }

  private void tell() {
    boolean toQueue;
    boolean toObjects;
    boolean toClock;
    Set<String> toCases;
    synchronized (this) {
      toQueue = queue;
      toObjects = objects;
      toClock = clock;
      toCases = Set.copyOf(cases);
      queue = false;
      objects = false;
      clock = false;
      cases.clear();
    }
    String now = toClock ? Long.toString(safeTick().toEpochMilli()) : null;
    clients.forEach(
        (client, caseId) -> {
          try {
            if (toQueue) {
              client.sendEvent("queue", NOTHING);
            }
            if (toObjects || toCases.contains(caseId)) {
              client.sendEvent("acts", NOTHING);
            }
            if (toCases.contains(caseId)) {
              client.sendEvent("case", NOTHING);
            }
            if (now != null) {
              client.sendEvent("clock", now);
            }
          } catch (RuntimeException e) {
            // One line that breaks so would stop the timer for all; its page opens another.
            LOG.warn("a page's line is closed: {}", e.toString());
            client.close();
          }
        });
  }

  private Instant safeTick() {
    try {
      return tick.get();
    } catch (RuntimeException | AssertionError e) {
      // The store is away for a moment; the next round tells the time.
      return Instant.EPOCH;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    clients.keySet().forEach(SseClient::close);
  }
}
