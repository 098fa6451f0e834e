package dev.zhifu.stack.cli;

import dev.zhifu.bank.http.ConformanceBank;
import dev.zhifu.bank.http.ConformanceRun;
import dev.zhifu.bank.http.ConformanceRun.Outcome;
import dev.zhifu.bank.http.GatewayException;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhifu bank}: what a bank's integrator needs. */
@Command(
    name = "bank",
    description = "For a bank's integrator: conformance of its code, reconciliation of its day.",
    mixinStandardHelpOptions = true,
    subcommands = {BankCommand.Check.class, BankCommand.Reconcile.class})
final class BankCommand implements Runnable {
  private static final int NOT_DONE = 1;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given: check or reconcile");
  }

  @Command(
      name = "check",
      description =
          "Tries a bank's code over HTTP against the published vectors and forged requests; exit code 1 when a case differs.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Option(
        names = "--url",
        paramLabel = "URL",
        description =
            "where the bank judges vectors (docs/gateway.md); without it our own library is tried")
    private URI url;

    @Option(
        names = "--bank",
        defaultValue = "B01",
        paramLabel = "CODE",
        description = "code that requests are signed for (default: ${DEFAULT-VALUE})")
    private String bank;

    @Option(
        names = "--secret-file",
        paramLabel = "FILE",
        description = "file with the secret shared for this run; needed with --url")
    private Path secretFile;

    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      Path vectors = Layout.find().vectors();
      Clock clock = Clock.systemUTC();
      if (url != null) {
        return report(new ConformanceRun(url, bank, secret(), vectors, clock));
      }
      String secret = "a secret of this run alone";
      try (ConformanceBank own = new ConformanceBank(DemoKeys.directory(), bank, secret, clock)) {
        return report(new ConformanceRun(own.address(), bank, secret, vectors, clock));
      }
    }

    private String secret() {
      if (secretFile == null) {
        throw new ParameterException(
            spec.commandLine(), "--url needs --secret-file with the secret shared for this run");
      }
      return text(spec, "--secret-file", secretFile).strip();
    }

    private int report(ConformanceRun run) {
      List<Outcome> outcomes;
      try {
        outcomes = run.run();
      } catch (GatewayException e) {
        throw new StackException(e.getMessage(), e);
      }
      PrintWriter out = spec.commandLine().getOut();
      outcomes.forEach(
          one ->
              out.printf(
                  "%-4s %-44s %s%s%n",
                  one.passed() ? "ok" : "FAIL",
                  one.name(),
                  one.expected(),
                  one.passed() ? "" : "; found " + one.found()));
      long failed = outcomes.stream().filter(one -> !one.passed()).count();
      out.println(outcomes.size() + " cases, " + failed + " differ");
      json.write(Map.of("cases", outcomes.size(), "differ", failed, "outcomes", outcomes));
      return failed == 0 ? 0 : NOT_DONE;
    }
  }

  @Command(
      name = "reconcile",
      description =
          "Compares the centre's reconciliation file of a day with the bank's own, both as CSV; exit code 1 when they differ.",
      mixinStandardHelpOptions = true)
  static final class Reconcile implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CENTRE", description = "file from the gateway")
    private Path centre;

    @Parameters(index = "1", paramLabel = "BANK", description = "the bank's own file")
    private Path bank;

    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      List<Reconciliation> ours = lines("CENTRE", centre);
      List<String> differences = Reconciliation.differences(ours, lines("BANK", bank));
      PrintWriter out = spec.commandLine().getOut();
      differences.forEach(out::println);
      out.println(ours.size() + " lines, " + differences.size() + " differences");
      json.write(Map.of("lines", ours.size(), "differences", differences));
      return differences.isEmpty() ? 0 : NOT_DONE;
    }

    private List<Reconciliation> lines(String name, Path file) {
      try {
        return Reconciliation.parse(text(spec, name, file).lines().toList());
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), name + " " + file + ": " + e.getMessage());
      }
    }
  }

  private static String text(CommandSpec spec, String name, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), name + " is " + file + ", which cannot be read");
    }
  }
}
