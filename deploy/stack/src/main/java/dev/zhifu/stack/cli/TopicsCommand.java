package dev.zhifu.stack.cli;

import dev.zhifu.stack.broker.Provisioner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zhifu topics}: topics and permissions of a broker against the topic table. */
@Command(
    name = "topics",
    description = "Topics and permissions of a broker, as the topic table says.",
    mixinStandardHelpOptions = true,
    subcommands = {TopicsCommand.Apply.class, TopicsCommand.Check.class})
final class TopicsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given: apply or check");
  }

  @Command(
      name = "apply",
      description = "Makes what is missing and sets what differs; deletes nothing.",
      mixinStandardHelpOptions = true)
  static final class Apply implements Callable<Integer> {
    @Mixin private BrokerOptions broker;
    @Mixin private BanksOption banks;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Option(
        names = "--replication",
        defaultValue = "1",
        description = "copies of each new topic (default: ${DEFAULT-VALUE})")
    private short replication;

    @Override
    public Integer call() {
      if (replication < 1 || replication > 10) {
        throw new ParameterException(
            spec.commandLine(), "--replication is " + replication + "; it must be 1 to 10");
      }
      warn(spec, broker);
      try (Provisioner provisioner = new Provisioner(broker.administrator(), banks.codes())) {
        provisioner.apply(replication);
        return report(spec, json, provisioner.differences());
      }
    }
  }

  @Command(
      name = "check",
      description = "Says what differs from the topic table; exit code 1 when something does.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Mixin private BrokerOptions broker;
    @Mixin private BanksOption banks;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      warn(spec, broker);
      try (Provisioner provisioner = new Provisioner(broker.administrator(), banks.codes())) {
        return report(spec, json, provisioner.differences());
      }
    }
  }

  static void warn(CommandSpec spec, BrokerOptions broker) {
    broker.warning().ifPresent(warning -> spec.commandLine().getErr().println("zhifu: " + warning));
  }

  static int report(CommandSpec spec, JsonOption json, List<String> differences) {
    json.write(Map.of("differences", differences));
    if (differences.isEmpty()) {
      spec.commandLine().getOut().println("topics and permissions are as the topic table says");
      return 0;
    }
    differences.forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().println(differences.size() + " difference(s)");
    return 1;
  }
}
