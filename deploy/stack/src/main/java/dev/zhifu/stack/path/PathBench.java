package dev.zhifu.stack.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.demo.RulePublisher;
import dev.zhifu.stack.flink.FlinkClient;
import dev.zhifu.stack.flink.FlinkCluster;
import dev.zhifu.stack.flink.FlinkLocal;
import dev.zhifu.stack.flink.FlinkRest;
import dev.zhifu.stack.flink.JobSettings;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.ChildSpec;
import dev.zhifu.stack.process.MemoryFolder;
import dev.zhifu.stack.process.RunDir;
import dev.zhifu.stack.process.Supervisor;
import dev.zhifu.workload.RunSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The critical path bench: engine and no-op in turn, each on a broker, registry and job of its own,
 * with the same bytes.
 */
public final class PathBench {
  /** The detection job in one JVM. */
  public static final String ENGINE = "engine";

  /** The job that does nothing over the same routes. */
  public static final String NOOP = "noop";

  /** The detection job while rules change. */
  public static final String CHANGES = "engine+changes";

  /** The detection job on a cluster of JVMs, one of which is killed. */
  public static final String KILL = "engine+kill";

  /** The detection job at one rate for long. */
  public static final String SOAK = "engine+soak";

  private static final int PARALLELISM = 2;

  /** The settings' default. */
  private static final int CHECKPOINT_SECONDS = 10;

  private static final int TASK_MANAGERS = 2;

  /** Rises when a load with the same name would hold something else. */
  private static final int LOAD_FORMAT = 3;

  private static final Duration MAKE_LIMIT = Duration.ofMinutes(60);
  private static final Duration RUN_LIMIT = Duration.ofSeconds(240);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Layout layout;
  private final Path state;
  private final List<String> banks;
  private final Plan plan;
  private final Consumer<String> progress;
  private double half;

  /**
   * How much to measure.
   *
   * @param configs in the order of each round; ENGINE before others, whose half of saturation it
   *     finds
   * @param rounds how often each
   * @param rates events a second; 0 stands for half of the engine's saturation
   * @param warmSeconds before each rate is measured
   * @param seconds of each rate
   * @param burst live events of the backlog
   * @param changeMs between two rule changes, of CHANGES
   * @param killRate events a second, of KILL
   * @param soakRate events a second, of SOAK
   * @param soakMinutes of SOAK
   * @param residents of the city
   * @param enrichment multiplies its frauds
   * @param seed of the city
   */
  public record Plan(
      List<String> configs,
      int rounds,
      List<Double> rates,
      int warmSeconds,
      int seconds,
      long burst,
      int changeMs,
      double killRate,
      double soakRate,
      int soakMinutes,
      int residents,
      double enrichment,
      long seed,
      boolean inMemory) {

    /** Events a second that half of saturation is taken for until it is known. */
    private static final double HALF_GUESS = 15_000;

    /** Events of a resident and day, the days before among the first day's. */
    private static final double EVENTS_A_RESIDENT = 7;

    private static final int START_SECONDS = 45;
    private static final int KILL_SECONDS = 60;

    /** Live events that the longest run needs. */
    public long events() {
      double rated =
          rates.stream().mapToDouble(rate -> rate > 0 ? rate : HALF_GUESS).sum()
              * (warmSeconds + seconds);
      double killed = killRate * (warmSeconds + KILL_SECONDS);
      double soaked = soakRate * (warmSeconds + seconds + 60.0 * soakMinutes);
      return burst + (long) (1.05 * Math.max(rated, Math.max(killed, soaked)));
    }

    /** Days of the city that give so many. */
    int days() {
      return (int) Math.max(1, Math.ceil(events() / (EVENTS_A_RESIDENT * residents)));
    }

    /** The smallest city that has so many events in as many days as one may have. */
    public int leastResidents() {
      return (int) Math.ceil(events() / (EVENTS_A_RESIDENT * RunSettings.MOST_DAYS));
    }

    /** About how long it takes on a quiet machine, the load made. */
    public int minutes() {
      double load = residents * 4.7 / 50_000 + burst / 25_000.0 + START_SECONDS;
      double rated = rates.size() * (double) (warmSeconds + seconds);
      double all = 0;
      for (String config : configs) {
        all +=
            load
                + switch (config) {
                  case KILL -> warmSeconds + KILL_SECONDS + 60;
                  case SOAK -> warmSeconds + seconds + 60.0 * soakMinutes;
                  default -> rated;
                };
      }
      double make = (residents * 4.7 + events()) / 40_000;
      return (int) Math.ceil((rounds * all + make) / 60);
    }
  }

