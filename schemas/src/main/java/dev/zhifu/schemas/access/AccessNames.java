package dev.zhifu.schemas.access;

/**
 * What whoever reads a fault calls each part of an access: keys of a settings file, or options of a
 * command.
 *
 * @param bootstrap broker's address
 * @param user SCRAM user
 * @param password file with its password
 * @param truststore file of authorities
 * @param key file of the client's own key
 * @param registry registry's address
 * @param registryUser user at the registry
 * @param registryPassword file with its password
 */
public record AccessNames(
    String bootstrap,
    String user,
    String password,
    String truststore,
    String key,
    String registry,
    String registryUser,
    String registryPassword) {

  /** Keys of the settings files of jobs and console. */
  public static final AccessNames SETTINGS =
      new AccessNames(
          "kafka.bootstrap",
          "kafka.user",
          "kafka.password.file",
          "kafka.truststore.file",
          "kafka.key.file",
          "registry.url",
          "registry.user",
          "registry.password.file");

  /** Options of the commands that work on a broker given by address. */
  public static final AccessNames OPTIONS =
      new AccessNames(
          "--bootstrap",
          "--user",
          "--password-file",
          "--truststore",
          "--client-key",
          "--registry",
          "--registry-user",
          "--registry-password-file");
}
