package dev.zhifu.bank.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.OrderVerdict;
import dev.zhifu.schemas.crypto.OrderVerifier;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.StandingAuthorisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a bank offers for a conformance run, made of our own library: an example to start from, and
 * the proof that the run can be passed.
 */
public final class ConformanceBank implements AutoCloseable {
  private static final long SKEW_MILLIS = 300_000;
  private static final String PATH = "/verify";

  private final HttpServer server;
  private final KeyDirectory directory;
  private final String bank;
  private final String secret;
  private final Clock clock;
  private final Set<String> nonces = new HashSet<>();

  /**
   * Listens on a free port of the loopback interface.
   *
   * @param directory the vectors' keys
   * @param bank code that requests are signed for
   * @param secret shared with the run
   * @param clock the wall clock
   */
  public ConformanceBank(KeyDirectory directory, String bank, String secret, Clock clock) {
    this.directory = directory;
    this.bank = bank;
    this.secret = secret;
    this.clock = clock;
    try {
      this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(PATH, this::handle);
    server.start();
  }

  /** Where it judges vectors. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int refusal = refusal(exchange, body);
    if (refusal != 0) {
      answer(exchange, refusal, "{}");
      return;
    }
    try {
      answer(exchange, 200, "{\"verdict\":\"" + verdict(Vectors.parse(body)) + "\"}");
    } catch (IllegalArgumentException e) {
      answer(exchange, 400, "{}");
    }
  }

  private int refusal(HttpExchange exchange, byte[] body) {
    String time = exchange.getRequestHeaders().getFirst(RequestSignature.TIME);
    String nonce = exchange.getRequestHeaders().getFirst(RequestSignature.NONCE);
    String expected =
        RequestSignature.of(
            secret,
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            String.valueOf(time),
            String.valueOf(nonce),
            body);
    if (!bank.equals(exchange.getRequestHeaders().getFirst(RequestSignature.BANK))
        || time == null
        || nonce == null
        || !RequestSignature.same(
            expected, exchange.getRequestHeaders().getFirst(RequestSignature.SIGNATURE))
        || Math.abs(clock.millis() - Long.parseLong(time)) > SKEW_MILLIS) {
      return 401;
    }
    if (!nonces.add(nonce)) {
      return 409;
    }
    return body.length > ConformanceRun.BODY_BYTES_MAX ? 413 : 0;
  }

  private String verdict(JsonNode vector) {
    Optional<StandingAuthorisation> standing =
        vector.path("standing").isObject()
            ? Optional.of(Vectors.standing(vector.path("standing")))
            : Optional.empty();
    String answered = Vectors.text(vector, "answeredPayloadSha256");
    OrderVerifier verifier =
        new OrderVerifier(
            directory,
            Environment.valueOf(Vectors.text(vector, "bankEnvironment")),
            Vectors.text(vector, "bank"),
            id -> standing.filter(one -> one.getAuthorisationId().equals(id)),
            id -> Optional.of(answered).filter(hash -> !hash.isEmpty()));
    OrderVerdict verdict =
        verifier.verify(
            Vectors.envelope(vector), Instant.ofEpochMilli(Vectors.number(vector, "nowMs")));
    return verdict.accepted() ? "ACCEPTED" : verdict.refusal().name();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