  /**
   * A bench.
   *
   * @param state folder of stacks and loads
   * @param banks codes of banks with channel DIRECT: all of the city's
   * @param progress told what is under way, one line each
   */
  public PathBench(
      Layout layout, Path state, List<String> banks, Plan plan, Consumer<String> progress) {
    this.layout = layout;
    this.state = state;
    this.banks = banks;
    this.plan = plan;
    this.progress = progress;
  }

  /** Measures what {@code runs} does not have yet; keeps {@code file} whole after each run. */
  public void run(Runs runs, Path file) throws IOException {
    Path load = load();
    for (int round = 1; round <= plan.rounds(); round++) {
      for (String config : plan.configs()) {
        if (!runs.has(config, round)) {
          ObjectNode run = measure(config, load);
          run.put("round", round);
          runs.add(run);
          runs.write(file);
        }
        half = half > 0 ? half : runs.median(ENGINE, "half");
      }
    }
  }

  private Path load() throws IOException {
    Path folder = Files.createDirectories(state.resolve("bench"));
    Path load =
        folder.resolve(
            "load-%d-%d-%d-%.0f-%d-%d.bin"
                .formatted(
                    LOAD_FORMAT,
                    plan.residents(),
                    plan.days(),
                    plan.enrichment(),
                    plan.seed(),
                    plan.events()));
    if (!Files.exists(load)) {
      progress.accept(
          "living the city once: %,d residents, %d day(s), %,d events"
              .formatted(plan.residents(), plan.days(), plan.events()));
      try (RunDir dir = RunDir.create(state, "load");
          Supervisor supervisor = new Supervisor(dir)) {
        Child maker =
            supervisor.start(
                new ChildSpec(
                    "load-maker",
                    List.of("-Xmx1500m", "-XX:+UseSerialGC"),
                    ownClassPath(),
                    LoadMaker.class.getName(),
                    List.of(
                        load.toAbsolutePath().toString(),
                        String.valueOf(plan.residents()),
                        String.valueOf(plan.days()),
                        String.valueOf(plan.enrichment()),
                        String.valueOf(plan.seed()),
                        String.valueOf(plan.events())),
                    Map.of()));
        if (maker.awaitEnd(MAKE_LIMIT) != 0) {
          throw maker.failure("could not make the load");
        }
      }
    }
    return load.toAbsolutePath();
  }

  private ObjectNode measure(String config, Path load) throws IOException {
    progress.accept(config);
    boolean noop = config.equals(NOOP);
    JsonNode facts = JSON.readTree(new File(load + ".json"));
    Optional<MemoryFolder> memory = MemoryFolder.forRocksDb(plan.inMemory());
    try (MemoryFolder working = memory.orElse(null);
        LocalStack stack = LocalStack.start(layout, state, "bench", banks, line -> {})) {
      if (!noop) {
        RulePublisher.publish(
            stack.access("rules-cli"),
            stack.info().registry(),
            layout.catalogue(),
            Instant.ofEpochMilli(facts.get("startMs").asLong()));
      }
      ObjectNode result =
          config.equals(KILL)
              ? onCluster(stack, load, memory)
              : inOneJvm(stack, load, config, noop, memory);
      stack.supervisor().requireAllAlive();
      result.put("config", config);
      result.put("workingFiles", working == null ? "disk" : "memory");
      result.put("residents", plan.residents());
      result.put("seed", plan.seed());
      result.put("enrichment", plan.enrichment());
      result.set("load", facts);
      result.put("loadBytes", Files.size(load));
      result.put("checkpointSeconds", CHECKPOINT_SECONDS);
      result.put("subtasks", PARALLELISM);
      double saturated = result.path("saturation").path("eventsPerSecond").asDouble();
      result.put("eventsPerSecond", saturated);
      result.put(
          "eventsPerCpuSecond", result.path("saturation").path("eventsPerCpuSecond").asDouble());
      if (config.equals(ENGINE)) {
        result.put("half", saturated / 2);
      }
      return result;
    }
  }

  private static JobSettings settings(LocalStack stack, int port, Optional<MemoryFolder> memory) {
    JobSettings settings =
        JobSettings.write(stack.dir(), stack.info(), stack.credentials(), port, PARALLELISM, true);
    return memory.map(MemoryFolder::path).map(settings::workingIn).orElse(settings);
  }

