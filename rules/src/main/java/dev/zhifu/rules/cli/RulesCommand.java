package dev.zhifu.rules.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code rules check|test|list|explain}: exit code 0 is done, 1 a fault or a failed scenario, 2 a
 * wrong argument.
 */
@Command(
    name = "rules",
    description = "Checks, tests, lists and explains rules; needs no cluster.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CheckCommand.class, TestCommand.class, ListCommand.class, ExplainCommand.class})
public final class RulesCommand implements Runnable {
  /** Exit code of a fault. */
  static final int NOT_DONE = 1;

  @Spec private CommandSpec spec;

  /** Made by the command line. */
  public RulesCommand() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new RulesCommand()).execute(args));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
