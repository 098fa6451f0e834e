package dev.zhifu.schemas.access;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Whom a client believes to be broker or registry, and how it shows who it is itself. Holds what
 * the files hold, so that it travels to workers that have no such files. Names of hosts are always
 * checked.
 *
 * @param truststore file that the authorities were read from; empty without TLS
 * @param authorities their certificates, PEM
 * @param keyFile file that the client's own key was read from; empty when it shows none
 * @param key private key and certificate chain, PEM; a secret
 */
public record Tls(String truststore, String authorities, String keyFile, String key)
    implements Serializable {

  /** Everything in the clear. */
  public static final Tls NONE = new Tls("", "", "", "");

  /**
   * It travels with every source and sink of a job: an authority or a few, not a system's bundle.
   */
  static final int BYTES_MAX = 65_536;

  private static final String PEM = "PEM";

  /**
   * Reads the files.
   *
   * @param truststore file of PEM certificates; empty for no TLS
   * @param keyFile PEM file with the client's unencrypted key and its certificates; empty for none
   * @param names what the two files' settings are called
   * @throws IllegalArgumentException when a file cannot be read or holds something else; names the
   *     setting
   */
  public static Tls read(String truststore, String keyFile, AccessNames names) {
    if (truststore.isEmpty()) {
      if (!keyFile.isEmpty()) {
        throw new IllegalArgumentException(
            names.key()
                + " is '"
                + keyFile
                + "' and "
                + names.truststore()
                + " is empty; a key is shown over TLS alone: give both, or neither");
      }
      return NONE;
    }
    String authorities =
        text(names.truststore(), truststore, "certificates of authorities", "CERTIFICATE");
    Tls tls = new Tls(truststore, authorities, "", "");
    usable(tls, names.truststore(), truststore, "certificates of authorities");
    if (keyFile.isEmpty()) {
      return tls;
    }
    String what = "a private key without password and its certificates";
    Tls both =
        new Tls(truststore, authorities, keyFile, text(names.key(), keyFile, what, "PRIVATE KEY"));
    usable(both, names.key(), keyFile, what);
    return both;
  }

  private static String text(String setting, String file, String what, String block) {
    try {
      Path path = Path.of(file);
      if (Files.size(path) > BYTES_MAX) {
        throw new IllegalArgumentException(
            setting
                + " is '"
                + file
                + "', of "
                + Files.size(path)
                + " bytes; it must have at most "
                + BYTES_MAX
                + ", since it travels with every part of a job: give what is needed here alone");
      }
      String text = Files.readString(path, StandardCharsets.US_ASCII);
      if (!text.contains("-----BEGIN " + block + "-----")) {
        throw wrong(setting, file, what, "no block " + block);
      }
      return text;
    } catch (IOException e) {
      throw wrong(setting, file, what, e.getClass().getSimpleName());
    }
  }

  private static void usable(Tls tls, String setting, String file, String what) {
    try {
      tls.context();
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw wrong(setting, file, what, cause.getMessage());
    }
  }

  private static IllegalArgumentException wrong(
      String setting, String file, String what, String cause) {
    return new IllegalArgumentException(
        setting
            + " is '"
            + file
            + "'; it must be a PEM file with "
            + what
            + " that this user can read: mend the path, or make the file anew ("
            + cause
            + ")");
  }

  /** True when broker and registry are spoken to by TLS. */
  public boolean isOn() {
    return !authorities.isEmpty();
  }

  /** Kafka's client settings for it, without the protocol; none without TLS. */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    if (isOn()) {
      properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
      properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, authorities);
      properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "https");
    }
    if (!key.isEmpty()) {
      properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
      properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, key);
      properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, key);
    }
    return properties;
  }

  /**
   * The same for other clients, read as Kafka's own client reads it.
   *
   * @throws KafkaException when the PEM texts cannot be used
   */
  public SSLContext context() {
    try (DefaultSslEngineFactory factory = factory()) {
      return factory.sslContext();
    }
  }

  /** The authorities. */
  KeyStore authorityStore() {
    try (DefaultSslEngineFactory factory = factory()) {
      return factory.truststore();
    }
  }

  private DefaultSslEngineFactory factory() {
    ConfigDef known = new ConfigDef();
    SslConfigs.addClientSslSupport(known);
    DefaultSslEngineFactory factory = new DefaultSslEngineFactory();
    factory.configure(known.parse(properties()));
    return factory;
  }

  /** Names the files and shows nothing of the key. */
  @Override
  public String toString() {
    return "Tls[" + truststore + (keyFile.isEmpty() ? "" : ", key of " + keyFile) + "]";
  }
}
