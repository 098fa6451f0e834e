package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.flink.FlinkClient;
import dev.zhifu.stack.flink.FlinkCluster;
import dev.zhifu.stack.flink.FlinkRest;
import dev.zhifu.stack.flink.JobSettings;
import dev.zhifu.stack.preflight.Finding;
import dev.zhifu.stack.preflight.Preflight;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu cluster}: a standalone Flink cluster of separate JVMs, and the job on it. */
@Command(
    name = "cluster",
    description =
        "A Flink cluster of separate JVMs on this machine, with broker and registry; the job by Flink's own client.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ClusterCommand.Check.class,
      ClusterCommand.Start.class,
      ClusterCommand.Submit.class,
      ClusterCommand.Status.class,
      ClusterCommand.Savepoint.class,
      ClusterCommand.Stop.class,
      ClusterCommand.Keep.class
    })
final class ClusterCommand implements Runnable {
  static final String KIND = "cluster";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given: check, start, submit, status, savepoint or stop");
  }

  /** What all cluster commands share. */
  abstract static class OnCluster implements Callable<Integer> {
    @Mixin StateOption state;
    @Mixin JsonOption json;
    @Spec CommandSpec spec;

    final Layout layout = Layout.find();

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    RunningStack cluster() {
      return find()
          .orElseThrow(
              () ->
                  new StackException(
                      "no cluster runs in "
                          + state.folder(layout)
                          + "; start one with ./zhifu cluster start"));
    }

    Optional<RunningStack> find() {
      return RunningStack.all(state.folder(layout)).stream()
          .filter(running -> running.info().kind().equals(KIND))
          .findFirst();
    }

    FlinkClient client(RunningStack cluster) {
      return new FlinkClient(layout, cluster.root(), cluster.info().webUrl());
    }

    FlinkRest rest(RunningStack cluster) {
      return new FlinkRest(cluster.info().webUrl());
    }

    FlinkRest.Job runningJob(RunningStack cluster) {
      return rest(cluster).jobs().stream()
          .filter(FlinkRest.Job::isUnderWay)
          .findFirst()
          .orElseThrow(
              () ->
                  new StackException(
                      "no job runs on the cluster; submit one with ./zhifu cluster submit"));
    }

    /** Prints findings; answers whether none fails. */
    boolean report(List<Finding> findings) {
      findings.forEach(finding -> out().println(finding.line()));
      long failing =
          findings.stream().filter(finding -> finding.verdict() == Finding.Verdict.FAILS).count();
      out().println(failing == 0 ? "nothing speaks against it" : failing + " thing(s) fail");
      out().flush();
      return failing == 0;
    }
  }

  @Command(
      name = "check",
      description = "Says in words whether all that the job needs is there and fits.",
      mixinStandardHelpOptions = true)
  static final class Check extends OnCluster {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "settings of the job (default: the cluster's own)")
    private Path config;

    @Override
    public Integer call() {
      Preflight preflight = new Preflight(layout);
      List<Finding> findings =
          find()
              .map(running -> preflight.of(settings(running, config), running.info().webUrl()))
              .orElseGet(() -> preflight.beforeStart(1));
      boolean fits = report(findings);
      json.write(Map.of("fits", fits, "findings", findings));
      return fits ? 0 : 1;
    }
  }

  static JobSettings settings(RunningStack running, Path config) {
    return config == null ? JobSettings.of(running.root()) : JobSettings.read(config);
  }

  @Command(
      name = "start",
      description =
          "Starts broker, registry, JobManager and TaskManagers, and leaves them running.",
      mixinStandardHelpOptions = true)
  static final class Start extends OnCluster {
    @Mixin private ClusterSize size;

    @Override
    public Integer call() {
      size.require();
      if (find().isPresent()) {
        throw new StackException(
            "a cluster runs already in "
                + find().get().root()
                + "; stop it with ./zhifu cluster stop --all");
      }
      RunningStack started =
          new Background(layout, state.folder(layout), KIND).start(size.arguments(), out());
      json.write(started.info());
      out()
          .println(
              "ready: Flink " + started.info().webUrl() + ", broker " + started.info().bootstrap());
      out().println("folder " + started.root());
      return 0;
    }
  }

  /** How large the cluster is. */
  static final class ClusterSize {
    @Mixin private BanksOption banks;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
        names = "--taskmanagers",
        defaultValue = "1",
        paramLabel = "N",
        description =
            "TaskManagers, 1 to 8, of 1728 MiB and two slots each (default: ${DEFAULT-VALUE})")
    private int taskManagers;

    @Option(
        names = "--clock",
        defaultValue = "relative",
        paramLabel = "wall|relative",
        description =
            "what the banks' clock is: the wall clock, or a simulated city's (default: ${DEFAULT-VALUE})")
    private String clock;

    void require() {
      if (taskManagers < 1 || taskManagers > 8) {
        throw new ParameterException(
            spec.commandLine(), "--taskmanagers is " + taskManagers + "; it must be 1 to 8");
      }
      if (!clock.equals("wall") && !clock.equals("relative")) {
        throw new ParameterException(
            spec.commandLine(), "--clock is '" + clock + "'; it must be wall or relative");
      }
      banks.codes();
    }

    List<String> arguments() {
      return List.of(
          "--taskmanagers",
          String.valueOf(taskManagers),
          "--clock",
          clock,
          "--banks",
          String.join(",", banks.codes()));
    }
  }

  @Command(name = "keep", hidden = true, description = "Supervises a cluster; started by start.")
  static final class Keep extends OnCluster {
    @Mixin private ClusterSize size;

    @Override
    public Integer call() {
      try (LocalStack stack =
          LocalStack.start(layout, state.folder(layout), KIND, size.banks.codes(), this::say)) {
        say("starting JobManager and " + size.taskManagers + " TaskManager(s)");
        FlinkCluster cluster =
            FlinkCluster.start(
                layout, stack.dir(), stack.supervisor(), stack.ports(), size.taskManagers);
        JobSettings.write(
            stack.dir(),
            stack.info(),
            stack.credentials(),
            0,
            size.taskManagers * FlinkCluster.SLOTS,
            size.clock.equals("relative"));
        stack.webAt(cluster.conf().webUrl());
        say(Background.READY + stack.dir().root());
        // A dead TaskManager is no reason to end the cluster: Flink restarts the job once another
        // one comes.
        Stay.whileAlive(cluster.jobManager());
        return 0;
      }
    }

    private void say(String line) {
      out().println(line);
      out().flush();
    }
  }

  @Command(
      name = "submit",
      description = "Checks, then submits the job jar by Flink's own client.",
      mixinStandardHelpOptions = true)
  static final class Submit extends OnCluster {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "settings of the job (default: the cluster's own)")
    private Path config;

    @Option(
        names = "--from",
        paramLabel = "SAVEPOINT",
        description = "savepoint or checkpoint to start from")
    private String savepoint;

    @Override
    public Integer call() {
      RunningStack cluster = cluster();
      JobSettings settings = settings(cluster, config);
      if (!report(new Preflight(layout).of(settings, cluster.info().webUrl()))) {
        throw new StackException("not submitted; see what fails above");
      }
      String id =
          client(cluster).submit(layout.jobJar(), Optional.ofNullable(savepoint), settings.file());
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("jobId", id);
      result.put("from", savepoint);
      json.write(result);
      out().println("submitted job " + id + "; watch it at " + cluster.info().webUrl());
      return 0;
    }
  }

  @Command(
      name = "status",
      description = "Processes, slots, jobs and checkpoints.",
      mixinStandardHelpOptions = true)
  static final class Status extends OnCluster {
    @Override
    public Integer call() {
      RunningStack cluster = cluster();
      ClusterStatus status = ClusterStatus.of(cluster, rest(cluster));
      status.lines().forEach(out()::println);
      json.write(status);
      return 0;
    }
  }

  @Command(
      name = "savepoint",
      description = "Writes a savepoint; the job goes on.",
      mixinStandardHelpOptions = true)
  static final class Savepoint extends OnCluster {
    @Override
    public Integer call() {
      RunningStack cluster = cluster();
      String id = runningJob(cluster).id();
      String path = client(cluster).savepoint(id);
      json.write(Map.of("jobId", id, "savepoint", path));
      out().println("savepoint of job " + id + ": " + path);
      return 0;
    }
  }

  @Command(
      name = "stop",
      description =
          "Stops the job with a savepoint; with --all ends every process of the cluster too.",
      mixinStandardHelpOptions = true)
  static final class Stop extends OnCluster {
    @Option(names = "--all", description = "end the cluster, broker and registry as well")
    private boolean all;

    @Override
    public Integer call() {
      RunningStack cluster = cluster();
      Map<String, Object> result = new LinkedHashMap<>();
      Optional<FlinkRest.Job> job =
          rest(cluster).jobs().stream().filter(FlinkRest.Job::isUnderWay).findFirst();
      if (job.isEmpty() && !all) {
        throw new StackException(
            "no job runs on the cluster; ./zhifu cluster stop --all ends its processes");
      }
      job.ifPresent(
          running -> {
            String path = client(cluster).stop(running.id());
            result.put("jobId", running.id());
            result.put("savepoint", path);
            out().println("stopped job " + running.id() + "; savepoint " + path);
          });
      if (all) {
        Stay.stop(cluster);
        result.put("ended", cluster.root().toString());
        out().println("ended the cluster of " + cluster.root());
      }
      json.write(result);
      return 0;
    }
  }
}
