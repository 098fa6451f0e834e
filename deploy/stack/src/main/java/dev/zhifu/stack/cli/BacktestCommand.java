package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.require;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.flink.FlinkBacktest;
import dev.zhifu.stack.history.HistoryExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu backtest}: the same operators over files, with no way to an order. */
@Command(
    name = "backtest",
    description = {
      "Runs the job's own operators over files to their end; no order leaves. Plain CSV or gzip.",
      "With --stack or --stored over what the job itself enriched: its final hits are found again, hit for hit."
    },
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
      names = "--stack",
      description = "instead of files: the stored history of the newest running stack")
  private boolean ofStack;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "with --stack: write its stored history to DIR, where --stored finds it")
  private Path keep;

  @Option(
      names = "--stored",
      paramLabel = "DIR",
      description = "instead of files: stored history that --keep wrote")
  private Path stored;

  @Option(
      names = "--lateness",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description =
          "with --stack: greatest lateness bound of its job, 0 to 3600 (default: ${DEFAULT-VALUE})")
  private int latenessSeconds;

  @Option(
      names = "--hours",
      paramLabel = "N",
      description =
          "with --stack: the newest N hours alone, 1 to 168; hits that began before are then found by nobody")
  private Integer hours;

  @Mixin private TopicSource source;

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
      description = {
        "catalogue (default: rules/catalogue), or folders of single rules, drafts too;",
        "with --stack or --stored by default what was in force, each version in its time"
      })
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
    boolean files = !bank.isEmpty() || !telecom.isEmpty();
    if ((files ? 1 : 0) + (ofStack ? 1 : 0) + (stored == null ? 0 : 1) != 1) {
      throw new ParameterException(
          spec.commandLine(),
          files || ofStack
              ? "files, --stack and --stored are three ways to name history; give one"
              : "neither --bank nor --telecom is given; name at least one file, or --stack or --stored DIR");
    }
    require(spec, keep == null || ofStack, "--keep", keep, "given with --stack");
    require(
        spec,
        latenessSeconds >= 0 && latenessSeconds <= 3600,
        "--lateness",
        latenessSeconds,
        "0 to 3600 seconds");
    require(spec, hours == null || ofStack, "--hours", hours, "given with --stack");
    require(spec, hours == null || hours >= 1 && hours <= 168, "--hours", hours, "1 to 168");
    if (!ofStack) {
      return run(stored);
    }
    if (keep != null) {
      export(keep);
      return run(keep);
    }
    Path folder = temporary();
    try {
      export(folder);
      return run(folder);
    } finally {
      delete(folder);
    }
  }

  private void export(Path folder) {
    HistoryExport.Written written =
        new HistoryExport(
                source.stack(),
                Duration.ofSeconds(latenessSeconds),
                hours == null ? null : Duration.ofHours(hours))
            .to(folder);
    PrintWriter err = spec.commandLine().getErr();
    written.unreadable().forEach(warning -> err.println("zhifu: " + warning));
    err.printf(
        "Read %,d enriched events (%,d late ones left out), %,d publications, %,d final hits; decided up to %s%n",
        written.events(), written.late(), written.rules(), written.hits(), written.decidedTo());
    err.flush();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("zhifu-stored");
    } catch (IOException e) {
      throw new StackException("no temporary folder can be made: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new StackException(folder + " cannot be removed: " + e.getMessage(), e);
    }
  }

  private int run(Path history) {
    Layout layout = Layout.find();
    List<String> arguments = new ArrayList<>();
    files(arguments, "--bank", bank);
    files(arguments, "--telecom", telecom);
    files(arguments, "--labels", labels);
    files(arguments, "--accounts", accounts == null ? List.of() : List.of(accounts));
    if (history != null) {
      require(spec, Files.isDirectory(history), "--stored", history, "a folder that --keep wrote");
      arguments.addAll(List.of("--stored", history.toAbsolutePath().toString()));
    }
    List<Path> usual = history == null ? List.of(layout.catalogue()) : List.of();
    for (Path folder : rules.isEmpty() ? usual : rules) {
      require(
          spec,
          Files.isDirectory(folder),
          "--rules",
          folder,
          "a folder with one folder a rule, or one rule's own");
      arguments.addAll(List.of("--rules", folder.toAbsolutePath().toString()));
    }
    for (Path folder : compare) {
      require(spec, Files.isDirectory(folder), "--compare", folder, "a rule's own folder");
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
          spec,
          Files.isReadable(file) && !Files.isDirectory(file),
          name,
          file,
          "a file that can be read");
      arguments.addAll(List.of(name, file.toAbsolutePath().toString()));
    }
  }
}