  private ObjectNode inOneJvm(
      LocalStack stack, Path load, String config, boolean noop, Optional<MemoryFolder> memory)
      throws IOException {
    int port = stack.ports().reserve();
    JobSettings settings = settings(stack, port, memory);
    Path gcLog = stack.dir().folder("logs").resolve("gc.log").toAbsolutePath();
    FlinkLocal job =
        FlinkLocal.startMeasured(
            layout, stack.dir(), stack.supervisor(), settings.file(), port, noop, gcLog);
    stack.webAt(job.webUrl());
    job.awaitRunning();
    boolean soak = config.equals(SOAK);
    PathPlan path =
        new PathPlan(
            load.toString(),
            0,
            plan.burst(),
            soak ? List.of(plan.soakRate()) : plan.rates(),
            half,
            plan.warmSeconds(),
            plan.seconds(),
            config.equals(CHANGES) ? plan.changeMs() : 0,
            0,
            soak ? plan.soakMinutes() : 0,
            layout.catalogue().toString(),
            List.of(job.child().pid()),
            pid(stack, "broker"),
            gcLog.toString());
    LoadChild process = start(stack, path);
    await(stack, process, () -> {});
    return result(stack);
  }

  private ObjectNode onCluster(LocalStack stack, Path load, Optional<MemoryFolder> memory)
      throws IOException {
    FlinkCluster cluster =
        FlinkCluster.start(
            layout,
            stack.dir(),
            stack.supervisor(),
            stack.ports(),
            TASK_MANAGERS,
            FlinkCluster.DETECTION_SLOTS);
    String web = cluster.conf().webUrl();
    stack.webAt(web);
    JobSettings settings = settings(stack, 0, memory);
    new FlinkClient(layout, stack.dir().root(), web)
        .submit(layout.jobJar(), Optional.empty(), settings.file());
    FlinkRest rest = new FlinkRest(web);
    cluster
        .jobManager()
        .awaitReady(
            "a running job",
            RUN_LIMIT,
            () ->
                rest.jobs().stream()
                    .anyMatch(job -> job.tasks() > 0 && job.runningTasks() == job.tasks()));
    PathPlan path =
        new PathPlan(
            load.toString(),
            plan.burst() / 2,
            0,
            List.of(plan.killRate()),
            0,
            Math.max(15, plan.warmSeconds()),
            Plan.KILL_SECONDS,
            0,
            Plan.KILL_SECONDS / 3,
            0,
            layout.catalogue().toString(),
            cluster.taskManagers().stream().map(Child::pid).toList(),
            pid(stack, "broker"),
            "");
    LoadChild process = start(stack, path);
    await(stack, process, () -> killWhenAsked(stack, cluster, rest));
    return result(stack);
  }

  /** Kills the TaskManager that works, as {@code kill -9} does, and starts another in its place. */
  private void killWhenAsked(LocalStack stack, FlinkCluster cluster, FlinkRest rest) {
    Path asked = stack.dir().root().resolve(PathProcess.KILL);
    Path done = stack.dir().root().resolve(PathProcess.KILLED);
    if (!Files.exists(asked) || Files.exists(done)) {
      return;
    }
    List<String> busy = rest.busyTaskManagers();
    Child victim =
        cluster.taskManagers().stream()
            .filter(child -> busy.contains(child.name()))
            .findFirst()
            .orElseThrow(() -> new StackException("no TaskManager has tasks, of " + busy));
    victim.kill();
    try {
      // Wall clock on purpose: the outage is counted in real time from here.
      Files.writeString(done, String.valueOf(System.currentTimeMillis()));
    } catch (IOException e) {
      throw new StackException("cannot write " + done + ": " + e.getMessage(), e);
    }
    cluster.startTaskManager();
    progress.accept("  killed " + victim.name());
  }

  private static long pid(LocalStack stack, String name) {
    return stack.supervisor().children().stream()
        .filter(child -> child.name().equals(name))
        .findFirst()
        .map(Child::pid)
        .orElseThrow();
  }

  private LoadChild start(LocalStack stack, PathPlan path) {
    path.write(stack.dir().root());
    return LoadChild.start(layout, stack, PathProcess.class, List.of());
  }

  /** Waits for the load's process to end and passes on what it says. */
  private void await(LocalStack stack, LoadChild process, Runnable meanwhile) throws IOException {
    process.await(line -> progress.accept("  " + line), meanwhile, stack.supervisor());
  }

  private static ObjectNode result(LocalStack stack) throws IOException {
    return (ObjectNode) JSON.readTree(stack.dir().root().resolve(PathPlan.RESULT).toFile());
  }

  private List<String> ownClassPath() {
    return layout.ownClassPath().stream().map(Path::toString).toList();
  }

  /** What is wrong with these runs, a line each; empty when nothing is. */
  public static List<String> faults(Runs runs) {
    List<String> faults = new ArrayList<>();
    for (String config : runs.configs()) {
      for (JsonNode run : runs.of(config)) {
        faults.addAll(PathFaults.of(run));
      }
    }
    return faults;
  }
}
