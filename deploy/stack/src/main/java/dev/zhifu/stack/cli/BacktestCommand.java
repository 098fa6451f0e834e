package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.flink.FlinkBacktest;
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

/** {@code zhifu backtest}: the same operators over files, with no way to an order. */
@Command(
    name = "backtest",
    description =
        "Runs the job's own operators over files to their end; no order leaves. Plain CSV or gzip.",
    mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {
  @Option(
      names = "--bank",
      arity = "1..*",
      paramLabel = "FILE",
      description = "bank transactions; these or telecom signals are needed")
  private List<Path> bank = List.of();

  @Option(names = "--telecom", arity = "1..*", paramLabel = "FILE", description = "telecom signals")
  private List<Path> telecom = List.of();

  @Option(
      names = "--labels",
      arity = "1..*",
      paramLabel = "FILE",
      description = "which transactions, accounts or subscribers are fraud, and of what kind")
  private List<Path> labels = List.of();

  @Option(names = "--accounts", paramLabel = "FILE", description = "what is known of the accounts")
  private Path accounts;

  @Option(
      names = "--rules",
      arity = "1..*",
      paramLabel = "DIR",
      description = "catalogue (default: rules/catalogue), or folders of single rules, drafts too")
  private List<Path> rules = List.of();

  @Option(
      names = "--compare",
      arity = "1..*",
      paramLabel = "DIR",
      description = "drafts, rules' own folders: what the rules find with them, against without")
  private List<Path> compare = List.of();

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

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write the result to FILE as a page with pictures too")
  private Path html;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (bank.isEmpty() && telecom.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "neither --bank nor --telecom is given; name at least one file");
    }
    Layout layout = Layout.find();
    List<String> arguments = new ArrayList<>();
    files(arguments, "--bank", bank);
    files(arguments, "--telecom", telecom);
    files(arguments, "--labels", labels);
    files(arguments, "--accounts", accounts == null ? List.of() : List.of(accounts));
    for (Path folder : rules.isEmpty() ? List.of(layout.catalogue()) : rules) {
      require(
          Files.isDirectory(folder),
          "--rules",
          folder,
          "a folder with one folder a rule, or one rule's own");
      arguments.addAll(List.of("--rules", folder.toAbsolutePath().toString()));
    }
    for (Path folder : compare) {
      require(Files.isDirectory(folder), "--compare", folder, "a rule's own folder");
      arguments.addAll(List.of("--compare", folder.toAbsolutePath().toString()));
    }
    if (parallelism != null) {
      arguments.addAll(List.of("--parallelism", parallelism.toString()));
    }
    if (json != null) {
      arguments.addAll(List.of("--json", json.toAbsolutePath().toString()));
    }
    if (html != null) {
      arguments.addAll(List.of("--html", html.toAbsolutePath().toString()));
    }
    return FlinkBacktest.run(layout, arguments);
  }

  private void files(List<String> arguments, String name, List<Path> files) {
    for (Path file : files) {
      require(
          Files.isReadable(file) && !Files.isDirectory(file),
          name,
          file,
          "a file that can be read");
      arguments.addAll(List.of(name, file.toAbsolutePath().toString()));
    }
  }

  private void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(), name + " is " + value + "; it must be " + rule);
    }
  }
}
