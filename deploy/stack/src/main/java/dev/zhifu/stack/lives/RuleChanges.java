package dev.zhifu.stack.lives;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bench.report.RuleChangesReport;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.flink.FlinkLocal;
import dev.zhifu.stack.flink.FlinkRest;
import dev.zhifu.stack.flink.JobSettings;
import dev.zhifu.stack.process.MemoryFolder;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes rules of the running job under load and measures, from outside, how long until every
 * subtask has the change in force, and whether state and latency are after it what they would have
 * been without: beside each run with changes stands its control, the same job under the same events
 * at the same rate for as long, in which no rule changes after the catalogue is published.
 */
public final class RuleChanges {
  /** The run without changes. */
  public static final String CONTROL = RuleChangesReport.CONTROL;

  /** The run with changes. */
  public static final String CHANGES = RuleChangesReport.CHANGES;

  /** Between publication and effectiveFrom: the least lead and what hearing of it takes. */
  private static final Duration LEAD = Duration.ofMillis(750);

  /** The same for the catalogue, which a job hears of that has compiled nothing yet. */
  private static final Duration FIRST_LEAD = Duration.ofSeconds(5);

  private static final Duration FIRST_LIMIT = Duration.ofSeconds(60);
  private static final int FIRST_TRIES = 5;

  private static final People PEOPLE =
      new People(DemoKeys.AUTHOR, DemoKeys.APPROVER, "bench rule-changes");
  private static final int PARALLELISM = 2;

  /** Events a second that saturation's backlog is written with: more than the job takes. */
  private static final int BACKLOG_RATE = 40_000;

  /** Share of the backlog after which what live events need has been compiled. */
  private static final double RUN_IN = 0.3;

  private static final double DRAINED = 0.97;

  /** The job keeps up with its load when half its decisions come within this, milliseconds. */
  private static final double KEEPS_UP_MS = 200;

  /** How long the job is given to come to that before a run is taken as it is. */
  private static final Duration KEEPS_UP_LIMIT = Duration.ofMinutes(5);

  private static final int KEEPS_UP_SECONDS = 5;

  /** How long an asking transfer is waited for once everything is measured. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  /** Of ten changes the eighth is a draft in shadow and the ninth withdraws it. */
  private static final int TURN = 10;

  private static final int SHADOW_TURN = 7;
  private static final int WITHDRAWN_TURN = 8;

  /** With a family before it: no rule of the catalogue has it. */
  private static final String DRAFT_NUMBER = "95";

  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(20);

  /** A vertex that every event passes once. */
  private static final String ENTRANCE = "valid events";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Plan plan;
  private final Layout layout;
  private final PrintWriter out;
  private final Map<String, Long> writtenAt = new LinkedHashMap<>();
  private final Map<String, Instant> inForceFrom = new LinkedHashMap<>();
  private final Map<String, PublicationStatus> statuses = new LinkedHashMap<>();
  private final List<Answer> answers = new ArrayList<>();
  private int rate;

  /**
   * What to do.
   *
   * @param changes how many publications
   * @param paceMs between two, milliseconds
   * @param rate events a second; 0 for {@code share} of what the job was measured to take
   * @param share of saturation, 0 to 1
   * @param backlog events that saturation is measured with
   * @param warmSeconds before anything is measured
   * @param measureSeconds before, and again after, the changes
   * @param settleSeconds after the changes, until the last measurement begins
   * @param rounds control and changes in turn, so often
   * @param seed of the events
   * @param inMemory true for RocksDB's files at work in memory, where the machine has room
   */
  public record Plan(
      int changes,
      int paceMs,
      int rate,
      double share,
      long backlog,
      int warmSeconds,
      int measureSeconds,
      int settleSeconds,
      int rounds,
      long seed,
      boolean inMemory) {
    /** After the changes, until what they cost is read off. */
    private static final int TAIL_SECONDS = 3;

    private static final int START_SECONDS = 45;

    /** About how long it takes, stacks and jobs started. */
    public int seconds() {
      int saturation = rate > 0 ? 0 : START_SECONDS + (int) (backlog / 5_000);
      int run =
          START_SECONDS
              + warmSeconds
              + 2 * measureSeconds
              + settleSeconds
              + TAIL_SECONDS
              + (int) ((long) changes * paceMs / 1000);
      return saturation + 2 * rounds * run;
    }
  }

