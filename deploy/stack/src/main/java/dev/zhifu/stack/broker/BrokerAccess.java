package dev.zhifu.stack.broker;

import java.util.Properties;

/**
 * How one principal reaches a broker.
 *
 * @param bootstrap host:port of a broker
 * @param user SCRAM user; empty for a broker without authentication
 * @param password its password
 */
public record BrokerAccess(String bootstrap, String user, String password) {

  /** The same broker as another principal. */
  public BrokerAccess as(String otherUser, String otherPassword) {
    return new BrokerAccess(bootstrap, otherUser, otherPassword);
  }

  /** Settings that every Kafka client of this principal starts from. */
  public Properties clientProperties() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    if (!user.isEmpty()) {
      properties.put("security.protocol", "SASL_PLAINTEXT");
      properties.put("sasl.mechanism", "SCRAM-SHA-256");
      properties.put("sasl.jaas.config", jaas(user, password));
    }
    return properties;
  }

  static String jaas(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + user
        + "\" password=\""
        + password
        + "\";";
  }

  /** Without the password. */
  @Override
  public String toString() {
    return (user.isEmpty() ? "anonymous" : user) + "@" + bootstrap;
  }
}
