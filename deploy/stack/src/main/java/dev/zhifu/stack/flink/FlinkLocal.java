package dev.zhifu.stack.flink;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.ChildSpec;
import dev.zhifu.stack.process.RunDir;
import dev.zhifu.stack.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Jobs in one JVM, with Flink's pages: what the demo runs. */
public final class FlinkLocal {
  private static final Duration START_LIMIT = Duration.ofSeconds(240);
  private static final String MAIN = "dev.zhifu.jobs.DetectionJob";
  private static final String BOTH = "dev.zhifu.jobs.LocalJobs";
  private static final String NOOP = "dev.zhifu.bench.path.NoopJob";

  private static final String HEAP = "-Xmx1100m";
  private static final String HEAP_OF_BOTH = "-Xmx1200m";

  /**
   * A larger city has more live keys; a heap that is nearly full would be measured, not the job.
   */
  private static final String HEAP_MEASURED = "-Xmx2500m";

  private final Child child;
  private final String webUrl;

  private FlinkLocal(Child child, String webUrl) {
    this.child = child;
    this.webUrl = webUrl;
  }

  /**
   * Starts the detection job alone; returns before it runs.
   *
   * @param settings the job's settings file
   * @param webPort port of Flink's pages, as in the settings
   */
  public static FlinkLocal start(
      Layout layout, RunDir dir, Supervisor supervisor, Path settings, int webPort) {
    return start(
        layout, dir, supervisor, webPort, MAIN, alone(settings), HEAP, List.of(), List.of());
  }

  /**
   * Starts the detection job with the recovery job beside it; returns before they run.
   *
   * @param detection settings file of the one
   * @param recovery settings file of the other
   * @param webPort port of Flink's pages, as in the settings
   * @param atOnce false to start recovery with the first act of an officer only
   */
  public static FlinkLocal startBoth(
      Layout layout,
      RunDir dir,
      Supervisor supervisor,
      Path detection,
      Path recovery,
      int webPort,
      boolean atOnce) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--detection", detection.toString(), "--recovery", recovery.toString()));
    if (atOnce) {
      arguments.add("--at-once");
    }
    return start(
        layout, dir, supervisor, webPort, BOTH, arguments, HEAP_OF_BOTH, List.of(), List.of());
  }

  private static List<String> alone(Path settings) {
    return List.of("--config", settings.toString(), "--local");
  }

  /**
   * Starts a job for a benchmark: the detection job, or the job of the benchmarks that reads and
   * writes the same topics by the same ways and decides nothing.
   *
   * @param noop true for the latter
   * @param gcLog where collections of garbage are noted
   */
  public static FlinkLocal startMeasured(
      Layout layout,
      RunDir dir,
      Supervisor supervisor,
      Path settings,
      int webPort,
      boolean noop,
      Path gcLog) {
    List<String> more =
        noop ? layout.benchClassPath().stream().map(Path::toString).toList() : List.of();
    return start(
        layout,
        dir,
        supervisor,
        webPort,
        noop ? NOOP : MAIN,
        alone(settings),
        HEAP_MEASURED,
        more,
        List.of("-Xlog:gc:file=" + gcLog + ":uptime:filecount=0"));
  }

  private static FlinkLocal start(
      Layout layout,
      RunDir dir,
      Supervisor supervisor,
      int webPort,
      String main,
      List<String> arguments,
      String heap,
      List<String> moreClasses,
      List<String> moreOptions) {
    Path log = layout.flinkConf().resolve("log4j2.properties");
    Path temporary = dir.folder("flink/tmp");
    List<String> options =
        new ArrayList<>(
            FlinkJvm.options(
                log,
                "-Xms256m",
                heap,
                "-XX:+UseG1GC",
                "-XX:MaxDirectMemorySize=352m",
                "-XX:MaxMetaspaceSize=256m",
                "-Djava.io.tmpdir=" + temporary));
    options.addAll(moreOptions);
    List<String> classPath = new ArrayList<>(moreClasses);
    classPath.add(ownCopy(layout.jobJar(), dir).toString());
    classPath.add(FlinkJvm.all(layout.flinkLib()));
    Child child =
        supervisor.start(new ChildSpec("flink", options, classPath, main, arguments, Map.of()));
    return new FlinkLocal(child, "http://127.0.0.1:" + webPort);
  }

  /** A build beside a running demo replaces the jar, from which classes are still to be loaded. */
  private static Path ownCopy(Path jar, RunDir dir) {
    Path copy = dir.folder("flink").resolve("job.jar");
    try {
      return Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StackException("cannot copy " + jar + " to " + copy + ": " + e.getMessage(), e);
    }
  }

  /** Waits until every task of the job runs, of the detection job where there are two. */
  public void awaitRunning() {
    await("a running job", job -> !job.name().equals(FlinkRest.RECOVERY));
  }

  /** Waits until every task of the recovery job runs. */
  public void awaitRecovery() {
    await("a running recovery job", job -> job.name().equals(FlinkRest.RECOVERY));
  }

  private void await(String what, Predicate<FlinkRest.Job> which) {
    FlinkRest rest = new FlinkRest(webUrl);
    child.awaitReady(
        what + " at " + webUrl,
        START_LIMIT,
        () ->
            rest.jobs().stream()
                .filter(which)
                .anyMatch(job -> job.tasks() > 0 && job.runningTasks() == job.tasks()));
  }

  /** Address of Flink's pages. */
  public String webUrl() {
    return webUrl;
  }

  /** Its process. */
  public Child child() {
    return child;
  }
}
