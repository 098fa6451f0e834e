package dev.zhifu.stack.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.child.PipeGuard;
import dev.zhifu.stack.process.Supervisor;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code bench money}: the seeded simulations of money, block by block, each block a process. What
 * is done stands in a file, so that a run that was cut off goes on.
 */
public final class MoneySimulations {
  private static final Pattern RESULT = Pattern.compile("([0-9]+) \\[([0-9, ]*)\\]");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Layout layout;
  private final Path file;
  private final int threads;
  private final Consumer<String> progress;

  /** What is simulated, in this order. */
  public enum Kind {
    /** Attribution hop by hop against a walk over the whole city. */
    ATTRIBUTION(
        "rules/money",
        "dev.zhifu.rules.money.SimulationMain",
        5_000,
        "attribution hop by hop against a walk over the whole city",
        "accounts"),
    /** Any order of arrival, copies, crashes and restores against the orderly run. */
    ARRIVAL(
        "rules/money",
        "dev.zhifu.rules.money.SimulationMain",
        5_000,
        "any order of arrival, copies, crashes and restores against the orderly run",
        "accounts"),
    /** Refunds: money in is money out plus balances, never above loss or frozen sum. */
    REFUNDS(
        "rules/money",
        "dev.zhifu.rules.money.SimulationMain",
        20_000,
        "refunds: money in is money out plus balances, never above loss or frozen sum",
        "fen paid back"),
    /** The trace in the job, with a restore in the middle, against the trace on files. */
    GRAPHS(
        "jobs",
        "dev.zhifu.jobs.trace.SimulationMain",
        500,
        "the trace in the job, restored in the middle, against the trace on files",
        "accounts"),
    /** The shapes in the job, late, doubled, restored and rescaled, against the plain class. */
    SHAPES(
        "jobs",
        "dev.zhifu.jobs.trace.SimulationMain",
        500,
        "the shapes in the job, late, doubled, restored and rescaled, against the plain class",
        "shapes"),
    /** Lives of cases, freezes and refunds: only what a table allows, no money from nowhere. */
    LIVES(
        "rules/lives",
        "dev.zhifu.rules.lives.desk.SimulationMain",
        5_000,
        "lives of cases, freezes and refunds, whatever happens in whatever order, against their tables",
        "transitions"),
    /** Lives of orders, with crashes that read the record again. */
    ORDERS(
        "jobs",
        "dev.zhifu.jobs.trace.SimulationMain",
        500,
        "lives of orders, crashes that read the record again, against the bounds of the law",
        "orders"),
    /** All that restricts one account at once, and the books that hear of it. */
    RESTRICTIONS(
        "jobs",
        "dev.zhifu.jobs.trace.SimulationMain",
        500,
        "stops, holds, freezes, appeals and refunds of one account, late and doubled, against their tables and the books",
        "restrictions"),
    /** From the loss over trace, freeze and examination to the refund. */
    CONSERVATION(
        "jobs",
        "dev.zhifu.jobs.trace.SimulationMain",
        2_000,
        "from the loss to the refund: what was lost is there or has ended, what was frozen was refunded or stays",
        "fen lost");

    /** Those that drive an operator of the job, and cost as much: counted apart from the others. */
    private static final Set<Kind> IN_THE_JOB = EnumSet.of(GRAPHS, SHAPES, ORDERS, RESTRICTIONS);

    private final String module;
    private final String main;
    private final int block;
    private final String what;
    private final String unit;

    Kind(String module, String main, int block, String what, String unit) {
      this.module = module;
      this.main = main;
      this.block = block;
      this.what = what;
      this.unit = unit;
    }
  }

