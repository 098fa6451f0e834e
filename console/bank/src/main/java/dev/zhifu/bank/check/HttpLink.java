package dev.zhifu.bank.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.bank.StopRelease;
import dev.zhifu.bank.http.BankJson;
import dev.zhifu.bank.http.RequestSignature;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.TransferDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for the gateway: the bank points its own client here, by cursor or by webhook, and this
 * judges each of its requests as the gateway does.
 */
public final class HttpLink implements Link {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SKEW_MILLIS = 300_000;
  private static final Duration POST_LIMIT = Duration.ofSeconds(5);
  private static final long WAIT_MAX = 30_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(HttpLink::daemon);
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(POST_LIMIT).build();
  private final String bank;
  private final String secret;
  private final Clock clock;

  /** Guarded by this, as everything below. */
  private final Map<String, List<ObjectNode>> streams = new HashMap<>();

  private final List<ObjectNode> unposted = new ArrayList<>();
  private final List<BankInbound> answers = new ArrayList<>();
  private final List<ReleaseAnswer> releases = new ArrayList<>();
  private final Map<String, String> bodies = new HashMap<>();
  private final Set<String> nonces = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private String webhook;
  private boolean refuse;
  private String refusedKey;
  private boolean closed;

  /**
   * Listens.
   *
   * @param host interface to listen on
   * @param port port; 0 takes a free one
   * @param bank code of the bank
   * @param secret shared with it for this run
   * @param clock the wall clock
   */
  public HttpLink(String host, int port, String bank, String secret, Clock clock) {
    this.bank = bank;
    this.secret = secret;
    this.clock = clock;
    try {
      this.server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(host + ":" + port + " cannot be listened on", e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/messages/", exchange -> guarded(exchange, this::messages));
    server.createContext("/v1/decisions/", exchange -> guarded(exchange, this::decision));
    server.createContext("/v1/receipts", exchange -> guarded(exchange, this::answer));
    server.createContext("/v1/hold-outcomes", exchange -> guarded(exchange, this::answer));
    server.createContext("/v1/release-receipts", exchange -> guarded(exchange, this::released));
    server.createContext("/v1/webhook", exchange -> guarded(exchange, this::hook));
    server.start();
    threads.execute(this::post);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "bank-check");
    thread.setDaemon(true);
    return thread;
  }

  /** Where the bank's client finds it. */
  public URI address() {
    return URI.create(
        "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort());
  }

  private void guarded(HttpExchange exchange, Handler handler) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String fault = fault(exchange, body);
    if (fault != null) {
      synchronized (this) {
        faults.add(
            exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + ": " + fault);
      }
      send(exchange, 401, BankJson.problem(401, fault));
      return;
    }
    handler.handle(exchange, body);
  }

  private synchronized String fault(HttpExchange exchange, byte[] body) {
    String time = header(exchange, RequestSignature.TIME);
    String nonce = header(exchange, RequestSignature.NONCE);
    if (!bank.equals(header(exchange, RequestSignature.BANK))) {
      return "it is not of bank " + bank;
    }
    if (!RequestSignature.same(
        header(exchange, RequestSignature.SIGNATURE),
        RequestSignature.of(
            secret,
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            time,
            nonce,
            body))) {
      return "the secret did not sign it";
    }
    if (!time.matches("[0-9]{13}")
        || Math.abs(clock.millis() - Long.parseLong(time)) > SKEW_MILLIS) {
      return "its time is more than 300 s off";
    }
    if (!nonce.matches("[A-Za-z0-9-]{16,64}") || !nonces.add(nonce)) {
      return "its nonce was used before, or is no word of 16 to 64 letters and digits";
    }
    return null;
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> values = new HashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      for (String part : query.split("&")) {
        String[] pair = part.split("=", 2);
        values.put(pair[0], pair.length < 2 ? "" : pair[1]);
      }
    }
    return values;
  }

  private void messages(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String stream = path.substring(path.lastIndexOf('/') + 1);
    Map<String, String> query = query(exchange);
    int after = Integer.parseInt(query.getOrDefault("after", "0"));
    long wait = Math.min(WAIT_MAX, Long.parseLong(query.getOrDefault("waitMs", "0")));
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
    ObjectNode page = JSON.createObjectNode();
    synchronized (this) {
      List<ObjectNode> all = streams.computeIfAbsent(stream, unseen -> new ArrayList<>());
      while (all.size() <= after && System.nanoTime() < end && !closed) {
        pause(end);
      }
      ArrayNode found = page.putArray("messages");
      all.subList(Math.min(after, all.size()), all.size()).forEach(found::add);
      page.put("next", Math.max(after, all.size()));
    }
    send(exchange, 200, page);
  }

