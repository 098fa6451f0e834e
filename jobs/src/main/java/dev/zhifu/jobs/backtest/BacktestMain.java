package dev.zhifu.jobs.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.schemas.stored.StoredHistory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * Main of the back-test: the rules over recorded streams, compared with the truth where it is known
 * (docs/backtest.md).
 *
 * <pre>
 * java -cp jobs-…-job.jar:flink-lib/* dev.zhifu.jobs.backtest.BacktestMain --bank FILE --labels FILE
 * </pre>
 *
 * Exit code 0 when it ran, 1 when the job failed, 2 when an argument, a rule or a file is wrong.
 */
public final class BacktestMain {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int REFUSED = 2;

  private BacktestMain() {}

  /** Runs a back-test; see the class. */
  public static void main(String[] words) {
    System.exit(run(System.out, System.err, words));
  }

  /**
   * The same, for callers that live on.
   *
   * @param out takes the result
   * @param err takes progress and faults
   * @return the exit code
   */
  static int run(PrintStream out, PrintStream err, String... words) {
    BacktestArguments arguments;
    try {
      arguments = BacktestArguments.parse(words);
    } catch (BacktestException e) {
      err.println(e.getMessage());
      err.println(BacktestArguments.USAGE);
      return REFUSED;
    }
    try {
      BacktestResult result = run(arguments, err);
      new ResultPrinter(out).print(result);
      write(arguments.json(), "--json", json(result));
      write(arguments.html(), "--html", HtmlReport.of(result));
      return result.troubles().isEmpty() ? DONE : FAILED;
    } catch (BacktestException e) {
      err.println(e.getMessage());
      return REFUSED;
    } catch (IllegalStateException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  /** Runs and computes the figures. */
  static BacktestResult run(BacktestArguments arguments, PrintStream progress) {
    checkWritable("--json", arguments.json());
    checkWritable("--html", arguments.html());
    RulesUnderTest live =
        arguments.rules().isEmpty()
            ? RulesUnderTest.of(new StoredHistory(arguments.stored()))
            : RulesUnderTest.of(arguments.rules());
    RulesUnderTest rules = live.with(RulesUnderTest.of(arguments.compare()));
    if (rules.rules().isEmpty()) {
      progress.println(
          "No rule is live in "
              + (arguments.rules().isEmpty() ? arguments.stored() : arguments.rules())
              + ": nothing can be found.");
    }
    BacktestFiles files =
        arguments.stored() == null
            ? BacktestFiles.of(arguments.bank(), arguments.telecom(), arguments.accounts())
            : BacktestFiles.stored(arguments.stored());
    progress.println("Checking the files …");
    Labels labels = Labels.read(arguments.labels());
    Census census = Census.take(files, labels);
    Found before =
        arguments.compare().isEmpty()
            ? null
            : find(live, files, census, arguments.parallelism(), progress);
    try (Gathered gathered = gather(rules, files, census, arguments.parallelism(), progress)) {
      Comparison comparison =
          before == null
              ? null
              : Comparison.of(before.alerts().values(), gathered.alerts().values());
      return BacktestResult.of(
          rules,
          census,
          labels,
          gathered,
          ScoreSettings.defaults().holdScore(),
          comparison,
          arguments.rules().isEmpty()
              ? Agreement.of(files.history(), before == null ? Found.in(gathered) : before)
              : null);
    }
  }

  private static Found find(
      RulesUnderTest rules,
      BacktestFiles files,
      Census census,
      int parallelism,
      PrintStream progress) {
    try (Gathered gathered = gather(rules, files, census, parallelism, progress)) {
      return Found.in(gathered);
    }
  }

  private static long decidedToMs(BacktestFiles files) {
    Instant decidedTo = files.isStored() ? files.history().decidedTo() : Instant.MAX;
    return decidedTo.equals(Instant.MAX) ? Long.MAX_VALUE : decidedTo.toEpochMilli();
  }

  private static Gathered gather(
      RulesUnderTest rules,
      BacktestFiles files,
      Census census,
      int parallelism,
      PrintStream progress) {
    progress.println(
        String.format(
            Locale.ROOT,
            "Running %d rules over %,d events …",
            rules.rules().size(),
            census.events()));
    Gathered gathered = Gathered.start(census.events(), decidedToMs(files), progress::println);
    try {
      BacktestRun.run(files, rules, parallelism, gathered);
      return gathered;
    } catch (RuntimeException e) {
      gathered.close();
      throw e;
    }
  }

  /** A run takes minutes; that its result cannot be written is said before. */
  private static void checkWritable(String option, Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new BacktestException(
          option
              + " is "
              + file
              + ", which cannot be written; name a file in a folder that is there");
    }
  }

  private static String json(BacktestResult result) {
    try {
      return new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(result)
          + "\n";
    } catch (IOException e) {
      throw new IllegalStateException("a result always has a JSON form", e);
    }
  }

  private static void write(Path file, String option, String text) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new BacktestException(option + " " + file + " cannot be written: " + e.getMessage());
    }
  }
}
