package dev.zhifu.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.zhifu.schemas.access.AccessNames;
import dev.zhifu.schemas.access.Authority;
import dev.zhifu.schemas.access.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind https that asks who asks. */
class RegistryTlsTest {
  private static final AccessNames NAMES = AccessNames.SETTINGS;
  private static final String GIVEN =
      "Basic "
          + Base64.getEncoder().encodeToString("engine:s3cr3t".getBytes(StandardCharsets.UTF_8));

  @TempDir private static Path folder;
  private static HttpsServer server;
  private static String url;
  private static Authority centre;

  @BeforeAll
  static void start() throws Exception {
    centre = new Authority(folder, "centre");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(centre.server("registry", "ip:127.0.0.1")));
    server.createContext("/", RegistryTlsTest::answer);
    server.start();
    url = "https://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    boolean known = GIVEN.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body =
        (known ? "[\"a-value\"]" : "{\"error_code\":401,\"message\":\"who?\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(known ? 200 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void itAnswersWhomItKnowsOverItsCertificate() {
    RegistrySettings settings = new RegistrySettings(url, "engine", "s3cr3t", centre.tls());

    try (SchemaRegistry registry = SchemaRegistry.at(settings)) {
      assertThat(registry.subjects()).containsExactly("a-value");
    }
    assertThat(SchemaRegistry.fault(settings, NAMES)).isEmpty();
    assertThat(settings).asString().isEqualTo("engine@" + url);
  }

  @Test
  void aWrongUserIsNamedAndNoPasswordShown() {
    RegistrySettings settings = new RegistrySettings(url, "engine", "wr0ng", centre.tls());

    assertThat(SchemaRegistry.fault(settings, NAMES).orElseThrow())
        .contains("registry.user is 'engine'; the registry at " + url, "registry.password.file")
        .contains("401")
        .doesNotContain("wr0ng");
  }

  @Test
  void nobodyElseIsBelieved() throws Exception {
    Authority stranger = new Authority(folder, "stranger");
    RegistrySettings settings = new RegistrySettings(url, "engine", "s3cr3t", stranger.tls());

    assertThat(SchemaRegistry.fault(settings, NAMES).orElseThrow())
        .contains("registry.url is '" + url + "' and kafka.truststore.file is '" + stranger.pem())
        .contains("CN=centre");
    try (SchemaRegistry registry = SchemaRegistry.at(settings)) {
      assertThatThrownBy(registry::subjects)
          .as("whether or not somebody asked before")
          .isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void theHostMustBeTheOneThatIsNamed() {
    String other = url.replace("127.0.0.1", "localhost");
    RegistrySettings settings = new RegistrySettings(other, "engine", "s3cr3t", centre.tls());

    assertThat(SchemaRegistry.fault(settings, NAMES).orElseThrow())
        .contains("registry.url is '" + other + "'", "must name 'localhost'", "names 127.0.0.1");
    try (SchemaRegistry registry = SchemaRegistry.at(settings)) {
      assertThatThrownBy(registry::subjects).isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void askedInTheClearItIsNamed() {
    RegistrySettings settings = new RegistrySettings(url.replace("https", "http"));

    assertThat(SchemaRegistry.fault(settings, NAMES).orElseThrow())
        .contains("registry.url is 'http://", "speaks TLS: give its https address");
  }

  @Test
  void anAddressHoldsNoPassword() {
    assertThatThrownBy(() -> new RegistrySettings("https://me:s3cr3t@here", "", "", Tls.NONE))
        .hasMessageContaining("'https://…@here'")
        .hasMessageContaining("must hold no user")
        .hasMessageNotContaining("s3cr3t");
  }
}
