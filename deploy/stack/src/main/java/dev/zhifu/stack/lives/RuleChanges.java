package dev.zhifu.stack.lives;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.flink.FlinkLocal;
import dev.zhifu.stack.flink.JobSettings;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Changes rules of the running job under load and measures, from outside, how long until every
 * subtask has the change in force, and whether state and latency are after it what they were
 * before.
 */
public final class RuleChanges {
  /** Between publication and effectiveFrom: the least lead and what hearing of it takes. */
  private static final Duration LEAD = Duration.ofMillis(750);

  private static final People PEOPLE =
      new People(DemoKeys.AUTHOR, DemoKeys.APPROVER, "bench rule-changes");
  private static final int PARALLELISM = 2;

  private final Plan plan;
  private final Layout layout;
  private final PrintWriter out;
  private final Map<String, Long> writtenAt = new LinkedHashMap<>();
  private final Map<String, Instant> inForceFrom = new LinkedHashMap<>();
  private final List<Answer> answers = new ArrayList<>();

  /**
   * What to do.
   *
   * @param changes how many publications
   * @param paceMs between two, milliseconds
   * @param rate events a second
   * @param warmSeconds before anything is measured
   * @param measureSeconds before, and again after, the changes
   * @param settleSeconds after the changes, until the last measurement begins
   * @param seed of the events
   */
  public record Plan(
      int changes,
      int paceMs,
      int rate,
      int warmSeconds,
      int measureSeconds,
      int settleSeconds,
      long seed) {
    /** About how long it takes, stack and job started. */
    public int seconds() {
      return warmSeconds
          + 2 * measureSeconds
          + settleSeconds
          + (int) ((long) changes * paceMs / 1000);
    }
  }

  /** A run of {@code plan}. */
  public RuleChanges(Plan plan, Layout layout, PrintWriter out) {
    this.plan = plan;
    this.layout = layout;
    this.out = out;
  }

  /** Runs it on a stack of its own below {@code state}. */
  public Map<String, Object> run(Path state, List<String> banks) {
    try (LocalStack stack = LocalStack.start(layout, state, "bench", banks, this::say)) {
      int port = stack.ports().reserve();
      JobSettings settings =
          JobSettings.write(
              stack.dir(), stack.info(), stack.credentials(), port, PARALLELISM, false);
      FlinkLocal job =
          FlinkLocal.start(layout, stack.dir(), stack.supervisor(), settings.file(), port);
      job.awaitRunning();
      say("the job runs; about " + plan.seconds() + " s to go");
      return measure(stack, job);
    }
  }

  private Map<String, Object> measure(LocalStack stack, FlinkLocal job) {
    String registry = stack.info().registryUrl();
    try (RuleDesk desk = new RuleDesk(stack.access("rules-cli"), registry);
        LoadFeed feed = new LoadFeed(stack.access("city"), registry, plan.seed(), plan.rate());
        TopicReader decisions = new TopicReader(stack.access("auditor"), registry);
        TopicReader status = new TopicReader(stack.access("rules-cli"), registry)) {
      status.seekToEnd(List.of(RuleArchive.STATUS));
      List<RuleText> rules = live();
      DecisionWatch watch = new DecisionWatch(decisions, stack.info().banks());
      rules.forEach(rule -> publish(desk, rule));
      List<Thread> threads = List.of(daemon(feed, "load"), daemon(watch, "decisions"));
      try {
        return phases(stack, job, desk, status, watch, feed, rules);
      } finally {
        feed.stop();
        watch.stop();
        threads.forEach(RuleChanges::join);
      }
    }
  }

  private Map<String, Object> phases(
      LocalStack stack,
      FlinkLocal job,
      RuleDesk desk,
      TopicReader status,
      DecisionWatch watch,
      LoadFeed feed,
      List<RuleText> rules) {
    Path temporary = stack.dir().folder("flink/tmp");
    listen(status, plan.warmSeconds());
    watch.take();
    writtenAt.clear();
    listen(status, plan.measureSeconds());
    Map<String, Object> before = figures(watch, job, temporary);
    say("before: " + before);
    long sentBefore = feed.sent();
    long started = System.nanoTime();
    change(desk, status, rules);
    double seconds = (System.nanoTime() - started) / 1e9;
    long sentAfter = feed.sent();
    listen(status, 3);
    Map<String, Object> during = figures(watch, job, temporary);
    say("during: " + during);
    listen(status, plan.settleSeconds());
    watch.take();
    listen(status, plan.measureSeconds());
    Map<String, Object> after = figures(watch, job, temporary);
    say("after: " + after);
    stack.supervisor().requireAllAlive();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("changes", plan.changes());
    result.put("paceMs", plan.paceMs());
    result.put("rate", plan.rate());
    result.put("seed", plan.seed());
    result.put("subtasks", PARALLELISM);
    result.put("eventsPerSecond", Math.round((sentAfter - sentBefore) / seconds));
    result.put("publicationToInForceMs", inForce());
    result.put("publicationToAcceptedMs", between(null, RuleStatusKind.ACCEPTED));
    result.put(
        "acceptedToTakenEverywhereMs", between(RuleStatusKind.ACCEPTED, RuleStatusKind.IN_FORCE));
    result.put("answers", outcomes());
    result.put("before", before);
    result.put("during", during);
    result.put("after", after);
    result.put("loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    result.put("processors", Runtime.getRuntime().availableProcessors());
    return result;
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

  private void change(RuleDesk desk, TopicReader status, List<RuleText> rules) {
    List<RuleText> newest = new ArrayList<>(rules);
    long next = System.nanoTime();
    for (int change = 0; change < plan.changes(); change++) {
      int which = change % newest.size();
      RuleText rule = newest.get(which);
      newest.set(which, rule.as(rule.version() + 1));
      publish(desk, newest.get(which));
      next += plan.paceMs() * 1_000_000L;
      do {
        hear(status, Duration.ofMillis(5));
      } while (System.nanoTime() < next);
      if (change % 100 == 99) {
        say((change + 1) + " changes");
      }
    }
  }

  private void publish(RuleDesk desk, RuleText rule) {
    // Wall clock on purpose: a benchmark measures real time from publication to in force.
    long now = System.currentTimeMillis();
    Instant from = Instant.ofEpochMilli(now).plus(LEAD);
    RulePublication signed = RuleDesk.signed(rule, PublicationStatus.LIVE, from, PEOPLE);
    RuleRecord record = desk.put(signed);
    writtenAt.put(record.position(), now);
    inForceFrom.put(record.position(), from);
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

  private static Map<String, Object> figures(DecisionWatch watch, FlinkLocal job, Path temporary) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("decisionLatencyMs", Quantiles.of(watch.take()));
    figures.putAll(StateFigures.of(job.webUrl(), temporary).row());
    return figures;
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
          new Standing(byPosition.getOrDefault(position, List.of())).word(PublicationStatus.LIVE);
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
