package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.events.IngressValidator;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.VictimReport;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class CityTest {
  private static final CitySettings SMALL =
      CitySettings.defaults().withResidents(3000).withEnrichment(5);

  /** Checks each record as the ingress would, and counts. */
  static final class Checking implements EventSink {
    final List<String> faults = new ArrayList<>();
    final TreeMap<String, Integer> kinds = new TreeMap<>();
    long ticks;
    long lastTick;
    long events;
    long hash = 17;

    private void check(SpecificRecord record, Object kind, Object occurredAt) {
      IngressValidator.check(record).ifPresent(fault -> faults.add(fault + " in " + record));
      kinds.merge(kind.toString(), 1, Integer::sum);
      events++;
      hash = hash * 31 + record.hashCode();
    }

    @Override
    public void transaction(BankTransaction event) {
      check(event, event.getKind() + "/" + event.getPhase(), event.getOccurredAt());
    }

    @Override
    public void access(BankAccessEvent event) {
      check(event, event.getKind(), event.getOccurredAt());
    }

    @Override
    public void telecom(TelecomEvent event) {
      check(event, event.getKind(), event.getOccurredAt());
    }

    @Override
    public void report(VictimReport event) {
      check(event, "REPORT", event.getReportedAt());
    }

    @Override
    public void tick(ClockTick tick) {
      assertThat(tick.getSequence()).isEqualTo(++ticks);
      assertThat(tick.getAt().toEpochMilli()).isGreaterThan(lastTick);
      lastTick = tick.getAt().toEpochMilli();
    }
  }

  @Test
  void everyRecordPassesTheIngressChecks() {
    City city = new City(SMALL, new HashIdentity());
    Checking sink = new Checking();
    long history = city.history(sink);
    city.advanceTo(city.end(), sink);
    CitySummary summary = city.summary();
    System.out.println("history " + history + ", kinds " + sink.kinds);
    System.out.println(summary);

    assertThat(sink.faults).isEmpty();
    assertThat(sink.ticks).isEqualTo(86_401);
    assertThat(summary.events()).isEqualTo(sink.events - history);
  }
}
