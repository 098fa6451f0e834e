package dev.zhifu.stack.path;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.broker.KafkaBroker;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.flink.JobSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One run's load and its measurement, in a process beside broker and job: the days before, a
 * backlog whose draining is saturation, then steady rates.
 *
 * <p>Argument: the run's folder.
 */
public final class PathProcess {
  /** Written when a TaskManager is to be killed; answered by {@link #KILLED} with the moment. */
  static final String KILL = "kill-now";

  static final String KILLED = "killed-at";

  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(20);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final Duration KILL_LIMIT = Duration.ofMinutes(4);
  private static final long LOOK_MS = 1_000;

  /** Share of the backlog after which code that only live events need has been compiled. */
  private static final double RUN_IN = 0.3;

  private static final double DRAINED = 0.97;
  private static final int SOAK_SECONDS = 60;

  /** Events written while the job stands still: a few seconds. */
  private static final long PORTION = 150_000;

  private final Path root;
  private final PathPlan plan;
  private final StackInfo info;
  private final Ledger ledger = new Ledger();
  private final JobView job;
  private final Map<String, Object> result = new LinkedHashMap<>();
  private final List<Map<String, Object>> rates = new ArrayList<>();
  private double half;

  private PathProcess(Path root) {
    this.root = root;
    this.plan = PathPlan.read(root);
    this.info = StackInfo.read(root);
    this.job = new JobView(info.webUrl(), workingFolder(root), plan.gcLog());
    this.half = plan.half();
  }

  /** Where the job's RocksDB works: the settings' folder, or one in the run's. */
  private static Path workingFolder(Path root) {
    String set = JobSettings.of(root).get("working.dir");
    return set.isEmpty() ? root.resolve("flink") : Path.of(set);
  }

  /** Does the plan of the run's folder; leaves its result there. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: PathProcess RUN_FOLDER");
      System.exit(2);
    }
    Path root = Path.of(args[0]);
    Map<String, Object> result = new PathProcess(root).run();
    Path next = root.resolve(PathPlan.RESULT + ".part");
    new ObjectMapper().writeValue(next.toFile(), result);
    Files.move(next, root.resolve(PathPlan.RESULT));
    System.exit(0);
  }

  private Map<String, Object> run() throws IOException {
    AvroCodec codec = info.registry().codec();
    try (Sender sender =
            new Sender(
                info.access(root, "city"),
                info.access(root, "officers"),
                codec,
                Path.of(plan.load()),
                ledger);
        TopicReader outputs =
            new TopicReader(info.access(root, KafkaBroker.ADMIN), info.registry())) {
      OutputWatch watch = new OutputWatch(outputs, info.banks(), ledger);
      Thread reading = daemon(watch, "outputs");
      try {
        measure(sender, watch);
      } finally {
        watch.stop();
        reading.join(ANSWER_LIMIT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while measuring", e);
    }
    return result;
  }

  private void measure(Sender sender, OutputWatch watch) {
    history(sender);
    runIn(sender, watch);
    saturation(sender, watch);
    for (double rate : plan.rates()) {
      boolean last = rates.size() == plan.rates().size() - 1;
      rate(sender, watch, rate, last && plan.killAfterSeconds() > 0);
    }
    soak(sender, watch);
    result.put("rates", rates);
    result.put("state", job.row());
    result.put("residentBytes", Usage.residentBytes(plan.jobPids()));
    result.put("ledger", ledger.row());
    result.put("loadAverage", Usage.load());
  }

  private void history(Sender sender) {
    say("sending lists and the days before");
    long started = System.nanoTime();
    long events = sender.history();
    await("the days before read", DRAIN_LIMIT, () -> job.read() >= events);
    result.put("historyEvents", events);
    result.put("historySeconds", seconds(started));
    say("%,d events of the days before read in %.0f s".formatted(events, seconds(started)));
  }

  /** So that stories are under way when the first rate begins. */
  private void runIn(Sender sender, OutputWatch watch) {
    if (plan.runIn() > 0) {
      sender.burst(plan.runIn());
      await("what runs in read", DRAIN_LIMIT, () -> job.read() >= sender.position());
      awaitAnswers(watch);
    }
  }

