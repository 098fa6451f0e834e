package dev.zhifu.stack.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zhifu.bank.http.RequestSignature;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** One bank over HTTP: asks, and gets its orders by webhook or by stream with a cursor. */
final class BenchBank implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SLACK = Duration.ofSeconds(30);
  private static final int STREAM_WAIT_MS = 1_000;
  private static final int BUSY = 503;

  /** As the gateway's Retry-After says. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final int SERVING = 4;

  private final int number;
  private final String code;
  private final String secret;
  private final URI gateway;
  private final Arrivals arrivals;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(SLACK).build();
  private final List<HttpExchange> unanswered = new ArrayList<>();
  private final ExecutorService serving = Executors.newFixedThreadPool(SERVING);
  private HttpServer server;
  private Thread stream;
  private boolean silent;
  private volatile boolean closed;

  BenchBank(int number, String code, String secret, URI gateway, Arrivals arrivals) {
    this.number = number;
    this.code = code;
    this.secret = secret;
    this.gateway = gateway;
    this.arrivals = arrivals;
  }

  int number() {
    return number;
  }

  /** Asks for the decision on a transfer; the status of the answer. */
  CompletableFuture<Integer> ask(String transactionId, long waitMs) {
    HttpRequest request =
        request("GET", "/v1/decisions/" + transactionId + "?waitMs=" + waitMs, new byte[0])
            .timeout(SLACK.plusMillis(waitMs))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle((answer, e) -> e == null ? answer.statusCode() : Asked.BROKEN);
  }

  /** Has its orders posted from now on. */
  void takePosts() throws IOException, InterruptedException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(serving);
    server.createContext("/orders", this::posted);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/orders";
    byte[] body =
        JSON.createObjectNode().put("url", url).toString().getBytes(StandardCharsets.UTF_8);
    int status =
        client
            .send(
                request("PUT", "/v1/webhook", body).build(), HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status / 100 != 2) {
      throw new StackException("bank " + code + " cannot set its webhook: " + status);
    }
  }

  private void posted(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    synchronized (unanswered) {
      if (silent) {
        unanswered.add(exchange);
        return;
      }
    }
    long now = System.nanoTime();
    var head = exchange.getRequestHeaders();
    String expected =
        RequestSignature.of(
            secret,
            "POST",
            exchange.getRequestURI().toString(),
            head.getFirst(RequestSignature.TIME),
            head.getFirst(RequestSignature.NONCE),
            body);
    if (!RequestSignature.same(head.getFirst(RequestSignature.SIGNATURE), expected)) {
      arrivals.fault("bank " + number + " got a post that its secret did not sign");
    }
    arrivals.take(number, JSON.readTree(body), now);
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  /**
   * Takes posts and answers none of them: worse for whoever posts than a connection refused. Once
   * it speaks again, what it left unanswered is dropped.
   */
  void silent(boolean now) {
    synchronized (unanswered) {
      silent = now;
      if (!now) {
        unanswered.forEach(HttpExchange::close);
        unanswered.clear();
      }
    }
  }

  /** Follows its orders by cursor from now on. */
  void follow() {
    stream = new Thread(this::read, "stream-" + code);
    stream.setDaemon(true);
    stream.start();
  }

  private void read() {
    long cursor = 0;
    while (!closed) {
      String target = "/v1/messages/orders?after=" + cursor + "&waitMs=" + STREAM_WAIT_MS;
      try {
        HttpResponse<byte[]> answer =
            client.send(
                request("GET", target, new byte[0]).timeout(SLACK).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        long now = System.nanoTime();
        if (answer.statusCode() == BUSY) {
          LockSupport.parkNanos(RETRY.toNanos());
          continue;
        }
        if (answer.statusCode() != 200) {
          arrivals.fault("bank " + number + " asked for its orders and got " + answer.statusCode());
          return;
        }
        JsonNode page = JSON.readTree(answer.body());
        page.path("messages").forEach(message -> arrivals.take(number, message, now));
        cursor = page.path("next").asLong();
      } catch (IOException e) {
        // A bank goes on where its cursor stands.
        arrivals.fault("bank " + number + " could not read its orders for a while: " + e);
        LockSupport.parkNanos(RETRY.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private HttpRequest.Builder request(String method, String target, byte[] body) {
    // Wall clock on purpose: a request's time is compared with the gateway's.
    String time = Long.toString(System.currentTimeMillis());
    String nonce = UUID.randomUUID().toString();
    return HttpRequest.newBuilder(gateway.resolve(target))
        .header(RequestSignature.BANK, code)
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
  }

  @Override
  public void close() {
    closed = true;
    if (stream != null) {
      stream.interrupt();
    }
    if (server != null) {
      silent(false);
      server.stop(0);
    }
    serving.shutdownNow();
  }
}
