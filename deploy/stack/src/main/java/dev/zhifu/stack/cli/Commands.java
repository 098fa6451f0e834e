package dev.zhifu.stack.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What many commands do alike. */
final class Commands {
  private Commands() {}

  /**
   * Checks an argument.
   *
   * @param rule what the value must be, in words
   * @throws ParameterException naming all three, unless it {@code holds}
   */
  static void require(CommandSpec spec, boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(), name + " is " + value + "; it must be " + rule);
    }
  }

  /** Prints a line that is seen at once. */
  static void say(CommandSpec spec, String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** The command line as it was given. */
  static String given(CommandSpec spec) {
    return "zhifu " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  static int or(Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }
}
