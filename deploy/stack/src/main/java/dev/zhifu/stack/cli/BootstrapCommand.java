package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.flink.FlinkHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu bootstrap}: features from history files, as a savepoint to start from. */
@Command(
    name = "bootstrap",
    description = {
      "Fills the features from history files and writes a savepoint that the job starts from.",
      "History ends before the instant --until; the job takes events from it on from the streams."
    },
    mixinStandardHelpOptions = true)
final class BootstrapCommand implements Callable<Integer> {
  @Option(
      names = "--bank",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "bank transactions, as for a back-test")
  private List<Path> bank;

  @Option(names = "--telecom", arity = "1..*", paramLabel = "FILE", description = "telecom signals")
  private List<Path> telecom = List.of();

  @Option(names = "--accounts", paramLabel = "FILE", description = "what is known of the accounts")
  private Path accounts;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "folder for the savepoint, new or empty")
  private Path to;

  @Option(
      names = "--until",
      required = true,
      paramLabel = "INSTANT",
      description = "the cut, UTC such as 2026-03-01T16:00:00Z")
  private String until;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "parallel subtasks, 1 to 128; the result is the same")
  private Integer parallelism;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the result to FILE as JSON too")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<String> arguments = new ArrayList<>();
    files(arguments, "--bank", bank);
    files(arguments, "--telecom", telecom);
    files(arguments, "--accounts", accounts == null ? List.of() : List.of(accounts));
    arguments.addAll(List.of("--to", to.toAbsolutePath().toString(), "--until", until));
    if (parallelism != null) {
      arguments.addAll(List.of("--parallelism", parallelism.toString()));
    }
    if (json != null) {
      arguments.addAll(List.of("--json", json.toAbsolutePath().toString()));
    }
    return FlinkHistory.run(Layout.find(), arguments);
  }

  private void files(List<String> arguments, String name, List<Path> files) {
    for (Path file : files) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new ParameterException(
            spec.commandLine(), name + " is " + file + "; it must be a file that can be read");
      }
      arguments.addAll(List.of(name, file.toAbsolutePath().toString()));
    }
  }
}