  /** A bench by {@code plan}. */
  public RuleChanges(Plan plan, Layout layout, PrintWriter out) {
    this.plan = plan;
    this.layout = layout;
    this.out = out;
  }

  /**
   * Measures what {@code runs} does not have yet, each on a stack of its own below {@code state};
   * keeps {@code file} whole after each.
   */
  public void run(Runs runs, Path file, Path state, List<String> banks) throws IOException {
    rate = plan.rate() > 0 ? plan.rate() : shareOfSaturation(runs, file, state, banks);
    for (int round = 1; round <= plan.rounds(); round++) {
      List<String> order = round % 2 == 1 ? List.of(CONTROL, CHANGES) : List.of(CHANGES, CONTROL);
      for (String config : order) {
        if (!runs.has(config, round)) {
          say(config + ", round " + round);
          forget();
          ObjectNode run =
              JSON.valueToTree(
                  onStack(
                      state, banks, (stack, job, working) -> measure(stack, job, working, config)));
          run.put("config", config);
          run.put("round", round);
          runs.add(run);
          runs.write(file);
        }
      }
    }
  }

  private void forget() {
    writtenAt.clear();
    inForceFrom.clear();
    statuses.clear();
    answers.clear();
  }

  /** What is done with a running job. */
  private interface Work {
    Map<String, Object> with(LocalStack stack, FlinkLocal job, Path working);
  }

  private Map<String, Object> onStack(Path state, List<String> banks, Work work) {
    Optional<MemoryFolder> memory = MemoryFolder.forRocksDb(plan.inMemory());
    try (MemoryFolder inMemory = memory.orElse(null);
        LocalStack stack = LocalStack.start(layout, state, "bench", banks, this::say)) {
      int port = stack.ports().reserve();
      JobSettings written =
          JobSettings.write(
              stack.dir(), stack.info(), stack.credentials(), port, PARALLELISM, false);
      JobSettings settings = memory.map(MemoryFolder::path).map(written::workingIn).orElse(written);
      FlinkLocal job =
          FlinkLocal.startMeasured(
              layout,
              stack.dir(),
              stack.supervisor(),
              settings.file(),
              port,
              false,
              stack.dir().root().resolve("gc.log"));
      job.awaitRunning();
      Path working = inMemory == null ? stack.dir().folder("flink/tmp") : inMemory.path();
      Map<String, Object> result = work.with(stack, job, working);
      result.put(RuleChangesReport.WORKING, inMemory == null ? "disk" : "memory");
      return result;
    }
  }

  private int shareOfSaturation(Runs runs, Path file, Path state, List<String> banks)
      throws IOException {
    String known = runs.about().get(RuleChangesReport.RATE);
    if (known != null) {
      return Integer.parseInt(known);
    }
    say("saturation first");
    forget();
    Map<String, Object> measured =
        onStack(state, banks, (stack, job, working) -> saturate(stack, job));
    runs.put("saturation", measured);
    double perSecond = ((Number) measured.get("eventsPerSecond")).doubleValue();
    int share = (int) Math.max(1, Math.round(plan.share() * perSecond));
    say(
        "saturation %,.0f events/s; %.0f %% of it is %,d events/s"
            .formatted(perSecond, 100 * plan.share(), share));
    runs.about(RuleChangesReport.RATE, String.valueOf(share));
    runs.about(
        "full load",
        "%.0f %% of %,.0f events/s, which this job was measured to read of a backlog of the same events"
            .formatted(100 * plan.share(), perSecond));
    runs.write(file);
    return share;
  }

  /** How fast the job reads a backlog, from when the writer has gone and it is warm. */
  private Map<String, Object> saturate(LocalStack stack, FlinkLocal job) {
    RegistrySettings registry = stack.info().registry();
    FlinkRest rest = new FlinkRest(job.webUrl());
    String id =
        rest.underWay(FlinkRest.DETECTION)
            .map(FlinkRest.Job::id)
            .orElseThrow(() -> new StackException("the job at " + job.webUrl() + " does not run"));
    try (RuleDesk desk = new RuleDesk(stack.access("rules-cli"), registry);
        TopicReader status = new TopicReader(stack.access("rules-cli"), registry);
        LoadFeed feed =
            new LoadFeed(
                stack.access("city"), registry, plan.seed(), BACKLOG_RATE, plan.backlog())) {
      status.seekToEnd(List.of(RuleArchive.STATUS));
      putInForce(desk, status, live());
      Thread writer = daemon(feed, "load");
      Drain drain = new Drain(plan.backlog(), RUN_IN, DRAINED);
      long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
      while (!drain.done()) {
        pause();
        long now = System.nanoTime();
        rest.read(id, ENTRANCE).ifPresent(read -> drain.sample(now, read, !writer.isAlive()));
        stack.supervisor().requireAllAlive();
        if (now > end) {
          throw new StackException(
              "the job read %,d of %,d events in %d minutes"
                  .formatted(drain.read(), plan.backlog(), DRAIN_LIMIT.toMinutes()));
        }
      }
      Map<String, Object> row = drain.row();
      row.put("loadAverage", load());
      return row;
    }
  }

