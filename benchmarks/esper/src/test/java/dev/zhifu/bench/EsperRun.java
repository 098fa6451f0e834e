package dev.zhifu.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.bench.report.ConfigName;
import dev.zhifu.rules.features.StepKeys;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.EnrichedEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Measures Esper on the events of the single-key form: the same bytes decoded anew, the same keys,
 * the same rules. Two threads with a runtime each own half the holders; each reads the bytes of its
 * own half only, so that nothing is exchanged, and nothing is durable: both are in Esper's favour.
 */
public final class EsperRun {
  private static final int THREADS = 2;
  private static final int BATCH = 200;
  private static final int TASKS_SHOWN = 12;

  private final Settings settings;
  private final Facts facts;
  private final List<Rule> rules;
  private final byte[][] events;
  private volatile boolean running = true;

  private EsperRun(Settings settings) throws IOException {
    this.settings = settings;
    this.facts = Facts.read(settings.path("events"));
    ConfigName name = ConfigName.of(settings.text("config"));
    this.rules = RuleCopies.ofHolders(settings.path("catalogue"), name.rules());
    this.events = EventFile.read(settings.path("events").resolve(Prepare.ENRICHED));
  }

  /** Arguments as those of {@link EngineRun}. */
  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    EsperRun run = new EsperRun(settings);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("config", settings.text("config"));
    result.put("rules", run.rules.size());
    run.verify(result);
    run.measure(result);
    ObjectMapper mapper = new ObjectMapper();
    if (settings.values().containsKey("out")) {
      mapper.writerWithDefaultPrettyPrinter().writeValue(settings.path("out").toFile(), result);
    }
    System.out.println(mapper.writeValueAsString(result));
    System.exit(0);
  }

  private void verify(Map<String, Object> result) throws Exception {
    long most = settings.number("verify", 30_000);
    if (most <= 0) {
      return;
    }
    Meter.begin();
    try (EsperRules esper = new EsperRules("verify", rules, Meter.HITS::add)) {
      EventFile.Decoder decoder = new EventFile.Decoder();
      long lastMs = 0;
      for (long i = 0; i < most; i++) {
        EnrichedEvent event = event(decoder, events, i);
        lastMs = event.getOccurredAt().toEpochMilli();
        esper.take(new Seen(event));
      }
      esper.advanceTo(lastMs + Duration.ofDays(4).toMillis());
    }
    result.put("verifiedEvents", most);
    result.put("hits", Meter.HITS.size());
    result.put("hitsSha256", Digest.of(new TreeSet<>(Meter.HITS)));
  }

  private EnrichedEvent event(EventFile.Decoder decoder, byte[][] bytes, long at)
      throws IOException {
    EnrichedEvent event = decoder.decode(bytes[(int) (at % bytes.length)]);
    Shift.apply(event, at / bytes.length, facts.endMs() - facts.startMs());
    return event;
  }

  private void measure(Map<String, Object> result) throws Exception {
    Meter.begin();
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (byte[][] half : halves()) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      int number = workers.size();
      Thread worker = new Thread(() -> work(number, half, end), "esper-" + number);
      worker.setDaemon(true);
      worker.start();
      workers.add(end);
    }
    Pace pace = new Pace(CompletableFuture.anyOf(workers.toArray(CompletableFuture[]::new)));
    Reading before = pace.runIn(facts.startMs(), settings.decimal("warmup", 90), Long.MIN_VALUE);
    ThreadCpu threads = ThreadCpu.now();
    Reading after = pace.after(before, settings.decimal("seconds", 15));
    ThreadCpu then = ThreadCpu.now();
    running = false;
    result.put("cpuSecondsByThreads", then.since(threads));
    result.put("cpuSecondsByTask", then.busiestSince(threads, TASKS_SHOWN));
    after.since(before, facts.startMs(), result);
  }

  /** The events by the half of the holders that they belong to, still as bytes. */
  private List<byte[][]> halves() throws IOException {
    List<List<byte[]>> halves = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      halves.add(new ArrayList<>());
    }
    EventFile.Decoder decoder = new EventFile.Decoder();
    for (byte[] bytes : events) {
      String holder = StepKeys.holder(decoder.decode(bytes));
      halves.get(Math.floorMod(holder.hashCode(), THREADS)).add(bytes);
    }
    return halves.stream().map(half -> half.toArray(byte[][]::new)).toList();
  }

  private void work(int number, byte[][] half, CompletableFuture<Void> end) {
    try (EsperRules esper = new EsperRules("esper-" + number, rules, Meter.HITS::add)) {
      EventFile.Decoder decoder = new EventFile.Decoder();
      for (long at = 0; running; ) {
        EnrichedEvent event = null;
        for (int i = 0; i < BATCH; i++, at++) {
          event = event(decoder, half, at);
          esper.take(new Seen(event));
        }
        Meter.EVENTS.add(BATCH);
        Meter.newest(event.getOccurredAt().toEpochMilli());
      }
    } catch (Exception e) {
      end.completeExceptionally(e);
    }
  }
}
