package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.zhifu.bank.http.RequestSignature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;

/** A bank that speaks HTTP: signs its requests, checks and keeps what is posted to it. */
final class HttpBank implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String code;
  private final String secret;
  private final List<JsonNode> posted = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private HttpServer server;
  private volatile boolean down;

  HttpBank(String url, String code, String secret) {
    this.url = url;
    this.code = code;
    this.secret = secret;
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
          synchronized (this) {
            if (!expected.equals(
                exchange.getRequestHeaders().getFirst(RequestSignature.SIGNATURE))) {
              faults.add("a post that its secret did not sign");
            }
            if (!down) {
              posted.add(JSON.readTree(body));
              notifyAll();
            }
          }
          exchange.sendResponseHeaders(down ? 503 : 204, -1);
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

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  HttpResponse<String> get(String target) {
    return send("GET", target, "", null, now(), nonce(), secret);
  }

  HttpResponse<String> post(String target, String body, String answerId) {
    return send("POST", target, body, answerId, now(), nonce(), secret);
  }

  HttpResponse<String> put(String target, String body) {
    return send("PUT", target, body, null, now(), nonce(), secret);
  }

  static String nonce() {
    return UUID.randomUUID().toString();
  }

  /** By the wall clock: a bank signs when it sends, and the gateway refuses what is old. */
  static String now() {
    return Long.toString(System.currentTimeMillis());
  }

  HttpResponse<String> send(
      String method,
      String target,
      String body,
      String answerId,
      String time,
      String nonce,
      String signedWith) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + target))
            .header(RequestSignature.BANK, code)
            .header(RequestSignature.TIME, time)
            .header(RequestSignature.NONCE, nonce)
            .header(
                RequestSignature.SIGNATURE,
                RequestSignature.of(signedWith, method, target, time, nonce, bytes))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(bytes));
    if (answerId != null) {
      request.header("Idempotency-Key", answerId);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }
}
