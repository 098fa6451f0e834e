package dev.zhifu.bank.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.bank.BankAccount;
import dev.zhifu.bank.BankCore;
import dev.zhifu.bank.BankLibrary;
import dev.zhifu.bank.BankMessage;
import dev.zhifu.bank.BankSettings;
import dev.zhifu.bank.BankTransfer;
import dev.zhifu.bank.BankTransport;
import dev.zhifu.bank.BankTwin;
import dev.zhifu.bank.HoldCommand;
import dev.zhifu.bank.InMemoryBankCore;
import dev.zhifu.bank.ReleaseAnswer;
import dev.zhifu.bank.StopCommand;
import dev.zhifu.bank.StopPlaced;
import dev.zhifu.bank.http.GatewayClient;
import dev.zhifu.bank.http.HttpBankTransport;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentReceipt;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The run over HTTP against the twin: it passes, and fails whatever is broken in it. */
class BankCheckTest {
  private static final String BANK = "B01";
  private static final String SECRET = "a secret of this test alone";

  /**
   * Long enough for a bank on a busy machine; a fault that makes it silent costs it once a case.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration IMPATIENCE = Duration.ofMillis(1_500);

  @TempDir Path folder;

  @Test
  @Tag("landing")
  void theTwinPassesEveryCaseOverHttp() {
    List<Outcome> outcomes =
        run(core -> core, transport -> transport, "true", PATIENCE, id -> true);
    assertThat(outcomes).hasSizeGreaterThanOrEqualTo(40);
    assertThat(outcomes)
        .allSatisfy(one -> assertThat(one.found()).as(one.id()).isEqualTo(one.expected()));
  }

  @Test
  void everyCaseHasItsOwnIdSaysWhatItProvesAndWhatToDo() {
    List<Outcome> all = BankCheck.list();
    assertThat(all).extracting(Outcome::id).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            one -> {
              assertThat(one.proves()).isNotBlank();
              assertThat(one.todo().length()).isGreaterThan(20);
            });
  }

  /** Seeded fault → cases that must find it, each at least. */
  @TestFactory
  Stream<DynamicTest> aTwinWithAFaultFailsTheCaseThatIsAboutIt() {
    Map<String, Seeded> faults = new TreeMap<>();
    faults.put(
        "a term of 72 h",
        answering(
            receipts(
                r ->
                    r.setExpireTime(
                        r.getStartTime() == null
                            ? null
                            : r.getStartTime().plus(Duration.ofHours(72)))),
            "O-01"));
    faults.put(
        "the balance after the stop",
        answering(
            receipts(r -> r.setBalanceBeforeFen(r.getBalanceBeforeFen() == null ? null : 0L)),
            "O-01"));
    faults.put(
        "the application id left out", answering(receipts(r -> r.setApplicationId("")), "O-02"));
    faults.put(
        "the hash of something else",
        answering(receipts(r -> r.setPayloadSha256("0".repeat(64))), "O-02"));
    faults.put(
        "an order id believed of a forger",
        answering(
            receipts(r -> r.setOrderId(r.getOrderId().isEmpty() ? "e".repeat(64) : r.getOrderId())),
            "S-01"));
    faults.put(
        "signatures not verified",
        answering(
            receipts(r -> pretend(r, ReceiptResult.BAD_SIGNATURE)),
            "S-01",
            "S-02",
            "S-03",
            "S-04",
            "C-04"));
    faults.put(
        "officers' signatures not verified",
        answering(
            receipts(r -> pretend(r, ReceiptResult.BAD_AUTHORISATION)),
            "S-06",
            "S-09",
            "S-10",
            "S-11"));
    faults.put(
        "orders of other banks executed",
        answering(receipts(r -> pretend(r, ReceiptResult.WRONG_BANK)), "S-05", "C-05"));
    faults.put(
        "late orders executed",
        answering(receipts(r -> pretend(r, ReceiptResult.EXPIRED_ORDER)), "M-10"));
    faults.put(
        "the form not looked at",
        answering(
            receipts(r -> pretend(r, ReceiptResult.FORMAT_ERROR)), "M-01", "M-12", "F-10", "T-02"));
    faults.put(
        "an id that serves twice",
        answering(receipts(r -> pretend(r, ReceiptResult.REPLAYED)), "C-03"));
    faults.put(
        "a new time in every copy",
        answering(
            receipts(
                new Consumer<>() {
                  private int copies;

                  @Override
                  public void accept(StopPaymentReceipt receipt) {
                    receipt.setAt(receipt.getAt().plusMillis(++copies));
                  }
                }),
            "C-01",
            "C-02"));
    faults.put(
        "a lift not heard",
        answering(
            outcomes(
                o ->
                    o.setResult(
                        o.getResult() == HoldResult.RELEASED ? HoldResult.APPLIED : o.getResult())),
            "H-03",
            "H-04"));
    faults.put(
        "a release not heard",
        booking(
            core ->
                new BrokenCore(core) {
                  @Override
                  public boolean liftStop(String orderId) {
                    return false;
                  }
                },
            "L-01",
            "L-02"));
    faults.put(
        "releases believed of anybody",
        releasing(ReleaseAnswer.Result.BAD_SIGNATURE, ReleaseAnswer.Result.LIFTED, "L-04"));
    faults.put(
        "releases taken for another order",
        releasing(
            ReleaseAnswer.Result.BAD_AUTHORISATION, ReleaseAnswer.Result.LIFTED, "L-05", "L-06"));
    faults.put(
        "a stop lifted that never was",
        releasing(ReleaseAnswer.Result.NOT_STOPPED, ReleaseAnswer.Result.LIFTED, "L-07"));
    faults.put(
        "holds never answered",
        answering(
            all -> all.stream().filter(one -> !(one.getBody() instanceof RiskHoldOutcome)).toList(),
            "H-01"));
    faults.put(
        "answers in another order",
        answering(
            all -> {
              List<BankInbound> turned = new ArrayList<>(all);
              Collections.reverse(turned);
              return turned;
            },
            "T-01"));
    faults.put(
        "amounts not compared",
        booking(
            core ->
                new BrokenCore(core) {
                  @Override
                  public Optional<BankTransfer> transfer(String id) {
                    return super.transfer(id)
                        .map(
                            t ->
                                new BankTransfer(
                                    t.bankTransactionId(),
                                    t.accountNumber(),
                                    4_979_999,
                                    t.bookedAt()));
                  }
                },
            "F-03",
            "O-01"));
    faults.put(
        "late paperwork taken for a new stop",
        booking(
            core ->
                new BrokenCore(core) {
                  @Override
                  public StopPlaced placeStop(StopCommand stop) {
                    return super.placeStop(
                        new StopCommand(
                            stop.orderId(),
                            stop.accountNumber(),
                            stop.startTime(),
                            stop.expireTime()));
                  }
                },
            "O-09"));
    faults.put(
        "late paperwork confirmed without a stop",
        booking(
            core ->
                new BrokenCore(core) {
                  @Override
                  public StopPlaced placeStop(StopCommand stop) {
                    StopPlaced placed = super.placeStop(stop);
                    Instant start = placed.startTime().minusSeconds(3_600);
                    return stop.latePaperwork()
                        ? new StopPlaced(
                            placed.balanceBeforeFen(), start, start.plus(Duration.ofHours(48)))
                        : placed;
                  }
                },
            "O-10"));
    faults.put(
        "times an hour off",
        booking(
            core ->
                new BrokenCore(core) {
                  @Override
                  public Optional<BankTransfer> transfer(String id) {
                    return super.transfer(id)
                        .map(
                            t ->
                                new BankTransfer(
                                    t.bankTransactionId(),
                                    t.accountNumber(),
                                    t.amountFen(),
                                    t.bookedAt().plusSeconds(3_600)));
                  }
                },
            "O-01",
            "O-07"));
    faults.put(
        "any transfer taken for the account's",
        booking(
            core ->
                new BrokenCore(core) {
                  @Override
                  public Optional<BankTransfer> transfer(String id) {
                    return super.transfer(id)
                        .map(
                            t ->
                                new BankTransfer(
                                    t.bankTransactionId(),
                                    Books.ORDINARY.number(),
                                    t.amountFen(),
                                    t.bookedAt()));
                  }
                },
            "F-06"));
    faults.put(
        "freezes not seen",
        booking(
            core ->
                new BrokenCore(core) {
                  @Override
                  public Optional<BankAccount> account(String number) {
                    return super.account(number)
                        .map(
                            a ->
                                new BankAccount(
                                    a.number(), a.name(), a.accountType(), a.balanceFen(), false));
                  }
                },
            "F-08"));
    faults.put(
        "names in another form of the dot",
        booking(
            core ->
                new BrokenCore(core) {
                  @Override
                  public Optional<BankAccount> account(String number) {
                    return super.account(number)
                        .map(
                            a ->
                                new BankAccount(
                                    a.number(),
                                    a.name().replace("·", "."),
                                    "01",
                                    a.balanceFen(),
                                    a.frozen()));
                  }
                },
            "O-04"));
    faults.put(
        "a clock two hours slow",
        booking(
            core ->
                new BrokenCore(core) {
                  @Override
                  public Instant now() {
                    return super.now().minusSeconds(7_200);
                  }
                },
            "M-10",
            "H-06"));
    faults.put(
        "holds without an end",
        booking(
            core ->
                new BrokenCore(core) {
                  @Override
                  public OptionalLong placeHold(HoldCommand command) {
                    super.placeHold(command);
                    return OptionalLong.of(9_999_999_999L);
                  }
                },
            "H-01"));
    AtomicInteger number = new AtomicInteger();
    return faults.entrySet().stream()
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.getKey(),
                    () -> {
                      Seeded seeded = fault.getValue();
                      List<String> failed =
                          run(
                                  seeded.core,
                                  seeded.transport,
                                  "fault-" + number.incrementAndGet(),
                                  IMPATIENCE,
                                  List.of(seeded.finders)::contains)
                              .stream()
                              .filter(one -> !one.passed())
                              .map(Outcome::id)
                              .toList();
                      assertThat(failed).contains(seeded.finders);
                    }));
  }

  @Test
  void aSecondKeyForARefusedAnswerIsAFault() {
    try (HttpLink link = link()) {
      GatewayClient client = client(link.address());
      link.refuseOnce();
      var body = new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode();
      body.put("holdId", "a".repeat(64)).put("result", "APPLIED").put("at", "2026-03-02T01:00:00Z");
      assertThat(client.post("/v1/hold-outcomes", body, "key-000001").statusCode()).isEqualTo(503);
      client.post("/v1/hold-outcomes", body, "key-000002");
      assertThat(link.faults()).singleElement().asString().contains("another Idempotency-Key");
      body.put("result", "DECLINED");
      assertThat(client.post("/v1/hold-outcomes", body, "key-000002").statusCode()).isEqualTo(409);
      assertThat(
              new GatewayClient(link.address(), BANK, SECRET + "x", Clock.systemUTC())
                  .get("/v1/messages/orders")
                  .statusCode())
          .isEqualTo(401);
      assertThat(link.faults()).anySatisfy(fault -> assertThat(fault).contains("did not sign"));
    }
  }

  @Test
  void docsListEveryCase() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (Outcome one : BankCheck.list()) {
      rows.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(one.id(), one.proves(), one.expected(), one.todo()));
    }
    Path page = Path.of("../../docs/bank-check.md");
    String text = Files.readString(page);
    String head = text.substring(0, text.indexOf("| id | proves"));
    String wanted =
        head
            + "| id | proves | must be found | what to do when it is not |\n|---|---|---|---|\n"
            + rows;
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(page, wanted);
    }
    assertThat(page).content().isEqualTo(wanted);
  }

  private static HttpLink link() {
    return new HttpLink("127.0.0.1", 0, BANK, SECRET, Clock.systemUTC());
  }

  private static GatewayClient client(URI address) {
    return new GatewayClient(address, BANK, SECRET, Clock.systemUTC());
  }

  private List<Outcome> run(
      UnaryOperator<BankCore> seeded,
      UnaryOperator<BankTransport> faulty,
      String name,
      Duration patience,
      Predicate<String> cases) {
    Clock clock = Clock.systemUTC();
    InMemoryBankCore core = new InMemoryBankCore(clock::instant);
    Books.open(core);
    try (HttpLink link = link()) {
      BankTwin twin =
          new BankTwin(
              BANK,
              new BankLibrary(
                  new BankSettings(
                      BANK,
                      Environment.DEMO,
                      DemoKeys.directory(),
                      List.of(DemoKeys.bank(BANK)),
                      0,
                      folder.resolve(name + ".jsonl")),
                  seeded.apply(core),
                  (decision, late) -> {},
                  id -> Optional.empty(),
                  faulty.apply(
                      new HttpBankTransport(
                          client(link.address()), folder.resolve(name + ".cursors")))));
      Thread bank =
          new Thread(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  twin.step(Duration.ofMillis(50));
                }
              });
      bank.setDaemon(true);
      bank.start();
      try {
        return new BankCheck(link, BANK, clock, patience).run(cases);
      } finally {
        bank.interrupt();
      }
    }
  }

  /** As if a check were missing: what it refuses is stopped. */
  private static void pretend(StopPaymentReceipt receipt, ReceiptResult missed) {
    if (receipt.getResult() == missed) {
      receipt.setResult(ReceiptResult.STOPPED);
      receipt.setBalanceBeforeFen(1L);
      receipt.setStartTime(receipt.getAt());
      receipt.setExpireTime(receipt.getAt().plus(Duration.ofHours(48)));
    }
  }

  private static UnaryOperator<List<BankInbound>> receipts(Consumer<StopPaymentReceipt> fault) {
    return changing(StopPaymentReceipt.class, r -> StopPaymentReceipt.newBuilder(r).build(), fault);
  }

  private static UnaryOperator<List<BankInbound>> outcomes(Consumer<RiskHoldOutcome> fault) {
    return changing(RiskHoldOutcome.class, o -> RiskHoldOutcome.newBuilder(o).build(), fault);
  }

  private static <T> UnaryOperator<List<BankInbound>> changing(
      Class<T> type, UnaryOperator<T> copy, Consumer<T> fault) {
    return all ->
        all.stream()
            .map(
                one -> {
                  if (!type.isInstance(one.getBody())) {
                    return one;
                  }
                  T changed = copy.apply(type.cast(one.getBody()));
                  fault.accept(changed);
                  return new BankInbound(one.getBank(), changed);
                })
            .toList();
  }

  private static Seeded answering(UnaryOperator<List<BankInbound>> fault, String... finders) {
    return new Seeded(core -> core, transport -> new Faulty(transport, fault), finders);
  }

  private static Seeded releasing(
      ReleaseAnswer.Result said, ReleaseAnswer.Result instead, String... finders) {
    return new Seeded(core -> core, transport -> new Lifting(transport, said, instead), finders);
  }

  private static Seeded booking(UnaryOperator<BankCore> fault, String... finders) {
    return new Seeded(fault, transport -> transport, finders);
  }

  private record Seeded(
      UnaryOperator<BankCore> core, UnaryOperator<BankTransport> transport, String[] finders) {}

  /** Changes answers on their way out. */
  private record Faulty(
      BankTransport transport, UnaryOperator<List<BankInbound>> fault, List<BankInbound> answers)
      implements BankTransport {
    Faulty(BankTransport transport, UnaryOperator<List<BankInbound>> fault) {
      this(transport, fault, new ArrayList<>());
    }

    @Override
    public List<BankMessage> poll(Duration wait) {
      answers.clear();
      return transport.poll(wait);
    }

    @Override
    public void send(BankInbound answer) {
      answers.add(answer);
    }

    @Override
    public void send(ReleaseAnswer answer) {
      transport.send(answer);
    }

    @Override
    public void acknowledge() {
      fault.apply(List.copyOf(answers)).forEach(transport::send);
      answers.clear();
      transport.acknowledge();
    }

    @Override
    public void close() {
      transport.close();
    }
  }

  /** Says of releases what is not so. */
  private record Lifting(
      BankTransport transport, ReleaseAnswer.Result said, ReleaseAnswer.Result instead)
      implements BankTransport {
    @Override
    public List<BankMessage> poll(Duration wait) {
      return transport.poll(wait);
    }

    @Override
    public void send(BankInbound answer) {
      transport.send(answer);
    }

    @Override
    public void send(ReleaseAnswer answer) {
      transport.send(
          new ReleaseAnswer(
              answer.orderId(),
              answer.applicationId(),
              answer.actId(),
              answer.result() == said ? instead : answer.result(),
              answer.at(),
              answer.remark()));
    }

    @Override
    public void acknowledge() {
      transport.acknowledge();
    }

    @Override
    public void close() {
      transport.close();
    }
  }

  /** A bank's systems, to be broken. */
  private static class BrokenCore implements BankCore {
    private final BankCore core;

    BrokenCore(BankCore core) {
      this.core = core;
    }

    @Override
    public Instant now() {
      return core.now();
    }

    @Override
    public Optional<BankAccount> account(String accountNumber) {
      return core.account(accountNumber);
    }

    @Override
    public Optional<BankTransfer> transfer(String bankTransactionId) {
      return core.transfer(bankTransactionId);
    }

    @Override
    public StopPlaced placeStop(StopCommand command) {
      return core.placeStop(command);
    }

    @Override
    public boolean liftStop(String orderId) {
      return core.liftStop(orderId);
    }

    @Override
    public OptionalLong placeHold(HoldCommand command) {
      return core.placeHold(command);
    }

    @Override
    public boolean liftHold(String holdId) {
      return core.liftHold(holdId);
    }
  }
}
