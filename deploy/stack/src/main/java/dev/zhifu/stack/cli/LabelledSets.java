package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.require;

import dev.zhifu.stack.floor.NaiveFloor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which labelled transaction files a command goes over. */
final class LabelledSets {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "folder with NAME_txns.csv.gz and NAME_labels.csv.gz")
  private Path data;

  @Option(
      names = "--set",
      arity = "1..*",
      paramLabel = "NAME",
      description = "only these sets (default: all)")
  private List<String> sets = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** The folder. */
  Path data() {
    return data;
  }

  /**
   * Names of the sets that were asked for, all of the folder without any.
   *
   * @throws ParameterException when the folder or a set is not there
   */
  List<String> sets() {
    require(spec, Files.isDirectory(data), "--data", data, "a folder");
    List<String> there = NaiveFloor.sets(data);
    sets.forEach(set -> require(spec, there.contains(set), "--set", set, "one of " + there));
    return sets.isEmpty() ? there : sets;
  }
}
