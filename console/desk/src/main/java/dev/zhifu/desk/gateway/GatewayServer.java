package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.bank.http.RequestSignature;
import dev.zhifu.desk.gateway.Answers.AnswerException;
import dev.zhifu.desk.people.Limits;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.Decoder;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.words.Words;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentReceipt;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's web server. A request is believed when its bank's secret signed it, within five
 * minutes, once. What it may see and write is that bank's alone: here by every query, at the broker
 * by that bank's own credentials.
 */
public final class GatewayServer implements AutoCloseable {
  /** How far a request's time may be from ours; an engineering default. */
  public static final Duration SKEW = Duration.ofMinutes(5);

  /** Longest body that is read. */
  public static final int BODY_BYTES_MAX = 65_536;

  /** Longest wait for a message. */
  public static final Duration WAIT_MAX = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
  private static final int MESSAGES_MAX = 200;
  private static final String BANK = "gateway.bank";

  private final MessageStore messages;
  private final Map<String, BankAccess> banks = new HashMap<>();
  private final List<BankLane> lanes = new ArrayList<>();
  private final WallClock clock;
  private final Limits requests;
  private final Javalin server;
  private final List<String> paths = new ArrayList<>(List.of("/v1/openapi.yaml"));

  /**
   * Starts it.
   *
   * @param store where messages and answers lie
   * @param decoder reads the banks' topics
   * @param access banks that take part by HTTP
   * @param clock bounds replays of requests and spaces out tries: both sides run on wall clocks
   * @param perMinute requests that a bank may make in a minute
   * @param host interface to listen on
   * @param port port; 0 takes a free one
   */
  public GatewayServer(
      Store store,
      Decoder decoder,
      List<BankAccess> access,
      WallClock clock,
      int perMinute,
      String host,
      int port) {
    this.messages = new MessageStore(store, decoder);
    this.clock = clock;
    this.requests = new Limits(perMinute, Duration.ofMinutes(1));
    for (BankAccess one : access) {
      banks.put(one.bank(), one);
      lanes.add(new BankLane(one, messages, clock));
    }
    this.server = Javalin.create(this::configure).start(host, port);
    lanes.forEach(BankLane::start);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.http.maxRequestSize = BODY_BYTES_MAX + 1L;
    on(config, HandlerType.GET, "/v1/messages/{stream}", this::messages);
    on(config, HandlerType.GET, "/v1/decisions/{transactionId}", this::decision);
    on(config, HandlerType.POST, "/v1/receipts", ctx -> answer(ctx, "orders", Answers::receipt));
    on(
        config,
        HandlerType.POST,
        "/v1/hold-outcomes",
        ctx -> answer(ctx, "holds", Answers::outcome));
    on(config, HandlerType.PUT, "/v1/webhook", this::webhook);
    on(config, HandlerType.GET, "/v1/reconciliation/{day}", this::reconciliation);
    config.routes.addHttpHandler(HandlerType.GET, "/v1/openapi.yaml", GatewayServer::description);
    config.routes.exception(
        Exception.class,
        (e, ctx) -> {
          LOG.error("{} {} failed", ctx.method().name(), ctx.endpoint().path, e);
          problem(ctx, 500, "this failed and was logged; try again");
        });
  }

  private void on(JavalinConfig config, HandlerType method, String path, Handler handler) {
    paths.add(path);
    config.routes.addHttpHandler(
        method,
        path,
        ctx -> {
          ctx.header("Cache-Control", "no-store");
          if (admitted(ctx)) {
            handler.handle(ctx);
          }
        });
  }

  /** Who is it, is it his, is it now, is it the first time, and is it not too often. */
  private boolean admitted(Context ctx) {
    if (ctx.req().getContentLengthLong() > BODY_BYTES_MAX) {
      return problem(ctx, 413, "the body has more than " + BODY_BYTES_MAX + " bytes");
    }
    byte[] body = ctx.bodyAsBytes();
    if (body.length > BODY_BYTES_MAX) {
      return problem(ctx, 413, "the body has more than " + BODY_BYTES_MAX + " bytes");
    }
    BankAccess bank = banks.get(String.valueOf(ctx.header(RequestSignature.BANK)));
    String time = String.valueOf(ctx.header(RequestSignature.TIME));
    String nonce = String.valueOf(ctx.header(RequestSignature.NONCE));
    String target = ctx.path() + (ctx.queryString() == null ? "" : "?" + ctx.queryString());
    if (bank == null
        || !RequestSignature.same(
            ctx.header(RequestSignature.SIGNATURE),
            RequestSignature.of(bank.secret(), ctx.method().name(), target, time, nonce, body))) {
      return problem(ctx, 401, "bank and signature do not fit; sign as docs/gateway.md says");
    }
    Instant now = clock.get();
    if (!time.matches("[0-9]{13}")
        || Duration.between(Instant.ofEpochMilli(Long.parseLong(time)), now).abs().compareTo(SKEW)
            > 0) {
      return problem(
          ctx,
          401,
          RequestSignature.TIME
              + " is "
              + time
              + "; it is within "
              + SKEW.toSeconds()
              + " s of "
              + now.toEpochMilli());
    }
    if (!nonce.matches("[A-Za-z0-9-]{16,64}")
        || !messages.isNew(bank.bank(), nonce, now, now.minus(SKEW.multipliedBy(2)))) {
      return problem(
          ctx,
          409,
          RequestSignature.NONCE
              + " was used before, or is no word of 16 to 64 letters and digits");
    }
    if (!requests.allow(bank.bank())) {
      return problem(ctx, 429, "the bank's quota of requests a minute is used up; wait and go on");
    }
    ctx.attribute(BANK, bank);
    return true;
  }

