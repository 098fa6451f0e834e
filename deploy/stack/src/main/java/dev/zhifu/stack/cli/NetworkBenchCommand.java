package dev.zhifu.stack.cli;

import dev.zhifu.bench.report.Rate;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.stack.floor.FloorLine;
import dev.zhifu.stack.floor.NaiveFloor;
import dev.zhifu.stack.floor.NetworkFigures;
import dev.zhifu.stack.floor.NetworkLine;
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

/** {@code zhifu bench network}. */
@Command(
    name = "network",
    description = {
      "The shapes of family G on labelled transaction files, beside the naive floor over the same seven days."
    },
    mixinStandardHelpOptions = true)
final class NetworkBenchCommand implements Callable<Integer> {
  private static final int WEEK_HOURS = 168;
  private static final int COUNTERPARTIES = 5;

  @Mixin private JsonOption json;
  @Mixin private LabelledSets labelled;

  @Option(
      names = "--naive",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "run the floor too (default: ${DEFAULT-VALUE})")
  private boolean naive;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<String> sets = labelled.sets();
    List<NetworkFigures> all = new ArrayList<>();
    for (String set : sets) {
      NetworkFigures figures = NetworkFigures.of(labelled.data(), set, NetworkSettings.defaults());
      all.add(figures);
      print(figures);
      if (naive) {
        NaiveFloor.of(labelled.data(), set, List.of(WEEK_HOURS), COUNTERPARTIES)
            .forEach(this::print);
      }
    }
    json.write(all);
    return 0;
  }

  private void print(NetworkFigures of) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s: %,d transactions, %,d accounts, %,d illicit%n",
        of.set(),
        of.transactions(),
        of.accounts(),
        of.illicit());
    of.sha256().forEach((file, sum) -> out.printf("  %s  SHA-256 %s%n", file, sum));
    out.printf(
        Locale.ROOT,
        "  %,d first payments carried trails, %.1f each, %d at most; an account kept %,d things at most; %.1f us a movement%n",
        of.messages(),
        of.trailsPerMessage(),
        of.mostTrails(),
        of.largestState(),
        of.microsPerMovement());
    out.printf(
        Locale.ROOT,
        "  %,d accounts with 40 partners or more, %,d alerts on them%n",
        of.hubs(),
        of.alertsOnHubs());
    out.printf(
        "  %-20s %7s %9s %9s %7s %7s %22s %8s %8s %11s%n",
        "shape",
        "alerts",
        "precision",
        "no decoys",
        "recall",
        "F1",
        "cases found (95 %)",
        "in time",
        "decoys",
        "accts/10,000");
    for (NetworkLine line : of.lines()) {
      Rate cases = Rate.share(line.casesFound(), line.cases());
      out.printf(
          Locale.ROOT,
          "  %-20s %7d %9s %9s %7s %7s %22s %8s %8s %11.1f%n",
          line.rule(),
          line.alerts(),
          share(line.precision()),
          share(line.precisionWithoutDecoys()),
          share(line.recall()),
          share(line.f1()),
          line.cases() == 0
              ? "-"
              : String.format(
                  Locale.ROOT,
                  "%d/%d (%.2f-%.2f)",
                  line.casesFound(),
                  line.cases(),
                  cases.low(),
                  cases.high()),
          line.cases() == 0 ? "-" : line.casesInTime() + "/" + line.cases(),
          line.decoyCases() == 0 ? "-" : line.decoyCasesFound() + "/" + line.decoyCases(),
          line.accountsPer10k());
    }
    out.flush();
  }

  private void print(NaiveFloor floor) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "  floor, window %d h, at least %d counterparties%n",
        floor.hours(), floor.counterparties());
    for (FloorLine line : floor.lines()) {
      out.printf(
          Locale.ROOT,
          "  %-20s %7s %9s %9s %7s %7s %22s %8s %8s %11.1f%n",
          line.rule(),
          "",
          share(line.precision()),
          "",
          share(line.recall()),
          share(line.f1()),
          "",
          "",
          "",
          line.accountsPer10k());
    }
    out.flush();
  }

  private static String share(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