  private Map<String, Object> measure(
      LocalStack stack, FlinkLocal job, Path working, String config) {
    RegistrySettings registry = stack.info().registry();
    try (RuleDesk desk = new RuleDesk(stack.access("rules-cli"), registry);
        LoadFeed feed =
            new LoadFeed(stack.access("city"), registry, plan.seed(), rate, Long.MAX_VALUE);
        TopicReader decisions = new TopicReader(stack.access("auditor"), registry);
        TopicReader status = new TopicReader(stack.access("rules-cli"), registry)) {
      status.seekToEnd(List.of(RuleArchive.STATUS));
      List<RuleText> rules = live();
      DecisionWatch watch = new DecisionWatch(decisions, stack.info().banks());
      putInForce(desk, status, rules);
      List<Thread> threads = List.of(daemon(feed, "load"), daemon(watch, "decisions"));
      try {
        Stretches stretches = new Stretches(watch, feed, job, working);
        Map<String, Object> result =
            phases(stack, desk, status, stretches, rules, config.equals(CHANGES));
        result.put("answered", answered(feed, watch, status));
        return result;
      } finally {
        feed.stop();
        watch.stop();
        threads.forEach(RuleChanges::join);
      }
    }
  }

  /** Every transfer that asked until now against what was answered, once answers had their time. */
  private Map<String, Object> answered(LoadFeed feed, DecisionWatch watch, TopicReader status) {
    List<String> asked = List.copyOf(feed.asked());
    long end = System.nanoTime() + ANSWER_LIMIT.toNanos();
    while (watch.unanswered(asked) > 0 && System.nanoTime() < end) {
      listen(status, 1);
    }
    Map<String, Object> row = watch.answers(asked);
    say("answered: " + row);
    return row;
  }

  /** Waits until the job keeps up with its load; says whether it came to that. */
  private boolean keepsUp(TopicReader status, DecisionWatch watch) {
    long end = System.nanoTime() + KEEPS_UP_LIMIT.toNanos();
    while (true) {
      watch.take();
      listen(status, KEEPS_UP_SECONDS);
      List<Long> latencies = new ArrayList<>(watch.take());
      latencies.sort(null);
      if (!latencies.isEmpty() && latencies.get(latencies.size() / 2) <= KEEPS_UP_MS) {
        return true;
      }
      if (System.nanoTime() > end) {
        say("the job does not keep up with %,d events/s; it is measured as it is".formatted(rate));
        return false;
      }
    }
  }

  private Map<String, Object> phases(
      LocalStack stack,
      RuleDesk desk,
      TopicReader status,
      Stretches stretches,
      List<RuleText> rules,
      boolean changing) {
    listen(status, plan.warmSeconds());
    boolean keepsUp = keepsUp(status, stretches.watch());
    writtenAt.clear();
    stretches.begin();
    listen(status, plan.measureSeconds());
    Map<String, Object> before = stretches.end();
    say("before: " + before);
    stretches.begin();
    change(desk, status, rules, changing);
    listen(status, Plan.TAIL_SECONDS);
    Map<String, Object> during = stretches.end();
    say("during: " + during);
    listen(status, plan.settleSeconds());
    stretches.begin();
    listen(status, plan.measureSeconds());
    Map<String, Object> after = stretches.end();
    say("after: " + after);
    stack.supervisor().requireAllAlive();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("changes", writtenAt.size());
    result.put("paceMs", plan.paceMs());
    result.put("rate", rate);
    result.put("seed", plan.seed());
    result.put("subtasks", PARALLELISM);
    result.put("keptUpBefore", keepsUp);
    if (changing) {
      result.put("publicationToInForceMs", inForce());
      result.put("publicationToAcceptedMs", between(null, RuleStatusKind.ACCEPTED));
      result.put(
          "acceptedToTakenEverywhereMs", between(RuleStatusKind.ACCEPTED, RuleStatusKind.IN_FORCE));
      result.put("answers", outcomes());
    }
    result.put("before", before);
    result.put("during", during);
    result.put("after", after);
    result.put("loadAverage", load());
    result.put("processors", Runtime.getRuntime().availableProcessors());
    return result;
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
  }

