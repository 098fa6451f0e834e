package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.bank.http.BankJson;
import dev.zhifu.bank.http.RequestSignature;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.rules.lives.channel.MessageCode;
import dev.zhifu.rules.lives.channel.MessageTwin;
import dev.zhifu.rules.lives.channel.PlatformMessage;
import dev.zhifu.wire.StopPaymentReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The reference twin of the statutory platform over HTTP, for demo and tests alone. The police side
 * posts messages; a bank's side is spoken to as by our gateway, so that a bank of the demo needs no
 * second connector. It checks no signature of a request: it listens on the loopback interface and
 * stands for a system that is not ours. It remembers nothing across restarts.
 */
public final class PlatformTwinServer implements AutoCloseable {
  private static final String STREAMS = "/v1/messages/";

  private final MessageTwin twin = new MessageTwin();
  private final WallClock clock;
  private final HttpServer server;
  private final ExecutorService pool =
      Executors.newFixedThreadPool(
          4,
          task -> {
            Thread thread = new Thread(task, "platform-twin");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Starts it on the loopback interface.
   *
   * @param port 0 takes a free one
   * @param banks on its line
   * @param clock time of what it answers itself
   */
  public PlatformTwinServer(int port, List<String> banks, WallClock clock) throws IOException {
    this.clock = clock;
    banks.forEach(twin::connect);
    this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.setExecutor(pool);
    server.createContext(HttpPlatformLine.PATH, exchange -> answer(exchange, this::message));
    server.createContext(STREAMS, exchange -> answer(exchange, body -> stream(exchange)));
    server.createContext(
        "/v1/receipts", exchange -> answer(exchange, body -> receipt(body, exchange)));
    server.createContext(
        "/v1/release-receipts", exchange -> answer(exchange, body -> released(body, exchange)));
    server.createContext(
        HttpPlatformLine.REPORTS, exchange -> answer(exchange, body -> reports(exchange)));
    server.start();
  }

  /** Runs it until the process is ended: {@code ADDRESS_FILE BANK[,BANK]}. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: PlatformTwinServer ADDRESS_FILE BANK[,BANK]");
      System.exit(2);
    }
    PlatformTwinServer twin =
        new PlatformTwinServer(0, List.of(args[1].split(",")), WallClock.machine());
    System.out.println("platform twin at " + twin.address());
    Files.writeString(Path.of(args[0]), twin.address() + "\n");
  }

  /** Where it listens. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Looks at or prepares the twin, while nothing else does. */
  public <T> T with(Function<MessageTwin, T> look) {
    synchronized (twin) {
      return look.apply(twin);
    }
  }

  private JsonNode message(JsonNode body) {
    PlatformMessage message =
        new PlatformMessage(
            body.path("txCode").asText(), HttpPlatformLine.fields(body.path("fields")));
    MessageTwin.Reply reply = with(one -> one.take(message, clock.get()));
    ObjectNode answer =
        Messages.JSON
            .createObjectNode()
            .put("code", reply.code().code())
            .put("words", reply.words());
    ObjectNode feedback = answer.putObject("feedback");
    reply.feedback().forEach(feedback::put);
    return answer;
  }

  /** Orders for a bank, and what lifts them; of the gateway's other streams there are none. */
  private JsonNode stream(HttpExchange exchange) {
    String bank = String.valueOf(exchange.getRequestHeaders().getFirst(RequestSignature.BANK));
    int after = after(exchange.getRequestURI().getRawQuery());
    String stream = exchange.getRequestURI().getPath().substring(STREAMS.length());
    List<PlatformMessage> all = with(one -> one.line(bank));
    ObjectNode page = Messages.JSON.createObjectNode();
    ArrayNode messages = page.putArray("messages");
    for (int i = after; i < all.size(); i++) {
      view(stream, all.get(i), i).ifPresent(messages::add);
    }
    return page.put("next", Math.max(after, all.size()));
  }

  /** The message as the bank's library takes it; empty when it is none of the stream. */
  private static Optional<ObjectNode> view(String stream, PlatformMessage message, int offset) {
    boolean lift = message.code().equals(MessageCode.LIFT_STOP.code());
    boolean order = !message.field("envelope.payload").isEmpty();
    Optional<ObjectNode> view = Optional.empty();
    if (stream.equals("orders") && order) {
      view = Optional.of(BankJson.view(PlatformOrders.envelope(message)));
    } else if (stream.equals("releases") && lift) {
      view =
          PlatformRequests.release(message)
              .map(release -> BankJson.view(release, message.field("bankID")));
    }
    return view.map(one -> one.put("stream", stream).put("offset", offset));
  }

  /** A bank's answer to what lifts a stop (100104). */
  private JsonNode released(JsonNode body, HttpExchange exchange) {
    String bank = String.valueOf(exchange.getRequestHeaders().getFirst(RequestSignature.BANK));
    ReleaseAnswer answer = Answers.released(body);
    String key = answer.applicationId() + ":" + MessageCode.LIFT_STOP.code();
    boolean known = with(one -> one.answered(bank, key, PlatformRequests.feedback(answer)));
    return Messages.JSON.createObjectNode().put("taken", known);
  }

  /** Case reports that wait for the police. */
  private JsonNode reports(HttpExchange exchange) {
    int after = after(exchange.getRequestURI().getRawQuery());
    List<PlatformMessage> all = with(MessageTwin::reports);
    ObjectNode page = Messages.JSON.createObjectNode();
    ArrayNode messages = page.putArray("messages");
    all.stream().skip(after).map(HttpPlatformLine::json).forEach(messages::add);
    return page.put("next", Math.max(after, all.size()));
  }

  private static int after(String query) {
    for (String part : String.valueOf(query).split("&")) {
      if (part.startsWith("after=")) {
        return Integer.parseInt(part.substring("after=".length()));
      }
    }
    return 0;
  }

  private JsonNode receipt(JsonNode body, HttpExchange exchange) {
    String bank = String.valueOf(exchange.getRequestHeaders().getFirst(RequestSignature.BANK));
    StopPaymentReceipt receipt = (StopPaymentReceipt) Answers.receipt(bank, body).getBody();
    boolean known =
        with(
            one ->
                one.line(bank).stream()
                        .filter(
                            sent ->
                                sent.field(PlatformMessage.APPLICATION_ID)
                                    .equals(receipt.getApplicationId()))
                        .filter(sent -> !sent.code().equals(MessageCode.LIFT_STOP.code()))
                        .filter(
                            sent ->
                                one.answered(bank, sent.key(), PlatformOrders.feedback(receipt)))
                        .count()
                    > 0);
    return Messages.JSON.createObjectNode().put("taken", known);
  }

  /** Answers with JSON; a body that is none is refused. */
  private static void answer(HttpExchange exchange, Function<JsonNode, JsonNode> by)
      throws IOException {
    int status = 200;
    byte[] out;
    try {
      byte[] in = exchange.getRequestBody().readAllBytes();
      out = bytes(by.apply(Messages.JSON.readTree(in)));
    } catch (IOException | UncheckedIOException | FieldException | IllegalArgumentException e) {
      status = 400;
      out = bytes(Messages.JSON.createObjectNode().put("problem", String.valueOf(e.getMessage())));
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, out.length);
    exchange.getResponseBody().write(out);
    exchange.close();
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
