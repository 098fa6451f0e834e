package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.RunningStack;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu stack}: broker and registry alone. */
@Command(
    name = "stack",
    description = "Broker and schema registry alone, with users, topics, permissions and subjects.",
    mixinStandardHelpOptions = true,
    subcommands = {StackCommand.Up.class, StackCommand.Down.class})
final class StackCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given: up or down");
  }

  @Command(
      name = "up",
      description = "Starts them and stays until Ctrl-C or ./zhifu stack down.",
      mixinStandardHelpOptions = true)
  static final class Up implements Callable<Integer> {
    @Mixin private StateOption state;
    @Mixin private BanksOption banks;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Option(names = "--tls", description = LocalStack.TLS)
    private boolean tls;

    @Override
    public Integer call() {
      Layout layout = Layout.find();
      PrintWriter out = spec.commandLine().getOut();
      try (LocalStack stack =
          LocalStack.start(
              layout, state.folder(layout), "stack", banks.codes(), tls, out::println)) {
        json.write(stack.info());
        out.println(
            "ready: broker "
                + stack.info().bootstrap()
                + ", registry "
                + stack.info().registryUrl());
        out.println("folder " + stack.dir().root() + "; passwords in secrets/; Ctrl-C ends it");
        out.flush();
        Stay.untilStopped(stack.supervisor());
        return 0;
      }
    }
  }

  @Command(
      name = "down",
      description = "Ends the newest stack that runs in this clone.",
      mixinStandardHelpOptions = true)
  static final class Down implements Callable<Integer> {
    @Mixin private StateOption state;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      RunningStack running = RunningStack.newest(state.folder(Layout.find()), "stack");
      Stay.stop(running);
      json.write(Map.of("stopped", running.root().toString()));
      spec.commandLine().getOut().println("stopped " + running.root());
      return 0;
    }
  }
}