  /** Figures of one stretch of time after another. */
  private record Stretches(
      DecisionWatch watch, LoadFeed feed, FlinkLocal job, Path working, long[] begun) {
    Stretches(DecisionWatch watch, LoadFeed feed, FlinkLocal job, Path working) {
      this(watch, feed, job, working, new long[2]);
    }

    void begin() {
      watch.take();
      begun[0] = System.nanoTime();
      begun[1] = feed.sent();
    }

    Map<String, Object> end() {
      double seconds = (System.nanoTime() - begun[0]) / 1e9;
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("seconds", Math.round(seconds));
      figures.put("eventsPerSecond", Math.round((feed.sent() - begun[1]) / seconds));
      figures.put("decisionLatencyMs", Quantiles.of(watch.take()));
      figures.putAll(StateFigures.of(job.webUrl(), working).row());
      return figures;
    }
  }

  private List<RuleText> live() {
    List<RuleText> rules = new ArrayList<>();
    try {
      for (Rule rule : RuleSet.ofDirectory(layout.catalogue()).liveRules()) {
        rules.add(new RuleText(rule.id(), rule.version(), rule.text()));
      }
    } catch (IOException e) {
      throw new StackException("the catalogue cannot be read: " + e.getMessage(), e);
    }
    return rules;
  }

  /** Publishes one change after another, or lets as much time go by. */
  private void change(RuleDesk desk, TopicReader status, List<RuleText> rules, boolean changing) {
    List<RuleText> newest = new ArrayList<>(rules);
    long next = System.nanoTime();
    for (int change = 0; change < plan.changes(); change++) {
      if (changing) {
        publishNext(desk, newest, change);
      }
      next += plan.paceMs() * 1_000_000L;
      do {
        hear(status, Duration.ofMillis(5));
      } while (System.nanoTime() < next);
      if (changing && change % 100 == 99) {
        say((change + 1) + " changes");
      }
    }
  }

  /** Mostly a rule's next version; in each turn a draft goes into shadow and is withdrawn again. */
  private void publishNext(RuleDesk desk, List<RuleText> newest, int change) {
    int turn = change % TURN;
    int which = change % newest.size();
    if (turn == SHADOW_TURN || turn == WITHDRAWN_TURN) {
      int version = change / TURN + 1;
      RuleText like = newest.get(version % newest.size()).as(version);
      String id = like.ruleId().charAt(0) + DRAFT_NUMBER;
      String text = like.document().replaceFirst("(?m)^id:.*$", "id: " + id);
      publish(
          desk,
          new RuleText(id, version, text),
          LEAD,
          turn == SHADOW_TURN ? PublicationStatus.SHADOW : PublicationStatus.WITHDRAWN);
      return;
    }
    newest.set(which, newest.get(which).as(newest.get(which).version() + 1));
    publish(desk, newest.get(which), LEAD, PublicationStatus.LIVE);
  }

  /**
   * Publishes the catalogue and waits until every subtask has all of it in force: what is measured
   * beside rules that are not there measures nothing.
   */
  private void putInForce(RuleDesk desk, TopicReader status, List<RuleText> rules) {
    List<RuleText> missing = rules;
    for (int left = FIRST_TRIES; left > 0 && !missing.isEmpty(); left--) {
      Map<String, RuleText> published = new LinkedHashMap<>();
      missing.forEach(
          rule -> published.put(publish(desk, rule, FIRST_LEAD, PublicationStatus.LIVE), rule));
      long end = System.nanoTime() + FIRST_LIMIT.toNanos();
      while (System.nanoTime() < end && !settled(published.keySet())) {
        hear(status, Duration.ofMillis(100));
      }
      Map<String, List<Answer>> heard = byPosition();
      missing =
          published.entrySet().stream()
              .filter(one -> !isInForce(heard.getOrDefault(one.getKey(), List.of())))
              .map(Map.Entry::getValue)
              .toList();
    }
    if (!missing.isEmpty()) {
      throw new StackException(
          "rules %s are not in force on every subtask after being published %d times: look for their answers in %s"
              .formatted(
                  missing.stream().map(RuleText::ruleId).toList(),
                  FIRST_TRIES,
                  RuleArchive.STATUS));
    }
    Instant last = inForceFrom.values().stream().max(Instant::compareTo).orElseThrow();
    // Wall clock on purpose: the load's event times are the wall clock's.
    while (Instant.now().isBefore(last)) {
      hear(status, Duration.ofMillis(100));
    }
    say(rules.size() + " rules are in force on every subtask");
  }

