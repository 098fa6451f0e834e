package dev.zhifu.stack.broker;

import dev.zhifu.schemas.access.KafkaAccess;
import dev.zhifu.schemas.access.Tls;
import java.util.Properties;

/**
 * How one principal reaches a broker.
 *
 * @param bootstrap host:port of a broker
 * @param user SCRAM user; empty for a broker without authentication
 * @param password its password
 * @param tls whom it believes to be the broker; {@link Tls#NONE} speaks in the clear
 */
public record BrokerAccess(String bootstrap, String user, String password, Tls tls) {

  /** The same broker as another principal. */
  public BrokerAccess as(String otherUser, String otherPassword) {
    return new BrokerAccess(bootstrap, otherUser, otherPassword, tls);
  }

  /** Settings that every Kafka client of this principal starts from. */
  public Properties clientProperties() {
    return kafka().properties();
  }

  /** The same, as other modules take it. */
  public KafkaAccess kafka() {
    return new KafkaAccess(bootstrap, user, password, tls);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return (user.isEmpty() ? "anonymous" : user) + "@" + bootstrap;
  }
}
