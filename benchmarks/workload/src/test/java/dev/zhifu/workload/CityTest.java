package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.events.IngressValidator;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class CityTest {
  private static final CitySettings SMALL =
      CitySettings.defaults().withResidents(1500).withEnrichment(10);

  /** Checks each record as the ingress would, and counts. */
  private static final class Checking implements EventSink {
    final List<String> faults = new ArrayList<>();
    final TreeMap<String, Integer> kinds = new TreeMap<>();
    final Map<String, BankTransaction> completed = new HashMap<>();
    final Set<String> devices = new HashSet<>();
    long ticks;
    Instant lastTick = Instant.EPOCH;
    Instant lastArrival = Instant.EPOCH;
    long events;
    long outOfOrder;
    long hash = 17;
    boolean duplicates;

    private void take(SpecificRecord record, Object kind, Instant receivedAt) {
      String text = record.toString();
      IngressValidator.check(record).ifPresent(fault -> faults.add(fault + " in " + text));
      if (text.contains("F-1-") || text.contains("I-1-")) {
        faults.add("a story's id in " + text);
      }
      kinds.merge(kind.toString(), 1, Integer::sum);
      events++;
      outOfOrder += receivedAt.isBefore(lastArrival) ? 1 : 0;
      lastArrival = receivedAt;
      hash = hash * 31 + text.hashCode();
    }

    @Override
    public void transaction(BankTransaction event) {
      take(event, event.getKind() + "/" + event.getPhase(), event.getReceivedAt());
      if (event.getPhase() == TransactionPhase.COMPLETED) {
        completed.put(event.getSource() + "/" + event.getTransactionId(), event);
      }
    }

    @Override
    public void access(BankAccessEvent event) {
      take(event, event.getKind(), event.getReceivedAt());
    }

    @Override
    public void telecom(TelecomEvent event) {
      take(event, event.getKind(), event.getReceivedAt());
    }

    @Override
    public void report(VictimReport event) {
      take(event, "REPORT", event.getReceivedAt());
    }

    @Override
    public void tick(ClockTick tick) {
      assertThat(tick.getSequence()).isEqualTo(++ticks);
      assertThat(tick.getAt()).isAfter(lastTick);
      lastTick = tick.getAt();
    }
  }

  private static Checking live(City city) {
    Checking sink = new Checking();
    city.history(sink);
    city.advanceTo(city.end(), sink);
    return sink;
  }

  @Test
  void everyRecordPassesTheIngressChecksAndNoneNamesAStory() {
    City city = new City(SMALL, new HashIdentity());
    Checking sink = new Checking();
    long history = city.history(sink);
    assertThat(history).isBetween(4L * 1500, 6L * 1500);
    assertThat(sink.outOfOrder).as("history in event-time order").isZero();

    city.advanceTo(city.end(), sink);
    CitySummary summary = city.summary();
    System.out.println("seed " + summary.seed() + ", kinds " + sink.kinds);

    assertThat(sink.faults).isEmpty();
    assertThat(sink.ticks).isEqualTo(86_401);
    assertThat(summary.events()).isEqualTo(sink.events - history);
    assertThat(summary.events() / 1500.0).as("events per head").isBetween(5.0, 10.0);
    assertThat(summary.storiesByOutcome()).doesNotContainKeys("kept", "partlyKept", "prevented");
  }

  @Test
  void theSameSeedIsTheSameCityWhateverTheStep() {
    long first = live(new City(SMALL, new HashIdentity())).hash;
    assertThat(live(new City(SMALL.withStepSeconds(7), new HashIdentity())).hash).isEqualTo(first);
    assertThat(live(new City(SMALL.withSeed(8), new HashIdentity())).hash).isNotEqualTo(first);
  }

  @Test
  void aCityThatOnlyCountsLosesTheSameMoney() {
    City city = new City(SMALL, new HashIdentity());
    city.advanceTo(city.end(), EventSink.NONE);

    CitySummary without = City.withoutEngine(SMALL);
    assertThat(without.victimLossFen()).isEqualTo(city.summary().victimLossFen()).isPositive();
    assertThat(without.storiesByOutcome()).isEqualTo(city.summary().storiesByOutcome());
  }

  @Test
  void withoutDisorderEventsComeInEventTime() {
    City city = new City(SMALL.withArrival(0, 0, 0), new HashIdentity());
    Checking sink = live(city);
    assertThat(sink.outOfOrder).isZero();
    assertThat(city.summary().duplicates()).isZero();
    assertThat(city.summary().lateDeliveries()).isZero();
  }

  @Test
  void someStorySendsAVictimsYuanToAnInnocentShop() {
    City city =
        new City(
            CitySettings.defaults().withResidents(3000).withEnrichment(10), new HashIdentity());
    Checking sink = live(city);
    List<BankTransaction> trifles =
        city.transactions().stream()
            .filter(truth -> truth.role().equals("trifle"))
            .map(truth -> sink.completed.get(truth.source() + "/" + truth.transactionId()))
            .toList();
    assertThat(trifles).isNotEmpty();
    assertThat(trifles)
        .allSatisfy(
            trifle -> {
              assertThat(trifle.getAmountFen()).isEqualTo(100);
              assertThat(trifle.getPayee().getKind()).isEqualTo(AccountKind.MERCHANT);
            });
    assertThat(city.stories())
        .as("by first in first out it is the victim's")
        .anyMatch(
            story ->
                story.accounts().stream()
                    .anyMatch(
                        account ->
                            trifles.stream()
                                .anyMatch(
                                    trifle ->
                                        trifle
                                            .getPayee()
                                            .getAccountToken()
                                            .equals(account.token()))));
  }

  @Test
  void theEnrichmentIsToldAsAFactor() {
    CitySettings settings = CitySettings.defaults();
    assertThat(settings.storiesPerDay()).isEqualTo(40);
    // 40 stories a day where 30,000 heads would see 1.8e-5 each
    assertThat(settings.enrichmentFactor()).isBetween(74.0, 74.2);
    assertThat(settings.withEnrichment(2).enrichmentFactor()).isBetween(148.0, 148.3);
  }
}
