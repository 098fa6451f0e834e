package dev.zhifu.schemas.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers schema ids over HTTP like a registry and notes each question, so that a test can count
 * them.
 */
final class RegistryStub implements AutoCloseable {

  private final HttpServer server;
  private final Map<Integer, String> schemas = new ConcurrentHashMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private volatile boolean broken;

  RegistryStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  RegistrySettings settings() {
    return new RegistrySettings("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void put(int id, String schemaJson) {
    schemas.put(id, schemaJson);
  }

  void breakDown() {
    broken = true;
  }

  /** Paths asked for, in order. */
  List<String> questions() {
    return questions;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    questions.add(path);
    String schema = schemas.get(Integer.parseInt(path.replaceAll(".*/ids/", "")));
    if (broken) {
      send(exchange, 500, "{\"error_code\":50001,\"message\":\"store failed\"}");
    } else if (schema == null) {
      send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    } else {
      send(
          exchange,
          200,
          "{\"schema\":\"" + schema.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
