package dev.zhifu.stack.cli;

import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.flink.FlinkRest;
import java.util.ArrayList;
import java.util.List;

/**
 * How a cluster stands.
 *
 * @param webUrl Flink's pages
 * @param overview slots and versions; null when the JobManager does not answer
 * @param jobs all jobs it remembers, the newest first
 * @param checkpoints of the newest detection job; null when there is none
 */
record ClusterStatus(
    String webUrl,
    FlinkRest.Overview overview,
    List<FlinkRest.Job> jobs,
    FlinkRest.Checkpoints checkpoints) {

  static ClusterStatus of(RunningStack cluster, FlinkRest rest) {
    List<FlinkRest.Job> jobs = rest.jobs();
    return new ClusterStatus(
        cluster.info().webUrl(),
        rest.overview().orElse(null),
        jobs,
        jobs.stream()
            .filter(job -> job.name().equals(FlinkRest.DETECTION))
            .findFirst()
            .flatMap(job -> rest.checkpoints(job.id()))
            .orElse(null));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        overview == null
            ? "JobManager at " + webUrl + " does not answer"
            : String.format(
                "Flink %s at %s: %d TaskManager(s), %d of %d slots free",
                overview.flinkVersion(),
                webUrl,
                overview.taskManagers(),
                overview.freeSlots(),
                overview.slots()));
    jobs.forEach(
        job ->
            lines.add(
                String.format(
                    "job %s %-10s %d of %d tasks running  %s",
                    job.id(), job.state(), job.runningTasks(), job.tasks(), job.name())));
    if (checkpoints != null) {
      lines.add(
          String.format(
              "checkpoints: %d completed, %d failed, restored %d time(s), newest %d kB at %s",
              checkpoints.completed(),
              checkpoints.failed(),
              checkpoints.restored(),
              checkpoints.stateBytes() / 1024,
              checkpoints.path()));
    }
    return lines;
  }
}
