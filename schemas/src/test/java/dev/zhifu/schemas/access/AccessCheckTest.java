package dev.zhifu.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCheckTest {
  private static final AccessNames NAMES = AccessNames.SETTINGS;

  @TempDir private static Path folder;
  private static Authority centre;
  private static Authority stranger;
  private static SSLContext right;

  @BeforeAll
  static void certificates() throws Exception {
    centre = new Authority(folder, "centre");
    stranger = new Authority(folder, "stranger");
    right = centre.server("right", "ip:127.0.0.1,dns:localhost");
  }

  @Test
  void aCertificateThatFitsIsNoFault() throws Exception {
    try (Port port = Port.tls(right)) {
      assertThat(judged(port, centre.tls())).isEmpty();
      assertThat(AccessCheck.registry("https://" + port.address(), centre.tls(), NAMES)).isEmpty();
    }
  }

  @Test
  void anotherAuthorityIsNamed() throws Exception {
    try (Port port = Port.tls(right)) {
      assertThat(judged(port, stranger.tls()).orElseThrow())
          .contains(
              "kafka.bootstrap is '" + port.address() + "' and kafka.truststore.file is '",
              stranger.pem() + "'; the file must hold the authority",
              "which is 'CN=centre': add that authority's certificate");
    }
  }

  @Test
  void anotherHostIsNamedWithThoseThatTheCertificateHas() throws Exception {
    try (Port port = Port.tls(centre.server("other", "dns:kafka1.centre.example,ip:10.9.8.7"))) {
      assertThat(judged(port, centre.tls()).orElseThrow())
          .contains(
              "kafka.bootstrap is '" + port.address() + "'; the certificate there must name",
              "'127.0.0.1'",
              "it names kafka1.centre.example, 10.9.8.7: give the address by a name");
    }
  }

  @Test
  void aCertificateThatRanOutIsNamed() throws Exception {
    try (Port port =
        Port.tls(centre.server("old", "ip:127.0.0.1", "-startdate", "-9d", "-validity", "2"))) {
      assertThat(judged(port, centre.tls()).orElseThrow())
          .contains("the certificate there must be in force", "have it renewed");
    }
  }

  @Test
  void aPortInTheClearIsNamed() throws Exception {
    try (Port port = Port.inTheClear()) {
      assertThat(judged(port, centre.tls()).orElseThrow())
          .contains(
              "kafka.bootstrap is '" + port.address() + "'; with kafka.truststore.file it must",
              "give the port of a SASL_SSL listener");
      assertThat(
              AccessCheck.registry("https://" + port.address() + "/v7", centre.tls(), NAMES)
                  .orElseThrow())
          .contains("registry.url is 'https://" + port.address() + "/v7'", "https port");
    }
  }

  @Test
  void aPortThatSpeaksTlsIsNamedWhenItIsAskedInTheClear() throws Exception {
    try (Port port = Port.tls(right)) {
      assertThat(judged(port, Tls.NONE).orElseThrow())
          .contains(
              "kafka.bootstrap is '" + port.address() + "' and kafka.truststore.file is empty",
              "give the PEM file of the authority");
      assertThat(AccessCheck.registry("http://" + port.address(), Tls.NONE, NAMES).orElseThrow())
          .contains("what answers there speaks TLS: give its https address");
    }
  }

  @Test
  void whereTheBrokerSendsItsClientsTheCertificateMustFitToo() throws Exception {
    try (Port port = Port.tls(centre.server("alone", "ip:127.0.0.1"))) {
      KafkaAccess access = new KafkaAccess(port.address(), "engine", "x", centre.tls());
      int number = Integer.parseInt(port.address().replaceAll(".*:", ""));

      assertThat(AccessCheck.advertised(List.of(new Node(1, "127.0.0.1", number)), access, NAMES))
          .isEmpty();
      assertThat(
              AccessCheck.advertised(List.of(new Node(7, "localhost", number)), access, NAMES)
                  .orElseThrow())
          .contains(
              "kafka.bootstrap is '"
                  + port.address()
                  + "', where clients are sent on to 'localhost:",
              "(advertised.listeners of broker 7); the certificate there must name 'localhost'");
    }
  }

  @Test
  void whoShowsNoCertificateWhereOneIsAskedForIsTold() throws Exception {
    try (Port port = Port.asking(right)) {
      KafkaAccess without = new KafkaAccess(port.address(), "engine", "x", centre.tls());
      assertThat(AccessCheck.broker(without, NAMES).orElseThrow())
          .contains(
              "kafka.key.file is empty; the broker at " + port.address() + " ends TLS sessions",
              "give the key and certificate that it was told of");

      String key = centre.client("engine").toString();
      Tls shown = Tls.read(centre.pem().toString(), key, NAMES);
      try (Socket socket =
          shown
              .context()
              .getSocketFactory()
              .createSocket("127.0.0.1", Integer.parseInt(port.address().substring(10)))) {
        socket.getOutputStream().write(0);
        assertThat(socket.getInputStream().read()).as("it is let in with its key").isZero();
      }
    }
  }

  @Test
  void whoIsAwayIsNotJudged() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    String address = "127.0.0.1:" + nobody;
    KafkaAccess access = new KafkaAccess(address, "engine", "x", centre.tls());
    assertThat(AccessCheck.broker(access, NAMES)).isEmpty();
    assertThat(AccessCheck.broker(new KafkaAccess(address, "", ""), NAMES)).isEmpty();
    assertThat(AccessCheck.registry("https://" + address, centre.tls(), NAMES)).isEmpty();
    try (Port port = Port.inTheClear()) {
      assertThat(
              AccessCheck.listeners(address + ", " + port.address(), centre.tls(), NAMES)
                  .orElseThrow())
          .as("each of several is looked at")
          .contains("'" + port.address() + "'");
    }
    assertThat(AccessCheck.listeners("kafka1", centre.tls(), NAMES).orElseThrow())
        .contains("kafka.bootstrap is 'kafka1'; it must be host:port");
  }

  @Test
  void outsideOfDemoNothingTravelsInTheClear() {
    assertThat(AccessCheck.inTheClear(Environment.DEMO, "", "", "", "http://r", NAMES)).isEmpty();
    assertThat(
            AccessCheck.inTheClear(
                Environment.PRODUCTION, "ca.pem", "", "engine", "https://r", NAMES))
        .isEmpty();
    assertThat(
            AccessCheck.inTheClear(
                Environment.PRODUCTION, "ca.pem", "key.pem", "", "https://r", NAMES))
        .as("known by its certificate")
        .isEmpty();
    assertThat(AccessCheck.inTheClear(Environment.DRILL, "", "", "", "http://r:8081", NAMES))
        .satisfiesExactly(
            one -> assertThat(one).contains("kafka.truststore.file is empty; in DRILL no order"),
            one -> assertThat(one).contains("kafka.user is empty; in DRILL a broker knows"),
            one -> assertThat(one).contains("registry.url is 'http://r:8081'; in DRILL"));
  }

  private static Optional<String> judged(Port port, Tls tls) {
    return AccessCheck.listeners(port.address(), tls, NAMES);
  }

  /** A port that takes connections as a broker does, one after the other. */
  private static final class Port implements AutoCloseable {
    private final ServerSocket server;

    private Port(ServerSocket server) {
      this.server = server;
      Thread thread = new Thread(this::serve, "port");
      thread.setDaemon(true);
      thread.start();
    }

    static Port tls(SSLContext context) throws IOException {
      return new Port(
          context
              .getServerSocketFactory()
              .createServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    }

    /** Lets in whoever shows a certificate alone. */
    static Port asking(SSLContext context) throws IOException {
      SSLServerSocket server =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
      server.setNeedClientAuth(true);
      return new Port(server);
    }

    /** Hangs up on what is no request of Kafka, as a broker does on a handshake. */
    static Port inTheClear() throws IOException {
      return new Port(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    }

    String address() {
      return "127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
      while (!server.isClosed()) {
        try (Socket one = server.accept()) {
          if (one.getInputStream().read() == 0) {
            one.getOutputStream().write(0);
          }
        } catch (IOException e) {
          // a client that hangs up, or the end of the test
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
