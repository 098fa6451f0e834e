package dev.zhifu.stack.broker;

import dev.zhifu.schemas.access.KafkaAccess;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of the local broker. */
final class BrokerProperties {
  private BrokerProperties() {}

  static String text(
      int port,
      int controllerPort,
      Path data,
      String adminPassword,
      Optional<ServerCertificate> certificate) {
    return plain(port, controllerPort, data, adminPassword)
        + certificate
            .map(BrokerProperties::tls)
            .orElse(
                "listener.security.protocol.map=CONTROLLER:SASL_PLAINTEXT,CLIENT:SASL_PLAINTEXT\n");
  }

  /** The broker is a client of this listener too: it must believe itself. */
  private static String tls(ServerCertificate certificate) {
    return String.join(
        "\n",
        "listener.security.protocol.map=CONTROLLER:SASL_PLAINTEXT,CLIENT:SASL_SSL",
        "listener.name.client.ssl.keystore.type=PEM",
        "listener.name.client.ssl.keystore.location=" + certificate.server(),
        "listener.name.client.ssl.truststore.type=PEM",
        "listener.name.client.ssl.truststore.location=" + certificate.authority(),
        "");
  }

  private static String plain(int port, int controllerPort, Path data, String adminPassword) {
    String secret = Credentials.random();
    return String.join(
        "\n",
        "process.roles=broker,controller",
        "node.id=1",
        "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
        "listeners=CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
        "advertised.listeners=CLIENT://127.0.0.1:" + port,
        "controller.listener.names=CONTROLLER",
        "inter.broker.listener.name=CLIENT",
        "sasl.enabled.mechanisms=SCRAM-SHA-256",
        "sasl.mechanism.inter.broker.protocol=SCRAM-SHA-256",
        "listener.name.client.scram-sha-256.sasl.jaas.config="
            + KafkaAccess.jaas(KafkaBroker.ADMIN, adminPassword),
        // SCRAM users live in the controller's own log, so the controller itself needs another
        // mechanism.
        "sasl.mechanism.controller.protocol=PLAIN",
        "listener.name.controller.sasl.enabled.mechanisms=PLAIN",
        "listener.name.controller.plain.sasl.jaas.config="
            + "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"controller\" password=\""
            + secret
            + "\" user_controller=\""
            + secret
            + "\";",
        "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users=User:" + KafkaBroker.ADMIN + ";User:controller",
        "allow.everyone.if.no.acl.found=false",
        "auto.create.topics.enable=false",
        "log.dirs=" + data,
        "num.partitions=1",
        "offsets.topic.replication.factor=1",
        "offsets.topic.num.partitions=1",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        "transaction.state.log.num.partitions=1",
        "share.coordinator.state.topic.replication.factor=1",
        "share.coordinator.state.topic.min.isr=1",
        "share.coordinator.state.topic.num.partitions=1",
        "group.initial.rebalance.delay.ms=0",
        "transaction.max.timeout.ms=900000",
        "num.network.threads=2",
        "num.io.threads=4",
        "background.threads=2",
        "log.cleaner.dedupe.buffer.size=16777216",
        "");
  }
}
