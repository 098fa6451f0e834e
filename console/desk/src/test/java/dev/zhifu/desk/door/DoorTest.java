package dev.zhifu.desk.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.gateway.GatewayLimits;
import dev.zhifu.desk.gateway.GatewayServer;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.WallClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Desk and gateway over TLS: who trusts the certificate comes in, and cookies come by https. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {
  private static final String PASSWORD = "of-this-test";

  @TempDir private static Path folder;
  private Path keystore;
  private DeskRig rig;
  private GatewayServer gateway;
  private HttpClient trusting;

  @BeforeAll
  void start() throws Exception {
    keystore = folder.resolve("door.p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "door",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=desk of this test",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    assertThat(made.waitFor())
        .as(new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
    Door door = new Door("127.0.0.1", 0, keystore, PASSWORD);
    rig = DeskRig.behind(door, "door");
    gateway =
        new GatewayServer(
            rig.store(),
            rig.topics(),
            List.of(),
            rig.centre(),
            WallClock.machine(),
            GatewayLimits.perMinute(100),
            door);
    trusting = HttpClient.newBuilder().sslContext(trust()).build();
  }

  @AfterAll
  void stop() {
    gateway.close();
    rig.close();
  }

  private SSLContext trust() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("door", keys.getCertificate("door"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private HttpResponse<String> get(String address) throws Exception {
    return trusting.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theDesksCookiesAreForHttpsAloneAndBrowsersAreToldToStay() throws Exception {
    HttpResponse<String> page = get(rig.url() + "/login");
    assertThat(rig.url()).startsWith("https://");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
    HttpResponse<String> in =
        trusting.send(
            HttpRequest.newBuilder(URI.create(rig.url() + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", rig.url())
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "person=officer-1&password="
                            + URLEncoder.encode(DemoPeople.PASSWORD, StandardCharsets.UTF_8)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(in.statusCode()).isEqualTo(302);
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).startsWith("__Host-").contains("Secure", "HttpOnly", "SameSite=Strict");
    HttpResponse<String> queue =
        trusting.send(
            HttpRequest.newBuilder(URI.create(rig.url() + "/queue"))
                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(queue.statusCode()).isEqualTo(200);
  }

  @Test
  void theGatewayAnswersOverTlsToo() throws Exception {
    String url = "https://127.0.0.1:" + gateway.port();
    assertThat(get(url + "/v1/openapi.yaml").body()).contains("/v1/reconciliation/{day}");
    assertThat(get(url + "/v1/figures").statusCode()).as("unsigned").isEqualTo(401);
  }

  @Test
  void whoDoesNotTrustTheCertificateOrSpeaksNoTlsDoesNotComeIn() {
    HttpClient stranger = HttpClient.newHttpClient();
    HttpRequest over = HttpRequest.newBuilder(URI.create(rig.url() + "/login")).build();
    assertThatThrownBy(() -> stranger.send(over, HttpResponse.BodyHandlers.discarding()))
        .isInstanceOf(SSLHandshakeException.class);
    HttpRequest plain =
        HttpRequest.newBuilder(
                URI.create("http" + rig.url().substring("https".length()) + "/login"))
            .build();
    assertThatThrownBy(() -> stranger.send(plain, HttpResponse.BodyHandlers.discarding()))
        .isInstanceOf(IOException.class);
  }
}
