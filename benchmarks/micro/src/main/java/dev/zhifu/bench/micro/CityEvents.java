package dev.zhifu.bench.micro;

import dev.zhifu.rules.features.FeaturePipeline;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.workload.City;
import dev.zhifu.workload.CitySettings;
import dev.zhifu.workload.EventSink;
import dev.zhifu.workload.HashIdentity;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A day of a small city, with its features. */
final class CityEvents implements EventSink {
  private final FeaturePipeline features = new FeaturePipeline(Limits.UNHEARD);
  private final List<EnrichedEvent> events = new ArrayList<>();
  private boolean live;

  private CityEvents() {}

  static EnrichedEvent[] ofOneDay() {
    CityEvents sink = new CityEvents();
    City city =
        new City(
            CitySettings.defaults().withArrival(0, 0, 0).withResidents(1_000).withDays(1),
            new HashIdentity());
    city.history(sink);
    sink.live = true;
    while (!city.finished()) {
      city.step(sink);
    }
    return sink.events.toArray(EnrichedEvent[]::new);
  }

  @Override
  public void transaction(BankTransaction event) {
    take(event);
  }

  @Override
  public void access(BankAccessEvent event) {
    take(event);
  }

  @Override
  public void telecom(TelecomEvent event) {
    take(event);
  }

  private void take(SpecificRecord record) {
    EnrichedEvent event = EnrichedEvents.of(record);
    features.enrich(event);
    if (live) {
      events.add(event);
    }
  }
}
