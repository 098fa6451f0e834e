package dev.zhifu.bench.micro;

import dev.zhifu.rules.features.Limits;
import dev.zhifu.rules.features.Listings;
import dev.zhifu.rules.features.Router;
import dev.zhifu.rules.features.RuleTimeline;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds that one event of a city's day costs: at the conditions of all rules asked one by
 * one, and at the router, which asks them as one tree.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RulesBench {
  private static final Pattern ID = Pattern.compile("(?m)^id: ([VMTG])\\d+$");

  private static final Pattern YUAN = Pattern.compile("\\{default: (\\d{2,}), unit: yuan");

  /** Rules in force: the catalogue, then copies of it under other ids. */
  @Param({"37", "1000"})
  private int rules;

  private List<Rule> all;
  private EnrichedEvent[] events;
  private Router router;
  private int next;

  /** Reads the catalogue from system property {@code zhifu.catalogue}. */
  @Setup
  public void setUp() throws IOException {
    List<Rule> originals =
        RuleSet.ofDirectory(Path.of(System.getProperty("zhifu.catalogue"))).orThrow().rules();
    all = new ArrayList<>();
    for (int i = 0; i < rules; i++) {
      Rule original = originals.get(i % originals.size());
      all.add(i < originals.size() ? original : copy(original, i));
    }
    RuleTimeline timeline = new RuleTimeline(Limits.UNHEARD);
    all.forEach(rule -> timeline.start(rule, Long.MIN_VALUE + 1));
    router = new Router(timeline, new Listings());
    events = CityEvents.ofOneDay();
  }

  /** The same with other amounts, so that no two copies ask the same. */
  private static Rule copy(Rule original, int number) {
    String id = "%s%04d".formatted(original.family().name(), number);
    String text = ID.matcher(original.text()).replaceFirst("id: " + id);
    text =
        YUAN.matcher(text)
            .replaceAll(
                yuan -> "{default: " + (Long.parseLong(yuan.group(1)) + number) + ", unit: yuan");
    return RuleParser.parse(id + "/rule.yaml", text).orThrow();
  }

  private EnrichedEvent event() {
    next = next + 1 == events.length ? 0 : next + 1;
    return events[next];
  }

  /** The conditions of every rule, one by one, as the debit side sees the event. */
  @Benchmark
  public int conditions() {
    EventView view = new EventView(event(), Side.DEBIT);
    int relevant = 0;
    for (Rule rule : all) {
      relevant += rule.relevant(view) ? 1 : 0;
    }
    return relevant;
  }

  /** The router: lists, keys, and for each key whether any rule can use the event. */
  @Benchmark
  public int prefilter() {
    return router.route(event()).size();
  }
}
