package dev.zhifu.stack.cli;

import dev.zhifu.schemas.registry.SubjectsCommand;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.StackException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu subjects}: subjects of a schema registry against this build's contracts. */
@Command(
    name = "subjects",
    description = "Subjects of a schema registry, as this build's contracts say.",
    mixinStandardHelpOptions = true,
    subcommands = {SubjectsCommands.Register.class, SubjectsCommands.Check.class})
final class SubjectsCommands implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given: register or check");
  }

  /** Which registry: one given by address, else that of the newest running stack. */
  static final class RegistryOption {
    @Option(
        names = "--registry",
        paramLabel = "URL",
        description =
            "base address of the Confluent interface (default: that of the newest running stack)")
    private String url;

    @Mixin private TlsOptions tls;
    @Mixin private RegistryLogin login;
    @Mixin private StateOption state;

    RegistrySettings settings(CommandSpec spec) {
      if (url == null) {
        return RunningStack.newest(state.folder(Layout.find())).info().registry();
      }
      if (!url.matches("https?://.+")) {
        throw new ParameterException(
            spec.commandLine(), "--registry is '" + url + "'; it must be an http or https address");
      }
      return login.at(url, tls.tls());
    }
  }

  @Command(
      name = "register",
      description = "Registers every subject; registering twice changes nothing.",
      mixinStandardHelpOptions = true)
  static final class Register implements Callable<Integer> {
    @Mixin private RegistryOption registry;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      SortedMap<String, Integer> ids = register(registry.settings(spec));
      json.write(Map.of("schemaIds", ids));
      spec.commandLine().getOut().println(ids.size() + " subjects registered");
      return 0;
    }

    private static SortedMap<String, Integer> register(RegistrySettings at) {
      try {
        return SubjectsCommand.register(at, System.out);
      } catch (IllegalStateException e) {
        throw new StackException(e.getMessage(), e);
      }
    }
  }

  @Command(
      name = "check",
      description = "Says which subjects differ from this build; exit code 1 when one does.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Mixin private RegistryOption registry;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      List<String> differences = SubjectsCommand.check(registry.settings(spec));
      json.write(Map.of("differences", differences));
      differences.forEach(spec.commandLine().getOut()::println);
      spec.commandLine()
          .getOut()
          .println(
              differences.isEmpty()
                  ? "subjects are as this build says"
                  : differences.size() + " difference(s)");
      return differences.isEmpty() ? 0 : 1;
    }
  }
}
