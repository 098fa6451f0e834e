package dev.zhifu.stack.cli;

import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.lives.ControlDesk;
import dev.zhifu.stack.lives.RuleDesk;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Broker and registry by which rules are published: given by address, else the running stack's. */
final class RulesBroker {
  @Mixin private BrokerOptions broker;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "schema registry; needed with --bootstrap (default: the running stack's)")
  private String registry;

  RuleDesk desk() {
    return new RuleDesk(
        broker.as("rules-cli"),
        registry(),
        warning -> command.commandLine().getErr().println("zhifu: " + warning));
  }

  ControlDesk controls() {
    return new ControlDesk(broker.as("officers"), registry());
  }

  ControlDesk controls(Function<String, KeySigner> keys, Signatures signatures) {
    return new ControlDesk(broker.as("officers"), registry(), keys, signatures);
  }

  /** True when the broker was given by address. */
  boolean isGiven() {
    return broker.isGiven();
  }

  private String registry() {
    if (registry != null) {
      return registry;
    }
    if (broker.isGiven()) {
      throw new StackException("--bootstrap needs --registry URL");
    }
    return broker.stack().info().registryUrl();
  }

  /** The rule file of a catalogue rule, or the file or folder named. */
  static Path file(String rule) {
    Path named = Path.of(rule);
    if (named.toFile().exists()) {
      return named;
    }
    Path inCatalogue = Layout.find().catalogue().resolve(rule);
    if (inCatalogue.toFile().isDirectory()) {
      return inCatalogue;
    }
    throw new StackException(
        "'" + rule + "' is neither a rule file, nor its folder, nor a rule of the catalogue");
  }
}
