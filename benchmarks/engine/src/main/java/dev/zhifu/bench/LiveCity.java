package dev.zhifu.bench;

import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.workload.City;
import dev.zhifu.workload.CitySettings;
import dev.zhifu.workload.EventSink;
import dev.zhifu.workload.HashIdentity;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The city itself as a source, on one subtask: it lives while the engine reads, and the CPU that it
 * takes counts.
 *
 * @param residents of the city
 * @param days live days
 * @param seed same seed, same city
 * @param most live events at most; negative for as many as the days have
 */
record LiveCity(int residents, int days, long seed, long most) implements Feed {

  @Override
  public Cursor open(int subtask, int parallelism) {
    return subtask == 0 ? new Life() : () -> null;
  }

  /** Event time at which the live days begin. */
  long startMs() {
    return settings().startMs();
  }

  private CitySettings settings() {
    return CitySettings.defaults()
        .withArrival(0, 0, 0)
        .withResidents(residents)
        .withDays(days)
        .withSeed(seed);
  }

  private final class Life implements Cursor, EventSink {
    private final Queue<EnrichedEvent> sent = new ArrayDeque<>();
    private final City city = new City(settings(), new HashIdentity());
    private long live = -city.history(this);

    @Override
    public EnrichedEvent next() {
      while (sent.isEmpty() && !city.finished()) {
        city.step(this);
      }
      return most >= 0 && live++ >= most ? null : sent.poll();
    }

    @Override
    public void transaction(BankTransaction event) {
      sent.add(EnrichedEvents.of(event));
    }

    @Override
    public void access(BankAccessEvent event) {
      sent.add(EnrichedEvents.of(event));
    }

    @Override
    public void telecom(TelecomEvent event) {
      sent.add(EnrichedEvents.of(event));
    }
  }
}
