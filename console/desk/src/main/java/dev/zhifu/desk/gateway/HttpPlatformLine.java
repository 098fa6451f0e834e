package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.rules.lives.channel.PlatformMessage;
import dev.zhifu.rules.lives.channel.TransportCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The line over HTTP as the reference twin speaks it: one POST a message, and its reply in the
 * answer. How the real platform is reached was not read anywhere; another line takes this one's
 * place (ADR-0155).
 */
public final class HttpPlatformLine implements PlatformLine {
  /** Path of messages. */
  static final String PATH = "/platform/messages";

  /** Path of case reports that wait for us. */
  static final String REPORTS = "/platform/reports";

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int OK = 200;

  /** So much of an answer that is none is told. */
  private static final int SHOWN = 120;

  private final URI target;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param platform base address
   */
  public HttpPlatformLine(URI platform) {
    this.target = platform.resolve(PATH);
  }

  @Override
  public Reply send(PlatformMessage message) {
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    json(message).toString().getBytes(StandardCharsets.UTF_8)))
            .build();
    try {
      HttpResponse<String> answer =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return read(answer);
    } catch (HttpTimeoutException e) {
      return failed(TransportCode.NO_ANSWER, e);
    } catch (IOException e) {
      return failed(TransportCode.SOCKET_4, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(TransportCode.SOCKET_5, e);
    }
  }

  @Override
  public Page reports(long after) {
    HttpRequest request =
        HttpRequest.newBuilder(target.resolve(REPORTS + "?after=" + after)).timeout(LIMIT).build();
    try {
      HttpResponse<String> answer =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return page(answer, after);
    } catch (IOException e) {
      throw new UncheckedIOException("the platform gives no reports: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Page(List.of(), after);
    }
  }

  /** What is no page is no empty page either: reports may wait behind it. */
  private static Page page(HttpResponse<String> answer, long after) throws IOException {
    JsonNode page =
        answer.statusCode() == OK
            ? Messages.JSON.readTree(answer.body())
            : MissingNode.getInstance();
    List<PlatformMessage> messages = new ArrayList<>();
    page.path("messages")
        .forEach(
            one ->
                messages.add(
                    new PlatformMessage(one.path("txCode").asText(), fields(one.path("fields")))));
    long next = page.path("next").asLong(after);
    if (!page.path("messages").isArray() || !messages.isEmpty() && next <= after) {
      throw new IOException(
          "status "
              + answer.statusCode()
              + ", '"
              + answer.body().substring(0, Math.min(SHOWN, answer.body().length()))
              + "' to after="
              + after
              + "; it is status 200 with messages and, where there are some, a next above it");
    }
    return new Page(messages, next);
  }

  private static Reply failed(TransportCode code, Exception e) {
    return new Reply(code, code.words() + " (" + e.getClass().getSimpleName() + ")", Map.of());
  }

  /** A message as JSON. */
  static ObjectNode json(PlatformMessage message) {
    ObjectNode body = Messages.JSON.createObjectNode();
    body.put("txCode", message.code());
    ObjectNode fields = body.putObject("fields");
    message.fields().forEach(fields::put);
    return body;
  }

  /** Fields of a JSON object, all as text. */
  static Map<String, String> fields(JsonNode object) {
    Map<String, String> fields = new TreeMap<>();
    object.properties().forEach(one -> fields.put(one.getKey(), one.getValue().asText()));
    return fields;
  }

  /**
   * What is no reply of the set counts as no answer: the same message goes out again. So does a
   * success under a status that says there was none.
   */
  private static Reply read(HttpResponse<String> answer) {
    JsonNode body;
    try {
      body = Messages.JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return failed(TransportCode.NO_ANSWER, e);
    }
    String code = body.path("code").asText();
    String words = body.path("words").asText();
    boolean failed = answer.statusCode() != OK;
    return TransportCode.of(code)
        .filter(known -> !failed || known.then() != TransportCode.Then.WAIT)
        .map(known -> new Reply(known, words, fields(body.path("feedback"))))
        .orElseGet(
            () ->
                new Reply(
                    TransportCode.NO_ANSWER,
                    "code '"
                        + code
                        + "', status "
                        + answer.statusCode()
                        + ": "
                        + (failed ? "no answer of the set" : "no code of the set"),
                    Map.of()));
  }
}
