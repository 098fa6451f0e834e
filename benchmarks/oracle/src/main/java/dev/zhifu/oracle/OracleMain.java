package dev.zhifu.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The long form: many random rules and histories through the engine and both oracles. Exit code 0
 * when they agree on all and enough was seen to say so; 1 when they differ, when nothing hit, or
 * when a cell of the table holds fewer than {@code --least}.
 */
@Command(
    name = "oracle",
    description = "Compares matching with stock Flink CEP and with the language's own matcher.",
    mixinStandardHelpOptions = true)
public final class OracleMain implements Callable<Integer> {
  private static final int TRIALS_A_BLOCK = 130;

  /** From so many histories on, each cell can be asked for {@link TableText#ENOUGH}. */
  private static final long MANY = 1_000_000;

  @Option(
      names = "--histories",
      paramLabel = "N",
      defaultValue = "10000",
      description = "how many histories at least (default ${DEFAULT-VALUE})")
  private long histories;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "first seed; one seed is one rule with histories of every disturbance")
  private long seed;

  @Option(
      names = "--least",
      paramLabel = "N",
      description =
          "histories that each cell of the table needs with a hit, and with a retraction where one is possible"
              + " (default: 1,000 from a million histories on, else 0, which still asks for some hit)")
  private Long least;

  /** What whoever starts this process knows of the run: commit, command, machine with its load. */
  @Option(names = "--about", paramLabel = "NAME=WORDS", hidden = true)
  private Map<String, String> about = new TreeMap<>();

  @Option(names = "--threads", paramLabel = "T", description = "default: one a core")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", paramLabel = "FILE", description = "write the table as JSON too")
  private Path json;

  @Option(names = "--resume", description = "go on from the file of --json")
  private boolean resume;

  @Option(
      names = "--replay",
      paramLabel = "S",
      description = "show one seed's rule and differences")
  private Long replay;

  private final Tally tally = new Tally();

  /** Runs it. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new OracleMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (replay != null) {
      return replay(replay);
    }
    // Wall clock on purpose: the day of the run, shown to people and read by no rule.
    about.putIfAbsent("day", LocalDate.now(ZoneOffset.UTC).toString());
    long end = seed + (histories + Trial.HISTORIES - 1) / Trial.HISTORIES;
    long next = resumedAt();
    Pace pace = new Pace(next, end);
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      while (next < end) {
        long until = Math.min(end, next + TRIALS_A_BLOCK);
        block(pool, next, until);
        next = until;
        write(next);
        System.err.println(pace.line(next, tally.differences()));
      }
    } finally {
      pool.shutdown();
    }
    System.out.println(new TableText(tally));
    System.out.println(pace.rate(end));
    tally.kept().forEach(difference -> System.out.println(difference.line()));
    List<String> faults = Verdict.faults(tally, least());
    faults.forEach(System.out::println);
    return faults.isEmpty() ? 0 : 1;
  }

  private long least() {
    return least != null ? least : histories >= MANY ? TableText.ENOUGH : 0;
  }

  private long resumedAt() throws IOException {
    return resume && json != null && Files.exists(json) ? file().read(tally, seed) : seed;
  }

  private void block(ForkJoinPool pool, long from, long until)
      throws InterruptedException, ExecutionException {
    pool.submit(
            () ->
                LongStream.range(from, until)
                    .parallel()
                    .mapToObj(OracleMain::run)
                    .forEach(this::add))
        .get();
  }

  private static Trial run(long one) {
    try {
      return new Trial(one, EngineRun::new).run();
    } catch (Exception e) {
      throw new IllegalStateException("Seed " + one + " failed: " + e.getMessage(), e);
    }
  }

  private void add(Trial trial) {
    synchronized (tally) {
      tally.add(trial);
    }
  }

  private void write(long next) throws IOException {
    if (json != null) {
      file().write(tally, seed, next);
    }
  }

  private TallyFile file() {
    return new TallyFile(json, about);
  }

  private static int replay(long one) throws Exception {
    Trial trial = new Trial(one, EngineRun::new).run().runUnfiltered();
    System.out.println(trial.rule().text());
    trial.differences().forEach(System.out::println);
    System.out.println(trial.differences().size() + " differences");
    return trial.differences().isEmpty() ? 0 : 1;
  }
}
