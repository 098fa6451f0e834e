package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.require;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.lives.RuleChanges;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhifu bench rule-changes}: rules changed under load, on a stack of its own. */
@Command(
    name = "rule-changes",
    description =
        "Changes rules of a running job under load: time until in force on all subtasks; state and"
            + " latency before and after.",
    mixinStandardHelpOptions = true)
final class RuleChangesCommand implements Callable<Integer> {
  @Option(
      names = "--changes",
      defaultValue = "1000",
      paramLabel = "N",
      description = "publications (default: ${DEFAULT-VALUE})")
  private int changes;

  @Option(
      names = "--pace",
      defaultValue = "300",
      paramLabel = "MS",
      description = "milliseconds between two publications (default: ${DEFAULT-VALUE})")
  private int paceMs;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      paramLabel = "N",
      description = "events a second (default: ${DEFAULT-VALUE}, a city's)")
  private int rate;

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "N",
      description = "seed of the events (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--quick",
      description = "shorter before and after; state has less time to settle")
  private boolean quick;

  @Mixin private StateOption state;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    require(spec, changes >= 0 && changes <= 100_000, "--changes", changes, "0 to 100000");
    require(spec, paceMs >= 10 && paceMs <= 60_000, "--pace", paceMs, "10 to 60000");
    require(spec, rate >= 10 && rate <= 100_000, "--rate", rate, "10 to 100000");
    Layout layout = Layout.find();
    PrintWriter out = spec.commandLine().getOut();
    RuleChanges.Plan plan =
        new RuleChanges.Plan(
            changes, paceMs, rate, quick ? 10 : 30, quick ? 20 : 60, quick ? 10 : 210, seed);
    Map<String, Object> result =
        new RuleChanges(plan, layout, out).run(state.folder(layout), BanksOption.DEMO);
    result.forEach((key, value) -> out.println(key + " " + value));
    json.write(result);
    return 0;
  }
}
