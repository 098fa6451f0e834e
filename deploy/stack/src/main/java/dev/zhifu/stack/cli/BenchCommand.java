package dev.zhifu.stack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu bench}: measurements that anyone can repeat. */
@Command(
    name = "bench",
    description = "Measurements that anyone can repeat.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchAllCommand.class,
      BenchAuditCommand.class,
      BenchCapacityCommand.class,
      BenchCaughtCommand.class,
      BenchCityCommand.class,
      BenchEngineCommand.class,
      BenchGatewayCommand.class,
      BenchMicroCommand.class,
      BenchMoneyCommand.class,
      BenchPathCommand.class,
      BenchRecoveryCommand.class,
      BenchReportCommand.class,
      BenchTraceCommand.class,
      BenchOracleCommand.class,
      NaiveBenchCommand.class,
      NetworkBenchCommand.class,
      RuleChangesCommand.class,
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given: " + String.join(", ", spec.subcommands().keySet()));
  }
}
