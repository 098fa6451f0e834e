package dev.zhifu.stack.cli;

import dev.zhifu.schemas.access.AccessCheck;
import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.Tls;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.broker.KafkaBroker;
import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  @Mixin private TlsOptions tls;
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
    BrokerAccess access =
        new BrokerAccess(bootstrap, user, user.isEmpty() ? "" : password(), tls.tls());
    AccessCheck.broker(access.kafka(), AccessNames.OPTIONS)
        .ifPresent(
            fault -> {
              throw new StackException(fault);
            });
    return access;
  }

  /** What to say before a broker that was given by address is spoken to in the clear. */
  Optional<String> warning() {
    return isGiven() && !tls.tls().isOn()
        ? Optional.of(
            "--truststore is not given: "
                + bootstrap
                + " is spoken to in the clear, which is for DEMO alone")
        : Optional.empty();
  }

  /**
   * Refuses to speak in the clear where real orders, or those of a drill, travel.
   *
   * @param registry address of the registry
   */
  void require(Environment environment, String registry) {
    List<String> faults =
        AccessCheck.inTheClear(
            environment,
            tls.truststore(),
            tls.clientKey(),
            user,
            registry == null ? "" : registry,
            AccessNames.OPTIONS);
    if (isGiven() && !faults.isEmpty()) {
      throw new StackException(String.join("\n", faults));
    }
  }

  /** Whom to believe to be that broker, and a registry beside it. */
  Tls tls() {
    return tls.tls();
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
