package dev.zhifu.stack.cli;

import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.Tls;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.SchemaRegistry;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Who asks a registry that was given by address. */
final class RegistryLogin {
  @Option(
      names = "--registry-user",
      paramLabel = "NAME",
      description = "user at that registry (default: none is named)")
  private String user = "";

  @Option(
      names = "--registry-password-file",
      paramLabel = "FILE",
      description = "file that holds that user's password, one line")
  private Path passwordFile;

  /**
   * The registry at an address, once it was seen to speak as it is asked.
   *
   * @throws StackException when it speaks otherwise; names option, value, rule and way out
   */
  RegistrySettings at(String url, Tls tls) {
    try {
      RegistrySettings settings = new RegistrySettings(url, user, password(), tls);
      SchemaRegistry.fault(settings, AccessNames.OPTIONS)
          .ifPresent(
              fault -> {
                throw new StackException(fault);
              });
      return settings;
    } catch (IllegalArgumentException e) {
      throw new StackException("--registry: " + e.getMessage(), e);
    }
  }

  private String password() {
    try {
      return passwordFile == null ? "" : Files.readString(passwordFile).trim();
    } catch (IOException e) {
      throw new StackException(
          "--registry-password-file " + passwordFile + " cannot be read: " + e.getMessage(), e);
    }
  }
}
