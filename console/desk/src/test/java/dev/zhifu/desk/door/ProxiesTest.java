package dev.zhifu.desk.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.gateway.GatewayLimits;
import dev.zhifu.desk.gateway.GatewayServer;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.WallClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What stands before the doors is believed by its address, and nobody else is (ADR-0172): limits
 * count the address that a request comes from, and what came by plain HTTP is refused.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxiesTest {
  private static final int LOGINS = 60;
  private static final int ROUNDS = 10;

  private final HttpClient client = HttpClient.newHttpClient();
  private int names;
  private DeskRig behind;
  private DeskRig alone;
  private GatewayServer gateway;

  @BeforeAll
  void start() {
    Door door =
        new Door(
            "127.0.0.1", 0, null, "", Proxies.of(List.of("127.0.0.1", "198.51.100.0/28"), true));
    behind = DeskRig.behind(door, "behindproxy");
    gateway =
        new GatewayServer(
            behind.store(),
            behind.topics(),
            List.of(),
            behind.centre(),
            WallClock.machine(),
            GatewayLimits.perMinute(100),
            door);
    alone =
        DeskRig.behind(
            new Door("127.0.0.1", 0, null, "", Proxies.of(List.of("192.0.2.1"), false)), "noproxy");
  }

  @AfterAll
  void stop() {
    gateway.close();
    behind.close();
    alone.close();
  }

  private HttpResponse<String> get(String address, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> login(DeskRig rig, String person, String password, String from)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(rig.url() + "/login"))
            .headers(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Origin",
                rig.url(),
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-For",
                from)
            .POST(HttpRequest.BodyPublishers.ofString("person=" + person + "&password=" + password))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatCameByHttpsIsServedWithSecureCookiesAndWhatDidNotIsRefused() throws Exception {
    String page = behind.url() + "/login";
    assertThat(get(page).statusCode()).as("it does not say by what").isEqualTo(403);
    HttpResponse<String> plain = get(page, "X-Forwarded-Proto", "http");
    assertThat(plain.statusCode()).isEqualTo(403);
    assertThat(plain.body()).contains("HTTPS");
    HttpResponse<String> secure = get(page, "X-Forwarded-Proto", "https");
    assertThat(secure.statusCode()).isEqualTo(200);
    assertThat(secure.headers().firstValue("Strict-Transport-Security")).isPresent();
    HttpResponse<String> in = login(behind, "officer-1", DemoPeople.PASSWORD, "203.0.113.200");
    assertThat(in.statusCode()).isEqualTo(302);
    assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-")
        .contains("Secure");
    assertThat(get(behind.url() + "/healthz").statusCode())
        .as("whoever watches the process comes past it")
        .isEqualTo(200);
  }

  /**
   * True when somebody new is refused once many have tried from an address. The limit gives one try
   * back a second: on a busy machine it takes more than it holds.
   */
  private boolean refused(DeskRig rig, String tries, String then) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      // One name is refused after five tries, at no cost; its tries count for its address all the
      // same.
      for (int i = 0; i < LOGINS; i++) {
        login(rig, "nobody", "wrong", tries.replace("*", String.valueOf(i)));
      }
      if (login(rig, "someone-" + names++, "wrong", then).statusCode() == 429) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theLimitOfLoginsCountsTheAddressThatTheTrustedSayAndNoOther() throws Exception {
    assertThat(refused(behind, "203.0.113.7", "203.0.113.7")).isTrue();
    assertThat(refused(behind, "203.0.113.7", "203.0.113.9, 203.0.113.7"))
        .as("what the client itself has written before does not count")
        .isTrue();
    assertThat(refused(behind, "203.0.113.7", "203.0.113.7, 198.51.100.9"))
        .as("past another trusted one")
        .isTrue();
    assertThat(login(behind, "someone", "wrong", "203.0.113.8").statusCode())
        .as("another address goes on")
        .isEqualTo(401);
  }

  @Test
  void whatSomebodyElseWritesIsNotBelieved() throws Exception {
    assertThat(refused(alone, "203.0.113.*", "203.0.113.99")).isTrue();
  }

  @Test
  void pastWhatEndsTlsNobodyComesIn() throws Exception {
    DeskRig past =
        DeskRig.behind(
            new Door("127.0.0.1", 0, null, "", Proxies.of(List.of("192.0.2.1"), true)),
            "pastproxy");
    try {
      assertThat(get(past.url() + "/login", "X-Forwarded-Proto", "https").statusCode())
          .isEqualTo(403);
    } finally {
      past.close();
    }
  }

  @Test
  void theGatewayDoesTheSame() throws Exception {
    String url = "http://127.0.0.1:" + gateway.port() + "/v1/figures";
    assertThat(get(url, "X-Forwarded-Proto", "http").statusCode()).isEqualTo(403);
    assertThat(get(url, "X-Forwarded-Proto", "https").statusCode()).as("unsigned").isEqualTo(401);
  }

  @Test
  void addressesAndNetworksOfBothKindsAreRead() {
    Proxies.of(List.of("10.0.0.5", "10.1.0.0/24", "fd00::5", "fd00::/8", "0.0.0.0/0"), true);
    for (String wrong :
        List.of("proxy.example", "10.0.0", "10.0.0.0/33", "fd00::/129", "::/x", "")) {
      assertThatThrownBy(() -> Proxies.of(List.of(wrong), true))
          .as(wrong)
          .hasMessageContaining("'" + wrong + "' is no address")
          .hasMessageContaining("10.1.0.0/24");
    }
    assertThat(Proxies.Network.of("10.1.0.0/23").holds(new byte[] {10, 1, 1, 7})).isTrue();
    assertThat(Proxies.Network.of("10.1.0.0/23").holds(new byte[] {10, 1, 2, 7})).isFalse();
    assertThat(Proxies.Network.of("::ffff:10.0.0.5").holds(new byte[] {10, 0, 0, 5})).isTrue();
  }
}
