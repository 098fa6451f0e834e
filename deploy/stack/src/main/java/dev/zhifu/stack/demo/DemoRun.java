package dev.zhifu.stack.demo;

import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.broker.KafkaBroker;
import dev.zhifu.stack.flink.FlinkLocal;
import dev.zhifu.stack.flink.JobSettings;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.ChildSpec;
import java.io.File;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One demo on a local stack: publishes rules, starts job and city, watches until the city is done,
 * reports.
 */
public final class DemoRun {
  private static final long SHOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int PARALLELISM = 2;

  private final LocalStack stack;
  private final DemoPlan plan;
  private final Path rules;
  private final PrintWriter out;
  private final boolean terminal;

  /**
   * @param stack broker and registry
   * @param plan what to do
   * @param rules catalogue to publish
   * @param out the person at the terminal
   * @param terminal true when {@code out} understands cursor movements
   */
  public DemoRun(LocalStack stack, DemoPlan plan, Path rules, PrintWriter out, boolean terminal) {
    this.stack = stack;
    this.plan = plan;
    this.rules = rules;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Runs it to its end.
   *
   * @return the result as JSON
   * @throws dev.zhifu.stack.StackException with the last log lines when a process ends on its own
   */
  public Map<String, Object> run() {
    plan.write(stack.dir());
    int webPort = stack.ports().reserve();
    FlinkLocal flink = startFlink(webPort);
    List<String> published = publish();
    Child city = startCity();
    say("published rules " + published + "; starting Flink at " + flink.webUrl() + " and the city");
    stack.webAt(flink.webUrl());
    try (TopicTally topics =
        new TopicTally(
            stack.access(KafkaBroker.ADMIN),
            stack.info().registryUrl(),
            stack.info().banks(),
            Instant.ofEpochMilli(plan.city().startMs()))) {
      watch(topics, city, flink.webUrl());
      topics.catchUp();
      topics.tally().close();
      return report(topics.tally(), published);
    }
  }

  private FlinkLocal startFlink(int webPort) {
    JobSettings settings =
        JobSettings.write(
            stack.dir(), stack.info(), stack.credentials(), webPort, PARALLELISM, true);
    return FlinkLocal.start(
        stack.layout(), stack.dir(), stack.supervisor(), settings.file(), webPort);
  }

  private List<String> publish() {
    return RulePublisher.publish(
        stack.access("rules-cli"),
        stack.info().registryUrl(),
        rules,
        Instant.ofEpochMilli(plan.city().startMs()));
  }

  private Child startCity() {
    return stack
        .supervisor()
        .start(
            new ChildSpec(
                "city",
                List.of(
                    "-Xms128m",
                    "-Xmx640m",
                    "-XX:+UseSerialGC",
                    "-XX:MaxDirectMemorySize=64m",
                    "-Dzhifu.log=" + stack.dir().folder("logs").resolve("city-warnings.log")),
                ownClassPath(),
                CityProcess.class.getName(),
                List.of(stack.dir().root().toString()),
                Map.of()));
  }

  /** This JVM's own class path; the child runs in another folder. */
  private static List<String> ownClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .toList();
  }

  private void watch(TopicTally topics, Child city, String webUrl) {
    LiveView view = new LiveView(out, terminal, webUrl);
    long next = System.nanoTime();
    while (city.isAlive()) {
      topics.poll(Duration.ofMillis(200));
      if (System.nanoTime() >= next) {
        stack.supervisor().requireAllAlive();
        view.show(topics.tally(), stack.supervisor().memory().residentMiB());
        next = System.nanoTime() + SHOW_NANOS;
      }
    }
    stack.supervisor().requireAllAlive();
  }

  private Map<String, Object> report(Tally tally, List<String> published) {
    DemoReport report = new DemoReport(plan, tally, CityTruth.read(stack.dir().root()));
    Map<String, Object> json =
        report.json(
            published,
            ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli(),
            stack.supervisor().memory().peakMiB(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    out.println();
    report.lines(json).forEach(out::println);
    out.flush();
    return json;
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  /** An empty catalogue, for a run without rules. */
  public static Path noRules(LocalStack stack) {
    return stack.dir().folder("no-rules");
  }
}
