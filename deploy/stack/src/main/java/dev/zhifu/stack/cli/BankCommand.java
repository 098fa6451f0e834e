package dev.zhifu.stack.cli;

import dev.zhifu.bank.http.Reconciliation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhifu bank}: what a bank's integrator needs. */
@Command(
    name = "bank",
    description = "For a bank's integrator: conformance of its code, reconciliation of its day.",
    mixinStandardHelpOptions = true,
    subcommands = {BankCheckCommand.class, BankCommand.Reconcile.class})
final class BankCommand implements Runnable {
  private static final int NOT_DONE = 1;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given: check or reconcile");
  }

  @Command(
      name = "reconcile",
      description =
          "Compares the centre's reconciliation file of a day with the bank's own, both as CSV;"
              + " exit code 1 when they differ.",
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

  static String text(CommandSpec spec, String name, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), name + " is " + file + ", which cannot be read");
    }
  }
}
