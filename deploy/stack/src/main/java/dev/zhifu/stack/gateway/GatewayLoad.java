package dev.zhifu.stack.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.schemas.topics.TopicTable;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.demo.ConsoleProcess;
import dev.zhifu.stack.path.Latency;
import dev.zhifu.stack.path.Schedule;
import dev.zhifu.stack.path.Usage;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.TransferDecision;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One run's load and its measurement, in a process beside broker, registry, gateway and PostgreSQL:
 * it is the engine that writes banks' topics and the banks that ask and are posted to. What is
 * asked and written goes at its planned moment, whatever became of what went before.
 *
 * <p>Argument: the run's folder.
 */
public final class GatewayLoad {
  /** What a bank has left of its budget when it asks. */
  static final int WAIT_MS = 1_000;

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(40);

  /** A bank that was silent is tried again after a minute at most. */
  private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(150);

  private static final double MICRO = 1e3;
  private static final double SECOND = 1e9;

  private final Path root;
  private final GatewayPlan plan;
  private final StackInfo info;
  private final Arrivals arrivals = new Arrivals();
  private final List<BenchBank> banks = new ArrayList<>();
  private final OrderMaker maker;
  private final List<Long> postgres;
  private final AtomicLong serial = new AtomicLong();
  private BankTopics topics;

  private GatewayLoad(Path root) {
    this.root = root;
    this.plan = GatewayPlan.read(root);
    this.info = StackInfo.read(root);
    this.maker = new OrderMaker(info.banks());
    this.postgres = postgres(root.resolve(ConsoleProcess.STORE));
  }

