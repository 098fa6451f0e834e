package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.bank.http.RequestSignature;
import dev.zhifu.bank.http.XmlMessages;
import dev.zhifu.desk.door.Door;
import dev.zhifu.desk.door.Proxies;
import dev.zhifu.desk.intake.IntakeDesk;
import dev.zhifu.desk.people.Limits;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.Decoder;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.view.BankPages;
import dev.zhifu.desk.words.Words;
import dev.zhifu.wire.OrderChannel;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.jetty.server.NetworkConnectionLimit;
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

  private static final long PASSED_OVER_MAX = 2L * IntakeDesk.SCAN_BYTES_MAX;
  private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
  private static final int MESSAGES_MAX = 200;
  private static final int ANSWERING = 8;

  /** One statement for nonces and one for decisions at a time. */
  private static final int ASKING = 2;

  /**
   * Connections for each request that may be under way. The rest are kept open between requests, or
   * wait to be told that there is no place.
   */
  private static final int CONNECTIONS_A_PLACE = 4;

  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
  private static final String SCANS = "/v1/reports/{id}/scans/{kind}";
  private static final String BANK = "gateway.bank";

  /** Set on a request that gives its place back itself. */
  private static final String LATER = "gateway.later";

  private final MessageStore messages;
  private final Map<String, BankAccess> banks = new HashMap<>();
  private final Map<String, BankLane> lanes = new HashMap<>();
  private final ExecutorService answering =
      Executors.newFixedThreadPool(ANSWERING, GatewayServer::daemon);
  private final ExecutorService asking =
      Executors.newFixedThreadPool(ASKING, GatewayServer::daemon);
  private final Gathering<MessageStore.Nonce, Boolean> nonces;
  private final Places places;
  private final int open;
  private final Proxies proxies;
  private final Webhooks webhooks;
  private final WallClock clock;
  private final Postings postings;
  private final BankPages figures;
  private final Limits requests;
  private final int perMinute;
  private final Keep keep;
  private final Forgetting forgetting;
  private final Releases releases;
  private final Javalin server;
  private final AtomicReference<Instant> forgotten = new AtomicReference<>(Instant.EPOCH);
  private final List<String> paths =
      new ArrayList<>(List.of("/v1/openapi.yaml", "/v1/zhifu-bank-1.xsd"));

  /**
   * Starts it.
   *
   * @param store where messages and answers lie
   * @param decoder reads the banks' topics
   * @param access banks that take part by HTTP
   * @param centre who hears what banks state of themselves
   * @param clock bounds replays of requests and spaces out tries: both sides run on wall clocks
   * @param limits what it bears and keeps
   * @param host interface to listen on, by plain HTTP
   * @param port port; 0 takes a free one
   */
  public GatewayServer(
      Store store,
      Decoder decoder,
      List<BankAccess> access,
      Centre centre,
      WallClock clock,
      GatewayLimits limits,
      String host,
      int port) {
    this(store, decoder, access, centre, clock, limits, Door.plain(host, port));
  }

  /** The same behind a door of either kind. */
  public GatewayServer(
      Store store,
      Decoder decoder,
      List<BankAccess> access,
      Centre centre,
      WallClock clock,
      GatewayLimits limits,
      Door door) {
    this.keep = limits.keep();
    this.proxies = door.proxies();
    this.webhooks = new Webhooks(limits.plainWebhooks());
    this.messages = new MessageStore(store, decoder);
    this.clock = clock;
    this.perMinute = limits.perMinute();
    this.requests = new Limits(limits.perMinute(), Duration.ofMinutes(1));
    this.open = limits.open();
    this.places = new Places(open, access.stream().map(BankAccess::bank).toList());
    this.nonces = new Gathering<>(messages::areNew, asking);
    Gathering<MessageStore.Question, Optional<JsonNode>> decisions =
        new Gathering<>(messages::decisions, asking);
    for (BankAccess one : access) {
      banks.put(one.bank(), one);
      lanes.put(one.bank(), new BankLane(one, messages, decisions, webhooks, clock));
    }
    this.postings = new Postings(store, messages, centre, clock);
    this.figures = centre.figures();
    this.forgetting = new Forgetting(messages, keep, clock);
    this.releases =
        new Releases(messages, banks.keySet(), clock, bank -> lanes.get(bank).news("releases"));
    this.server =
        Javalin.create(
                config -> {
                  door.open(config);
                  configure(config);
                })
            .start();
    lanes.values().forEach(BankLane::start);
    forgetting.start();
    releases.start();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "gateway-answer");
    thread.setDaemon(true);
    return thread;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.jetty.modifyServer(
        jetty -> jetty.addBean(new NetworkConnectionLimit(CONNECTIONS_A_PLACE * open, jetty)));
    // Each request has headers of its own; a cache of them takes 57 kB of every connection.
    config.jetty.modifyHttpConfiguration(http -> http.setHeaderCacheSize(0));
    config.http.maxRequestSize = IntakeDesk.SCAN_BYTES_MAX + 1L;
    on(config, HandlerType.GET, "/v1/messages/{stream}", this::messages);
    on(config, HandlerType.GET, "/v1/decisions/{transactionId}", this::decision);
    on(config, HandlerType.POST, "/v1/receipts", ctx -> postings.receipt(ctx, bank(ctx)));
    on(config, HandlerType.POST, "/v1/hold-outcomes", ctx -> postings.outcome(ctx, bank(ctx)));
    on(config, HandlerType.POST, "/v1/release-receipts", ctx -> postings.released(ctx, bank(ctx)));
    on(config, HandlerType.POST, "/v1/reports", ctx -> postings.report(ctx, bank(ctx)));
    on(
        config,
        HandlerType.PUT,
        SCANS,
        IntakeDesk.SCAN_BYTES_MAX,
        ctx -> postings.scan(ctx, bank(ctx)));
    on(config, HandlerType.POST, "/v1/moves", ctx -> postings.move(ctx, bank(ctx)));
    on(config, HandlerType.POST, "/v1/appeals", ctx -> postings.appeal(ctx, bank(ctx)));
    on(config, HandlerType.GET, "/v1/appeals/{id}", ctx -> postings.appealState(ctx, bank(ctx)));
    on(config, HandlerType.GET, "/v1/figures", this::figures);
    on(config, HandlerType.PUT, "/v1/webhook", this::webhook);
    on(config, HandlerType.GET, "/v1/reconciliation/{day}", this::reconciliation);
    config.routes.addHttpHandler(HandlerType.GET, "/v1/openapi.yaml", GatewayServer::description);
    config.routes.addHttpHandler(
        HandlerType.GET, "/v1/zhifu-bank-1.xsd", ctx -> xml(ctx, XmlMessages.published()));
    config.routes.exception(
        Exception.class,
        (e, ctx) -> {
          LOG.error("{} {} failed", ctx.method().name(), ctx.endpoint().path, e);
          problem(ctx, 500, "this failed and was logged; try again");
        });
  }

  private void on(JavalinConfig config, HandlerType method, String path, Handler handler) {
    on(config, method, path, BODY_BYTES_MAX, handler);
  }

  private void on(
      JavalinConfig config, HandlerType method, String path, long longest, Handler handler) {
    paths.add(path);
    config.routes.addHttpHandler(
        method,
        path,
        ctx -> {
          ctx.header("Cache-Control", "no-store");
          if (proxies.refuses(ctx)) {
            problem(ctx, 403, "the gateway is reached by https alone; nothing was done");
            return;
          }
          serve(ctx, longest, handler);
        });
  }

  private void serve(Context ctx, long longest, Handler handler) throws Exception {
    BankAccess bank = sender(ctx, longest);
    if (bank == null) {
      return;
    }
    if (!places.take(bank.bank())) {
      full(ctx);
      return;
    }
    ctx.attribute(BANK, bank);
    try {
      if (isNew(ctx, bank)) {
        handler.handle(ctx);
      }
    } finally {
      if (ctx.attribute(LATER) == null) {
        places.leave(bank.bank());
      }
    }
  }

  /**
   * Reads on and keeps nothing, up to a bound: a bank that is still sending when its connection is
   * closed reads no answer, only a broken connection.
   */
  private static void passOver(Context ctx) {
    byte[] gone = new byte[8_192];
    long left = PASSED_OVER_MAX;
    try {
      InputStream body = ctx.req().getInputStream();
      int read = 0;
      while (left > 0 && read >= 0) {
        read = body.read(gone);
        left -= read;
      }
    } catch (IOException e) {
      LOG.debug("a body that is too long broke off", e);
    }
  }

  /** Who sent it: is it his, and of now? Null when not; costs nothing but the sum itself. */
  private BankAccess sender(Context ctx, long longest) {
    String tooLong = "the body has more than " + longest + " bytes";
    if (ctx.req().getContentLengthLong() > longest) {
      passOver(ctx);
      return refused(ctx, 413, tooLong);
    }
    byte[] body = ctx.bodyAsBytes();
    if (body.length > longest) {
      return refused(ctx, 413, tooLong);
    }
    BankAccess bank = banks.get(String.valueOf(ctx.header(RequestSignature.BANK)));
    String time = String.valueOf(ctx.header(RequestSignature.TIME));
    String nonce = String.valueOf(ctx.header(RequestSignature.NONCE));
    String target = ctx.path() + (ctx.queryString() == null ? "" : "?" + ctx.queryString());
    if (bank == null
        || !RequestSignature.same(
            ctx.header(RequestSignature.SIGNATURE),
            RequestSignature.of(bank.secret(), ctx.method().name(), target, time, nonce, body))) {
      return refused(ctx, 401, "bank and signature do not fit; sign as docs/gateway.md says");
    }
    Instant now = clock.get();
    if (!time.matches("[0-9]{13}")
        || Duration.between(Instant.ofEpochMilli(Long.parseLong(time)), now).abs().compareTo(SKEW)
            > 0) {
      return refused(
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
    return bank;
  }

  /** Is it the first time, and not too often? */
  private boolean isNew(Context ctx, BankAccess bank) {
    String nonce = String.valueOf(ctx.header(RequestSignature.NONCE));
    Instant now = clock.get();
    if (!nonce.matches("[A-Za-z0-9-]{16,64}")
        || !nonces.ask(new MessageStore.Nonce(bank.bank(), nonce, now)).join()) {
      return problem(
          ctx,
          409,
          RequestSignature.NONCE
              + " was used before, or is no word of 16 to 64 letters and digits");
    }
    forgetNonces(now);
    if (!requests.allow(bank.bank())) {
      ctx.header("Retry-After", Integer.toString(Math.max(1, (59 + perMinute) / perMinute)));
      return problem(
          ctx,
          429,
          "the bank's quota of "
              + perMinute
              + " requests a minute is used up; nothing was done, send it again with a new "
              + RequestSignature.NONCE);
    }
    return true;
  }

  /** Told before the store is asked anything: the answer costs the less, the more come. */
  private void full(Context ctx) {
    ctx.header("Retry-After", "1");
    problem(
        ctx,
        503,
        "the centre has as many requests under way as it bears ("
            + open
            + " over all banks); nothing was done, send it again with a new "
            + RequestSignature.NONCE);
  }

  private void forgetNonces(Instant now) {
    Instant last = forgotten.get();
    if (Duration.between(last, now).compareTo(FORGET_EVERY) > 0
        && forgotten.compareAndSet(last, now)) {
      messages.forgetNonces(now.minus(SKEW.multipliedBy(2)));
    }
  }

  private void figures(Context ctx) {
    BankPages.BankLine line = figures.of(bank(ctx).bank());
    ObjectNode shown = Messages.JSON.createObjectNode();
    shown.put("bank", line.bank().code());
    shown.put("orders", line.orders()).put("answered", line.answered());
    shown.put("medianSeconds", line.medianSeconds() < 0 ? null : line.medianSeconds());
    shown.put("longestSeconds", line.longestSeconds() < 0 ? null : line.longestSeconds());
    shown.put("stopped", line.stopped());
    shown
        .putObject("mismatches")
        .put("name", line.name())
        .put("account", line.account())
        .put("amount", line.amount())
        .put("time", line.time());
    shown.putObject("holds").put("applied", line.applied()).put("declined", line.declined());
    shown.put("released", line.released()).put("wrongStops", line.wrong());
    ObjectNode lifts = shown.putObject("lifts");
    timed(lifts, line.lifts(OrderChannel.DIRECT));
    ObjectNode channels = lifts.putObject("byChannel");
    for (OrderChannel channel : OrderChannel.values()) {
      timed(channels.putObject(channel.name()), line.lifts(channel));
    }
    json(ctx, shown);
  }

  private static void timed(ObjectNode node, BankPages.LiftTimes times) {
    node.put("answered", times.confirmed())
        .put("medianSeconds", times.any() ? times.medianSeconds() : null)
        .put("longestSeconds", times.any() ? times.longestSeconds() : null);
  }

  private void messages(Context ctx) {
    String stream = ctx.pathParam("stream");
    if (!stream.matches("decisions|holds|orders|releases")) {
      problem(ctx, 404, "stream is '" + stream + "'; it is decisions, holds, orders or releases");
      return;
    }
    Optional<Long> cursor = number(ctx, "after", 0, Long.MAX_VALUE);
    Optional<Long> wait = number(ctx, "waitMs", 0, WAIT_MAX.toMillis());
    if (cursor.isEmpty() || wait.isEmpty()) {
      return;
    }
    long end = System.nanoTime() + Duration.ofMillis(wait.get()).toNanos();
    waiting(
        ctx,
        lane ->
            page(lane, stream, cursor.get(), end)
                .thenAcceptAsync(
                    found -> {
                      ObjectNode page = Messages.JSON.createObjectNode();
                      page.putArray("messages").addAll(found);
                      page.put(
                          "next",
                          found.isEmpty()
                              ? cursor.get()
                              : found.get(found.size() - 1).path("offset").asLong() + 1);
                      if (wantsXml(ctx)) {
                        xml(ctx, XmlMessages.page(page));
                      } else {
                        json(ctx, page);
                      }
                    },
                    answering));
  }

  private CompletableFuture<List<JsonNode>> page(
      BankLane lane, String stream, long cursor, long end) {
    long heard = lane.heard(stream);
    List<JsonNode> found = messages.after(lane.bank(), stream, cursor, MESSAGES_MAX);
    long left = end - System.nanoTime();
    if (!found.isEmpty() || left <= 0) {
      return CompletableFuture.completedFuture(found);
    }
    return lane.newerThan(stream, heard, Duration.ofNanos(left))
        .thenComposeAsync(
            more ->
                more
                    ? page(lane, stream, cursor, end)
                    : CompletableFuture.completedFuture(List.of()),
            answering);
  }

  private void decision(Context ctx) {
    Optional<Long> wait = number(ctx, "waitMs", 0, WAIT_MAX.toMillis());
    if (wait.isEmpty()) {
      return;
    }
    String id = ctx.pathParam("transactionId");
    waiting(
        ctx,
        lane ->
            lane.decision(id, Duration.ofMillis(wait.get()))
                .thenAcceptAsync(
                    found -> {
                      if (found.isEmpty()) {
                        // No answer in time means that the transfer passes; both sides count it.
                        ctx.status(204);
                      } else if (wantsXml(ctx)) {
                        xml(ctx, XmlMessages.message(found.get()));
                      } else {
                        json(ctx, found.get());
                      }
                    },
                    answering));
  }

  /** Answers later without holding a thread; the place is held until then. */
  private void waiting(Context ctx, Function<BankLane, CompletableFuture<?>> answer) {
    BankLane lane = lanes.get(bank(ctx).bank());
    CompletableFuture<?> answered = answer.apply(lane);
    ctx.attribute(LATER, true);
    ctx.future(() -> answered.whenComplete((done, e) -> places.leave(lane.bank())));
  }

  private static boolean wantsXml(Context ctx) {
    return String.valueOf(ctx.header("Accept")).contains(XmlMessages.TYPE);
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
    Optional<String> fault = url == null ? Optional.empty() : webhooks.fault(url);
    if (fault.isPresent()) {
      problem(ctx, 422, "url is '" + url + "'; " + fault.get());
      return;
    }
    messages.webhook(bank(ctx).bank(), url);
    ctx.status(204);
  }

  private void reconciliation(Context ctx) {
    Instant from;
    try {
      from = LocalDate.parse(ctx.pathParam("day")).atStartOfDay(Words.PLACE).toInstant();
    } catch (DateTimeException e) {
      problem(ctx, 422, "day is '" + ctx.pathParam("day") + "'; it is a date such as 2026-03-02");
      return;
    }
    if (from.isBefore(clock.get().minus(keep.messages()))) {
      problem(
          ctx,
          410,
          "messages of "
              + ctx.pathParam("day")
              + " were kept for "
              + keep.messages().toDays()
              + " days and are gone; the topic is the record, ask the centre");
      return;
    }
    boolean csv = "csv".equals(ctx.queryParam("form"));
    try {
      // A file first: a day of movements is longer than memory, and half of one would be no file.
      Path file = Files.createTempFile("zhifu-reconciliation", csv ? ".csv" : ".json");
      try {
        write(bank(ctx).bank(), from, from.plus(Duration.ofDays(1)), file, csv);
        ctx.contentType(csv ? "text/csv; charset=utf-8" : "application/json")
            .result(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String bank, Instant from, Instant to, Path file, boolean csv)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      if (csv) {
        out.write(Reconciliation.HEAD + "\n");
        lines(bank, from, to, line -> out.write(line.csv() + "\n"));
        return;
      }
      try (SequenceWriter array = Messages.JSON.writer().writeValuesAsArray(out)) {
        lines(bank, from, to, array::write);
      }
    }
  }

  private void lines(String bank, Instant from, Instant to, LineWriter out) throws IOException {
    for (Reconciliation line : messages.reconciliation(bank, from, to)) {
      out.write(line);
    }
    try {
      messages.posts(
          bank,
          from,
          to,
          line -> {
            try {
              out.write(line);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Writes one line. */
  @FunctionalInterface
  private interface LineWriter {
    void write(Reconciliation line) throws IOException;
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

  private static void xml(Context ctx, String body) {
    ctx.contentType("application/xml; charset=utf-8").result(body);
  }

  static void json(Context ctx, JsonNode body) {
    ctx.contentType("application/json; charset=utf-8").result(body.toString());
  }

  private static BankAccess refused(Context ctx, int status, String sentence) {
    problem(ctx, status, sentence);
    return null;
  }

  static boolean problem(Context ctx, int status, String sentence) {
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
    forgetting.close();
    releases.close();
    server.stop();
    lanes.values().forEach(BankLane::close);
    answering.shutdownNow();
    asking.shutdownNow();
  }
}