  private void decision(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String id = path.substring(path.lastIndexOf('/') + 1);
    ObjectNode found;
    synchronized (this) {
      found =
          streams.getOrDefault("decisions", List.of()).stream()
              .filter(one -> one.path("transactionId").asText().equals(id))
              .findFirst()
              .orElse(null);
    }
    send(exchange, found == null ? 204 : 200, found);
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    boolean receipt = exchange.getRequestURI().getPath().endsWith("receipts");
    BankInbound answer;
    try {
      JsonNode json = JSON.readTree(body);
      answer = receipt ? BankJson.receipt(bank, json) : BankJson.outcome(bank, json);
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
      send(exchange, 422, BankJson.problem(422, "the answer cannot be read: " + e.getMessage()));
      return;
    }
    take(exchange, body, () -> answers.add(answer));
  }

  private void released(HttpExchange exchange, byte[] body) throws IOException {
    ReleaseAnswer answer;
    try {
      answer = BankJson.released(JSON.readTree(body));
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
      send(exchange, 422, BankJson.problem(422, "the answer cannot be read: " + e.getMessage()));
      return;
    }
    take(exchange, body, () -> releases.add(answer));
  }

  private void take(HttpExchange exchange, byte[] body, Runnable taken) throws IOException {
    int status;
    synchronized (this) {
      status = taken(header(exchange, "Idempotency-Key"), Sha256.hex(ByteBuffer.wrap(body)), taken);
      notifyAll();
    }
    send(exchange, status, BankJson.problem(status, status == 503 ? "send it again" : ""));
  }

  private int taken(String key, String hash, Runnable taken) {
    String before = bodies.get(key);
    if (before != null && !before.equals(hash)) {
      faults.add("Idempotency-Key " + key + " was used for two bodies");
      return 409;
    }
    if (refuse) {
      refuse = false;
      refusedKey = key;
      bodies.put(key, hash);
      return 503;
    }
    if (refusedKey != null && !refusedKey.equals(key)) {
      faults.add("an answer that was refused once came again under another Idempotency-Key");
    }
    refusedKey = null;
    bodies.put(key, hash);
    taken.run();
    return before == null ? 201 : 200;
  }

  private void hook(HttpExchange exchange, byte[] body) throws IOException {
    synchronized (this) {
      JsonNode url = JSON.readTree(body).path("url");
      webhook = url.isTextual() ? url.asText() : null;
      notifyAll();
    }
    send(exchange, 204, null);
  }

  /** Posts what is due, the oldest first, until each got a 2xx. */
  private void post() {
    while (true) {
      ObjectNode message;
      String url;
      synchronized (this) {
        while (!closed && (webhook == null || unposted.isEmpty())) {
          pause(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
        }
        if (closed) {
          return;
        }
        message = unposted.get(0);
        url = webhook;
      }
      boolean taken = posted(url, message);
      synchronized (this) {
        if (taken) {
          unposted.remove(0);
        } else {
          pause(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200));
        }
      }
    }
  }

  private boolean posted(String url, ObjectNode message) {
    byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
    URI target = URI.create(url);
    String path =
        target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
    String time = Long.toString(clock.millis());
    String nonce = UUID.randomUUID().toString();
    try {
      return client
                  .send(
                      HttpRequest.newBuilder(target)
                          .timeout(POST_LIMIT)
                          .header("Content-Type", "application/json")
                          .header(RequestSignature.BANK, bank)
                          .header(RequestSignature.TIME, time)
                          .header(RequestSignature.NONCE, nonce)
                          .header(
                              RequestSignature.SIGNATURE,
                              RequestSignature.of(secret, "POST", path, time, nonce, body))
                          .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                          .build(),
                      HttpResponse.BodyHandlers.discarding())
                  .statusCode()
              / 100
          == 2;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for news, no longer than until {@code end}. */
  private void pause(long end) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    if (body == null) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private synchronized void offer(String stream, ObjectNode message) {
    List<ObjectNode> all = streams.computeIfAbsent(stream, unseen -> new ArrayList<>());
    message.put("stream", stream);
    message.put("offset", all.size());
    all.add(message);
    unposted.add(message);
    notifyAll();
  }

  @Override
  public void send(OrderEnvelope order) {
    offer("orders", BankJson.view(order));
  }

  @Override
  public void send(RiskHold hold) {
    offer("holds", BankJson.view(hold));
  }

  @Override
  public void send(TransferDecision decision) {
    offer("decisions", BankJson.view(decision));
  }

  @Override
  public boolean carriesReleases() {
    return true;
  }

  @Override
  public void send(StopRelease release) {
    offer("releases", BankJson.view(release, bank));
  }

  @Override
  public synchronized List<ReleaseAnswer> released(int known, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    while (releases.size() <= known && System.nanoTime() < end && !closed) {
      pause(end);
    }
    return List.copyOf(releases);
  }

  @Override
  public boolean sendJunk(byte[] bytes) {
    return false;
  }

  @Override
  public synchronized List<BankInbound> answers(int known, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    while (answers.size() <= known && System.nanoTime() < end && !closed) {
      pause(end);
    }
    return List.copyOf(answers);
  }

  @Override
  public synchronized boolean refuseOnce() {
    refuse = true;
    return true;
  }

  @Override
  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  @FunctionalInterface
  private interface Handler {
    void handle(HttpExchange exchange, byte[] body) throws IOException;
  }
}
