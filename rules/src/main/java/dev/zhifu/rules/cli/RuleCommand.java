package dev.zhifu.rules.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the four commands share: which rules, where to print, where the JSON goes. */
abstract class RuleCommand implements Callable<Integer> {
  @Mixin private Selection selection;
  @Mixin private JsonFile json;
  @Spec private CommandSpec spec;

  /** What a command has to say: whether all is well, and the result for {@code --json}. */
  record Answer(boolean ok, Object result) {}

  abstract Answer answer(List<CatalogueRule> rules, PrintWriter out);

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Answer answer = answer(selection.read(), out);
      json.write(answer.result());
      return answer.ok() ? 0 : RulesCommand.NOT_DONE;
    } catch (IOException e) {
      spec.commandLine().getErr().println("rules: a file cannot be read or written: " + e);
      return RulesCommand.NOT_DONE;
    } finally {
      out.flush();
      spec.commandLine().getErr().flush();
    }
  }
}
