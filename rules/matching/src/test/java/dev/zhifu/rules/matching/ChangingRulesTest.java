package dev.zhifu.rules.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: rules that change under the events give, in the end, the hits of the same rules known from
 * the beginning; and what ended leaves nothing. Method: random publications, withdrawals and
 * publications taken back, each heard before the first event of its time; shuffled streams; keys
 * dropped and opened again at random.
 */
class ChangingRulesTest {
  private static final List<String> IDS = List.of("V03", "V04", "V08", "V10", "T02");
  private static final int KEYS = 8;
  private static final int EVENTS_PER_KEY_AND_RULE = 30;
  private static final int LONGEST_GAP_SECONDS = 120;
  private static final int LATENESS_MS = 600_000;
  private static final int PUBLICATIONS = 120;

  /** More than {@link RuleSeers#MOST_GROWN} stretches live within the lateness. */
  private static final long REMEMBERED_MS = 60_000;

  private record Arriving(String key, EventView view, long arrivesAt) {}

  /** A rule's version, or null for its end, from an event time on; perhaps taken back later. */
  private record Publication(
      String id, Rule version, PublicationStatus status, long fromMs, long takenBackAt) {
    boolean stays() {
      return takenBackAt == Long.MAX_VALUE;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsHeardOnTheWayGivesTheHitsOfWhatWasKnownFromTheBeginning(long seed) throws Exception {
    Random random = new Random(seed);
    List<Arriving> arrivals = arrivals(random);
    long first = arrivals.stream().mapToLong(each -> timeOf(each.view)).min().orElseThrow();
    long last = arrivals.stream().mapToLong(each -> timeOf(each.view)).max().orElseThrow();
    List<Publication> publications = publications(random, first, last);

    Driven known = new Driven();
    publications.stream().filter(Publication::stays).forEach(known::publish);
    for (Arriving arriving : arrivals) {
      known.accept(arriving);
      known.advance(arriving.arrivesAt - LATENESS_MS - 1);
    }
    Driven heard = new Driven();
    hearOnTheWay(heard, arrivals, publications, new Random(seed));
    long end = last + 8L * 24 * 3_600_000;
    known.advance(end);
    heard.advance(end);

    System.out.printf(
        "seed %d: %d final hits of %d versions, %d rebuilds, %d retracted%n",
        seed,
        known.finals.size(),
        known.finals.stream().map(hit -> hit.substring(0, hit.indexOf(' '))).distinct().count(),
        heard.matcher.counts().rebuilds(),
        heard.matcher.counts().retracted());
    assertThat(difference(heard.finals, known.finals)).as("seed %d, heard alone", seed).isEmpty();
    assertThat(difference(known.finals, heard.finals)).as("seed %d, known alone", seed).isEmpty();
    assertThat(known.finals).hasSizeGreaterThan(50);
    assertThat(heard.stores.values())
        .as("nothing is kept of quiet keys")
        .allMatch(s -> s.isEmpty());
  }

  @Test
  void aThousandChangesTakeNoMoreRoomThanNone() throws Exception {
    Random random = new Random(11);
    List<Arriving> arrivals = arrivals(random);
    long first = arrivals.stream().mapToLong(each -> timeOf(each.view)).min().orElseThrow();
    long last = arrivals.stream().mapToLong(each -> timeOf(each.view)).max().orElseThrow();
    List<Publication> changing = new ArrayList<>();
    Driven still = new Driven();
    for (String id : IDS) {
      Publication begun =
          new Publication(id, rule(id, 1), PublicationStatus.LIVE, 0, Long.MAX_VALUE);
      still.publish(begun);
      changing.add(begun);
    }
    for (int i = 0; i < 1_000; i++) {
      String id = IDS.get(i % IDS.size());
      changing.add(
          new Publication(
              id,
              rule(id, 2 + i / IDS.size()),
              PublicationStatus.LIVE,
              first + i * (last - first) / 1_000,
              Long.MAX_VALUE));
    }
    Driven heard = new Driven();
    long mostStill = 0;
    long mostHeard = 0;
    for (Arriving arriving : arrivals) {
      while (!changing.isEmpty() && changing.get(0).fromMs <= timeOf(arriving.view)) {
        heard.publish(changing.remove(0));
      }
      for (Driven each : List.of(still, heard)) {
        each.accept(arriving);
        each.advance(arriving.arrivesAt - LATENESS_MS - 1);
      }
      mostStill = Math.max(mostStill, still.bytes());
      mostHeard = Math.max(mostHeard, heard.bytes());
    }

    System.out.printf("at most %,d bytes of state, %,d under changes%n", mostStill, mostHeard);
    assertThat(mostHeard).isLessThanOrEqualTo(mostStill);
  }

  private static TreeSet<String> difference(TreeSet<String> from, TreeSet<String> other) {
    TreeSet<String> rest = new TreeSet<>(from);
    rest.removeAll(other);
    return rest;
  }

  private static void hearOnTheWay(
      Driven heard, List<Arriving> arrivals, List<Publication> publications, Random random)
      throws IOException {
    List<Publication> unheard = new ArrayList<>(publications);
    List<Publication> toTakeBack = new ArrayList<>();
    long passed = Long.MIN_VALUE;
    for (Arriving arriving : arrivals) {
      passed = Math.max(passed, timeOf(arriving.view));
      while (!unheard.isEmpty() && unheard.get(0).fromMs <= passed) {
        Publication publication = unheard.remove(0);
        heard.publish(publication);
        if (!publication.stays()) {
          toTakeBack.add(publication);
        }
      }
      for (Publication publication : List.copyOf(toTakeBack)) {
        if (publication.takenBackAt <= passed) {
          toTakeBack.remove(publication);
          assertThat(heard.rules.annul(publication.id, publication.fromMs)).isTrue();
        }
      }
      heard.accept(arriving);
      if (random.nextInt(10) == 0) {
        heard.reopen(arriving.key);
      }
      long watermark = arriving.arrivesAt - LATENESS_MS - 1;
      heard.advance(watermark);
      if (random.nextInt(50) == 0 && toTakeBack.isEmpty()) {
        heard.advanceAll(watermark);
        heard.rules.forgetEnded(watermark - REMEMBERED_MS);
      }
    }
  }

  private static List<Arriving> arrivals(Random random) throws IOException {
    List<Arriving> arrivals = new ArrayList<>();
    RuleStreams streams = new RuleStreams(random);
    for (int i = 0; i < KEYS; i++) {
      for (String id : IDS) {
        String key = "k" + i;
        for (EventView view :
            streams.draw(rule(id, 1), key, EVENTS_PER_KEY_AND_RULE, LONGEST_GAP_SECONDS)) {
          arrivals.add(new Arriving(key, view, timeOf(view) + random.nextInt(LATENESS_MS)));
        }
      }
    }
    arrivals.sort(Comparator.comparingLong(Arriving::arrivesAt));
    return arrivals;
  }

  private static List<Publication> publications(Random random, long first, long last)
      throws IOException {
    Map<String, Integer> versions = new HashMap<>();
    List<Publication> all = new ArrayList<>();
    for (String id : IDS) {
      versions.put(id, 1);
      all.add(new Publication(id, rule(id, 1), PublicationStatus.LIVE, 0, Long.MAX_VALUE));
    }
    TreeSet<Long> times = new TreeSet<>();
    while (times.size() < PUBLICATIONS) {
      times.add(first + (long) (random.nextDouble() * (last - first)));
    }
    for (long from : times) {
      String id = IDS.get(random.nextInt(IDS.size()));
      int kind = random.nextInt(8);
      int version = versions.merge(id, 1, Integer::sum);
      Rule rule = kind == 0 ? null : rule(id, version);
      PublicationStatus status =
          kind == 0
              ? PublicationStatus.WITHDRAWN
              : kind == 1 ? PublicationStatus.SHADOW : PublicationStatus.LIVE;
      long takenBackAt = kind == 2 ? from + random.nextInt(300_000) : Long.MAX_VALUE;
      all.add(new Publication(id, rule, status, from, takenBackAt));
    }
    return all;
  }

  private static Rule rule(String id, int version) throws IOException {
    Path file = Path.of("..", "catalogue", id, "rule.yaml");
    String text = Files.readString(file).replaceFirst("(?m)^version: \\d+$", "version: " + version);
    return RuleParser.parse(file.toString(), text).orThrow();
  }

  private static long timeOf(EventView view) {
    return view.event().getOccurredAt().toEpochMilli();
  }

  /** A matcher with its keys and their timers. */
  private static final class Driven implements HitListener {
    final RuleSet rules = new RuleSet();
    final Matcher matcher = new Matcher(rules, MatchSettings.DEFAULT, this);
    final Map<String, HeapMatchStateStore> stores = new TreeMap<>();
    final Map<String, KeyMatcher> keys = new TreeMap<>();
    final TreeSet<String> finals = new TreeSet<>();
    long watermark = Long.MIN_VALUE;

    void publish(Publication publication) {
      if (publication.version == null) {
        rules.withdraw(publication.id, publication.fromMs);
      } else {
        rules.publish(publication.version, publication.status, publication.fromMs);
      }
    }

    void accept(Arriving arriving) throws IOException {
      Arrival arrival = matcher.arrival(KeyKind.HOLDER, arriving.view);
      if (arrival == null) {
        return;
      }
      HeapMatchStateStore store =
          stores.computeIfAbsent(arriving.key, key -> new HeapMatchStateStore());
      KeyMatcher key = keys.get(arriving.key);
      if (key == null) {
        key = matcher.openNew(KeyKind.HOLDER, arriving.key, store);
        keys.put(arriving.key, key);
      }
      key.onEvent(arrival, watermark);
    }

    void reopen(String key) throws IOException {
      if (keys.containsKey(key)) {
        keys.put(key, matcher.open(KeyKind.HOLDER, key, stores.get(key)));
      }
    }

    void advance(long watermarkMs) throws IOException {
      watermark = Math.max(watermark, watermarkMs);
      for (KeyMatcher key : keys.values()) {
        if (key.dueAt() <= watermark) {
          key.onTime(watermark);
        }
      }
    }

    long bytes() {
      return stores.values().stream().mapToLong(HeapMatchStateStore::bytes).sum();
    }

    /** As a watermark's timers do: every key has decided up to it. */
    void advanceAll(long watermarkMs) throws IOException {
      for (KeyMatcher key : keys.values()) {
        key.onTime(watermarkMs);
      }
    }

    @Override
    public void onHit(RuleHit hit) {
      if (hit.getIsFinal()) {
        finals.add(hit.getRuleId() + ":" + hit.getRuleVersion() + " " + hit.getHitId());
      }
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new AssertionError("nothing comes later than the lateness: " + event);
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      throw new AssertionError(rule.id() + " overflowed");
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
