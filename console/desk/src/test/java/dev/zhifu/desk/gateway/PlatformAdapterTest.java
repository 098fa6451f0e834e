package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.zhifu.bank.BankAccount;
import dev.zhifu.bank.BankLibrary;
import dev.zhifu.bank.BankSettings;
import dev.zhifu.bank.BankTransfer;
import dev.zhifu.bank.InMemoryBankCore;
import dev.zhifu.bank.http.GatewayClient;
import dev.zhifu.bank.http.HttpBankTransport;
import dev.zhifu.desk.Cast;
import dev.zhifu.desk.MemoryTopics;
import dev.zhifu.desk.TestStore;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.projection.TopicRecord;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.view.Sendings;
import dev.zhifu.desk.view.Sendings.Sending;
import dev.zhifu.rules.lives.channel.MessageCode;
import dev.zhifu.rules.lives.channel.PlatformMessage;
import dev.zhifu.rules.lives.channel.TransportCode;
import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders to a bank behind the platform: over a real PostgreSQL, the twin over real HTTP, and the
 * bank library on a bank's systems behind it.
 */
@Tag("landing")
class PlatformAdapterTest {
  private static final String BANK = "B02";
  private static final String NUMBER = "6222000011112222";
  private static final String NAME = "王小明";
  private static final long FEN = 4_980_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final MemoryTopics topics = new MemoryTopics();
  private final InMemoryBankCore core = new InMemoryBankCore(() -> Cast.T0);
  private Store store;
  private PlatformTwinServer twin;
  private PlatformAdapter adapter;
  private BankLibrary bank;

  @BeforeEach
  void start() throws IOException {
    store = TestStore.fresh("platform_adapter");
    tick(Cast.T0);
    twin = new PlatformTwinServer(0, List.of(BANK), WallClock.machine());
    core.open(new BankAccount(NUMBER, NAME, "01", 100_000, false));
    core.credit(new BankTransfer("r-1", NUMBER, FEN, Cast.T0.minusSeconds(600)));
    bank =
        new BankLibrary(
            new BankSettings(
                BANK,
                Environment.DEMO,
                DemoKeys.directory(),
                List.of(DemoKeys.bank(BANK)),
                0,
                folder.resolve("ledger.jsonl")),
            core,
            (decision, late) -> {},
            id -> java.util.Optional.empty(),
            new HttpBankTransport(
                new GatewayClient(
                    URI.create(twin.address()), BANK, "the twin asks for none", Clock.systemUTC()),
                folder.resolve("cursors")));
    adapter = adapter();
  }

  @AfterEach
  void stop() {
    adapter.close();
    bank.close();
    twin.close();
    store.close();
  }

  private PlatformAdapter adapter() {
    return new PlatformAdapter(
        store,
        topics,
        List.of(
            new PlatformAccess(
                BANK, () -> topics.feed(List.of("bank." + BANK + ".orders")), topics::write)),
        new HttpPlatformLine(URI.create(twin.address())),
        topics::write,
        DemoKeys.directory(),
        Environment.DEMO,
        "市反诈中心",
        WallClock.machine());
  }

