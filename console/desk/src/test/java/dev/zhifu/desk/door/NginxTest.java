package dev.zhifu.desk.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.bank.http.RequestSignature;
import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.gateway.BankAccess;
import dev.zhifu.desk.gateway.GatewayLimits;
import dev.zhifu.desk.gateway.GatewayServer;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.WallClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published deploy/proxy/nginx.conf, with ports and certificate of this test, in a real nginx.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NginxTest {
  private static final Path PUBLISHED = Path.of("../../deploy/proxy/nginx.conf");
  private static final String SECRET = "secret of a bank, 24 or more";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private DeskRig rig;
  private GatewayServer gateway;
  private Process nginx;
  private HttpClient client;
  private String desk;
  private String bank;

  @BeforeAll
  void start() throws Exception {
    Door door = new Door("127.0.0.1", 0, null, "", Proxies.of(List.of("127.0.0.1"), true));
    rig = DeskRig.behind(door, "nginx");
    gateway =
        new GatewayServer(
            rig.store(),
            rig.topics(),
            List.of(
                new BankAccess(
                    "B01",
                    SECRET,
                    () -> rig.topics().feed(List.of("bank.B01.decisions", "bank.B01.orders")),
                    rig.topics()::write)),
            rig.centre(),
            WallClock.machine(),
            GatewayLimits.perMinute(1_000),
            door);
    certificate();
    int deskPort = free();
    int bankPort = free();
    desk = "https://127.0.0.1:" + deskPort;
    bank = "https://127.0.0.1:" + bankPort;
    String published = Files.readString(PUBLISHED);
    assertThat(published)
        .contains(
            "listen 443 ssl;",
            "listen 444 ssl;",
            "/etc/zhifu/chain.pem",
            "proxy_pass http://127.0.0.1:8080;",
            "proxy_pass http://127.0.0.1:8081;");
    String site =
        published
            .replace("listen 443 ssl", "listen 127.0.0.1:" + deskPort + " ssl")
            .replace("listen 444 ssl", "listen 127.0.0.1:" + bankPort + " ssl")
            .replace("/etc/zhifu/", folder + "/")
            .replace("http://127.0.0.1:8080", rig.url())
            .replace("http://127.0.0.1:8081", "http://127.0.0.1:" + gateway.port());
    Files.writeString(folder.resolve("site.conf"), site);
    Files.writeString(
        folder.resolve("main.conf"),
        (System.getProperty("user.name").equals("root") ? "user root;\n" : "")
            + "daemon off;\nworker_processes 1;\npid nginx.pid;\nerror_log stderr warn;\n"
            + "events {}\nhttp {\n  access_log off;\n  client_body_temp_path body;\n"
            + "  proxy_temp_path proxy;\n  fastcgi_temp_path fastcgi;\n  uwsgi_temp_path uwsgi;\n"
            + "  scgi_temp_path scgi;\n  include site.conf;\n}\n");
    nginx =
        new ProcessBuilder(
                executable().toString(), "-p", folder.toString(), "-c", "main.conf", "-e", "stderr")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    client = HttpClient.newBuilder().sslContext(trust()).connectTimeout(PATIENCE).build();
    listening(deskPort);
    listening(bankPort);
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (nginx != null) {
      nginx.destroy();
      assertThat(nginx.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    gateway.close();
    rig.close();
  }

  private static Path executable() {
    for (String path : List.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx")) {
      if (Files.isExecutable(Path.of(path))) {
        return Path.of(path);
      }
    }
    throw new AssertionError("no nginx found (Debian: apt-get install nginx-light)");
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void listening(int port) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(open.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end || !nginx.isAlive()) {
          throw new AssertionError(Files.readString(folder.resolve("nginx.log")), e);
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private static void certificate() throws Exception {
    Process made =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=nginx of this test",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                folder.resolve("chain.pem").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
  }

  private static SSLContext trust() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(folder.resolve("chain.pem"))) {
      trusted.setCertificateEntry(
          "nginx", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private String login() throws Exception {
    HttpResponse<String> in =
        client.send(
            HttpRequest.newBuilder(URI.create(desk + "/login"))
                .headers("Content-Type", "application/x-www-form-urlencoded", "Origin", desk)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "person=officer-1&password=" + DemoPeople.PASSWORD))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(in.statusCode()).isEqualTo(302);
    assertThat(in.headers().firstValue("Location")).hasValue("/");
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).startsWith("__Host-").contains("Secure", "HttpOnly");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Test
  void thePublishedFileLetsPeopleInByHttpsAndTheirPagesHearAtOnce() throws Exception {
    String cookie = login();
    HttpResponse<String> queue =
        client.send(
            HttpRequest.newBuilder(URI.create(desk + "/queue")).header("Cookie", cookie).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(queue.statusCode()).isEqualTo(200);
    assertThat(queue.headers().firstValue("Strict-Transport-Security")).isPresent();
    HttpResponse<InputStream> live =
        client.send(
            HttpRequest.newBuilder(URI.create(desk + "/live"))
                .headers("Cookie", cookie, "Accept", "text/event-stream")
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
      Instant at = Cast.T0.plusSeconds(5);
      heard(lines, Cast.T0);
      rig.tick(at);
      heard(lines, at);
    }
  }

  /** A line that is held back ends this by the reader's own end: nginx closes what stays silent. */
  private static void heard(BufferedReader lines, Instant at) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.equals("data: " + at.toEpochMilli())) {
      line = lines.readLine();
    }
    assertThat(line).as("the tick of " + at).isNotNull();
  }

  private HttpResponse<String> signed(String method, String target, byte[] body) throws Exception {
    String time = Long.toString(Instant.now().toEpochMilli()); // a bank signs when it sends
    String nonce = UUID.randomUUID().toString();
    return client.send(
        HttpRequest.newBuilder(URI.create(bank + target))
            .header(RequestSignature.BANK, "B01")
            .header(RequestSignature.TIME, time)
            .header(RequestSignature.NONCE, nonce)
            .header(
                RequestSignature.SIGNATURE,
                RequestSignature.of(SECRET, method, target, time, nonce, body))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aBanksSignatureStandsThroughItWithEncodedPathsWaitsAndLongBodies() throws Exception {
    byte[] none = new byte[0];
    assertThat(signed("GET", "/v1/decisions/B01%3A77?waitMs=0", none).statusCode()).isEqualTo(204);
    assertThat(signed("GET", "/v1/messages/orders?after=0&waitMs=300", none).statusCode())
        .isEqualTo(200);
    HttpResponse<String> scan = signed("PUT", "/v1/reports/R-none/scans/03", new byte[4_900_000]);
    assertThat(scan.headers().firstValue("Content-Type").orElse(""))
        .as("the gateway's own answer, not nginx's: %s", scan.body())
        .startsWith("application/problem+json");
    assertThat(scan.statusCode()).isIn(404, 415, 422);
  }

  @Test
  void pastItNobodyComesIn() throws Exception {
    HttpResponse<String> past =
        client.send(
            HttpRequest.newBuilder(URI.create(rig.url() + "/login")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(past.statusCode()).isEqualTo(403);
  }
}
