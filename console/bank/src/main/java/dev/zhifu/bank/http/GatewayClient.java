package dev.zhifu.bank.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** One bank's signed requests to the gateway (docs/gateway.md). Safe for use by several threads. */
public final class GatewayClient {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration LIMIT = Duration.ofSeconds(45);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final URI gateway;
  private final String bank;
  private final String secret;
  private final Clock clock;

  /**
   * @param gateway its address
   * @param bank code of this bank
   * @param secret shared with the gateway alone
   * @param clock the wall clock: a request's time is compared with the gateway's
   */
  public GatewayClient(URI gateway, String bank, String secret, Clock clock) {
    this.gateway = gateway;
    this.bank = bank;
    this.secret = secret;
    this.clock = clock;
  }

  /** Asks. */
  public HttpResponse<String> get(String target) {
    return send("GET", target, new byte[0], null);
  }

  /** Answers, under the bank's own id of the answer. */
  public HttpResponse<String> post(String target, JsonNode body, String answerId) {
    return send("POST", target, bytes(body), answerId);
  }

  /** Sets. */
  public HttpResponse<String> put(String target, JsonNode body) {
    return send("PUT", target, bytes(body), null);
  }

  private static byte[] bytes(JsonNode body) {
    return body.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(String method, String target, byte[] body, String answerId) {
    String time = Long.toString(clock.millis());
    String nonce = UUID.randomUUID().toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(target))
            .timeout(LIMIT)
            .header(RequestSignature.BANK, bank)
            .header(RequestSignature.TIME, time)
            .header(RequestSignature.NONCE, nonce)
            .header(
                RequestSignature.SIGNATURE,
                RequestSignature.of(secret, method, target, time, nonce, body))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (answerId != null) {
      request.header("Idempotency-Key", answerId);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new GatewayException("the gateway at " + gateway + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayException("interrupted while asking the gateway", e);
    }
  }
}
