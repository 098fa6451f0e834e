package dev.zhifu.workload;

import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Events under way from their sources to the ingress: out of order, twice, or late, as the settings
 * say.
 */
final class Outbox {
  /** Transport that is not counted as late stays below the engine's usual bounds. */
  private static final long BANK_DELAY_MAX_MS = 4_500;

  private static final long TELECOM_DELAY_MAX_MS = 55_000;

  private final CitySettings settings;
  private boolean enabled;
  private final PriorityQueue<Parcel> parcels = new PriorityQueue<>();
  private final Counts counts = new Counts();
  private long posted;

  /** What has been handed over so far, by stream. */
  static final class Counts {
    long transactions;
    long accesses;
    long telecom;
    long reports;
    long ticks;
    long duplicates;
    long late;

    long events() {
      return transactions + accesses + telecom + reports;
    }
  }

  private record Parcel(long arrival, long number, Object event) implements Comparable<Parcel> {
    @Override
    public int compareTo(Parcel other) {
      int byTime = Long.compare(arrival, other.arrival);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  Outbox(CitySettings settings, boolean enabled) {
    this.settings = settings;
    this.enabled = enabled;
  }

  /** False in a run that only counts money: nothing need be built. */
  boolean enabled() {
    return enabled;
  }

  /** From now on something is built and sent, or not. */
  void enable(boolean on) {
    enabled = on;
  }

  Counts counts() {
    return counts;
  }

  void post(BankTransaction event, boolean prompt, long notBefore) {
    SplittableRandom random = chances(event.getEventId());
    long at = event.getOccurredAt().toEpochMilli();
    long arrival = Math.max(notBefore, prompt ? at + prompt(random) : bankArrival(random, at));
    event.setReceivedAt(Instant.ofEpochMilli(arrival));
    post(arrival, event, random);
  }

  void post(BankAccessEvent event) {
    SplittableRandom random = chances(event.getEventId());
    long arrival = bankArrival(random, event.getOccurredAt().toEpochMilli());
    event.setReceivedAt(Instant.ofEpochMilli(arrival));
    post(arrival, event, random);
  }

  void post(TelecomEvent event) {
    SplittableRandom random = chances(event.getEventId());
    long at = event.getOccurredAt().toEpochMilli();
    CitySettings.Streams streams = settings.streams();
    long arrival =
        at + delay(random, streams.telecomDelayMs(), TELECOM_DELAY_MAX_MS, streams.lateTelecomMs());
    event.setReceivedAt(Instant.ofEpochMilli(arrival));
    post(arrival, event, random);
  }

  void post(VictimReport report) {
    parcels.add(new Parcel(report.getReceivedAt().toEpochMilli(), posted++, report));
  }

  void post(OfficerActDraft act) {
    parcels.add(new Parcel(act.at().toEpochMilli(), posted++, act));
  }

  void post(ClockTick tick) {
    parcels.add(new Parcel(tick.getAt().toEpochMilli(), posted++, tick));
  }

  private void post(long arrival, Object event, SplittableRandom random) {
    parcels.add(new Parcel(arrival, posted++, event));
    if (Draws.chance(random, settings.streams().duplicates())) {
      counts.duplicates++;
      parcels.add(new Parcel(arrival + 1 + random.nextInt(3_000), posted++, event));
    }
  }

  private SplittableRandom chances(String eventId) {
    return Draws.stream(settings.run().seed(), "transport", eventId);
  }

  private long prompt(SplittableRandom random) {
    return settings.streams().disorder() == 0 ? 0 : 1 + random.nextInt(15);
  }

  private long bankArrival(SplittableRandom random, long at) {
    CitySettings.Streams streams = settings.streams();
    return at + delay(random, streams.bankDelayMs(), BANK_DELAY_MAX_MS, streams.lateBankMs());
  }

  private long delay(SplittableRandom random, int meanMs, long maxMs, List<Integer> lateMs) {
    if (Draws.chance(random, settings.streams().lateness())) {
      counts.late++;
      return lateMs.get(0) + random.nextInt(lateMs.get(1) - lateMs.get(0));
    }
    double drawn =
        meanMs * settings.streams().disorder() * -StrictMath.log(1 - random.nextDouble());
    return Math.min(maxMs, (long) drawn);
  }

  /** Hands over all that has arrived up to a moment, included. */
  void deliver(long until, EventSink sink) {
    while (!parcels.isEmpty() && parcels.peek().arrival <= until) {
      hand(parcels.remove().event, sink);
    }
  }

  private void hand(Object event, EventSink sink) {
    if (event instanceof BankTransaction transaction) {
      counts.transactions++;
      sink.transaction(transaction);
    } else if (event instanceof TelecomEvent signal) {
      counts.telecom++;
      sink.telecom(signal);
    } else if (event instanceof BankAccessEvent access) {
      counts.accesses++;
      sink.access(access);
    } else if (event instanceof ClockTick tick) {
      counts.ticks++;
      sink.tick(tick);
    } else if (event instanceof VictimReport report) {
      counts.reports++;
      sink.report(report);
    } else if (event instanceof OfficerActDraft act) {
      sink.officerAct(act);
    } else {
      throw new IllegalStateException("No stream for " + event.getClass());
    }
  }
}
