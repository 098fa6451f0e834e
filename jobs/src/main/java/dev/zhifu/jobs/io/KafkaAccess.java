package dev.zhifu.jobs.io;

import java.io.Serializable;
import java.util.Properties;

/**
 * How the job reaches the broker.
 *
 * @param bootstrap host:port
 * @param user SCRAM user; empty without authentication
 * @param password SCRAM password
 */
public record KafkaAccess(String bootstrap, String user, String password) implements Serializable {

  /** Client properties for these credentials. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrap);
    if (!user.isEmpty()) {
      properties.setProperty("security.protocol", "SASL_PLAINTEXT");
      properties.setProperty("sasl.mechanism", "SCRAM-SHA-256");
      properties.setProperty(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
              + user
              + "\" password=\""
              + password
              + "\";");
    }
    return properties;
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "KafkaAccess[" + bootstrap + " as " + (user.isEmpty() ? "anonymous" : user) + "]";
  }
}
