package dev.zhifu.stack.cli;

import dev.zhifu.schemas.audit.AuditFinding;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.bench.EngineBench;
import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code zhifu bench audit}: how long checking an audit takes, on files that it makes up. Exit code
 * 0 when the aim is met, 1 when it is missed.
 */
@Command(
    name = "audit",
    description = {
      "Seconds to check the chains and signed roots of a made-up audit on files, as 'audit verify' does.",
      "The aim is 20 s for 1,000,000 entries, and in proportion for others."
    },
    mixinStandardHelpOptions = true)
final class BenchAuditCommand implements Callable<Integer> {
  /** Issue 4's aim, seconds a million entries. */
  private static final double AIM_SECONDS = 20;

  @Option(
      names = "--entries",
      defaultValue = "1000000",
      paramLabel = "N",
      description = "entries (default: ${DEFAULT-VALUE})")
  private int entries;

  @Option(
      names = "--runs",
      defaultValue = "3",
      paramLabel = "N",
      description = "checks of the same files; the slowest counts (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "seed (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "that check, as of 'audit verify' (default: one a core)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--markdown", paramLabel = "FILE", description = "write the table to FILE")
  private Path markdown;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    atLeastOne("--entries", entries);
    atLeastOne("--runs", runs);
    AuditCommand.atLeastOneThread(spec, threads);
    Layout layout = Layout.find();
    Path folder = Files.createDirectories(layout.defaultState().resolve("bench"));
    Path audit = Files.createTempDirectory(folder, "audit-");
    StringBuilder page = new StringBuilder(head());
    double slowest = 0;
    try {
      AuditCommand.Sample.write(audit, entries, seed);
      for (int run = 1; run <= runs; run++) {
        AuditCommand.Checked checked = checked(audit);
        slowest = Math.max(slowest, checked.seconds());
        String row = row(run, checked, megabytes(audit));
        page.append(row);
        Commands.say(spec, row.strip());
      }
    } finally {
      remove(audit);
    }
    double aim = AIM_SECONDS * entries / 1_000_000;
    boolean met = slowest <= aim;
    String verdict =
        String.format(
            Locale.ROOT,
            "%nThe slowest took %.1f s; the aim is %.1f s: %s.%n",
            slowest,
            aim,
            met ? "met" : "missed");
    page.append(verdict);
    if (markdown != null) {
      Files.writeString(markdown, page);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(verdict.strip());
    out.flush();
    return met ? 0 : 1;
  }

  private void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + "; it must be at least 1");
    }
  }

  private AuditCommand.Checked checked(Path audit) {
    AuditCommand.Checked checked =
        AuditCommand.check(
            DemoKeys.directory(),
            Environment.DEMO,
            threads,
            verifier -> AuditCommand.readFolder(audit, verifier));
    List<AuditFinding> findings = checked.findings();
    if (!findings.isEmpty()) {
      throw new StackException(
          "the audit that was just made up has " + findings.size() + " faults: " + findings.get(0));
    }
    return checked;
  }

  private String head() {
    return String.format(
        Locale.ROOT,
        """
        # Time to check the audit

        `./zhifu bench audit --entries %d --runs %d --seed %d`; machine: %s, heap at most %,d MB, threads: %d.
        Each run reads the files anew, hashes every entry, follows every chain and checks every root's
        signature, its Merkle root and its heads.

        | run | entries | chains | roots | files | seconds | seconds of CPU | load average |
        |---|---|---|---|---|---|---|---|
        """,
        entries,
        runs,
        seed,
        EngineBench.machine(),
        Runtime.getRuntime().maxMemory() / 1_000_000,
        threads);
  }

  private static String row(int run, AuditCommand.Checked checked, long megabytes) {
    return String.format(
        Locale.ROOT,
        "| %d | %,d | %,d | %,d | %,d MB | %.1f | %.1f | %.1f |%n",
        run,
        checked.verifier().entries(),
        checked.verifier().chains(),
        checked.verifier().roots(),
        megabytes,
        checked.seconds(),
        checked.cpuSeconds(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static long megabytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : files(folder)) {
      bytes += Files.size(file);
    }
    return bytes / 1_000_000;
  }

  private static void remove(Path folder) throws IOException {
    for (Path file : files(folder)) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
