package dev.zhifu.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.jobs.trace.AccountRecord;
import dev.zhifu.rules.money.trace.CaseTrace;
import dev.zhifu.rules.money.trace.Codec;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.rules.money.trace.Statement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;

/**
 * The trace over millions of accounts, measured from outside: how long until a reported loss is
 * followed to the last account, and until a live hop is. Hop messages travel through a broker when
 * one is given, as in the job; else in memory.
 *
 * <p>Arguments: mode (trace; floor: one read and one write a movement; shapes and shapes_first: the
 * shapes among accounts, with nine of ten transfers to known accounts and with none), accounts,
 * movements (background transfers), cases, size (accounts of a tree), levels, rate (reports a
 * second), hops (live hops), hopRate (a second), parallelism, work (folder), out (file); for a
 * broker bootstrap, registry, user, password (file).
 */
public final class TraceRun {
  private static final long LIMIT_MINUTES = 5;
  private static final int CHECKED = 20;

  private final TraceCity city;
  private final Settings settings;
  private final Map<String, Progress> cases = new ConcurrentHashMap<>();
  private final Map<String, Hop> hops = new ConcurrentHashMap<>();
  private final ObjectNode figures = new ObjectMapper().createObjectNode();

  private TraceRun(Settings settings) {
    this.settings = settings;
    this.city =
        new TraceCity(
            settings.number("accounts", 5_000_000),
            settings.number("movements", 10_000_000),
            (int) settings.number("cases", 1_000),
            (int) settings.number("size", 120),
            (int) settings.number("levels", 6));
  }

  /** One case on its way. */
  private static final class Progress {
    private final Map<String, Long> expected = new HashMap<>();
    private final CaseTrace trace;
    private final AtomicInteger left;
    private final CountDownLatch done = new CountDownLatch(1);
    private long began;
    private volatile long ended;

    private Progress(List<TraceCity.Node> tree, boolean checked) {
      tree.forEach(node -> expected.put(TraceCity.token(node.account()), node.fen()));
      left = new AtomicInteger(tree.size());
      trace = checked ? new CaseTrace() : null;
    }

    /** Each account counts once, when it states all that came to it. */
    private void take(Statement statement, long nanos) {
      if (trace != null) {
        synchronized (trace) {
          trace.accept(statement);
        }
      }
      Long fen;
      synchronized (expected) {
        fen = expected.get(statement.account().token());
        long came = statement.inflows().stream().mapToLong(inflow -> inflow.share().fifo()).sum();
        if (fen == null || came != fen) {
          return;
        }
        expected.remove(statement.account().token());
      }
      if (left.decrementAndGet() == 0) {
        ended = nanos;
        done.countDown();
      }
    }
  }

  /** A live hop on its way to an account that had none of the money before. */
  private static final class Hop {
    private final CountDownLatch done = new CountDownLatch(1);
    private long began;
    private volatile long ended;
  }