  /**
   * A backlog is written while the job is held still; the rate is how fast the job reads it, from
   * when the writer has gone and the first third has been read.
   */
  private void saturation(Sender sender, OutputWatch watch) {
    if (plan.burst() <= 0) {
      return;
    }
    long before = sender.position();
    long sent = backlog(sender);
    long total = before + sent;
    long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
    Sample start = sample();
    Sample first = start;
    Sample last = start;
    Sample next = start;
    while (next.read < before + (long) (DRAINED * sent)) {
      pause();
      next = sample();
      if (first == start && next.read >= before + (long) (RUN_IN * sent)) {
        first = next;
      }
      if (next.read < total) {
        last = next;
      }
      watch.requireWell();
      require(end, "the backlog drained");
    }
    if (last.read - first.read < sent / 4) {
      // A small backlog is gone between two looks: the whole of it counts.
      first = start;
      last = next;
    }
    long read = last.read - first.read;
    double seconds = (last.nanos - first.nanos) / 1e9;
    awaitAnswers(watch);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("backlogEvents", sent);
    row.put("measuredEvents", read);
    row.put("seconds", seconds);
    row.put("eventsPerSecond", read / seconds);
    row.put("eventsPerCpuSecond", read / (last.cpu - first.cpu));
    row.put("brokerCpuSeconds", last.brokerCpu - first.brokerCpu);
    row.put("jobCpuSeconds", last.cpu - first.cpu);
    row.put("loadAverage", Usage.load());
    row.put("state", job.row());
    result.put("saturation", row);
    if (half <= 0) {
      half = read / seconds / 2;
    }
    say(
        "saturation: %,.0f events/s, %,.0f events/CPU-s; load %.1f"
            .formatted(read / seconds, read / (last.cpu - first.cpu), Usage.load()));
  }

  /**
   * Writes the backlog in portions, each while the job's processes are stopped: longer at a time,
   * and the job would take its own silence for the death of its workers.
   */
  private long backlog(Sender sender) {
    long sent = 0;
    long portion = -1;
    while (sent < plan.burst() && portion != 0) {
      Usage.hold(plan.jobPids());
      try {
        portion = sender.burst(Math.min(PORTION, plan.burst() - sent));
      } finally {
        Usage.release(plan.jobPids());
      }
      sent += portion;
    }
    return sent;
  }

  private void rate(Sender sender, OutputWatch watch, double wanted, boolean kill) {
    double rate = wanted > 0 ? wanted : half;
    if (rate <= 0) {
      throw new StackException("half of saturation is not known: a backlog is needed (--burst)");
    }
    RuleChurn churn = RuleChurn.start(info, root, plan, sender);
    if (plan.warmSeconds() > 0) {
      sender.steady(Math.round(rate * plan.warmSeconds()), rate);
    }
    int requests = ledger.requests();
    double cpu = Usage.cpuSeconds(plan.jobPids());
    double brokerCpu = Usage.cpuSeconds(List.of(plan.brokerPid()));
    long nanos = System.nanoTime();
    long eventMs = sender.eventMs();
    Ledger.Stretch stretch = ledger.open(now());
    Thread killer = kill ? daemon(this::askToKill, "killer") : null;
    long count = Math.round(rate * plan.seconds());
    sender.steady(count, rate);
    ledger.close(stretch, now());
    double took = seconds(nanos);
    churn.close();
    double used = Usage.cpuSeconds(plan.jobPids()) - cpu;
    double brokerUsed = Usage.cpuSeconds(List.of(plan.brokerPid())) - brokerCpu;
    boolean answered = awaitAnswers(watch);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", wanted > 0 ? "%.0f".formatted(wanted) : "half");
    row.put("rate", rate);
    row.put("events", count);
    row.put("seconds", took);
    row.put("sentPerSecond", count / took);
    row.put("citySecondsPerSecond", (sender.eventMs() - eventMs) / 1e3 / took);
    row.put("answered", answered);
    row.put("secondsUntilAllAnswered", seconds(nanos) - took);
    if (!kill) {
      row.put("jobCpuSeconds", used); // a killed process takes its CPU time with it
    }
    row.put("brokerCpuSeconds", brokerUsed);
    row.put("state", job.row());
    row.put("residentBytes", Usage.residentBytes(plan.jobPids()));
    row.put("decision", stretch.decisions().row());
    row.put("request", stretch.requests().row());
    row.put("order", stretch.orders().row());
    row.put("newRequests", ledger.requests() - requests);
    row.put("loadAverage", Usage.load());
    row.putAll(churn.row());
    if (kill) {
      join(killer);
      row.put("killed", Outage.of(stretch.answers(), killedAtMs()).row());
      row.put("exactlyOnce", exactlyOnce());
    }
    rates.add(row);
    say(line(row));
  }

