package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.require;

import dev.zhifu.stack.floor.FloorLine;
import dev.zhifu.stack.floor.NaiveFloor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench naive}: the floor of textbook window rules on labelled sets. */
@Command(
    name = "naive",
    description = {
      "The floor: textbook window rules on labelled transaction files.",
      "Fans of at least K counterparties and cycles of 3 to 6 within the window, 80 %% out within 2 h."
    },
    mixinStandardHelpOptions = true)
final class NaiveBenchCommand implements Callable<Integer> {
  @Mixin private JsonOption json;
  @Mixin private LabelledSets labelled;

  @Option(
      names = "--hours",
      arity = "1..*",
      defaultValue = "24",
      paramLabel = "H",
      description = "windows in hours, 1 to 720 (default: ${DEFAULT-VALUE})")
  private List<Integer> hours;

  @Option(
      names = "--counterparties",
      defaultValue = "5",
      paramLabel = "K",
      description = "distinct counterparties that make a fan, 2 to 100 (default: ${DEFAULT-VALUE})")
  private int counterparties;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    hours.forEach(h -> require(spec, h >= 1 && h <= 720, "--hours", h, "1 to 720"));
    require(
        spec,
        counterparties >= 2 && counterparties <= 100,
        "--counterparties",
        counterparties,
        "2 to 100");
    List<String> sets = labelled.sets();
    List<NaiveFloor> all = new ArrayList<>();
    for (String set : sets) {
      for (NaiveFloor floor : NaiveFloor.of(labelled.data(), set, hours, counterparties)) {
        all.add(floor);
        print(floor);
      }
    }
    json.write(all);
    return 0;
  }

  private void print(NaiveFloor floor) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s, window %d h, at least %d counterparties: %,d transactions, %,d accounts, %,d illicit%n",
        floor.set(),
        floor.hours(),
        floor.counterparties(),
        floor.transactions(),
        floor.accounts(),
        floor.illicit());
    floor.sha256().forEach((file, sum) -> out.printf("  %s  SHA-256 %s%n", file, sum));
    out.printf("  %-14s %9s %7s %7s %14s%n", "rule", "precision", "recall", "F1", "accts/10,000");
    for (FloorLine line : floor.lines()) {
      out.printf(
          Locale.ROOT,
          "  %-14s %9s %7s %7s %14.1f%n",
          line.rule(),
          share(line.precision()),
          share(line.recall()),
          share(line.f1()),
          line.accountsPer10k());
    }
    out.flush();
  }

  private static String share(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
