package dev.zhifu.stack.cli;

import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.broker.TopicWriter;
import dev.zhifu.stack.lives.ControlDesk;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.wire.Environment;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Broker and registry that a command works on: given by address, else the running stack's. */
final class RulesBroker {
  @Mixin private BrokerOptions broker;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "schema registry; needed with --bootstrap (default: the running stack's)")
  private String registry;

  @Mixin private RegistryLogin login;

  RuleDesk desk() {
    return new RuleDesk(access("rules-cli"), registry(), this::warn);
  }

  /** Refuses a broker or registry that may not be spoken to so in an environment. */
  void require(Environment environment) {
    broker.require(environment, registry);
  }

  private BrokerAccess access(String principal) {
    broker.warning().ifPresent(this::warn);
    return broker.as(principal);
  }

  private void warn(String warning) {
    command.commandLine().getErr().println("zhifu: " + warning);
  }

  ControlDesk controls() {
    return new ControlDesk(access("officers"), registry());
  }

  ControlDesk controls(Function<String, KeySigner> keys, Signatures signatures) {
    return new ControlDesk(access("officers"), registry(), keys, signatures);
  }

  /** Reads topics as the user that was given, or as {@code principal} of the running stack. */
  TopicReader reader(String principal) {
    return new TopicReader(access(principal), registry());
  }

  /** Writes as the user that was given, or as {@code principal} of the running stack. */
  TopicWriter writer(String principal) {
    return new TopicWriter(access(principal), registry());
  }

  /** Reads and writes values by the registry. */
  AvroCodec codec() {
    return registry().codec();
  }

  /** True when the broker was given by address. */
  boolean isGiven() {
    return broker.isGiven();
  }

  private RegistrySettings registry() {
    if (registry != null) {
      return login.at(registry, broker.tls());
    }
    if (broker.isGiven()) {
      throw new StackException("--bootstrap needs --registry URL");
    }
    return broker.stack().info().registry();
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
