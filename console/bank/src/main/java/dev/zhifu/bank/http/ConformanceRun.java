package dev.zhifu.bank.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.check.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Tries a bank's own code over HTTP: every published vector must get the verdict that it expects,
 * and a request that the shared secret did not sign just so must be refused. What the bank offers
 * for it is one address that judges a vector (docs/gateway.md).
 */
public final class ConformanceRun {
  /** Longest body that a bank must read, as the gateway's. */
  public static final int BODY_BYTES_MAX = 65_536;

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long SKEW_MILLIS = 300_000;

  private static final String VECTOR_ADVICE =
      "Open the vector's file in schemas/vectors and docs/envelope.md §5: the first step that fails"
          + " decides. bash schemas/vectors/verify.sh shows a second implementation.";
  private static final String UNSIGNED_ADVICE =
      "Verify the signature over method, path with query, time, nonce and the body's hash before"
          + " anything else; refuse with 401 (docs/gateway.md).";

  private int refusals;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final URI address;
  private final String bank;
  private final String secret;
  private final Path vectors;
  private final Clock clock;

  /**
   * @param address where the bank judges vectors
   * @param bank code that requests are signed for
   * @param secret shared with the bank for this run
   * @param vectors folder of the published vectors
   * @param clock the wall clock
   */
  public ConformanceRun(URI address, String bank, String secret, Path vectors, Clock clock) {
    this.address = address;
    this.bank = bank;
    this.secret = secret;
    this.vectors = vectors;
    this.clock = clock;
  }

  /** Every case, in their order. */
  public List<Outcome> run() {
    List<Outcome> outcomes = new ArrayList<>();
    List<ObjectNode> all = Vectors.read(vectors);
    for (ObjectNode vector : all) {
      String expected = vector.path("expected").asText();
      String name = vector.path("name").asText();
      HttpResponse<String> answer = send(signed(body(vector)));
      String found =
          answer.statusCode() == 200
              ? Vectors.parse(answer.body().getBytes(StandardCharsets.UTF_8))
                  .path("verdict")
                  .asText()
              : "HTTP " + answer.statusCode();
      outcomes.add(
          Outcome.of(
              "V-" + name,
              "the published vector " + name + " gets its verdict",
              expected,
              found,
              VECTOR_ADVICE));
    }
    refusals(outcomes, body(all.get(0)));
    return outcomes;
  }

  private static byte[] body(ObjectNode vector) {
    ObjectNode shown = vector.deepCopy();
    shown.remove(List.of("expected", "name"));
    return shown.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void refusals(List<Outcome> outcomes, byte[] body) {
    long now = clock.millis();
    refused(outcomes, "signed with another secret", 401, request(body, now, nonce(), secret + "x"));
    refused(outcomes, "not signed", 401, signed(body).without(RequestSignature.SIGNATURE));
    refused(outcomes, "without a time", 401, signed(body).without(RequestSignature.TIME));
    refused(outcomes, "without a nonce", 401, signed(body).without(RequestSignature.NONCE));
    refused(outcomes, "body changed after signing", 401, signed(body).withBody(changed(body)));
    refused(outcomes, "query added after signing", 401, signed(body).withQuery("x=1"));
    refused(
        outcomes, "for another bank", 401, signed(body).with(RequestSignature.BANK, bank + "X"));
    refused(
        outcomes,
        "time changed after signing",
        401,
        signed(body).with(RequestSignature.TIME, Long.toString(now + 1_000)));
    refused(
        outcomes,
        "five minutes and a second old",
        401,
        request(body, now - SKEW_MILLIS - 1_000, nonce(), secret));
    refused(
        outcomes,
        "five minutes and a minute ahead",
        401,
        request(body, now + SKEW_MILLIS + 60_000, nonce(), secret));
    Request once = signed(body);
    send(once);
    refused(outcomes, "the same request again", 409, once);
    refused(
        outcomes,
        "longer than is read",
        413,
        signed(("\"" + "x".repeat(BODY_BYTES_MAX) + "\"").getBytes(StandardCharsets.UTF_8)));
    refused(outcomes, "no JSON", 400, signed("{".getBytes(StandardCharsets.UTF_8)));
    refused(outcomes, "JSON without a vector", 400, signed("{}".getBytes(StandardCharsets.UTF_8)));
  }

  private void refused(List<Outcome> outcomes, String name, int status, Request request) {
    int found = send(request).statusCode();
    outcomes.add(
        Outcome.of(
            "R-%02d".formatted(++refusals),
            "a request is refused: " + name,
            "HTTP " + status,
            "HTTP " + found,
            switch (status) {
              case 401 -> UNSIGNED_ADVICE;
              case 409 -> "Keep each nonce for ten minutes and refuse the second use with 409.";
              case 413 -> "Read " + BODY_BYTES_MAX + " bytes at most and answer 413.";
              default -> "Answer 400 to what is no JSON or lacks a field; never guess.";
            }));
  }

  private static byte[] changed(byte[] body) {
    byte[] changed = body.clone();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == '0') {
        changed[i] = '1';
        return changed;
      }
    }
    throw new IllegalStateException("a vector without a zero");
  }

  private Request signed(byte[] body) {
    return request(body, clock.millis(), nonce(), secret);
  }

  private Request request(byte[] body, long time, String nonce, String key) {
    String target = address.getRawPath();
    return new Request(
        address,
        List.of(
            RequestSignature.BANK,
            bank,
            RequestSignature.TIME,
            Long.toString(time),
            RequestSignature.NONCE,
            nonce,
            RequestSignature.SIGNATURE,
            RequestSignature.of(key, "POST", target, Long.toString(time), nonce, body)),
        body);
  }

  private static String nonce() {
    return UUID.randomUUID().toString();
  }

  private HttpResponse<String> send(Request request) {
    try {
      return client.send(
          HttpRequest.newBuilder(request.address)
              .timeout(LIMIT)
              .header("Content-Type", "application/json")
              .headers(request.headers.toArray(String[]::new))
              .POST(HttpRequest.BodyPublishers.ofByteArray(request.body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new GatewayException("the bank at " + address + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayException("interrupted while asking the bank", e);
    }
  }

  private record Request(URI address, List<String> headers, byte[] body) {
    Request without(String name) {
      return mapped(name, value -> null);
    }

    Request with(String name, String other) {
      return mapped(name, value -> other);
    }

    Request withBody(byte[] other) {
      return new Request(address, headers, other);
    }

    Request withQuery(String query) {
      return new Request(URI.create(address + "?" + query), headers, body);
    }

    private Request mapped(String name, UnaryOperator<String> change) {
      List<String> kept = new ArrayList<>();
      for (int i = 0; i < headers.size(); i += 2) {
        String value =
            headers.get(i).equals(name) ? change.apply(headers.get(i + 1)) : headers.get(i + 1);
        if (value != null) {
          kept.add(headers.get(i));
          kept.add(value);
        }
      }
      return new Request(address, kept, body);
    }
  }
}
