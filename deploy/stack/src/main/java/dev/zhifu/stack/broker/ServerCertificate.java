package dev.zhifu.stack.broker;

import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.Tls;
import java.nio.file.Path;

/**
 * What broker and registry of a run show to their clients.
 *
 * @param authority PEM file of the authority that signed it, for clients
 * @param server PEM file with the private key and the certificates, for the server
 */
public record ServerCertificate(Path authority, Path server) {

  /** For a client that believes this authority alone. */
  public Tls tls() {
    return Tls.read(authority.toString(), "", AccessNames.OPTIONS);
  }
}
