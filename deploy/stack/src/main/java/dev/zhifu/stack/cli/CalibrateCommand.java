package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.require;

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
import picocli.CommandLine.Spec;

/** {@code zhifu calibrate}: thresholds chosen on labelled sets, repeatably. */
@Command(
    name = "calibrate",
    description = {
      "Chooses thresholds on labelled sets, one at a time, on half of their cases, judged on the other half.",
      "Published thresholds are never touched. The same rules and files give the same answer."
    },
    mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "folder with NAME_txns.csv.gz, NAME_labels.csv.gz and their like")
  private Path data;

  @Option(
      names = "--set",
      arity = "1..*",
      paramLabel = "NAME",
      description = "only these sets (default: all)")
  private List<String> sets = List.of();

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "catalogue whose live rules take part (default: rules/catalogue)")
  private Path rules;

  @Option(
      names = "--only",
      arity = "1..*",
      paramLabel = "ID",
      description = "only these rules (default: every live one)")
  private List<String> only = List.of();

  @Option(names = "--write", description = "write what was taken into the rule files")
  private boolean write;

  @Option(names = "--json", paramLabel = "FILE", description = "write the result as JSON too")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Layout layout = Layout.find();
    Path catalogue = rules == null ? layout.catalogue() : rules;
    require(spec, Files.isDirectory(data), "--data", data, "a folder");
    require(
        spec,
        Files.isDirectory(catalogue),
        "--rules",
        catalogue,
        "a folder with one folder a rule");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data",
                data.toAbsolutePath().toString(),
                "--rules",
                catalogue.toAbsolutePath().toString()));
    sets.forEach(set -> arguments.addAll(List.of("--set", set)));
    only.forEach(id -> arguments.addAll(List.of("--only", id)));
    if (write) {
      arguments.add("--write");
    }
    if (json != null) {
      arguments.addAll(List.of("--json", json.toAbsolutePath().toString()));
    }
    return FlinkBacktest.calibrate(layout, arguments);
  }
}
