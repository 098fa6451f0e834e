package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.MemoryTopics;
import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Store;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Orders never go by plain HTTP between machines, nor to the centre's own (ADR-0173). */
class WebhooksTest {
  private static final String SECRET = "secret of a bank, 24 or more";

  @Test
  void outsideOfDemoMessagesArePostedToHttpsAddressesOfTheBankAlone() {
    Store store = TestStore.fresh("webhooks");
    MemoryTopics topics = new MemoryTopics();
    GatewayServer gateway =
        new GatewayServer(
            store,
            topics,
            List.of(
                new BankAccess(
                    "B01", SECRET, () -> topics.feed(List.of("bank.B01.orders")), topics::write)),
            Centres.of(store, topics),
            WallClock.machine(),
            new GatewayLimits(1_000, GatewayLimits.OPEN, Keep.STANDARD, false),
            "127.0.0.1",
            0);
    try {
      HttpBank bank = new HttpBank("http://127.0.0.1:" + gateway.port(), "B01", SECRET);
      Map.of(
              "http://bank.example/zhifu", "outside of DEMO it is an https address",
              "https://127.0.0.1:8443/", "not of the centre's own machine",
              "https://localhost/", "not of the centre's own machine",
              "https://[::1]/", "not of the centre's own machine",
              "https://169.254.169.254/latest", "not of the centre's own machine",
              "https://someone:word@bank.example/", "no user and no password",
              "ftp://bank.example/", "an http or https address",
              "https:// bank", "an http or https address")
          .forEach(
              (url, why) -> {
                HttpResponse<String> refused = bank.put("/v1/webhook", body(url));
                assertThat(refused.statusCode()).as(url).isEqualTo(422);
                assertThat(refused.body()).contains("url is '" + url + "'", why);
              });
      for (String url :
          List.of(
              "https://bank.example/zhifu?x=1",
              "https://10.20.30.40:8443/",
              "https://[fd00::1]/")) {
        assertThat(bank.put("/v1/webhook", body(url)).statusCode()).as(url).isEqualTo(204);
      }
      assertThat(bank.put("/v1/webhook", "{\"url\":null}").statusCode()).isEqualTo(204);
    } finally {
      gateway.close();
      store.close();
    }
  }

  @Test
  void inDemoEverythingIsOnThisMachine() {
    assertThat(new Webhooks(true).fault("http://127.0.0.1:8080/hook")).isEmpty();
    assertThat(new Webhooks(true).fault("file:///etc/passwd")).isPresent();
  }

  private static String body(String url) {
    return "{\"url\":\"" + url + "\"}";
  }
}
