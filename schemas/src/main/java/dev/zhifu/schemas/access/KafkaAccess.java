package dev.zhifu.schemas.access;

import java.io.Serializable;
import java.util.Properties;

/**
 * How one principal reaches a broker.
 *
 * @param bootstrap host:port, several separated by commas
 * @param user SCRAM user; empty without a password
 * @param password its password
 * @param tls whom it believes to be the broker; {@link Tls#NONE} speaks in the clear
 */
public record KafkaAccess(String bootstrap, String user, String password, Tls tls)
    implements Serializable {

  /** In the clear. */
  public KafkaAccess(String bootstrap, String user, String password) {
    this(bootstrap, user, password, Tls.NONE);
  }

  /** Client properties, all of them text. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrap);
    if (tls.isOn()) {
      properties.setProperty("security.protocol", user.isEmpty() ? "SSL" : "SASL_SSL");
      tls.properties().forEach(properties::setProperty);
    } else if (!user.isEmpty()) {
      properties.setProperty("security.protocol", "SASL_PLAINTEXT");
    }
    if (!user.isEmpty()) {
      properties.setProperty("sasl.mechanism", "SCRAM-SHA-256");
      properties.setProperty("sasl.jaas.config", jaas(user, password));
    }
    return properties;
  }

  /** Value of {@code sasl.jaas.config} of a SCRAM user, a secret. */
  public static String jaas(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + escaped(user)
        + "\" password=\""
        + escaped(password)
        + "\";";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return (user.isEmpty() ? "anonymous" : user) + "@" + bootstrap;
  }
}
