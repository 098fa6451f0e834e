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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu cluster}: a standalone Flink cluster of separate JVMs, and the jobs on it. */
@Command(
    name = "cluster",
    description =
        "A Flink cluster of separate JVMs on this machine, with broker and registry; the jobs by Flink's own client.",
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

    /** Jobs under way, detection before recovery. */
    List<FlinkRest.Job> runningJobs(RunningStack cluster) {
      FlinkRest rest = rest(cluster);
      return Stream.of(FlinkRest.DETECTION, FlinkRest.RECOVERY)
          .flatMap(name -> rest.underWay(name).stream())
          .toList();
    }

    /** What a command's result calls a job's savepoint or id. */
    static String named(FlinkRest.Job job, String what) {
      return job.name().equals(FlinkRest.DETECTION)
          ? what
          : "recovery" + what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
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
              .map(
                  running ->
                      preflight.of(
                          settings(running, config),
                          JobSettings.recoveryOf(running.root()),
                          running.info().webUrl()))
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
            "TaskManagers, 1 to 8, of 1728 MiB and three slots each (default: ${DEFAULT-VALUE})")
    private int taskManagers;

    @Option(
        names = "--clock",
        defaultValue = "relative",
        paramLabel = "wall|relative",
        description =
            "what the banks' clock is: the wall clock, or a simulated city's (default: ${DEFAULT-VALUE})")
    private String clock;

    @Option(names = "--tls", description = LocalStack.TLS)
    private boolean tls;

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
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--taskmanagers",
                  String.valueOf(taskManagers),
                  "--clock",
                  clock,
                  "--banks",
                  String.join(",", banks.codes())));
      if (tls) {
        arguments.add("--tls");
      }
      return arguments;
    }
  }

  @Command(name = "keep", hidden = true, description = "Supervises a cluster; started by start.")
  static final class Keep extends OnCluster {
    @Mixin private ClusterSize size;

    @Override
    public Integer call() {
      try (LocalStack stack =
          LocalStack.start(
              layout, state.folder(layout), KIND, size.banks.codes(), size.tls, this::say)) {
        say("starting JobManager and " + size.taskManagers + " TaskManager(s)");
        FlinkCluster cluster =
            FlinkCluster.start(
                layout, stack.dir(), stack.supervisor(), stack.ports(), size.taskManagers);
        JobSettings.write(
            stack.dir(),
            stack.info(),
            stack.credentials(),
            0,
            size.taskManagers * FlinkCluster.DETECTION_SLOTS,
            size.clock.equals("relative"));
        JobSettings.writeRecovery(
            stack.dir(),
            stack.info(),
            stack.credentials(),
            size.taskManagers * FlinkCluster.RECOVERY_SLOTS);
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
      description = {
        "Checks, then submits the detection job by Flink's own client, and the recovery job beside it.",
        "Recovery that has run before must go on from its savepoint or checkpoint: the chains of the audit stand in its state."
      },
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

    @Option(
        names = "--recovery",
        defaultValue = "on",
        paramLabel = "on|off",
        description = "whether the recovery job starts beside it (default: ${DEFAULT-VALUE})")
    private String recovery;

    @Option(
        names = "--recovery-config",
        paramLabel = "FILE",
        description = "settings of the recovery job (default: the cluster's own)")
    private Path recoveryConfig;

    @Option(
        names = "--recovery-from",
        paramLabel = "SAVEPOINT",
        description = "savepoint or checkpoint that the recovery job goes on from")
    private String recoverySavepoint;

    @Override
    public Integer call() {
      if (!recovery.equals("on") && !recovery.equals("off")) {
        throw new ParameterException(
            spec.commandLine(), "--recovery is '" + recovery + "'; it must be on or off");
      }
      RunningStack cluster = cluster();
      JobSettings settings = settings(cluster, config);
      JobSettings beside =
          recovery.equals("off")
              ? null
              : recoveryConfig == null
                  ? JobSettings.recoveryOf(cluster.root())
                  : JobSettings.read(recoveryConfig);
      if (!report(new Preflight(layout).of(settings, beside, cluster.info().webUrl()))) {
        throw new StackException("not submitted; see what fails above");
      }
      Map<String, Object> result = new LinkedHashMap<>();
      String id =
          client(cluster).submit(layout.jobJar(), Optional.ofNullable(savepoint), settings.file());
      result.put("jobId", id);
      result.put("from", savepoint);
      out().println("submitted job " + id + "; watch it at " + cluster.info().webUrl());
      if (beside != null) {
        String other =
            client(cluster)
                .submitRecovery(
                    layout.jobJar(), Optional.ofNullable(recoverySavepoint), beside.file());
        result.put("recoveryJobId", other);
        result.put("recoveryFrom", recoverySavepoint);
        out().println("submitted recovery job " + other);
      }
      json.write(result);
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
      description = "Writes a savepoint of each job; they go on.",
      mixinStandardHelpOptions = true)
  static final class Savepoint extends OnCluster {
    @Override
    public Integer call() {
      RunningStack cluster = cluster();
      List<FlinkRest.Job> jobs = runningJobs(cluster);
      if (jobs.isEmpty()) {
        throw new StackException(
            "no job runs on the cluster; submit one with ./zhifu cluster submit");
      }
      Map<String, Object> result = new LinkedHashMap<>();
      for (FlinkRest.Job job : jobs) {
        String path = client(cluster).savepoint(job.id());
        result.put(named(job, "jobId"), job.id());
        result.put(named(job, "savepoint"), path);
        out().println("savepoint of job " + job.id() + " " + job.name() + ": " + path);
      }
      json.write(result);
      return 0;
    }
  }

  @Command(
      name = "stop",
      description =
          "Stops each job with a savepoint; with --all ends every process of the cluster too.",
      mixinStandardHelpOptions = true)
  static final class Stop extends OnCluster {
    @Option(names = "--all", description = "end the cluster, broker and registry as well")
    private boolean all;

    @Override
    public Integer call() {
      RunningStack cluster = cluster();
      Map<String, Object> result = new LinkedHashMap<>();
      List<FlinkRest.Job> jobs = runningJobs(cluster);
      if (jobs.isEmpty() && !all) {
        throw new StackException(
            "no job runs on the cluster; ./zhifu cluster stop --all ends its processes");
      }
      for (FlinkRest.Job job : jobs) {
        String path = client(cluster).stop(job.id());
        result.put(named(job, "jobId"), job.id());
        result.put(named(job, "savepoint"), path);
        out().println("stopped job " + job.id() + " " + job.name() + "; savepoint " + path);
      }
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