  /** Runs it; see the class. */
  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    new TraceRun(settings).run();
    System.exit(0);
  }

  private void stated(Statement statement, long nanos) {
    Progress progress = cases.get(statement.claim());
    if (progress != null) {
      progress.take(statement, nanos);
    }
    Hop hop = hops.get(statement.account().token());
    if (hop != null && hop.ended == 0 && statement.remaining().fifo() > 0) {
      hop.ended = nanos;
      hop.done.countDown();
    }
  }

  private void run() throws Exception {
    TraceJob.Mode mode =
        TraceJob.Mode.valueOf(settings.text("mode", "trace").toUpperCase(Locale.ROOT));
    try (TraceHub hub = TraceHub.start(this::stated)) {
      JobClient job =
          TraceJob.start(
              hub.id(),
              (int) settings.number("parallelism", 2),
              mode,
              settings.path("work"),
              broker());
      load(hub, mode.isTrace());
      if (mode.isTrace()) {
        reports(hub);
        burst(hub);
        liveHops(hub);
      }
      if (broker() == null && !mode.isShapes()) {
        hub.hops().add(new TraceHub.Fed(null, Long.MAX_VALUE));
        hub.sides().put(new TraceHub.Fed(null, Long.MAX_VALUE));
        job.getJobExecutionResult().get(LIMIT_MINUTES, TimeUnit.MINUTES);
      } else {
        // A topic has no end, and at the end of time every account would forget week by week.
        job.cancel().get(LIMIT_MINUTES, TimeUnit.MINUTES);
      }
    }
    figures.put("transport", broker() == null ? "memory" : "kafka");
    figures.put("mode", settings.text("mode", "trace"));
    figures.put("accounts", city.accounts());
    figures.put("movements", city.movements());
    figures.put("cases", city.cases());
    figures.put("size", city.size());
    figures.put("levels", city.levels());
    figures.put("loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(settings.path("out").toFile(), figures);
  }

  private TraceJob.Broker broker() throws IOException {
    String bootstrap = settings.text("bootstrap", "");
    return bootstrap.isEmpty()
        ? null
        : new TraceJob.Broker(
            bootstrap,
            settings.text("registry"),
            settings.text("user"),
            Files.readString(settings.path("password")).strip());
  }

  /** The days before: background and trees; the second half of the background is what is timed. */
  private void load(TraceHub hub, boolean trees) throws InterruptedException {
    long half = city.movements() / 2;
    long sides = 0;
    double cpu = 0;
    long began = 0;
    for (long number = 0; number < city.movements(); number++) {
      if (number == half) {
        hub.sides().put(new TraceHub.Fed(null, 1));
        hub.await(1);
        cpu = cpuSeconds();
        began = System.nanoTime();
      }
      for (AccountRecord side : city.background(number)) {
        hub.sides().put(new TraceHub.Fed(side, 0));
        sides += number >= half ? 1 : 0;
      }
    }
    hub.sides().put(new TraceHub.Fed(null, 2));
    hub.await(2);
    double spent = cpuSeconds() - cpu;
    figures.put("messages", hub.hopsSaid());
    figures.put("sidesTimed", sides);
    figures.put("cpuMicrosPerSide", 1e6 * spent / sides);
    figures.put("sidesPerSecond", sides / ((System.nanoTime() - began) / 1e9));
    say("ledgers loaded, " + figures.get("cpuMicrosPerSide").asText() + " CPU us a side");
    for (int number = 0; trees && number < city.cases(); number++) {
      for (AccountRecord side : city.treeSides(number, city.tree(number))) {
        hub.sides().put(new TraceHub.Fed(side, 0));
      }
    }
    hub.sides().put(new TraceHub.Fed(null, 3));
    hub.await(3);
  }

  /** All but the last tenth of the cases at their rate. */
  private void reports(TraceHub hub) throws InterruptedException {
    int last = city.cases() - burstCases();
    long gap = (long) (1e9 / settings.decimal("rate", 5));
    long next = System.nanoTime();
    for (int number = 0; number < last; number++) {
      pause(next);
      next += gap;
      report(hub, number);
    }
    long[] took = new long[last];
    for (int number = 0; number < last; number++) {
      took[number] = await(number);
    }
    latencies("tree", took);
    int faults = 0;
    for (int number = 0; number < Math.min(CHECKED, last); number++) {
      CaseTrace trace = cases.get(TraceCity.claim(number)).trace;
      trace.expect(TraceCity.token(city.tree(number).get(0).account()));
      faults += trace.faults().size() + (trace.isComplete() ? 0 : 1);
      if (trace.statements().size() != city.size()) {
        faults++;
      }
    }
    figures.put("casesCheckedWhole", Math.min(CHECKED, last));
    figures.put("faults", faults);
    say("trees: p99 " + figures.path("tree").path("p99Ms").asText() + " ms, faults " + faults);
  }

  private int burstCases() {
    return Math.max(1, city.cases() / 10);
  }

  /** The rest at once: how many accounts a second the trace works through. */
  private void burst(TraceHub hub) throws InterruptedException {
    double cpu = cpuSeconds();
    long began = System.nanoTime();
    int first = city.cases() - burstCases();
    for (int number = first; number < city.cases(); number++) {
      report(hub, number);
    }
    long last = began;
    for (int number = first; number < city.cases(); number++) {
      await(number);
      last = Math.max(last, cases.get(TraceCity.claim(number)).ended);
    }
    double nodes = burstCases() * (double) city.size();
    figures.put("burstCases", burstCases());
    figures.put("nodesPerSecond", nodes / ((last - began) / 1e9));
    figures.put("cpuMicrosPerNode", 1e6 * (cpuSeconds() - cpu) / nodes);
    say("burst: " + figures.get("nodesPerSecond").asText() + " nodes/s");
  }

  private void report(TraceHub hub, int number) {
    List<TraceCity.Node> tree = city.tree(number);
    Progress progress = new Progress(tree, number < CHECKED);
    HopMessage loss = city.loss(number, tree.get(0));
    AccountRecord record = AccountRecord.message(loss.edge().payee().token(), Codec.bytes(loss));
    cases.put(TraceCity.claim(number), progress);
    progress.began = System.nanoTime();
    hub.hops().add(new TraceHub.Fed(record, 0));
  }

  private long await(int number) throws InterruptedException {
    Progress progress = cases.get(TraceCity.claim(number));
    if (!progress.done.await(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException(
          "case "
              + number
              + " lacks "
              + progress.left
              + " of its "
              + city.size()
              + " accounts after "
              + LIMIT_MINUTES
              + " minutes");
    }
    return progress.ended - progress.began;
  }

  /** Money leaves a last account of some case for one that never had any. */
  private void liveHops(TraceHub hub) throws InterruptedException {
    int count = (int) settings.number("hops", 2_000);
    long gap = (long) (1e9 / settings.decimal("hopRate", 20));
    List<Hop> all = new ArrayList<>();
    long next = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int number = i % city.cases();
      List<TraceCity.Node> tree = city.tree(number);
      TraceCity.Node leaf = tree.get(tree.size() - 1 - i / city.cases());
      long fresh = city.accounts() + city.cases() + i;
      List<AccountRecord> sides =
          city.sides(
              "L" + i,
              TraceCity.T0 + 5 * 86_400_000L + i * 1000L,
              leaf.fen() / 2,
              leaf.account(),
              fresh);
      Hop hop = new Hop();
      hops.put(TraceCity.token(fresh), hop);
      all.add(hop);
      pause(next);
      next += gap;
      hop.began = System.nanoTime();
      for (AccountRecord side : sides) {
        hub.sides().put(new TraceHub.Fed(side, 0));
      }
    }
    long[] took = new long[count];
    for (int i = 0; i < count; i++) {
      if (!all.get(i).done.await(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException("live hop " + i + " was not followed");
      }
      took[i] = all.get(i).ended - all.get(i).began;
    }
    latencies("liveHop", took);
    say("live hops: p99 " + figures.path("liveHop").path("p99Ms").asText() + " ms");
  }

  private void latencies(String name, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    ObjectNode of = figures.putObject(name);
    of.put("count", sorted.length);
    of.put("p50Ms", at(sorted, 0.50));
    of.put("p99Ms", at(sorted, 0.99));
    of.put("maxMs", sorted[sorted.length - 1] / 1e6);
  }

  private static double at(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(quantile * sorted.length) - 1)] / 1e6;
  }

  private static void pause(long until) {
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  /** CPU of this whole process so far; a cost, which decides nothing. */
  private static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