  private void messages(Context ctx) {
    String stream = ctx.pathParam("stream");
    if (!stream.matches("decisions|holds|orders")) {
      problem(ctx, 404, "stream is '" + stream + "'; it is decisions, holds or orders");
      return;
    }
    Optional<Long> cursor = number(ctx, "after", 0, Long.MAX_VALUE);
    Optional<Long> wait = number(ctx, "waitMs", 0, WAIT_MAX.toMillis());
    if (cursor.isEmpty() || wait.isEmpty()) {
      return;
    }
    String bank = bank(ctx).bank();
    List<JsonNode> found =
        await(
            bank,
            wait.get(),
            () -> {
              List<JsonNode> some = messages.after(bank, stream, cursor.get(), MESSAGES_MAX);
              return some.isEmpty() ? Optional.empty() : Optional.of(some);
            },
            List.of());
    ObjectNode page = Messages.JSON.createObjectNode();
    page.putArray("messages").addAll(found);
    page.put(
        "next",
        found.isEmpty() ? cursor.get() : found.get(found.size() - 1).path("offset").asLong() + 1);
    json(ctx, page);
  }

  private void decision(Context ctx) {
    Optional<Long> wait = number(ctx, "waitMs", 0, WAIT_MAX.toMillis());
    if (wait.isEmpty()) {
      return;
    }
    String bank = bank(ctx).bank();
    String id = ctx.pathParam("transactionId");
    Optional<JsonNode> found =
        await(
            bank,
            wait.get(),
            () -> messages.byId(bank, "decisions", id).map(Optional::of),
            Optional.empty());
    if (found.isPresent()) {
      json(ctx, found.get());
    } else {
      // No answer in time means that the transfer passes; both sides count it.
      ctx.status(204);
    }
  }

  private <T> T await(String bank, long waitMs, Supplier<Optional<T>> look, T otherwise) {
    BankLane lane = lanes.stream().filter(one -> one.bank().equals(bank)).findFirst().orElseThrow();
    return lane.await(Duration.ofMillis(waitMs), look).orElse(otherwise);
  }

