package dev.zhifu.stack.cli;

import dev.zhifu.schemas.topics.BankCodes;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which banks take part by channel DIRECT. */
final class BanksOption {
  /** The invented banks of the demo. */
  static final List<String> DEMO =
      IntStream.rangeClosed(1, 12).mapToObj(i -> String.format("B%02d", i)).toList();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--banks",
      split = ",",
      paramLabel = "CODE",
      description =
          "codes of the banks that have topics, separated by commas (default: B01 to B12)")
  private List<String> banks = DEMO;

  List<String> codes() {
    for (String bank : banks) {
      if (!BankCodes.isWellFormed(bank)) {
        throw new ParameterException(
            spec.commandLine(), "--banks: '" + bank + "' is not a bank code: " + BankCodes.FORM);
      }
    }
    return banks.stream().distinct().sorted().toList();
  }
}
