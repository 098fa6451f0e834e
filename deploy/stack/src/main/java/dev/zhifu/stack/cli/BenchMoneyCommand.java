package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.say;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.bench.MoneySimulations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench money}. Exit code 0 when nothing differs, 1 when something does. */
@Command(
    name = "money",
    description = {
      "Seeded simulations of money: attribution against a walk over the whole city, any order of arrival with",
      "copies and crashes, refunds to the fen, every fen from the loss to the refund, the trace in the job",
      "against the trace on files, and lives of cases, freezes, refunds, orders and all restrictions of an",
      "account against their tables and the law's bounds."
    },
    mixinStandardHelpOptions = true)
final class BenchMoneyCommand implements Callable<Integer> {
  @Option(
      names = "--cases",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "cases of attribution, arrival, refunds, lives and conservation each (default: ${DEFAULT-VALUE})")
  private long cases;

  @Option(
      names = "--graphs",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "graphs, shapes, orders and restrictions each, through the job's operators (default: ${DEFAULT-VALUE})")
  private long graphs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "first seed; each case is one (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--threads", paramLabel = "T", description = "default: one a core")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", paramLabel = "FILE", description = "where what is done stands")
  private Path json;

  @Option(names = "--markdown", paramLabel = "FILE", description = "write the table to FILE")
  private Path markdown;

  @Option(names = "--resume", description = "go on with what --json already holds")
  private boolean resume;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Layout layout = Layout.find();
    Path folder = Files.createDirectories(layout.defaultState().resolve("bench"));
    PrintWriter out = spec.commandLine().getOut();
    Path file = json == null ? folder.resolve("money.json") : json;
    long differences =
        new MoneySimulations(layout, file, threads, line -> say(spec, line))
            .run(cases, graphs, seed, resume);
    if (markdown != null) {
      Files.writeString(markdown, MoneySimulations.text(file));
    }
    out.println(differences == 0 ? "no difference" : differences + " differences");
    out.flush();
    return differences == 0 ? 0 : 1;
  }
}