  /** Does the plan of the run's folder; leaves its result there. */
  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      System.err.println("usage: GatewayLoad RUN_FOLDER");
      System.exit(2);
    }
    Path root = Path.of(args[0]);
    Map<String, Object> result = new GatewayLoad(root).run();
    Path next = root.resolve(GatewayPlan.RESULT + ".part");
    new ObjectMapper().writeValue(next.toFile(), result);
    Files.move(next, root.resolve(GatewayPlan.RESULT));
    System.exit(0);
  }

  private Map<String, Object> run() throws Exception {
    AvroCodec codec = info.registry().codec();
    Map<String, Object> result = new LinkedHashMap<>();
    try (BankTopics engine = new BankTopics(info.access(root, "engine"), codec)) {
      topics = engine;
      for (int i = 0; i < info.banks().size(); i++) {
        BenchBank bank = bank(i);
        banks.add(bank);
        if (posted(i)) {
          bank.takePosts();
        } else {
          bank.follow();
        }
      }
      result.put("decisions", decisions());
      result.put("saturation", saturation());
      result.put("orders", orders());
      result.put("backlog", backlog());
      result.put("isolation", isolation());
      result.put("repeated", arrivals.repeated());
      result.put("faults", arrivals.faults());
    } finally {
      banks.forEach(BenchBank::close);
    }
    return result;
  }

  /** Every other bank has its orders posted, the others follow them by cursor. */
  private static boolean posted(int bank) {
    return bank % 2 == 0;
  }

  private BenchBank bank(int number) throws IOException {
    String code = info.banks().get(number);
    Path secret = root.resolve("secrets").resolve(TopicTable.bankPrincipal(code) + ".secret");
    return new BenchBank(
        number, code, Files.readString(secret).strip(), URI.create(plan.gateway()), arrivals);
  }

  /** The processes of the PostgreSQL that the console started. */
  private static List<Long> postgres(Path store) {
    try (Stream<Path> files =
        Files.find(store, 3, (file, kind) -> file.endsWith("postmaster.pid"))) {
      long pid = Long.parseLong(Files.readAllLines(files.findFirst().orElseThrow()).get(0).strip());
      List<Long> pids = new ArrayList<>(List.of(pid));
      ProcessHandle.of(pid).stream()
          .flatMap(ProcessHandle::descendants)
          .forEach(process -> pids.add(process.pid()));
      return List.copyOf(pids);
    } catch (IOException e) {
      throw new StackException("no PostgreSQL in " + store + ": " + e.getMessage(), e);
    }
  }

  // --- decisions

  private List<Map<String, Object>> decisions() throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int rate : plan.rates()) {
      Used before = used();
      List<Asked> asked = ask(rate, plan.warmSeconds() + plan.seconds(), bank -> true);
      List<Asked> measured =
          asked.subList(Math.min(asked.size(), rate * plan.warmSeconds()), asked.size());
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("rate", rate);
      row.put("asked", measured.size());
      row.putAll(outcomes(measured));
      row.put("latency", answers(measured).row());
      row.put("use", before.until(used(), asked.size()));
      row.put("loadAverage", Usage.load());
      rows.add(row);
      say("decisions at %d/s: %s".formatted(rate, brief(row.get("latency"))));
    }
    return rows;
  }

  /** Asks at a steady rate and writes each decision at the moment that it is asked for. */
  private List<Asked> ask(int rate, int seconds, Predicate<Integer> whether) throws Exception {
    List<Asked> asked = new ArrayList<>();
    List<CompletableFuture<?>> open = new ArrayList<>();
    Schedule schedule = Schedule.soon(rate);
    for (long i = 0; i < (long) rate * seconds; i++) {
      schedule.await(i);
      BenchBank bank = banks.get((int) (i % banks.size()));
      if (whether.test(bank.number())) {
        Asked one = new Asked(bank.number(), schedule.nanos(i));
        asked.add(one);
        open.add(ask(bank, one));
      }
    }
    await(open);
    return asked;
  }

  private CompletableFuture<?> ask(BenchBank bank, Asked one) {
    String id = "bench-" + serial.incrementAndGet();
    CompletableFuture<?> answered = bank.ask(id, WAIT_MS).thenAccept(one::answered);
    // Wall clock on purpose: a decision's times are as a live one's; nothing is judged by them.
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    String code = info.banks().get(bank.number());
    topics.write(
        "bank." + code + ".decisions",
        id,
        TransferDecision.newBuilder()
            .setEventId(code + ":" + id + ":AWAITING")
            .setTransactionId(id)
            .setBank(code)
            .setDecision(DecisionKind.HOLD)
            .setReasonCode(ReasonCode.VICTIM_AT_RISK)
            .setOccurredAt(now)
            .setAnswerBy(now.plusMillis(WAIT_MS))
            .build(),
        () -> {});
    return answered;
  }

  private static Map<String, Object> outcomes(Collection<Asked> asked) {
    long held = asked.stream().filter(one -> one.status() == 200).count();
    long late = asked.stream().filter(one -> one.status() == 204).count();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("answered", held);
    row.put("notInTime", late);
    long refused = asked.stream().filter(one -> one.status() == 429 || one.status() == 503).count();
    row.put("refused", refused);
    row.put("broken", asked.size() - held - late - refused);
    return row;
  }

  private static boolean isRefused(Asked one) {
    return one.status() == 429 || one.status() == 503;
  }

  /**
   * Of every question that was let in, those answered 204 or not at all too: they were waited for
   * as long. A refusal is quick and no answer: it is counted apart.
   */
  private static Latency answers(Collection<Asked> asked) {
    Latency latency = Latency.inMicros();
    asked.stream()
        .filter(one -> !isRefused(one))
        .forEach(one -> latency.add(micros(one.planned(), one.answered())));
    return latency;
  }

  /** As many questions open at a time as the plan says, each followed by the next. */
  private Map<String, Object> saturation() throws Exception {
    Queue<Asked> done = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    long from = start + TimeUnit.SECONDS.toNanos(plan.warmSeconds());
    long end = from + TimeUnit.SECONDS.toNanos(plan.seconds());
    Used before = used();
    List<CompletableFuture<?>> chains = new ArrayList<>();
    for (BenchBank bank : banks) {
      for (int i = 0; i < plan.inFlight(); i++) {
        chains.add(chain(bank, end, done));
      }
    }
    await(chains);
    Map<String, Object> use = before.until(used(), done.size());
    List<Asked> measured =
        done.stream().filter(one -> one.answered() >= from && one.answered() < end).toList();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("banks", banks.size());
    row.put("inFlight", plan.inFlight());
    row.put("perSecond", measured.size() / (double) plan.seconds());
    row.putAll(outcomes(measured));
    row.put("latency", answers(measured).row());
    row.put("use", use);
    row.put("loadAverage", Usage.load());
    say("saturated: %.0f answers/s".formatted((double) row.get("perSecond")));
    return row;
  }

  private CompletableFuture<?> chain(BenchBank bank, long end, Queue<Asked> done) {
    CompletableFuture<?> over = new CompletableFuture<>();
    next(bank, end, done, over);
    return over;
  }

  private void next(BenchBank bank, long end, Queue<Asked> done, CompletableFuture<?> over) {
    long now = System.nanoTime();
    if (now >= end) {
      over.complete(null);
      return;
    }
    Asked one = new Asked(bank.number(), now);
    ask(bank, one)
        .whenComplete(
            (unused, e) -> {
              if (e == null) {
                done.add(one);
                next(bank, end, done, over);
              } else {
                over.completeExceptionally(e);
              }
            });
  }

  // --- orders

  private List<Map<String, Object>> orders() throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int rate : plan.orderRates()) {
      List<SentOrder> sent = maker.make(rate * (plan.warmSeconds() + plan.seconds()));
      Used before = used();
      send(sent, rate);
      long missing = arrivals.await(sent, CATCH_UP_LIMIT.toNanos());
      List<SentOrder> measured = sent.subList(rate * plan.warmSeconds(), sent.size());
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("rate", rate);
      row.put("sent", measured.size());
      row.put("missing", missing);
      row.put("webhook", deliveries(measured, order -> posted(order.bank())).row());
      row.put("stream", deliveries(measured, order -> !posted(order.bank())).row());
      row.put("use", before.until(used(), sent.size()));
      row.put("loadAverage", Usage.load());
      rows.add(row);
      say(
          "orders at %d/s: webhook %s, stream %s"
              .formatted(rate, brief(row.get("webhook")), brief(row.get("stream"))));
    }
    return rows;
  }

  private void send(List<SentOrder> orders, double rate) {
    Schedule schedule = Schedule.soon(rate);
    for (int i = 0; i < orders.size(); i++) {
      schedule.await(i);
      send(orders.get(i), schedule.nanos(i));
    }
    topics.flush();
  }

  private void send(SentOrder order, long planned) {
    order.planned(planned);
    arrivals.expect(order);
    topics.write(
        "bank." + info.banks().get(order.bank()) + ".orders",
        order.id(),
        order.envelope(),
        () -> {});
  }

  private static Latency deliveries(List<SentOrder> orders, Predicate<SentOrder> which) {
    Latency latency = Latency.inMicros();
    orders.stream()
        .filter(which)
        .filter(SentOrder::hasArrived)
        .forEach(order -> latency.add(micros(order.planned(), order.arrived())));
    return latency;
  }

  /** Everything at once: how many deliveries a second come of it. */
  private Map<String, Object> backlog() throws Exception {
    List<SentOrder> sent = maker.make(plan.backlog());
    Used before = used();
    long start = System.nanoTime();
    sent.forEach(order -> send(order, start));
    topics.flush();
    long missing = arrivals.await(sent, CATCH_UP_LIMIT.toNanos());
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("sent", sent.size());
    row.put("missing", missing);
    row.put("webhookPerSecond", perSecond(sent, order -> posted(order.bank()), start));
    row.put("streamPerSecond", perSecond(sent, order -> !posted(order.bank()), start));
    row.put("use", before.until(used(), sent.size()));
    row.put("loadAverage", Usage.load());
    say(
        "backlog of %d: %.0f/s by webhook, %.0f/s by stream"
            .formatted(
                sent.size(),
                (double) row.get("webhookPerSecond"),
                (double) row.get("streamPerSecond")));
    return row;
  }

  /** Those that came over the time until the last of them, from the first writing on. */
  private static double perSecond(List<SentOrder> orders, Predicate<SentOrder> which, long start) {
    List<SentOrder> came = orders.stream().filter(which).filter(SentOrder::hasArrived).toList();
    long last = came.stream().mapToLong(SentOrder::arrived).max().orElse(start);
    return last == start ? 0 : came.size() / ((last - start) / SECOND);
  }

  // --- one bank down

  private Map<String, Object> isolation() throws Exception {
    int third = plan.downSeconds();
    BenchBank down = banks.get(0);
    List<SentOrder> sent = maker.make(3 * third * plan.downRate());
    CompletableFuture<List<Asked>> asking =
        CompletableFuture.supplyAsync(() -> askBeside(3 * third, down.number()));
    Schedule schedule = Schedule.soon(plan.downRate());
    int perThird = third * plan.downRate();
    for (int i = 0; i < sent.size(); i++) {
      schedule.await(i);
      if (i == perThird) {
        down.silent(true);
      } else if (i == 2 * perThird) {
        down.silent(false);
      }
      send(sent.get(i), schedule.nanos(i));
    }
    topics.flush();
    long silentFrom = schedule.nanos(perThird);
    long silentUntil = schedule.nanos(2L * perThird);
    long missing = arrivals.await(sent, CATCH_UP_LIMIT.toNanos());
    List<Asked> asked = asking.get();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("downRate", plan.downRate());
    row.put("askedBeside", plan.askedBeside());
    row.put("seconds", third);
    row.put("missing", missing);
    List<Map<String, Object>> spans = new ArrayList<>();
    spans.add(span("before", sent, asked, down.number(), Long.MIN_VALUE, silentFrom));
    spans.add(span("silent", sent, asked, down.number(), silentFrom, silentUntil));
    spans.add(span("after", sent, asked, down.number(), silentUntil, Long.MAX_VALUE));
    row.put("spans", spans);
    long caughtUp =
        sent.stream()
            .filter(order -> order.bank() == down.number())
            .filter(order -> order.planned() < silentUntil)
            .mapToLong(SentOrder::arrived)
            .max()
            .orElse(silentUntil);
    row.put("heldBack", heldBack(sent, down.number(), silentUntil));
    row.put("caughtUpSeconds", (caughtUp - silentUntil) / SECOND);
    row.put("loadAverage", Usage.load());
    spans.forEach(
        span ->
            say(
                "%s it, decisions of others: %s"
                    .formatted(span.get("span"), brief(span.get("decision")))));
    return row;
  }

  private List<Asked> askBeside(int seconds, int down) {
    try {
      return ask(plan.askedBeside(), seconds, bank -> bank != down);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new StackException("questions broke off: " + e.getMessage(), e);
    }
  }

  private static long heldBack(List<SentOrder> sent, int down, long silentUntil) {
    return sent.stream()
        .filter(order -> order.bank() == down && order.planned() < silentUntil)
        .filter(order -> order.arrived() >= silentUntil)
        .count();
  }

  private static Map<String, Object> span(
      String name, List<SentOrder> sent, List<Asked> asked, int down, long from, long until) {
    List<SentOrder> within =
        sent.stream().filter(order -> order.planned() >= from && order.planned() < until).toList();
    List<Asked> meanwhile =
        asked.stream().filter(one -> one.planned() >= from && one.planned() < until).toList();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("span", name);
    row.put(
        "webhook", deliveries(within, order -> order.bank() != down && posted(order.bank())).row());
    row.put("stream", deliveries(within, order -> !posted(order.bank())).row());
    row.put("decision", answers(meanwhile).row());
    row.putAll(outcomes(meanwhile));
    row.put("down", deliveries(within, order -> order.bank() == down).row());
    return row;
  }

  // --- what it takes

  private Used used() {
    return new Used(
        Usage.cpuSeconds(List.of(plan.consolePid())),
        Usage.cpuSeconds(postgres),
        Usage.cpuSeconds(List.of(plan.brokerPid())),
        Usage.cpuSeconds(List.of(ProcessHandle.current().pid())));
  }

  /**
   * CPU seconds so far.
   *
   * @param gateway of the console's process, desk and projection among it
   * @param store of PostgreSQL
   * @param broker of Kafka
   * @param load of this process
   */
  private record Used(double gateway, double store, double broker, double load) {
    Map<String, Object> until(Used later, long things) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("gatewayCpuSeconds", later.gateway - gateway);
      row.put("storeCpuSeconds", Math.max(0, later.store - store));
      row.put("brokerCpuSeconds", later.broker - broker);
      row.put("loadCpuSeconds", later.load - load);
      row.put("things", things);
      return row;
    }
  }

  private static long micros(long from, long until) {
    return (long) ((until - from) / MICRO);
  }

  private static void await(List<CompletableFuture<?>> open)
      throws InterruptedException, ExecutionException {
    try {
      CompletableFuture.allOf(open.toArray(CompletableFuture[]::new))
          .get(ANSWER_LIMIT.toSeconds() + open.size() / 100, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      Optional<?> first = open.stream().filter(one -> !one.isDone()).findFirst();
      throw new StackException("questions stay without an answer: " + first, e);
    }
  }

  /** Median and 99th percentile of a latency's row. */
  private static String brief(Object row) {
    Map<?, ?> latency = (Map<?, ?>) row;
    return "p50 %s, p99 %s ms of %s"
        .formatted(latency.get("p50"), latency.get("p99"), latency.get("count"));
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
