package dev.zhifu.stack.cli;

import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.Tls;
import dev.zhifu.stack.StackException;
import picocli.CommandLine.Option;

/** Whom a command believes to be the broker or registry that was given by address. */
final class TlsOptions {
  @Option(
      names = "--truststore",
      paramLabel = "FILE",
      description =
          "PEM file of the authorities that sign the certificates there: broker and registry are"
              + " spoken to by TLS (default: in the clear, which is for DEMO)")
  private String truststore = "";

  @Option(
      names = "--client-key",
      paramLabel = "FILE",
      description = "PEM file with key and certificate, for a broker that asks its clients for one")
  private String clientKey = "";

  /** The options as given. */
  Tls tls() {
    try {
      return Tls.read(truststore, clientKey, AccessNames.OPTIONS);
    } catch (IllegalArgumentException e) {
      throw new StackException(e.getMessage(), e);
    }
  }

  String truststore() {
    return truststore;
  }

  String clientKey() {
    return clientKey;
  }
}