  private void tick(Instant at) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into seen.clock (name, at, sequence) values ('tick', ?, 1)"
                        + " on conflict (name) do update set at = excluded.at",
                    at));
  }

  private static StopPaymentOrder order(int ordinal, UnaryOperator<StopPaymentOrder> change) {
    AccountRef account = Cast.account(BANK, NUMBER, NAME, 0);
    String orderId = EventIds.orderId(account.getAccountToken(), ordinal);
    StopPaymentOrder order = new StopPaymentOrder();
    order.setOrderId(orderId);
    order.setApplicationId(EventIds.applicationId(orderId));
    order.setApplicationType("00");
    order.setBank(BANK);
    order.setAccountToken(account.getAccountToken());
    order.setCipher(account.getCipher());
    order.setAccountType("01");
    order.setCurrency("CNY");
    order.setTransferAmountFen(FEN);
    order.setTransferTime(Cast.T0.minusSeconds(600));
    order.setBankTransactionId("r-1");
    order.setReasonCode(ReasonCode.VICTIM_REPORT);
    order.setEmergencyLevel("02");
    order.setTermHours(48);
    order.setApplicationTime(Cast.T0.minusSeconds(30));
    order.setNotAfter(Cast.T0.plusSeconds(600));
    StopPaymentOrder changed = change.apply(order);
    OfficerAct act = new OfficerAct();
    act.setActId("act of " + orderId);
    act.setKind(ActKind.SIGN_ORDER);
    act.setOfficerId("officer-1");
    act.setRole("DUTY_OFFICER");
    act.setAt(Cast.T0);
    act.setObjectId(orderId);
    act.setReason("report accepted");
    act.setDocuments(List.of());
    if (changed.getAuthorisation() == null) {
      changed.setAuthorisation(
          Signatures.authorisationOf(
              Signatures.signOrder(
                  act, AuthorisationSubject.of(changed), DemoKeys.person("officer-1"))));
    }
    return changed;
  }

  private StopPaymentOrder send(int ordinal, UnaryOperator<StopPaymentOrder> change) {
    StopPaymentOrder order = order(ordinal, change);
    write(Envelopes.seal(order, DemoKeys.engine()), order);
    return order;
  }

  private void write(OrderEnvelope envelope, StopPaymentOrder order) {
    topics.write("bank." + BANK + ".orders", order.getAccountToken(), envelope);
  }

  private List<StopPaymentReceipt> receipts() {
    return topics.all("bank." + BANK + ".inbound").stream()
        .map(TopicRecord::value)
        .map(value -> Bodies.read(value, BankInbound.class))
        .map(inbound -> (StopPaymentReceipt) inbound.getBody())
        .toList();
  }

  private List<PlatformMessage> atPlatform() {
    return twin.with(one -> one.received());
  }

  private List<PlatformMessage> atBank() {
    return twin.with(one -> one.line(BANK));
  }

  private void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      bank.step(Duration.ZERO);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      assertThat(System.nanoTime()).as(what).isLessThan(end);
    }
  }

  @Test
  void anOrderReachesTheBankBehindThePlatformAndItsStopComesBackAsAReceipt() {
    OrderEnvelope envelope = Envelopes.seal(order(1, one -> one), DemoKeys.engine());
    StopPaymentOrder order = order(1, one -> one);
    write(envelope, order);
    until("a receipt", () -> !receipts().isEmpty());

    StopPaymentReceipt receipt = receipts().get(0);
    assertThat(receipt.getResult()).as(receipt.getRemark()).isEqualTo(ReceiptResult.STOPPED);
    assertThat(receipt.getOrderId()).isEqualTo(order.getOrderId());
    assertThat(receipt.getPayloadSha256()).isEqualTo(Envelopes.payloadSha256(envelope));
    assertThat(receipt.getBalanceBeforeFen()).isEqualTo(100_000 + FEN);
    assertThat(receipt.getStartTime()).isEqualTo(Cast.T0);
    assertThat(receipt.getExpireTime()).isEqualTo(Cast.T0.plus(Duration.ofHours(48)));
    assertThat(core.debit(NUMBER, 1)).as("nothing leaves").isFalse();
    PlatformMessage sent = atPlatform().get(0);
    assertThat(sent.code()).isEqualTo("100101");
    assertThat(sent.field("transferAmount")).isEqualTo("49800.00");
    assertThat(sent.field("transferTime")).isEqualTo("20260303020000");
    assertThat(sent.fields()).doesNotContainKeys("accountName", "accountNumber");
    assertThat(sent.fields().values()).noneMatch(value -> value.contains(NUMBER));
    assertThat(atPlatform())
        .as("sent again under one id until the bank has answered")
        .extracting(PlatformMessage::key)
        .containsOnly(sent.key());
  }

  @Test
  void anOrderThatTheEngineSendsAgainIsOneStopAndTheSameReceipt() {
    StopPaymentOrder order = order(1, one -> one);
    OrderEnvelope envelope = Envelopes.seal(order, DemoKeys.engine());
    write(envelope, order);
    write(envelope, order);
    until("both answered", () -> receipts().size() == 2);
    assertThat(receipts().get(1)).isEqualTo(receipts().get(0));
    assertThat(atBank()).as("at the bank once").hasSize(1);
  }

  @Test
  void whatIsUnsignedStaleOrWithoutAuthorisationNeverReachesThePlatform() {
    StopPaymentOrder forged = order(1, one -> one);
    OrderEnvelope bad = Envelopes.seal(forged, DemoKeys.engine());
    bad.setSignature(ByteBuffer.allocate(70));
    write(bad, forged);
    send(
        2,
        one -> {
          one.setApplicationTime(Cast.T0.minusSeconds(3_600));
          one.setNotAfter(Cast.T0.minusSeconds(1));
          return one;
        });
    send(
        3,
        one -> {
          one.setAuthorisation(
              new OfficerAuthorisation(
                  "officer-1", "act-1", "demo-officer-1", ByteBuffer.allocate(8)));
          return one;
        });
    until("all refused", () -> receipts().size() == 3);
    assertThat(receipts())
        .extracting(StopPaymentReceipt::getResult)
        .containsExactlyInAnyOrder(
            ReceiptResult.BAD_SIGNATURE,
            ReceiptResult.EXPIRED_ORDER,
            ReceiptResult.BAD_AUTHORISATION);
    assertThat(atPlatform()).as("nothing has left").isEmpty();
  }

  @Test
  void aThirdStopOnAnAccountNeverReachesThePlatform() {
    send(1, one -> one);
    until("first", () -> receipts().size() == 1);
    core.liftStop(receipts().get(0).getOrderId());
    StopPaymentOrder first = order(1, one -> one);
    send(
        2,
        one -> {
          one.setOriginalApplicationId(first.getApplicationId());
          return one;
        });
    until("second", () -> receipts().size() == 2);
    assertThat(receipts().get(1).getResult())
        .as(receipts().get(1).getRemark())
        .isEqualTo(ReceiptResult.STOPPED);
    assertThat(atPlatform()).as("the second extends").extracting("code").contains("100105");
    int before = atPlatform().size();

    send(3, one -> one);
    until("third", () -> receipts().size() == 3);
    assertThat(receipts().get(2).getResult()).isEqualTo(ReceiptResult.OUTSIDE_AUTHORISATION);
    assertThat(receipts().get(2).getRemark()).startsWith("STOP_LIMIT");
    assertThat(atPlatform()).hasSize(before);
  }

  @Test
  void aRestartOfTheAdapterLosesAndDoublesNothing() {
    twin.with(
        one -> {
          one.fail(BANK, TransportCode.NO_ANSWER);
          return one;
        });
    StopPaymentOrder order = send(1, one -> one);
    until("tried", () -> !atPlatform().isEmpty());
    adapter.close();
    twin.with(
        one -> {
          one.fail(BANK, TransportCode.OK);
          return one;
        });
    // Past its last moment: what has left may have stopped, so its answer is still asked for.
    tick(order.getNotAfter().plusSeconds(60));
    adapter = adapter();
    until("answered after the restart", () -> receipts().size() == 1);
    assertThat(receipts().get(0).getResult()).isEqualTo(ReceiptResult.STOPPED);
    assertThat(atPlatform())
        .extracting(message -> message.field("applicationID"))
        .containsOnly(order.getApplicationId());
    assertThat(atBank()).hasSize(1);
    until("the answer is on record", () -> shown(order).answeredAt() != null);
    Sending shown = shown(order);
    assertThat(shown.code()).isEqualTo("100101");
    assertThat(shown.count()).as("sendings before and after").isEqualTo(atPlatform().size());
    assertThat(shown.lastAt()).isAfter(shown.firstAt());
    assertThat(shown.result()).isIn(TransportCode.OK.code(), TransportCode.DUPLICATE.code());
  }

  /** The one message about an order, as the desk shows it. */
  /** An order reaches the platform at once, and its case the desk over another topic. */
  @Test
  void whoHearsThatThePlatformDoesNotTakeAnOrderHearsItOnceTheCaseIsKnown() {
    twin.with(
        one -> {
          one.fail(BANK, TransportCode.CLOSED);
          return one;
        });
    StopPaymentOrder order = send(1, one -> one);
    until("tried", () -> !atPlatform().isEmpty());
    assertThat(answers()).isEmpty();
    store.execute(
        "insert into seen.order_case (order_id, case_id) values (?, 'case-1')", order.getOrderId());
    until("told", () -> !answers().isEmpty());
    int tried = atPlatform().size();
    until("tried again", () -> atPlatform().size() > tried);
    assertThat(answers()).as("once").hasSize(1);
    assertThat(shown(order).result()).isEqualTo("200009");
  }

  private Sending shown(StopPaymentOrder order) {
    return new Sendings(store).of(List.of(order.getOrderId())).get(order.getOrderId()).get(0);
  }

  @Test
  void whatThePlatformRefusesIsAReceiptAndWhatItDoesNotTakeIsToldAPerson() {
    twin.with(
        one -> {
          one.fail(BANK, TransportCode.NOT_FOUND);
          return one;
        });
    send(1, one -> one);
    until("not found", () -> receipts().size() == 1);
    assertThat(receipts().get(0).getResult()).isEqualTo(ReceiptResult.ACCOUNT_NOT_FOUND);
    assertThat(receipts().get(0).getRemark()).startsWith("200010");

    twin.with(
        one -> {
          one.fail(BANK, TransportCode.CLOSED);
          return one;
        });
    StopPaymentOrder second = order(2, one -> one);
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into seen.order_case (order_id, case_id) values (?, 'case-1')",
                    second.getOrderId()));
    send(2, one -> one);
    until("told", () -> !topics.all("recovery.answers").isEmpty());
    ChannelAnswer told =
        Bodies.read(topics.all("recovery.answers").get(0).value(), ChannelAnswer.class);
    assertThat(told.getEvent()).isEqualTo("NOT_DELIVERED");
    assertThat(told.getKind()).isEqualTo(LifeKind.STOP_ORDER);
    assertThat(told.getCaseId()).isEqualTo("case-1");
    assertThat(told.getRemark()).startsWith("200009");
    until("again, under the same id", () -> atPlatform().size() >= 4);
    assertThat(answers()).as("told once").hasSize(1);
    assertThat(receipts()).as("no stop and no refusal is assumed").hasSize(1);
  }

  @Test
  void aFeedbackWithoutAStartOrWithAnUnknownResultStopsNothing() {
    for (Map<String, String> feedback :
        List.of(Map.of("result", "0000", "accountBalance", "1.00"), Map.of("result", "4711"))) {
      int ordinal = feedback.size();
      int before = atBank().size();
      StopPaymentOrder order = send(ordinal, one -> one);
      long end = System.nanoTime() + PATIENCE.toNanos();
      // The bank's connector is not stepped: this answer is the first and stands.
      while (atBank().size() == before) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        assertThat(System.nanoTime()).as("at the platform").isLessThan(end);
      }
      String key = order.getApplicationId() + ":100101";
      boolean taken = twin.with(one -> one.answered(BANK, key, feedback));
      assertThat(taken).isTrue();
      int asked = atPlatform().size();
      while (atPlatform().size() < asked + 2) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        assertThat(System.nanoTime()).as("asked again").isLessThan(end);
      }
      assertThat(receipts()).isEmpty();
      store
          .jdbi()
          .useHandle(handle -> handle.execute("update own.bank_message set delivered_at = now()"));
    }
  }

  private static ChannelRequest asked(MessageCode code, String objectId, String authorisation) {
    boolean stop = code == MessageCode.LIFT_STOP;
    return ChannelRequest.newBuilder()
        .setRequestId(objectId + ":" + code.code())
        .setCode(code.code())
        .setChannel(OrderChannel.PLATFORM)
        .setKind(stop ? LifeKind.STOP_ORDER : LifeKind.FREEZE)
        .setObjectId(objectId)
        .setCaseId("case-1")
        .setApplicationId(EventIds.applicationId(objectId))
        .setOriginalApplicationId(
            code == MessageCode.FREEZE ? "" : EventIds.applicationId(objectId))
        .setBank(BANK)
        .setAccount(Cast.account(BANK, NUMBER, NAME, 0))
        .setAmountFen(FEN)
        .setReasonCode(ReasonCode.HOP_OF_REPORT)
        .setTermMonths(stop ? 0 : 6)
        .setWords("words")
        .setAuthorisation(authorisation)
        .setTickAt(Cast.T0)
        .build();
  }

  /** As the projection writes it. */
  private void ask(ChannelRequest asked) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into seen.channel_request (request_id, code, object_id, case_id, bank, authorisation,
                      tick_at, application_id, channel, body)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """,
                    asked.getRequestId(),
                    asked.getCode(),
                    asked.getObjectId(),
                    asked.getCaseId(),
                    asked.getBank(),
                    asked.getAuthorisation(),
                    asked.getTickAt(),
                    asked.getApplicationId(),
                    asked.getChannel().name(),
                    Bodies.write(asked)));
  }

  private void release(StopPaymentOrder order, String actId) {
    OfficerAct act = new OfficerAct();
    act.setActId(actId);
    act.setKind(ActKind.RELEASE);
    act.setOfficerId("officer-1");
    act.setRole("DUTY_OFFICER");
    act.setSecondOfficerId("officer-4");
    act.setAt(Cast.T0);
    act.setObjectId(order.getOrderId());
    act.setAccountToken(order.getAccountToken());
    act.setReason("BONA_FIDE");
    act.setDocuments(List.of());
    OfficerAct signed = Signatures.sign(act, DemoKeys.person("officer-1"));
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into seen.act (act_id, record_offset, kind, officer_id, object_id,"
                        + " account_token, at, sha256, body) values (?, 1, 'RELEASE', 'officer-1', ?,"
                        + " ?, ?, '', ?)",
                    actId,
                    order.getOrderId(),
                    order.getAccountToken(),
                    Cast.T0,
                    Bodies.write(signed)));
  }

  private List<ChannelAnswer> answers() {
    return topics.all("recovery.answers").stream()
        .map(record -> Bodies.read(record.value(), ChannelAnswer.class))
        .toList();
  }

  private List<PlatformMessage> atPlatform(MessageCode code) {
    return atPlatform().stream().filter(message -> message.code().equals(code.code())).toList();
  }

  @Test
  void aLiftReachesTheAccountThatTheOrderStopped() {
    StopPaymentOrder order = send(1, one -> one);
    until("a receipt", () -> receipts().size() == 1);
    assertThat(core.debit(NUMBER, 1)).as("stopped").isFalse();
    ask(asked(MessageCode.LIFT_STOP, order.getOrderId(), "act-release"));
    LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
    assertThat(atPlatform(MessageCode.LIFT_STOP)).as("before the act is read here").isEmpty();

    release(order, "act-release");
    until("lifted", () -> !answers().isEmpty());
    ChannelAnswer answer = answers().get(0);
    assertThat(answer.getEvent()).as(answer.getRemark()).isEqualTo("BANK_LIFTED");
    assertThat(answer.getCode()).isEqualTo("100104");
    assertThat(answer.getObjectId()).isEqualTo(order.getOrderId());
    assertThat(answer.getKind()).isEqualTo(LifeKind.STOP_ORDER);
    assertThat(answer.getBank()).isEqualTo(BANK);
    assertThat(answer.getStartTime()).as("bank's time").isEqualTo(Cast.T0);
    assertThat(core.debit(NUMBER, 1)).as("money leaves again").isTrue();
    assertThat(atBank()).extracting(PlatformMessage::code).containsExactly("100101", "100103");
    until(
        "the lift is timed",
        () ->
            store
                .rows(
                    (row, context) ->
                        row.getString("object_id")
                            + " "
                            + row.getTimestamp("lifted_at").toInstant(),
                    "select object_id, lifted_at from own.platform_lift where bank = ?",
                    BANK)
                .equals(List.of(order.getOrderId() + " " + Cast.T0)));
    assertThat(atPlatform(MessageCode.LIFT_STOP).get(0).fields().values())
        .noneMatch(value -> value.contains(NUMBER));
    adapter.close();
    adapter = adapter();
    int before = atPlatform().size();
    LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
    assertThat(atPlatform()).as("answered once, also after a restart").hasSize(before);
    assertThat(answers()).hasSize(1);
  }

  @Test
  void aLiftThatItsBankWasNeverSentAStopForIsToldAPerson() {
    StopPaymentOrder order = order(1, one -> one);
    release(order, "act-release");
    ask(asked(MessageCode.LIFT_STOP, order.getOrderId(), "act-release"));
    until("told", () -> !answers().isEmpty());
    assertThat(answers().get(0).getEvent()).isEqualTo("NOT_DELIVERED");
    assertThat(answers().get(0).getRemark())
        .startsWith("200001 100103 field originalApplicationID '" + order.getApplicationId());
  }

  @Test
  void aFreezeGoesByTheSamePlatformAndIsLiftedThere() {
    String freeze = "ab".repeat(32);
    ChannelRequest paper =
        ChannelRequest.newBuilder(asked(MessageCode.FREEZE, "cd".repeat(32), "act-1"))
            .setChannel(OrderChannel.PAPER)
            .build();
    ask(paper);
    ask(asked(MessageCode.FREEZE, freeze, "act-2"));
    until("frozen", () -> answers().size() == 1);
    ChannelAnswer froze = answers().get(0);
    assertThat(froze.getEvent()).as(froze.getRemark()).isEqualTo("BANK_FROZE");
    assertThat(froze.getCode()).isEqualTo("100202");
    assertThat(froze.getAmountFen()).isEqualTo(FEN);
    assertThat(froze.getStartTime()).isEqualTo(Cast.T0);
    assertThat(froze.getExpireTime()).isAfter(Cast.T0.plus(Duration.ofDays(180)));
    assertThat(froze.getDocumentNumber()).startsWith("twin-");
    assertThat(froze.getSeal()).startsWith("twin-seal-");
    PlatformMessage sent = atPlatform().get(0);
    assertThat(sent.field("freezeType")).isEqualTo("01");
    assertThat(sent.field("freezeAmount")).isEqualTo("49800.00");
    assertThat(sent.field("accountNumber")).isEmpty();

    ask(asked(MessageCode.LIFT_FREEZE, freeze, "act-3"));
    until("lifted", () -> answers().size() == 2);
    assertThat(answers().get(1).getEvent()).isEqualTo("BANK_LIFTED");
    assertThat(atPlatform()).as("paper is the officers'").hasSize(2);
  }

  @Test
  void whatThePlatformDoesNotTakeIsToldOnceAndGoesOutAgain() {
    twin.with(
        one -> {
          one.fail(BANK, TransportCode.CLOSED);
          return one;
        });
    ask(asked(MessageCode.FREEZE, "ab".repeat(32), "act-1"));
    until("tried again", () -> atPlatform().size() >= 2);
    assertThat(answers()).extracting(ChannelAnswer::getEvent).containsExactly("NOT_DELIVERED");
    twin.with(
        one -> {
          one.fail(BANK, TransportCode.OK);
          return one;
        });
    until("frozen", () -> answers().size() == 2);
    assertThat(answers().get(1).getEvent()).isEqualTo("BANK_FROZE");
    assertThat(atPlatform().stream().distinct()).as("the same message").hasSize(1);
  }

  @Test
  void aFreezeAskedForHoursAgoDoesNotLeaveAndALiftDoes() {
    tick(Cast.T0.plus(Duration.ofHours(2)));
    ask(asked(MessageCode.FREEZE, "ab".repeat(32), "act-1"));
    ask(asked(MessageCode.LIFT_FREEZE, "cd".repeat(32), "act-2"));
    until("both answered", () -> answers().size() == 2);
    assertThat(atPlatform()).extracting(PlatformMessage::code).containsOnly("100203");
    assertThat(answers())
        .filteredOn(answer -> answer.getCode().equals("100202"))
        .extracting(ChannelAnswer::getEvent, answer -> answer.getRemark().contains("PT1H"))
        .containsExactly(tuple("NOT_DELIVERED", true));
  }
}
