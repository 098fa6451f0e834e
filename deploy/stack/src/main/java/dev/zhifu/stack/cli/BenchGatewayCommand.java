package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.given;
import static dev.zhifu.stack.cli.Commands.or;
import static dev.zhifu.stack.cli.Commands.require;
import static dev.zhifu.stack.cli.Commands.say;

import dev.zhifu.bench.report.GatewayReport;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.bench.EngineBench;
import dev.zhifu.stack.gateway.GatewayBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench gateway}. */
@Command(
    name = "gateway",
    description = {
      "The bank gateway over HTTP: decisions asked for at planned rates and at saturation, orders out by signed",
      "webhook and by stream with a cursor, and the others while one bank does not answer."
    },
    mixinStandardHelpOptions = true)
final class BenchGatewayCommand implements Callable<Integer> {
  private static final int NOT_DONE = 1;
  private static final int MOST_BANKS = 12;
  private static final int MOST_RATE = 20_000;

  @Option(names = "--quick", description = "fewer banks and rates, short stretches")
  private boolean quick;

  @Option(
      names = "--banks",
      paramLabel = "N",
      description =
          "that take part, 4 to 12: half by webhook, half by cursor (default: 6; quick: 4)")
  private Integer banks;

  @Option(names = "--rounds", paramLabel = "N", description = "rounds (default: 1)")
  private Integer rounds;

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "N",
      description =
          "decisions asked for a second, over all banks (default: 100,500,1000,2000; quick: 100,400)")
  private List<Integer> rates = List.of();

  @Option(
      names = "--orders",
      split = ",",
      paramLabel = "N",
      description = "orders a second, over all banks (default: 20,100,400; quick: 40)")
  private List<Integer> orders = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "seconds of each stretch (default: 20; quick: 3)")
  private Integer seconds;

  @Option(
      names = "--warm",
      paramLabel = "S",
      description = "seconds before each stretch is measured (default: 5; quick: 1)")
  private Integer warm;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "questions that each bank has open at saturation (default: 32)")
  private Integer inFlight;

  @Option(
      names = "--backlog",
      paramLabel = "N",
      description = "orders written at once (default: 6000; quick: 400)")
  private Integer backlog;

  @Option(
      names = "--down",
      paramLabel = "S",
      description = "seconds that one bank does not answer (default: 30; quick: 4)")
  private Integer down;

  @Option(names = "--json", paramLabel = "FILE", description = "where the runs are kept")
  private Path json;

  @Option(names = "--markdown", paramLabel = "FILE", description = "write the tables to FILE too")
  private Path markdown;

  @Option(names = "--resume", description = "go on with the rounds that --json already holds")
  private boolean resume;

  @Mixin private StateOption state;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    GatewayBench.Plan plan = plan();
    Layout layout = Layout.find();
    Path file = json == null ? state.folder(layout).resolve("bench").resolve("gateway.json") : json;
    PrintWriter out = spec.commandLine().getOut();
    say(
        spec,
        "%d banks, %d round(s), about %d seconds on a quiet machine; runs in %s"
            .formatted(plan.banks().size(), plan.rounds(), plan.about(), file));
    Runs runs = resume && Files.exists(file) ? Runs.read(file) : Runs.about(about(plan));
    new GatewayBench(layout, state.folder(layout), plan, line -> say(spec, line)).run(runs, file);
    String text = GatewayReport.text(runs);
    out.println(text);
    if (markdown != null) {
      Files.writeString(markdown, text);
    }
    List<String> faults = GatewayBench.faults(runs);
    faults.forEach(fault -> out.println("FAULT " + fault));
    out.flush();
    return faults.isEmpty() ? 0 : NOT_DONE;
  }

  private GatewayBench.Plan plan() {
    int many = or(banks, quick ? 4 : 6);
    require(spec, many >= 4 && many <= MOST_BANKS, "--banks", many, "4 to " + MOST_BANKS);
    for (int rate : rates) {
      require(spec, rate >= 1 && rate <= MOST_RATE, "--rates", rate, "1 to " + MOST_RATE);
    }
    for (int rate : orders) {
      require(spec, rate >= 1 && rate <= MOST_RATE, "--orders", rate, "1 to " + MOST_RATE);
    }
    positive("--rounds", rounds);
    positive("--seconds", seconds);
    positive("--in-flight", inFlight);
    positive("--backlog", backlog);
    positive("--down", down);
    require(spec, warm == null || warm >= 0, "--warm", warm, "0 or more");
    return new GatewayBench.Plan(
        BanksOption.DEMO.subList(0, many),
        or(rounds, 1),
        rates.isEmpty() ? quick ? List.of(100, 400) : List.of(100, 500, 1_000, 2_000) : rates,
        or(warm, quick ? 1 : 5),
        or(seconds, quick ? 3 : 20),
        or(inFlight, 32),
        orders.isEmpty() ? quick ? List.of(40) : List.of(20, 100, 400) : orders,
        or(backlog, quick ? 400 : 6_000),
        quick ? 40 : 60,
        quick ? 100 : 300,
        or(down, quick ? 4 : 30));
  }

  private Map<String, String> about(GatewayBench.Plan plan) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("command", given(spec));
    about.put(
        "stack",
        plan.banks().size()
            + " banks; broker, registry, console (desk and projection run too, heap 320 MB),"
            + " PostgreSQL without synchronous commit, and the load, each a process on this machine");
    about.put("machine", EngineBench.machine());
    return about;
  }

  private void positive(String name, Integer value) {
    require(spec, value == null || value > 0, name, value, "1 or more");
  }
}
