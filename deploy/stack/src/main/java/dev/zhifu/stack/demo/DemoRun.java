package dev.zhifu.stack.demo;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.broker.KafkaBroker;
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

/** One demo: publishes rules, starts the city, watches until it is done, reports. */
public final class DemoRun {
  private static final long SHOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DemoGround ground;
  private final DemoPlan plan;
  private final Path rules;
  private final PrintWriter out;
  private final boolean terminal;

  /**
   * @param ground what the city is set upon
   * @param plan what to do
   * @param rules catalogue to publish; null publishes none
   * @param out the person at the terminal
   * @param terminal true when {@code out} understands cursor movements
   */
  public DemoRun(DemoGround ground, DemoPlan plan, Path rules, PrintWriter out, boolean terminal) {
    this.ground = ground;
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
    plan.write(ground.root());
    Instant liveFrom = Instant.ofEpochMilli(plan.city().startMs());
    say("Flink at " + ground.info().webUrl() + "; starting the city");
    Child city = startCity();
    List<String> published = publish(liveFrom);
    RulesGate.open(ground.root());
    say("published rules " + published);
    try (TopicTally topics =
        new TopicTally(
            ground.access(KafkaBroker.ADMIN),
            ground.info().registry(),
            ground.info().banks(),
            liveFrom)) {
      watch(topics, city);
      topics.catchUp();
      topics.tally().close();
      return report(topics.tally(), published);
    }
  }

  private List<String> publish(Instant effectiveFrom) {
    return rules == null
        ? List.of()
        : RulePublisher.publish(
            ground.access("rules-cli"), ground.info().registry(), rules, effectiveFrom);
  }

  private Child startCity() {
    return ground
        .supervisor()
        .start(
            new ChildSpec(
                "city",
                List.of(
                    "-Xms128m",
                    "-Xmx640m",
                    "-XX:+UseSerialGC",
                    "-XX:MaxDirectMemorySize=64m",
                    "-Dzhifu.log=" + ground.root().resolve("logs").resolve("city-warnings.log")),
                ownClassPath(),
                CityProcess.class.getName(),
                List.of(ground.root().toString()),
                Map.of()));
  }

  /** This JVM's own class path; the child runs in another folder. */
  private static List<String> ownClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .toList();
  }

  private void watch(TopicTally topics, Child city) {
    LiveView view = new LiveView(out, terminal, ground.info().webUrl());
    long next = System.nanoTime();
    boolean platform = false;
    while (city.isAlive()) {
      topics.poll(Duration.ofMillis(200));
      if (!platform && topics.tally().orders() > 0) {
        // Not before: until the first stop nobody freezes, and the first stop has the processor.
        PlatformProcess.start(Layout.find(), ground.supervisor(), ground.root());
        platform = true;
      }
      if (System.nanoTime() >= next) {
        ground.supervisor().requireAllAlive();
        view.show(topics.tally(), ground.supervisor().memory().residentMiB());
        next = System.nanoTime() + SHOW_NANOS;
      }
    }
    ground.supervisor().requireAllAlive();
  }

  private Map<String, Object> report(Tally tally, List<String> published) {
    DemoReport report = new DemoReport(plan, tally, CityTruth.read(ground.root()));
    Map<String, Object> json =
        report.json(
            published,
            ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli(),
            ground.supervisor().memory().peakMiB(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    say("");
    report.lines(json).forEach(this::say);
    return json;
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