  private boolean settled(Collection<String> positions) {
    Map<String, List<Answer>> heard = byPosition();
    return positions.stream()
        .allMatch(position -> new Standing(heard.getOrDefault(position, List.of())).isSettled());
  }

  private static boolean isInForce(List<Answer> answers) {
    Standing standing = new Standing(answers);
    return standing.isEverywhere() && !standing.failed();
  }

  /** Gives the position of the publication. */
  private String publish(RuleDesk desk, RuleText rule, Duration lead, PublicationStatus status) {
    // Wall clock on purpose: a benchmark measures real time from publication to in force.
    long now = System.currentTimeMillis();
    Instant from = Instant.ofEpochMilli(now).plus(lead);
    RulePublication signed = RuleDesk.signed(rule, status, from, PEOPLE);
    RuleRecord record = desk.put(signed);
    writtenAt.put(record.position(), now);
    inForceFrom.put(record.position(), from);
    statuses.put(record.position(), status);
    return record.position();
  }

  private void listen(TopicReader status, int seconds) {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (System.nanoTime() < end) {
      hear(status, Duration.ofMillis(100));
    }
  }

  private void hear(TopicReader status, Duration wait) {
    status.poll(
        wait,
        record ->
            answers.add(
                new Answer(status.decode(record, RuleStatus.class), RuleArchive.at(record))));
  }

  /**
   * From the call that publishes, its signatures included, to the later of the last subtask's
   * answer and effectiveFrom.
   */
  private Map<String, Object> inForce() {
    List<Long> measured = new ArrayList<>();
    Map<String, List<Answer>> byPosition = byPosition();
    writtenAt.forEach(
        (position, at) -> {
          Standing standing = new Standing(byPosition.getOrDefault(position, List.of()));
          if (standing.isEverywhere() && !standing.failed()) {
            long last =
                standing.answers().stream()
                    .mapToLong(answer -> answer.recordedAt().toEpochMilli())
                    .max()
                    .orElseThrow();
            measured.add(Math.max(last, inForceFrom.get(position).toEpochMilli()) - at);
          }
        });
    return Quantiles.of(measured);
  }

  /**
   * Where the time goes: between the last answers of two kinds to one publication, by the broker's
   * clock.
   *
   * @param from null for the call that publishes
   */
  private Map<String, Object> between(RuleStatusKind from, RuleStatusKind to) {
    List<Long> measured = new ArrayList<>();
    Map<String, List<Answer>> byPosition = byPosition();
    writtenAt.forEach(
        (position, at) -> {
          List<Answer> own = byPosition.getOrDefault(position, List.of());
          OptionalLong start = from == null ? OptionalLong.of(at) : last(own, from);
          OptionalLong end = last(own, to);
          if (start.isPresent() && end.isPresent()) {
            measured.add(end.getAsLong() - start.getAsLong());
          }
        });
    return Quantiles.of(measured);
  }

  private static OptionalLong last(List<Answer> answers, RuleStatusKind kind) {
    return answers.stream()
        .filter(answer -> answer.status().getStatus() == kind)
        .mapToLong(answer -> answer.recordedAt().toEpochMilli())
        .max();
  }

  private Map<String, Object> outcomes() {
    Map<String, Object> outcomes = new LinkedHashMap<>();
    Map<String, List<Answer>> byPosition = byPosition();
    for (String position : writtenAt.keySet()) {
      String word =
          new Standing(byPosition.getOrDefault(position, List.of())).word(statuses.get(position));
      outcomes.merge(word, 1, (one, other) -> (Integer) one + (Integer) other);
    }
    return outcomes;
  }

  private Map<String, List<Answer>> byPosition() {
    Map<String, List<Answer>> byPosition = new LinkedHashMap<>();
    answers.forEach(
        answer ->
            byPosition
                .computeIfAbsent(answer.status().getPosition(), at -> new ArrayList<>())
                .add(answer));
    return byPosition;
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
