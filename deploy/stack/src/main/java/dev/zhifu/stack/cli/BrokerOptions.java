package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which broker a command works on: one given by address, else the newest running stack of this
 * clone.
 */
final class BrokerOptions {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "a broker (default: that of the newest running stack)")
  private String bootstrap;

  @Option(
      names = {"--user", "--admin-user"},
      paramLabel = "NAME",
      description = "SCRAM user on that broker")
  private String user = "";

  @Option(
      names = {"--password-file", "--admin-password-file"},
      paramLabel = "FILE",
      description = "file that holds the user's password, one line")
  private Path passwordFile;

  @Mixin private StateOption state;

  BrokerAccess administrator() {
    return as(KafkaBroker.ADMIN);
  }

  /** True when the broker was given by address. */
  boolean isGiven() {
    return bootstrap != null;
  }

  /** The newest running stack of this clone. */
  RunningStack stack() {
    return RunningStack.newest(state.folder(Layout.find()));
  }

  BrokerAccess as(String principal) {
    if (!isGiven()) {
      return stack().access(principal);
    }
    return new BrokerAccess(bootstrap, user, user.isEmpty() ? "" : password());
  }

  private String password() {
    if (passwordFile == null) {
      throw new StackException("--user " + user + " needs --password-file FILE");
    }
    try {
      return Files.readString(passwordFile).trim();
    } catch (IOException e) {
      throw new StackException(
          "password file " + passwordFile + " cannot be read: " + e.getMessage(), e);
    }
  }
}
