package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.bank.http.RequestSignature;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.words.Words;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A bank that speaks HTTP: signs its requests, checks and keeps what is posted to it. */
final class HttpBank implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String code;
  private final String secret;
  private final WallClock clock;
  private final List<JsonNode> posted = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private HttpServer server;
  private volatile boolean down;
  private int refused;

  HttpBank(String url, String code, String secret) {
    this(url, code, secret, WallClock.machine());
  }

  /**
   * @param clock by which it signs
   */
  HttpBank(String url, String code, String secret, WallClock clock) {
    this.url = url;
    this.code = code;
    this.secret = secret;
    this.clock = clock;
  }

  /** Listens for posts; returns its address. */
  String listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String expected =
              RequestSignature.of(
                  secret,
                  "POST",
                  exchange.getRequestURI().toString(),
                  exchange.getRequestHeaders().getFirst(RequestSignature.TIME),
                  exchange.getRequestHeaders().getFirst(RequestSignature.NONCE),
                  body);
          boolean refuses;
          synchronized (this) {
            // Read once: what is counted as refused is answered so, whatever a test says meanwhile.
            refuses = down;
            if (!expected.equals(
                exchange.getRequestHeaders().getFirst(RequestSignature.SIGNATURE))) {
              faults.add("a post that its secret did not sign");
            }
            if (refuses) {
              refused++;
            } else {
              posted.add(JSON.readTree(body));
            }
            notifyAll();
          }
          exchange.sendResponseHeaders(refuses ? 503 : 204, -1);
          exchange.close();
        });
    server.start();
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  void down(boolean down) {
    this.down = down;
  }

  synchronized List<JsonNode> posted() {
    return List.copyOf(posted);
  }

  /** Waits until so many posts came while it was down. */
  synchronized void awaitRefused(int least, Duration patience) throws InterruptedException {
    await(() -> refused >= least, patience, () -> {}, "posts to a bank that is down");
  }

  /** Waits until it has taken so many; lets time pass meanwhile. */
  synchronized void awaitPosted(int least, Duration patience, Runnable passing)
      throws InterruptedException {
    await(() -> posted.size() >= least, patience, passing, "posts");
  }

  private void await(BooleanSupplier done, Duration patience, Runnable passing, String what)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("too few " + what + " within " + patience);
      }
      passing.run();
      wait(1_000);
    }
  }

  /** Asks and does not wait. */
  CompletableFuture<HttpResponse<String>> sendAsync(String target) {
    return client.sendAsync(
        request("GET", target, new byte[0], "application/json", null, time(), nonce(), secret),
        HttpResponse.BodyHandlers.ofString());
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  HttpResponse<String> get(String target) {
    return send("GET", target, "", null, time(), nonce(), secret);
  }

  HttpResponse<String> post(String target, String body, String answerId) {
    return send("POST", target, body, answerId, time(), nonce(), secret);
  }

  HttpResponse<String> put(String target, String body) {
    return send("PUT", target, body, null, time(), nonce(), secret);
  }

  static String nonce() {
    return UUID.randomUUID().toString();
  }

  /** By the wall clock: a bank signs when it sends, and the gateway refuses what is old. */
  static String now() {
    return Long.toString(System.currentTimeMillis());
  }

  private String time() {
    return Long.toString(clock.get().toEpochMilli());
  }

  /**
   * The centre's files of the days of two instants and those between, by the wall clock: a midnight
   * may lie between what one test does.
   */
  List<Reconciliation> files(Instant from, Instant to) {
    return days(from, to)
        .map(day -> get("/v1/reconciliation/" + day + "?form=csv").body().lines().toList())
        .flatMap(lines -> Reconciliation.parse(lines).stream())
        .toList();
  }

  /** Lines of the same files as JSON. */
  int linesAsJson(Instant from, Instant to) {
    return days(from, to)
        .mapToInt(day -> read(get("/v1/reconciliation/" + day).body()).size())
        .sum();
  }

  private static Stream<LocalDate> days(Instant from, Instant to) {
    return LocalDate.ofInstant(from, Words.PLACE)
        .datesUntil(LocalDate.ofInstant(to, Words.PLACE).plusDays(1));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  HttpResponse<String> send(
      String method,
      String target,
      String body,
      String answerId,
      String time,
      String nonce,
      String signedWith) {
    return send(
        method,
        target,
        body.getBytes(StandardCharsets.UTF_8),
        "application/json",
        answerId,
        time,
        nonce,
        signedWith);
  }

  /** Puts bytes of a media type. */
  HttpResponse<String> put(String target, byte[] body, String type) {
    return send("PUT", target, body, type, null, time(), nonce(), secret);
  }

  /** Posts XML. */
  HttpResponse<String> postXml(String target, String body, String answerId) {
    return send(
        "POST",
        target,
        body.getBytes(StandardCharsets.UTF_8),
        "application/xml",
        answerId,
        time(),
        nonce(),
        secret);
  }

  /** Asks for XML. */
  HttpResponse<String> getXml(String target) {
    return send("GET", target, new byte[0], "application/xml", null, time(), nonce(), secret);
  }

  private HttpResponse<String> send(
      String method,
      String target,
      byte[] bytes,
      String type,
      String answerId,
      String time,
      String nonce,
      String signedWith) {
    try {
      return client.send(
          request(method, target, bytes, type, answerId, time, nonce, signedWith),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private HttpRequest request(
      String method,
      String target,
      byte[] bytes,
      String type,
      String answerId,
      String time,
      String nonce,
      String signedWith) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + target))
            .header("Content-Type", type)
            .header("Accept", type)
            .header(RequestSignature.BANK, code)
            .header(RequestSignature.TIME, time)
            .header(RequestSignature.NONCE, nonce)
            .header(
                RequestSignature.SIGNATURE,
                RequestSignature.of(signedWith, method, target, time, nonce, bytes))
            .method(
                method,
                bytes.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(bytes));
    if (answerId != null) {
      request.header("Idempotency-Key", answerId);
    }
    return request.build();
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }
}
