package dev.zhifu.stack.cli;

import dev.zhifu.rules.cli.RulesCommand;
import dev.zhifu.stack.StackException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code ./zhifu}. Exit code 0 is done, 1 is not done, 2 is a wrong argument; either
 * error says in words what is wrong and what would be right.
 */
@Command(
    name = "zhifu",
    description = "Catches telecom fraud in bank and telecom streams, on Apache Flink.",
    mixinStandardHelpOptions = true,
    version = "zhifu 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    footer = "%nzhifu test checks what the tests need and runs them all (mvn verify).",
    subcommands = {
      DemoCommand.class,
      RulesCommand.class,
      BacktestCommand.class,
      TraceCommand.class,
      CalibrateCommand.class,
      BenchCommand.class,
      BootstrapCommand.class,
      ExplainHitCommand.class,
      OrdersCommand.class,
      BankCommand.class,
      ControlsCommand.class,
      DeadLettersCommand.class,
      AuditCommand.class,
      ClusterCommand.class,
      StackCommand.class,
      TopicsCommand.class,
      DirectoriesCommand.class,
      SubjectsCommands.class,
    })
public final class Zhifu implements Runnable {
  private static final int NOT_DONE = 1;
  private static final int WRONG_ARGUMENT = 2;
  @Spec private CommandSpec spec;

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line with all commands. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Zhifu());
    PublishCommands.addTo(line.getSubcommands().get("rules"));
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Zhifu::wrongArgument)
        .setExecutionExceptionHandler(Zhifu::notDone);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  private static int wrongArgument(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("zhifu: " + problem.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
    command.usage(err);
    err.flush();
    return WRONG_ARGUMENT;
  }

  private static int notDone(Exception problem, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (problem instanceof StackException
        || problem instanceof dev.zhifu.schemas.crypto.CryptoException
        || problem instanceof dev.zhifu.schemas.wire.RegistryUnavailableException) {
      command.getErr().println("zhifu: " + problem.getMessage());
      command.getErr().flush();
      return NOT_DONE;
    }
    throw problem;
  }
}