  /**
   * Simulations.
   *
   * @param file where what is done stands
   * @param threads of one block
   * @param progress told of each block
   */
  public MoneySimulations(Layout layout, Path file, int threads, Consumer<String> progress) {
    this.layout = layout;
    this.file = file;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * Runs what the file does not have yet.
   *
   * @param cases of each kind that drives no operator of the job
   * @param graphs of each kind that does
   * @param seed first seed
   * @param resume whether to go on with the file
   * @return differences found in all
   */
  public long run(long cases, long graphs, long seed, boolean resume) throws IOException {
    ObjectNode done =
        resume && Files.exists(file)
            ? (ObjectNode) JSON.readTree(file.toFile())
            : JSON.createObjectNode();
    long known = done.path("seed").asLong(seed);
    if (known != seed) {
      throw new StackException(
          file + " was begun with seed " + known + "; give --seed " + known + " or another --json");
    }
    done.put("seed", seed);
    done.put("machine", EngineBench.machine());
    long differences = 0;
    for (Kind kind : Kind.values()) {
      ObjectNode of = done.withObject("/" + kind.name().toLowerCase(Locale.ROOT));
      differences += run(done, of, kind, Kind.IN_THE_JOB.contains(kind) ? graphs : cases, seed);
    }
    return differences;
  }

  private long run(ObjectNode done, ObjectNode of, Kind kind, long wanted, long seed)
      throws IOException {
    for (long at = of.path("cases").asLong(); at < wanted; at = of.path("cases").asLong()) {
      long block = Math.min(kind.block, wanted - at);
      long began = System.nanoTime();
      Matcher result = block(kind, seed + at, block);
      for (String different : result.group(2).split(",")) {
        if (!different.isBlank()) {
          of.withArray("different").add(Long.parseLong(different.trim()));
        }
      }
      of.put("cases", at + block);
      of.put("compared", of.path("compared").asLong() + Long.parseLong(result.group(1)));
      of.put("seconds", of.path("seconds").asDouble() + (System.nanoTime() - began) / 1e9);
      double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
      done.put("loadLeast", Math.min(done.path("loadLeast").asDouble(load), load));
      done.put("loadMost", Math.max(done.path("loadMost").asDouble(load), load));
      write(done);
      progress.accept(line(kind, of, wanted));
    }
    return of.path("different").size();
  }

  private static String line(Kind kind, JsonNode of, long wanted) {
    return String.format(
        Locale.ROOT,
        "%s: %,d of %,d, %,d compared, %d differences, %.0f s",
        kind.name().toLowerCase(Locale.ROOT),
        of.path("cases").asLong(),
        wanted,
        of.path("compared").asLong(),
        of.path("different").size(),
        of.path("seconds").asDouble());
  }

  /**
   * A page of results.
   *
   * @param file what a run has written so far
   */
  public static String text(Path file) throws IOException {
    JsonNode done = JSON.readTree(file.toFile());
    StringBuilder out = new StringBuilder("# Money simulated\n\n");
    out.append(
        String.format(
            Locale.ROOT,
            "`./zhifu bench money --seed %d`; machine: %s; load average %.1f to %.1f.%n%n",
            done.path("seed").asLong(),
            done.path("machine").asText(),
            done.path("loadLeast").asDouble(),
            done.path("loadMost").asDouble()));
    out.append("| simulated | cases | compared | differences | seconds |\n|---|---|---|---|---|\n");
    for (Kind kind : Kind.values()) {
      JsonNode of = done.path(kind.name().toLowerCase(Locale.ROOT));
      if (of.path("cases").asLong() > 0) {
        out.append(
            String.format(
                Locale.ROOT,
                "| %s | %,d | %,d %s | %s | %,.0f |%n",
                kind.what,
                of.path("cases").asLong(),
                of.path("compared").asLong(),
                kind.unit,
                of.path("different").isEmpty()
                    ? "0"
                    : of.path("different").size() + ": seeds " + of.path("different"),
                of.path("seconds").asDouble()));
      }
    }
    return out.toString();
  }

  private void write(ObjectNode done) throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    Path next = Files.createTempFile(folder, "money", ".json");
    JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), done);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private Matcher block(Kind kind, long from, long cases) {
    List<String> command = command(kind, from, cases);
    try {
      // Standard input stays a pipe: it ends the child when this process is gone.
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Matcher last = null;
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Matcher result = RESULT.matcher(line);
          if (result.matches()) {
            last = result;
          } else if (line.startsWith("seed ")) {
            progress.accept(line);
          }
        }
      }
      int code = process.waitFor();
      if (code != 0 || last == null) {
        throw new StackException(
            "block of "
                + cases
                + " "
                + kind
                + " from seed "
                + from
                + " ended with "
                + code
                + " and no result; run it by hand: "
                + String.join(" ", command));
      }
      return last;
    } catch (IOException e) {
      throw new StackException("a simulation cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while simulations ran", e);
    }
  }

  private List<String> command(Kind kind, long from, long cases) {
    List<String> classPath = new ArrayList<>();
    classPath.add(guard());
    layout.simulationClassPath(kind.module).forEach(path -> classPath.add(path.toString()));
    List<String> command = new ArrayList<>();
    command.add(Supervisor.java());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-cp",
            String.join(File.pathSeparator, classPath),
            PipeGuard.class.getName(),
            kind.main,
            kind.name().toLowerCase(Locale.ROOT),
            String.valueOf(from),
            String.valueOf(cases),
            String.valueOf(threads)));
    return command;
  }

  private static String guard() {
    try {
      return Path.of(PipeGuard.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new StackException("the place of our own classes is not a file: " + e.getMessage(), e);
    }
  }
}
