package dev.zhifu.bank.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.zhifu.bank.check.Outcome;
import dev.zhifu.schemas.crypto.DemoKeys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConformanceTest {
  private static final Path VECTORS = Path.of("../../schemas/vectors");
  private static final String SECRET = "secret of a conformance run";

  @Test
  void ourOwnLibraryPassesEveryCase() {
    try (ConformanceBank bank =
        new ConformanceBank(DemoKeys.directory(), "B01", SECRET, Clock.systemUTC())) {
      List<Outcome> outcomes =
          new ConformanceRun(bank.address(), "B01", SECRET, VECTORS, Clock.systemUTC()).run();
      assertThat(outcomes).hasSizeGreaterThanOrEqualTo(40).allMatch(Outcome::passed);
    }
  }

  @Test
  void aBankThatBelievesEverythingFailsWhatMatters() throws IOException {
    HttpServer naive = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    naive.createContext(
        "/verify",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = "{\"verdict\":\"ACCEPTED\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    naive.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + naive.getAddress().getPort() + "/verify");
      List<Outcome> outcomes =
          new ConformanceRun(address, "B01", SECRET, VECTORS, Clock.systemUTC()).run();
      assertThat(outcomes.stream().filter(Outcome::passed).map(Outcome::id))
          .containsExactlyInAnyOrder(
              "V-good-officer", "V-good-standing", "V-late-paperwork", "V-standing-first-layout");
    } finally {
      naive.stop(0);
    }
  }
}
