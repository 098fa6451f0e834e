package dev.zhifu.stack.cli;

import dev.zhifu.stack.StackException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
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
    subcommands = {
      DemoCommand.class,
      BacktestCommand.class,
      OrdersCommand.class,
      DeadLettersCommand.class,
      ClusterCommand.class,
      StackCommand.class,
      TopicsCommand.class,
      SubjectsCommands.class,
    })
public final class Zhifu implements Runnable {
  private static final int NOT_DONE = 1;
  private static final int WRONG_ARGUMENT = 2;
  private static final List<String> RULES_COMMANDS = List.of("dev.zhifu.rules.cli.RulesCommand");

  @Spec private CommandSpec spec;

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line with all commands. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Zhifu());
    rulesCommand().ifPresent(rules -> line.addSubcommand("rules", rules));
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Zhifu::wrongArgument)
        .setExecutionExceptionHandler(Zhifu::notDone);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  private static Optional<Object> rulesCommand() {
    for (String name : RULES_COMMANDS) {
      try {
        return Optional.of(Class.forName(name).getDeclaredConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        // looked for under the next name
      }
    }
    return Optional.empty();
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
        || problem instanceof dev.zhifu.schemas.wire.RegistryUnavailableException) {
      command.getErr().println("zhifu: " + problem.getMessage());
      command.getErr().flush();
      return NOT_DONE;
    }
    throw problem;
  }
}
