package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.require;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.demo.ConsoleProcess;
import dev.zhifu.stack.demo.DemoGround;
import dev.zhifu.stack.demo.DemoPlan;
import dev.zhifu.stack.demo.DemoRun;
import dev.zhifu.stack.demo.PlatformTwinProcess;
import dev.zhifu.stack.process.RunDir;
import dev.zhifu.stack.process.Supervisor;
import dev.zhifu.workload.CitySettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu demo}: a city, its banks and its frauds against the engine. */
@Command(
    name = "demo",
    description =
        "Runs a simulated city of 30,000 residents for one day against the real engine on this"
            + " machine: Kafka, schema registry, Flink and twelve banks.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @ArgGroup private Length length = new Length();

  @Option(
      names = "--set",
      defaultValue = "A",
      paramLabel = "A|B|C",
      description =
          "the city's parameters; B and C are for judging alone and never tuned on (default:"
              + " ${DEFAULT-VALUE})")
  private String set;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "seed of the city (default: the one it ships with)")
  private Long seed;

  @Option(
      names = "--residents",
      defaultValue = "30000",
      paramLabel = "N",
      description = "people in the city, 500 to 3000000 (default: ${DEFAULT-VALUE})")
  private int residents;

  @Option(
      names = "--enrichment",
      defaultValue = "1",
      paramLabel = "X",
      description = "multiplies the number of frauds, 0 to 100 (default: ${DEFAULT-VALUE})")
  private double enrichment;

  @Option(
      names = "--speed",
      defaultValue = "0",
      paramLabel = "X",
      description =
          "city seconds a second; 0 is as fast as the engine follows (default: ${DEFAULT-VALUE})")
  private double speed;

  @Option(
      names = "--authorisation",
      defaultValue = "on",
      paramLabel = "on|off",
      description =
          "whether a standing authorisation lets the engine sign orders (default:"
              + " ${DEFAULT-VALUE})")
  private String authorisation;

  @Option(
      names = "--platform",
      defaultValue = "none",
      paramLabel = "BANK|none",
      description =
          "bank whose orders go by the statutory platform, here its reference twin; asks for the"
              + " desk, whose adapter carries them, and a --speed of 1 to 20: the line runs on the"
              + " wall clock (default: ${DEFAULT-VALUE})")
  private String platform;

  @Option(
      names = "--rules",
      paramLabel = "DIR|none",
      description = "catalogue to publish; none runs without rules (default: rules/catalogue)")
  private String rules;

  @Option(
      names = "--desk",
      defaultValue = "on",
      paramLabel = "on|off",
      description = "whether the desk and the bank gateway run (default: ${DEFAULT-VALUE})")
  private String desk;

  @Option(
      names = "--stay",
      description = "keep everything running after the city's end, until Ctrl-C, to look around")
  private boolean stay;

  @Option(
      names = "--cluster",
      description =
          "set the city upon the job of the running cluster (cluster start, cluster submit)")
  private boolean cluster;

  @Mixin private StateOption state;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  /** A minute of the city without an answer is three seconds of the platform's line then. */
  private static final double PLATFORM_SPEED_MAX = 20;

  /** How long it runs. */
  static final class Length {
    @Option(names = "--events", paramLabel = "N", description = "stop after about N live events")
    private Long events;

    @Option(
        names = "--minutes",
        paramLabel = "N",
        description = "stop after N minutes of city time")
    private Integer minutes;
  }

  @Override
  public Integer call() {
    DemoPlan plan = plan();
    Layout layout = Layout.find();
    Path catalogue = catalogue(layout);
    PrintWriter out = spec.commandLine().getOut();
    json.write(
        cluster ? onCluster(layout, plan, catalogue, out) : alone(layout, plan, catalogue, out));
    return 0;
  }

  private Map<String, Object> alone(Layout layout, DemoPlan plan, Path catalogue, PrintWriter out) {
    try (LocalStack stack =
        LocalStack.start(layout, state.folder(layout), "demo", BanksOption.DEMO, out::println)) {
      stack.platform(platform.equals("none") ? List.of() : List.of(platform));
      if (!stack.info().platformBanks().isEmpty()) {
        PlatformTwinProcess.start(layout, stack.dir().root(), stack.info(), stack.supervisor());
      }
      DemoGround ground = DemoGround.local(layout, stack);
      startDesk(layout, ground, plan, out);
      Map<String, Object> result = run(ground, plan, catalogue, out);
      stayIfAsked(ground, out);
      return result;
    }
  }

  private Map<String, Object> onCluster(
      Layout layout, DemoPlan plan, Path catalogue, PrintWriter out) {
    RunningStack running = RunningStack.newest(state.folder(layout), ClusterCommand.KIND);
    try (RunDir dir = RunDir.create(state.folder(layout), "city");
        Supervisor supervisor = new Supervisor(dir)) {
      DemoGround ground = DemoGround.cluster(running, supervisor);
      startDesk(layout, ground, plan, out);
      Map<String, Object> result = run(ground, plan, catalogue, out);
      stayIfAsked(ground, out);
      return result;
    }
  }

  private void startDesk(Layout layout, DemoGround ground, DemoPlan plan, PrintWriter out) {
    if (desk.equals("on")) {
      ConsoleProcess console = ConsoleProcess.start(layout, ground, plan.seed());
      out.println(
          "desk at "
              + console.deskUrl()
              + " (person officer-1, password demo; second person officer-4); bank gateway at "
              + console.gatewayUrl());
      out.flush();
    }
  }

  private void stayIfAsked(DemoGround ground, PrintWriter out) {
    if (stay) {
      out.println("the city has ended; everything else runs on until Ctrl-C");
      out.flush();
      Stay.untilStopped(ground.supervisor());
    }
  }

  private static Map<String, Object> run(
      DemoGround ground, DemoPlan plan, Path catalogue, PrintWriter out) {
    boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    return new DemoRun(ground, plan, catalogue, out, terminal).run();
  }

  private DemoPlan plan() {
    require(spec, CitySettings.SETS.contains(set), "--set", set, "A, B or C");
    require(
        spec,
        residents >= 500 && residents <= 3_000_000,
        "--residents",
        residents,
        "500 to 3000000");
    require(spec, enrichment >= 0 && enrichment <= 100, "--enrichment", enrichment, "0 to 100");
    require(spec, speed >= 0 && speed <= 100_000, "--speed", speed, "0 to 100000");
    require(
        spec, length.events == null || length.events > 0, "--events", length.events, "1 or more");
    require(
        spec,
        length.minutes == null || (length.minutes > 0 && length.minutes <= 1440),
        "--minutes",
        length.minutes,
        "1 to 1440");
    require(
        spec,
        authorisation.equals("on") || authorisation.equals("off"),
        "--authorisation",
        authorisation,
        "on or off");
    require(spec, desk.equals("on") || desk.equals("off"), "--desk", desk, "on or off");
    require(
        spec,
        platform.equals("none")
            || BanksOption.DEMO.contains(platform)
                && desk.equals("on")
                && !cluster
                && speed >= 1
                && speed <= PLATFORM_SPEED_MAX,
        "--platform",
        platform,
        "none, or a bank of the demo with --desk on, without --cluster and with --speed 1 to 20");
    return new DemoPlan(
        set,
        seed == null ? CitySettings.ofSet(set).run().seed() : seed,
        residents,
        length.minutes == null ? 0 : length.minutes,
        length.events == null ? 0 : length.events,
        speed,
        enrichment,
        authorisation.equals("on"));
  }

  private Path catalogue(Layout layout) {
    if ("none".equals(rules)) {
      return null;
    }
    Path folder = rules == null ? layout.catalogue() : Path.of(rules);
    require(
        spec,
        Files.isDirectory(folder),
        "--rules",
        folder,
        "a folder with one folder a rule, or none");
    return folder;
  }
}
