package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.zhifu.rules.lives.channel.PlatformMessage;
import dev.zhifu.rules.lives.channel.TransportCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the line makes of answers that are none. */
class HttpPlatformLineTest {
  private static final String REPORT = "{'txCode':'100401','fields':{'bankID':'B02'}}";

  private HttpServer server;
  private HttpPlatformLine line;
  private int status;
  private String body;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] out = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, out.length);
          exchange.getResponseBody().write(out);
          exchange.close();
        });
    server.start();
    line =
        new HttpPlatformLine(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(int status, String body) {
    this.status = status;
    this.body = body.replace('\'', '"');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {'problem':'down'}",
        "401 | {'code':'200004','words':'not authorised'}",
        "200 | {'code':'200008','words':'quota exceeded'}",
        "502 | <html>bad gateway</html>",
        "503 | {'messages':[],'next':7}",
        "200 | {'messages':'none'}",
        "200 | []"
      })
  void noPageOfReportsIsNoEmptyPage(int status, String body) {
    answers(status, body);
    assertThatThrownBy(() -> line.reports(3))
        .hasMessageContaining("status " + status)
        .hasMessageContaining("after=3");
  }

  @Test
  void aPageGoesOnAndOneThatDoesNotIsNone() {
    answers(200, "{'messages':[],'next':3}");
    assertThat(line.reports(3)).isEqualTo(new PlatformLine.Page(java.util.List.of(), 3));
    answers(200, "{'messages':[" + REPORT + "],'next':4}");
    PlatformLine.Page page = line.reports(3);
    assertThat(page.next()).isEqualTo(4);
    assertThat(page.messages()).extracting(PlatformMessage::code).containsExactly("100401");
    answers(200, "{'messages':[" + REPORT + "]}");
    assertThatThrownBy(() -> line.reports(3)).hasMessageContaining("a next above it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {'code':'100000'} | OK",
        "200 | {'code':'200003'} | DUPLICATE",
        "502 | {'code':'100000'} | NO_ANSWER",
        "500 | {'code':'200003','feedback':{'result':'0000'}} | NO_ANSWER",
        "400 | {'code':'200001','words':'bankID'} | FORMAT",
        "403 | {'code':'200004'} | NOT_AUTHORISED_4",
        "503 | {'code':'200009'} | CLOSED",
        "200 | {'code':'999999'} | NO_ANSWER",
        "404 | <html></html> | NO_ANSWER"
      })
  void aSuccessUnderAStatusOfFailureIsNone(int status, String body, TransportCode code) {
    answers(status, body);
    PlatformLine.Reply reply = line.send(new PlatformMessage("100101", Map.of("bankID", "B02")));
    assertThat(reply.code()).isEqualTo(code);
    if (code == TransportCode.NO_ANSWER) {
      assertThat(reply.feedback()).isEmpty();
    }
  }
}