  private static String line(Map<String, Object> row) {
    return "%s/s: request %s, decision %s, order %s; load %.1f"
        .formatted(
            row.get("name").equals("half")
                ? "half of saturation, %,.0f".formatted(row.get("rate"))
                : row.get("name"),
            words(row.get("request")),
            words(row.get("decision")),
            words(row.get("order")),
            (double) row.get("loadAverage"));
  }

  private static String words(Object latency) {
    Map<?, ?> row = (Map<?, ?>) latency;
    return "p50 %s p99 %s p99.9 %s max %s ms (%s)"
        .formatted(
            row.get("p50"), row.get("p99"), row.get("p999"), row.get("max"), row.get("count"));
  }

  private void soak(Sender sender, OutputWatch watch) {
    if (plan.soakMinutes() <= 0) {
      return;
    }
    double rate = plan.rates().get(plan.rates().size() - 1);
    double steady = rate > 0 ? rate : half;
    List<Map<String, Object>> minutes = new ArrayList<>();
    for (int minute = 1; minute <= plan.soakMinutes(); minute++) {
      Ledger.Stretch stretch = ledger.open(now());
      double cpu = Usage.cpuSeconds(plan.jobPids());
      sender.steady(Math.round(steady * SOAK_SECONDS), steady);
      ledger.close(stretch, now());
      watch.requireWell();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("minute", minute);
      row.putAll(job.row());
      row.put("residentBytes", Usage.residentBytes(plan.jobPids()));
      row.put("jobCpuSeconds", Usage.cpuSeconds(plan.jobPids()) - cpu);
      row.put("decision", stretch.decisions().row());
      row.put("request", stretch.requests().row());
      row.put("loadAverage", Usage.load());
      minutes.add(row);
      say("minute " + minute + ": " + row);
    }
    awaitAnswers(watch);
    result.put("soakRate", steady);
    result.put("minutes", minutes);
  }

  private void askToKill() {
    try {
      Thread.sleep(Duration.ofSeconds(plan.killAfterSeconds()).toMillis());
      Files.writeString(root.resolve(KILL), "");
      await("a TaskManager killed", KILL_LIMIT, () -> Files.exists(root.resolve(KILLED)));
    } catch (IOException e) {
      throw new StackException("cannot write " + root.resolve(KILL) + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long killedAtMs() {
    try {
      return Long.parseLong(Files.readString(root.resolve(KILLED)).trim());
    } catch (IOException e) {
      throw new StackException("no TaskManager was killed: " + e.getMessage(), e);
    }
  }

  /** What leaves exactly once, counted by id from what is committed. */
  private Map<String, Object> exactlyOnce() {
    Map<String, Object> counts = new LinkedHashMap<>();
    try (TopicReader reader =
        new TopicReader(info.access(root, KafkaBroker.ADMIN), info.registry())) {
      for (String topic : List.of("risk.hits.final", "risk.enriched")) {
        Set<String> ids = new HashSet<>();
        long[] doubled = new long[1];
        reader.scan(
            List.of(topic),
            record ->
                doubled[0] += ids.add(new String(record.key(), StandardCharsets.UTF_8)) ? 0 : 1);
        counts.put(topic, ids.size());
        counts.put(topic + ".doubled", doubled[0]);
      }
    }
    return counts;
  }

  /** True when every transfer that asked has its answer within the limit. */
  private boolean awaitAnswers(OutputWatch watch) {
    long end = System.nanoTime() + ANSWER_LIMIT.toNanos();
    long left = ledger.open();
    while (left > 0 && System.nanoTime() < end) {
      pause();
      watch.requireWell();
      long now = ledger.open();
      if (now < left) {
        end = System.nanoTime() + ANSWER_LIMIT.toNanos(); // it is late, not dead
      }
      left = now;
    }
    return left == 0;
  }

  private record Sample(long nanos, long read, double cpu, double brokerCpu) {}

  private Sample sample() {
    long read = job.read();
    return new Sample(
        System.nanoTime(),
        read,
        Usage.cpuSeconds(plan.jobPids()),
        Usage.cpuSeconds(List.of(plan.brokerPid())));
  }

  private static void await(String what, Duration limit, BooleanSupplier ready) {
    long end = System.nanoTime() + limit.toNanos();
    while (!ready.getAsBoolean()) {
      pause();
      require(end, what);
    }
  }

  private static void require(long endNanos, String what) {
    if (System.nanoTime() > endNanos) {
      throw new StackException("has run out of time without " + what);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while measuring", e);
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join(KILL_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Wall clock on purpose: planned times are wall times. */
  private static long now() {
    return System.currentTimeMillis();
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