  private void answer(Context ctx, String stream, Reader reader) {
    BankAccess bank = bank(ctx);
    String answerId = String.valueOf(ctx.header("Idempotency-Key"));
    if (!answerId.matches("[A-Za-z0-9._:-]{8,100}")) {
      problem(
          ctx,
          422,
          "Idempotency-Key is missing or no word of 8 to 100 characters; it is the bank's own id of this answer");
      return;
    }
    BankInbound inbound;
    try {
      inbound = reader.read(bank.bank(), Messages.JSON.readTree(ctx.bodyAsBytes()));
    } catch (JsonProcessingException e) {
      problem(ctx, 400, "the body is no JSON: " + e.getOriginalMessage());
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (AnswerException e) {
      problem(ctx, 422, e.getMessage());
      return;
    }
    write(ctx, bank, stream, answerId, inbound);
  }

  private void write(
      Context ctx, BankAccess bank, String stream, String answerId, BankInbound inbound) {
    String sha256 = Sha256.hex(ByteBuffer.wrap(ctx.bodyAsBytes()));
    Optional<MessageStore.Noted> before = messages.noted(bank.bank(), answerId);
    if (before.isPresent() && !before.get().sha256().equals(sha256)) {
      problem(ctx, 409, "Idempotency-Key " + answerId + " was used for another body");
      return;
    }
    String objectId = objectId(inbound);
    // A receipt for a payload that the bank could not read names no order, only the payload's hash.
    if (!objectId.equals(hashAlone(inbound)) && !messages.knows(bank.bank(), stream, objectId)) {
      problem(ctx, 404, stream + " has no '" + objectId + "' for this bank");
      return;
    }
    if (before.isEmpty()) {
      messages.note(bank.bank(), answerId, sha256, objectId, resultOf(inbound), clock.get());
    }
    // Written down first: an answer that the broker did not take is written again under the same
    // id, and whoever reads the topic takes the same answer twice as once.
    if (before.isEmpty() || !before.get().sent()) {
      try {
        bank.pen().write("bank." + bank.bank() + ".inbound", objectId, inbound);
        messages.sent(bank.bank(), answerId);
      } catch (RuntimeException e) {
        LOG.warn(
            "answer {} of bank {} was not taken by the broker: {}",
            answerId,
            bank.bank(),
            e.toString());
        problem(
            ctx,
            503,
            "the centre's broker did not take the answer; send it again under the same Idempotency-Key");
        return;
      }
    }
    ctx.status(before.isPresent() ? 200 : 201);
    json(
        ctx,
        Messages.JSON
            .createObjectNode()
            .put("answerId", answerId)
            .put("repeated", before.isPresent()));
  }

  private static String objectId(BankInbound inbound) {
    if (inbound.getBody() instanceof RiskHoldOutcome outcome) {
      return outcome.getHoldId();
    }
    String hash = hashAlone(inbound);
    return hash == null ? ((StopPaymentReceipt) inbound.getBody()).getOrderId() : hash;
  }

  private static String hashAlone(BankInbound inbound) {
    return inbound.getBody() instanceof StopPaymentReceipt receipt && receipt.getOrderId().isEmpty()
        ? receipt.getPayloadSha256()
        : null;
  }

  private static String resultOf(BankInbound inbound) {
    return inbound.getBody() instanceof RiskHoldOutcome outcome
        ? outcome.getResult().toString()
        : ((StopPaymentReceipt) inbound.getBody()).getResult().toString();
  }

  private void webhook(Context ctx) throws IOException {
    JsonNode body;
    try {
      body = Messages.JSON.readTree(ctx.bodyAsBytes());
    } catch (JsonProcessingException e) {
      problem(ctx, 400, "the body is no JSON: " + e.getOriginalMessage());
      return;
    }
    String url = body.path("url").isNull() ? null : body.path("url").asText("");
    if (url != null && !isHttp(url)) {
      problem(ctx, 422, "url is '" + url + "'; it is an http or https address, or null for none");
      return;
    }
    messages.webhook(bank(ctx).bank(), url);
    ctx.status(204);
  }

  private static boolean isHttp(String url) {
    try {
      URI parsed = URI.create(url);
      return parsed.getHost() != null
          && ("https".equals(parsed.getScheme()) || "http".equals(parsed.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void reconciliation(Context ctx) {
    Instant from;
    try {
      from = LocalDate.parse(ctx.pathParam("day")).atStartOfDay(Words.PLACE).toInstant();
    } catch (DateTimeException e) {
      problem(ctx, 422, "day is '" + ctx.pathParam("day") + "'; it is a date such as 2026-03-02");
      return;
    }
    List<Reconciliation> lines =
        messages.reconciliation(bank(ctx).bank(), from, from.plus(Duration.ofDays(1)));
    if ("csv".equals(ctx.queryParam("form"))) {
      StringBuilder text = new StringBuilder(Reconciliation.HEAD).append('\n');
      lines.forEach(line -> text.append(line.csv()).append('\n'));
      ctx.contentType("text/csv; charset=utf-8").result(text.toString());
      return;
    }
    json(ctx, Messages.JSON.valueToTree(lines));
  }

  private static Optional<Long> number(Context ctx, String name, long least, long most) {
    String text = ctx.queryParam(name);
    if (text == null) {
      return Optional.of(0L);
    }
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return Optional.of(value);
      }
    } catch (NumberFormatException e) {
      // the problem below says what is wrong
    }
    problem(
        ctx, 422, name + " is '" + text + "'; it is a whole number of " + least + " to " + most);
    return Optional.empty();
  }

  private static void description(Context ctx) throws IOException {
    try (InputStream in = GatewayServer.class.getResourceAsStream("/openapi/gateway.yaml")) {
      ctx.contentType("application/yaml; charset=utf-8")
          .result(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static BankAccess bank(Context ctx) {
    return ctx.attribute(BANK);
  }

  private static void json(Context ctx, JsonNode body) {
    ctx.contentType("application/json; charset=utf-8").result(body.toString());
  }

  private static boolean problem(Context ctx, int status, String sentence) {
    ctx.status(status)
        .contentType("application/problem+json; charset=utf-8")
        .result(
            Messages.JSON
                .createObjectNode()
                .put("status", status)
                .put("detail", sentence)
                .toString());
    return false;
  }

  /** Every path that it serves. */
  public List<String> paths() {
    return List.copyOf(paths);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
    lanes.forEach(BankLane::close);
  }

  /** Reads one kind of answer. */
  @FunctionalInterface
  private interface Reader {
    BankInbound read(String bank, JsonNode body);
  }
}
