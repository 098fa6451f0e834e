package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.given;
import static dev.zhifu.stack.cli.Commands.say;

import dev.zhifu.bench.report.Runs;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.bench.EngineBench;
import dev.zhifu.stack.bench.TraceBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench trace}. */
@Command(
    name = "trace",
    description = {
      "The trace over millions of accounts: p99 of a whole tree backwards and of a live hop followed, accounts a",
      "second, and the ledger beside one read and one write. Hop messages travel through a Kafka broker of its own."
    },
    mixinStandardHelpOptions = true)
final class BenchTraceCommand implements Callable<Integer> {
  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "of the city (default: 5,000,000; quick: 200,000)")
  private Long accounts;

  @Option(
      names = "--movements",
      paramLabel = "N",
      description = "transfers among them before (default: 10,000,000; quick: 400,000)")
  private Long movements;

  @Option(
      names = "--cases",
      paramLabel = "N",
      description = "trees of 120 accounts, and as many of 2,000 (default: 1,000; quick: 60)")
  private Integer cases;

  @Option(names = "--memory", description = "hop messages through a queue in memory, not Kafka")
  private boolean memory;

  @Option(names = "--quick", description = "fewer of everything")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "where the runs are kept")
  private Path json;

  @Option(names = "--markdown", paramLabel = "FILE", description = "write the table to FILE too")
  private Path markdown;

  @Option(names = "--resume", description = "go on with the runs that --json already holds")
  private boolean resume;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    int victims = cases == null ? quick ? 60 : 1_000 : cases;
    TraceBench.Plan plan =
        new TraceBench.Plan(
            accounts == null ? quick ? 200_000 : 5_000_000 : accounts,
            movements == null ? quick ? 400_000 : 10_000_000 : movements,
            victims,
            victims,
            memory);
    Layout layout = Layout.find();
    Path folder = Files.createDirectories(layout.defaultState().resolve("bench"));
    Path file = json == null ? folder.resolve("trace.json") : json;
    PrintWriter out = spec.commandLine().getOut();
    Runs runs = resume && Files.exists(file) ? Runs.read(file) : Runs.about(about());
    new TraceBench(layout, folder, line -> say(spec, line)).run(plan, runs, file);
    String text = TraceBench.text(runs);
    out.println(text);
    if (markdown != null) {
      Files.writeString(markdown, text);
    }
    out.flush();
    return 0;
  }

  private Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("command", given(spec));
    about.put(
        "transport",
        memory
            ? "hop messages through a queue in memory"
            : "hop messages through trace.hops of a broker on this machine, its CPU not counted");
    about.put("machine", EngineBench.machine());
    return about;
  }
}
