package dev.zhifu.stack.flink;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.ChildSpec;
import dev.zhifu.stack.process.Ports;
import dev.zhifu.stack.process.RunDir;
import dev.zhifu.stack.process.Supervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A standalone session cluster: one JobManager and some TaskManagers, each a JVM on Flink's own
 * {@code lib} alone.
 */
public final class FlinkCluster {
  /** Task slots of each TaskManager that detection takes. */
  public static final int DETECTION_SLOTS = 2;

  /** Task slots of each TaskManager that recovery takes. */
  public static final int RECOVERY_SLOTS = 1;

  /** Task slots of each TaskManager. */
  public static final int SLOTS = DETECTION_SLOTS + RECOVERY_SLOTS;

  private static final Duration START_LIMIT = Duration.ofSeconds(240);

  private final Layout layout;
  private final Supervisor supervisor;
  private final FlinkConf conf;
  private final int slots;
  private final List<Child> taskManagers = new ArrayList<>();
  private final Child jobManager;

  private FlinkCluster(Layout layout, Supervisor supervisor, FlinkConf conf, int slots) {
    this.slots = slots;
    this.layout = layout;
    this.supervisor = supervisor;
    this.conf = conf;
    this.jobManager = startJobManager();
  }

  /**
   * Starts it; returns once all TaskManagers have registered.
   *
   * @param taskManagers how many, 1 to 8
   * @throws dev.zhifu.stack.StackException with the last log lines of the process that did not
   *     start
   */
  public static FlinkCluster start(
      Layout layout, RunDir dir, Supervisor supervisor, Ports ports, int taskManagers) {
    return start(layout, dir, supervisor, ports, taskManagers, SLOTS);
  }

  /**
   * The same with other slots.
   *
   * @param slots of each TaskManager, 1 at least; they share its memory
   */
  public static FlinkCluster start(
      Layout layout, RunDir dir, Supervisor supervisor, Ports ports, int taskManagers, int slots) {
    // Room for three replacements, so that a TaskManager started later finds a port for its
    // metrics.
    FlinkConf conf = FlinkConf.create(layout, dir, ports, slots, taskManagers + 4);
    FlinkCluster cluster = new FlinkCluster(layout, supervisor, conf, slots);
    for (int i = 0; i < taskManagers; i++) {
      cluster.startTaskManager();
    }
    cluster.awaitReady();
    return cluster;
  }

  private Child startJobManager() {
    return supervisor.start(
        new ChildSpec(
            "jobmanager",
            FlinkJvm.options(conf.log(), "-XX:+UseG1GC", "-Xms256m", "-Xmx448m"),
            List.of(FlinkJvm.all(layout.flinkLib())),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            List.of("--configDir", conf.folder().toString(), "--executionMode", "cluster"),
            environment()));
  }

  /** Starts one more TaskManager, in place of one that died for example. */
  public Child startTaskManager() {
    String name = "taskmanager-" + (taskManagers.size() + 1);
    Child child =
        supervisor.start(
            new ChildSpec(
                name,
                FlinkJvm.options(conf.log(), TaskManagerMemory.jvmOptions()),
                List.of(FlinkJvm.all(layout.flinkLib())),
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                FlinkJvm.join(
                    List.of("--configDir", conf.folder().toString()),
                    Stream.concat(
                        Stream.of("-D", "taskmanager.resource-id=" + name),
                        TaskManagerMemory.properties(slots).stream())),
                environment()));
    taskManagers.add(child);
    return child;
  }

  private Map<String, String> environment() {
    return Map.of("FLINK_CONF_DIR", conf.folder().toString());
  }

  private void awaitReady() {
    FlinkRest rest = new FlinkRest(conf.webUrl());
    jobManager.awaitReady(
        taskManagers.size() + " TaskManager(s) registered at " + conf.webUrl(),
        START_LIMIT,
        () -> {
          taskManagers.stream()
              .filter(Child::hasFailed)
              .findFirst()
              .ifPresent(
                  child -> {
                    throw child.failure("ended while the cluster was starting");
                  });
          // A TaskManager is counted before it has offered its slots.
          return rest.overview().map(at -> at.slots() >= taskManagers.size() * slots).orElse(false);
        });
  }

  /** The process that coordinates. */
  public Child jobManager() {
    return jobManager;
  }

  /** The processes that work, in starting order, dead ones included. */
  public List<Child> taskManagers() {
    return List.copyOf(taskManagers);
  }

  /** Its configuration. */
  public FlinkConf conf() {
    return conf;
  }
}
