package dev.zhifu.stack.broker;

import dev.zhifu.schemas.access.Tls;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.ChildSpec;
import dev.zhifu.stack.process.Ports;
import dev.zhifu.stack.process.RunDir;
import dev.zhifu.stack.process.Supervisor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka broker, controller included, that admits only SCRAM users and lets each do only what
 * its permissions say: the same settings in demo and tests.
 */
public final class KafkaBroker {
  /** The broker's own administrator; known to the local stack alone. */
  public static final String ADMIN = "admin";

  private static final Duration FORMAT_LIMIT = Duration.ofSeconds(180);
  private static final Duration START_LIMIT = Duration.ofSeconds(240);

  private final Child child;
  private final BrokerAccess admin;

  private KafkaBroker(Child child, BrokerAccess admin) {
    this.child = child;
    this.admin = admin;
  }

  /**
   * Formats its storage and starts it; returns before it answers.
   *
   * @param certificate what its clients' listener shows; empty: it speaks in the clear
   * @throws dev.zhifu.stack.StackException with its last log lines when formatting fails
   */
  public static KafkaBroker start(
      Layout layout,
      RunDir dir,
      Supervisor supervisor,
      Ports ports,
      Credentials credentials,
      Optional<ServerCertificate> certificate) {
    int port = ports.reserve();
    BrokerAccess admin =
        new BrokerAccess(
            "127.0.0.1:" + port,
            ADMIN,
            credentials.password(ADMIN),
            certificate.map(ServerCertificate::tls).orElse(Tls.NONE));
    Path properties =
        dir.writePrivate(
            "broker/server.properties",
            BrokerProperties.text(
                port, ports.reserve(), dir.folder("broker/data"), admin.password(), certificate));
    List<String> classPath = layout.brokerClassPath().stream().map(Path::toString).toList();
    format(supervisor, classPath, properties, admin.password());
    return new KafkaBroker(run(supervisor, classPath, properties), admin);
  }

  private static void format(
      Supervisor supervisor, List<String> classPath, Path properties, String password) {
    Child format =
        supervisor.start(
            new ChildSpec(
                "broker-format",
                List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
                classPath,
                "kafka.tools.StorageTool",
                List.of(
                    "format",
                    "-t",
                    Uuid.randomUuid().toString(),
                    "-c",
                    properties.toString(),
                    "--add-scram",
                    "SCRAM-SHA-256=[name=" + ADMIN + ",password=" + password + "]"),
                Map.of()));
    if (format.awaitEnd(FORMAT_LIMIT) != 0) {
      throw format.failure("could not format the broker's storage");
    }
  }

  private static Child run(Supervisor supervisor, List<String> classPath, Path properties) {
    return supervisor.start(
        new ChildSpec(
            "broker",
            List.of(
                "-Xms192m",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=128m",
                "-Dlog4j2.level=WARN"),
            classPath,
            "kafka.Kafka",
            List.of(properties.toString()),
            Map.of()));
  }

  /** Waits until it accepts connections. */
  public void awaitReady() {
    String[] parts = admin.bootstrap().split(":");
    InetSocketAddress address = new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    child.awaitReady("listening on " + admin.bootstrap(), START_LIMIT, () -> accepts(address));
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** How the administrator reaches it. */
  public BrokerAccess admin() {
    return admin;
  }

  /** Its process. */
  public Child child() {
    return child;
  }
}
