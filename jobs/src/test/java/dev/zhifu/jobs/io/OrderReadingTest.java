package dev.zhifu.jobs.io;

import static dev.zhifu.jobs.io.Wire.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.orders.FoundWrong;
import dev.zhifu.jobs.orders.FreezeWord;
import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.jobs.orders.OrderInput;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.VictimReport;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderReadingTest {
  private static final String MULE = "0123456789abcdef0123456789abcdef";
  private static final String ACTS = "officer.acts";

  @TempDir private Path folder;

  @Test
  void aReceiptOnItsOwnBanksTopicIsRead() throws Exception {
    Decoding<OrderInput> decoded = inputs(Wire.raw("bank.B03.inbound", 0, inbound("B03")));

    assertThat(decoded.out()).containsExactly(OrderInput.receipt(receipt("B03")));
    assertThat(decoded.dead()).isEmpty();
  }

  @Test
  void aBankThatSpeaksOnAnothersTopicIsTurnedAway() throws Exception {
    Decoding<OrderInput> decoded = inputs(Wire.raw("bank.B04.inbound", 0, inbound("B03")));

    assertThat(decoded.out()).isEmpty();
    assertThat(decoded.dead())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getReason()).isEqualTo(DeadLetterReason.FOREIGN_TOPIC);
              assertThat(letter.getExplanation()).contains("'B03'").contains("bank.B04.inbound");
            });
  }

  @Test
  void anOrderReadBackIsOpenedWithItsPlace() throws Exception {
    OrderEnvelope envelope = DemoKeys.engine().seal(order());

    OrderInput read = inputs(Wire.raw("bank.B03.orders", 7, envelope)).out().get(0);

    assertThat(read.order()).isEqualTo(order());
    assertThat(read.accountToken()).isEqualTo(MULE);
    assertThat(read.topic()).isEqualTo("bank.B03.orders");
    assertThat(read.offset()).isEqualTo(7);
  }

  @Test
  void anEnvelopeWithoutAnOrderInItIsTurnedAway() throws Exception {
    OrderEnvelope envelope = DemoKeys.engine().seal(order());
    envelope.setPayload(ByteBuffer.wrap(Wire.GARBAGE));

    Decoding<OrderInput> decoded = inputs(Wire.raw("bank.B03.orders", 7, envelope));

    assertThat(decoded.out()).containsExactly(OrderInput.passed("bank.B03.orders", 0, 7));
    assertThat(decoded.dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.UNDECODABLE);
  }

  @Test
  void nobodyWaitsForARecordOfOrdersThatCannotBeRead() throws Exception {
    Decoding<OrderInput> decoded = inputs(Wire.raw("bank.B03.orders", 9, Wire.GARBAGE));

    assertThat(decoded.out()).containsExactly(OrderInput.passed("bank.B03.orders", 0, 9));
    assertThat(decoded.dead()).hasSize(1);
  }

  @Test
  void anUpheldAppealAgainstAStopOrAFreezeIsHeardAndNoOther() throws Exception {
    Decoding<OrderInput> decoded =
        Decoding.of(
            new OrderReading.Freezes(Wire::codec),
            OrderReading.DEAD,
            Wire.raw("recovery.lives", 0, appeal("UPHELD", LifeKind.FREEZE)),
            Wire.raw("recovery.lives", 1, appeal("UPHELD", LifeKind.STOP_ORDER)),
            Wire.raw("recovery.lives", 2, appeal("REJECTED", LifeKind.FREEZE)),
            Wire.raw("recovery.lives", 3, appeal("UPHELD", LifeKind.RISK_HOLD)));

    assertThat(decoded.out())
        .containsExactly(
            OrderInput.wrong(
                new FoundWrong("object-1", true, MULE, "BONA_FIDE", "act-7", T0.toEpochMilli()),
                "recovery.lives",
                0,
                0),
            OrderInput.wrong(
                new FoundWrong("object-1", false, MULE, "BONA_FIDE", "act-7", T0.toEpochMilli()),
                "recovery.lives",
                0,
                1),
            OrderInput.passed("recovery.lives", 0, 2),
            OrderInput.passed("recovery.lives", 0, 3));
  }

  private static LifeTransition appeal(String event, LifeKind restriction) {
    return LifeTransition.newBuilder()
        .setObjectId("appeal-1")
        .setKind(LifeKind.APPEAL)
        .setCaseId("case-1")
        .setSequence(4)
        .setState(event)
        .setEvent(event)
        .setRole("DUTY_OFFICER")
        .setCause("act-7")
        .setTickAt(T0)
        .setDetail(
            AppealDetail.newBuilder()
                .setRestrictionId("object-1")
                .setRestriction(restriction)
                .setAccountToken(MULE)
                .setBank("B02")
                .setHolder("holder")
                .setStatement("statement")
                .setErrorCause("BONA_FIDE")
                .setSubmittedAt(T0)
                .build())
        .build();
  }

  @Test
  void ofTheLivesOnlyFreezesOnTheirWayAndAnswersOnPaperAreHeard() throws Exception {
    Decoding<OrderInput> decoded =
        Decoding.of(
            new OrderReading.Freezes(Wire::codec),
            OrderReading.DEAD,
            Wire.raw("recovery.lives", 0, freeze("DRAFT", null)),
            Wire.raw("recovery.lives", 1, freeze("SENT", null)),
            Wire.raw("recovery.lives", 2, freeze("QUEUED", null)),
            Wire.raw("recovery.lives", 3, freeze("ACTIVE", T0)),
            Wire.raw("recovery.lives", 4, freeze("RELEASE_DUE", T0)),
            Wire.raw("recovery.lives", 5, freeze("RELEASE_DUE", null)),
            Wire.raw("recovery.lives", 6, freeze("EXPIRED", T0)),
            Wire.raw("recovery.lives", 7, Wire.GARBAGE));

    assertThat(decoded.out())
        .extracting(OrderInput::kind)
        .containsExactly(
            OrderInput.Kind.PASSED,
            OrderInput.Kind.FREEZE,
            OrderInput.Kind.FREEZE,
            OrderInput.Kind.FREEZE,
            OrderInput.Kind.FREEZE,
            OrderInput.Kind.FREEZE,
            OrderInput.Kind.FREEZE,
            OrderInput.Kind.PASSED);
    assertThat(decoded.out().subList(1, 7))
        .extracting(in -> in.freeze().phase())
        .containsExactly(
            FreezeWord.Phase.SENT,
            FreezeWord.Phase.QUEUED,
            FreezeWord.Phase.FROZEN,
            FreezeWord.Phase.FROZEN,
            FreezeWord.Phase.SENT,
            FreezeWord.Phase.OVER);
    assertThat(decoded.out().subList(1, 7))
        .extracting(in -> in.freeze().filed())
        .containsExactly(true, true, true, false, false, true);
    assertThat(decoded.out().get(1).accountToken()).isEqualTo(MULE);
    assertThat(decoded.out().get(3).freeze().startMs()).isEqualTo(T0.toEpochMilli());
    assertThat(decoded.dead()).hasSize(1);
  }

  private static LifeTransition freeze(String state, Instant startAt) {
    return LifeTransition.newBuilder()
        .setObjectId("freeze-1")
        .setKind(LifeKind.FREEZE)
        .setCaseId("case-1")
        .setSequence(3)
        .setState(state)
        .setEvent("event")
        .setRole("ENGINE")
        .setCause("act")
        .setTickAt(T0)
        .setDetail(
            FreezeDetail.newBuilder()
                .setApplicationId("a")
                .setTarget(Wire.account(MULE, "B03"))
                .setAuthority("county")
                .setChannel(OrderChannel.PLATFORM)
                .setMode(FreezeMode.AMOUNT)
                .setAmountFen(1)
                .setTracedFen(1)
                .setTermMonths(6)
                .setStartAt(startAt)
                .build())
        .build();
  }

  @Test
  void noBankSaysThatAnOfficerTypedItsAnswerIn() throws Exception {
    StopPaymentReceipt claimed =
        StopPaymentReceipt.newBuilder(receipt("B03")).setPayloadSha256("typed").build();
    BankInbound inbound = BankInbound.newBuilder(inbound("B03")).setBody(claimed).build();

    Decoding<OrderInput> decoded = inputs(Wire.raw("bank.B03.inbound", 0, inbound));

    assertThat(decoded.out()).isEmpty();
    assertThat(decoded.dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.CONTRADICTORY_FIELDS);
  }

  @Test
  void aTickThatJumpsIsTurnedAwayAndTheClockGoesOnFromTheLastGoodOne() throws Exception {
    ClockTick good = new ClockTick(T0, 1L, "clock-1", false);
    ClockTick jump = new ClockTick(T0.plusSeconds(21_600), 2L, "clock-1", false);
    ClockTick next = new ClockTick(T0.plusSeconds(2), 3L, "clock-1", false);

    Decoding<OrderControl> decoded =
        Decoding.of(
            new OrderReading.Ticks(Wire::codec, List::of),
            OrderReading.DEAD,
            Wire.raw("clock.ticks", 0, good),
            Wire.raw("clock.ticks", 1, jump),
            Wire.raw("clock.ticks", 2, next));

    assertThat(decoded.out())
        .containsExactly(
            OrderControl.readBackDone(Map.of()),
            OrderControl.tick(good, "clock.ticks:0", 0),
            OrderControl.passed("clock.ticks:0", 1),
            OrderControl.tick(next, "clock.ticks:0", 2));
    assertThat(decoded.dead())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getReason()).isEqualTo(DeadLetterReason.CLOCK_JUMP);
              assertThat(letter.getExplanation()).contains("tick 2").contains(T0.toString());
            });
  }

  @Test
  void eachActGoesToThoseWhomItConcerns() throws Exception {
    OfficerAct sign = signed(act(ActKind.SIGN_ORDER, null));
    OfficerAct kill = signed(act(ActKind.KILL_SWITCH, null));
    OfficerAct accept = signed(act(ActKind.ACCEPT_REPORT, report()));
    RawRecord[] records = {
      Wire.raw(ACTS, 0, sign), Wire.raw(ACTS, 1, kill), Wire.raw(ACTS, 2, accept)
    };

    assertThat(inputs(records).out()).containsExactly(OrderInput.act(sign));
    assertThat(controls(records).out())
        .containsExactly(
            OrderControl.passed("officer.acts:0", 0),
            OrderControl.killSwitch(kill, "officer.acts:0", 1),
            OrderControl.passed("officer.acts:0", 2));
    assertThat(acceptances(Environment.DEMO, records).out()).containsExactly(accept);
  }

  @Test
  void anActThatCannotBeReadIsTurnedAwayOnceAndPassed() throws Exception {
    RawRecord garbage = Wire.raw(ACTS, 3, Wire.GARBAGE);

    assertThat(inputs(garbage).dead()).hasSize(1);
    assertThat(controls(garbage).dead()).isEmpty();
    assertThat(controls(garbage).out()).containsExactly(OrderControl.passed("officer.acts:0", 3));
    assertThat(acceptances(Environment.DEMO, garbage).dead()).isEmpty();
  }

  @Test
  void nobodyWaitsForAnAuthorisationThatCannotBeRead() throws Exception {
    Decoding<OrderControl> decoded =
        controls(
            Wire.raw("stop.authorisations", 4, Wire.GARBAGE),
            Wire.raw("stop.authorisations", 5, (byte[]) null));

    assertThat(decoded.out())
        .containsExactly(
            OrderControl.passed("stop.authorisations:0", 4),
            OrderControl.passed("stop.authorisations:0", 5));
    assertThat(decoded.dead()).extracting(DeadLetter::getOffset).containsExactly(4L);
  }

  @Test
  void listEntriesAreControls() throws Exception {
    ListEntry entry =
        new ListEntry(
            "e1", ListKind.POOLED, ListSubject.ACCOUNT, MULE, T0, null, "settlement", "city");

    assertThat(controls(Wire.raw("list.entries", 2, entry)).out())
        .containsExactly(OrderControl.list(entry, "list.entries:0", 2));
  }

  @Test
  void anAcceptanceOfAnotherEnvironmentIsForged() throws Exception {
    RawRecord accepted = Wire.raw(ACTS, 0, signed(act(ActKind.ACCEPT_REPORT, report())));

    Decoding<OfficerAct> decoded = acceptances(Environment.PRODUCTION, accepted);

    assertThat(decoded.out()).isEmpty();
    assertThat(decoded.dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.BAD_SIGNATURE);
  }

  @Test
  void aReportChangedAfterItsAcceptanceIsForged() throws Exception {
    OfficerAct accept = signed(act(ActKind.ACCEPT_REPORT, report()));
    accept.getReport().getTransfers().get(0).setAmountFen(99_999_999);

    assertThat(acceptances(Environment.DEMO, Wire.raw(ACTS, 0, accept)).dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.BAD_SIGNATURE);
  }

  @Test
  void aVerdictReachesScoringWhenItsSignatureHolds() throws Exception {
    OfficerAct release = signed(act(ActKind.RELEASE, null));
    OfficerAct appeal = signed(act(ActKind.UPHOLD_APPEAL, null));
    OfficerAct forged = signed(act(ActKind.RELEASE, null));
    forged.setAccountToken("another account");

    Decoding<OfficerAct> decoded =
        acceptances(
            Environment.DEMO,
            Wire.raw(ACTS, 0, release),
            Wire.raw(ACTS, 1, appeal),
            Wire.raw(ACTS, 2, forged));

    assertThat(decoded.out()).containsExactly(release, appeal);
    assertThat(decoded.dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.BAD_SIGNATURE);
  }

  @Test
  void anAcceptanceWithoutItsReportSaysWhatIsMissing() throws Exception {
    assertThat(
            acceptances(
                    Environment.DEMO, Wire.raw(ACTS, 0, signed(act(ActKind.ACCEPT_REPORT, null))))
                .dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.MISSING_FIELD);
  }

  @Test
  void aReportThatCannotBeUsedIsTurnedAwayHoweverWellSigned() throws Exception {
    VictimReport report = report();
    report.getTransfers().get(0).setAmountFen(0);

    assertThat(
            acceptances(
                    Environment.DEMO, Wire.raw(ACTS, 0, signed(act(ActKind.ACCEPT_REPORT, report))))
                .dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.NEGATIVE_AMOUNT);
  }

  @Test
  void theEndsOfTheRecordAreToldOnceBeforeTheFirstTick() throws Exception {
    ClockTick first = new ClockTick(T0, 1L, "clock-1", false);
    ClockTick second = new ClockTick(T0.plusSeconds(1), 2L, "clock-1", false);
    OrderReading.Ticks ticks =
        new OrderReading.Ticks(
            Wire::codec,
            () ->
                List.of(
                    new TopicEnds("bank.B03.orders", 0, 0, 5),
                    new TopicEnds("clock.ticks", 0, 2, 9)));

    assertThat(
            Decoding.of(
                    ticks,
                    OrderReading.DEAD,
                    Wire.raw("clock.ticks", 2, first),
                    Wire.raw("clock.ticks", 3, second))
                .out())
        .containsExactly(
            OrderControl.readBackDone(Map.of("bank.B03.orders:0", 5L, "clock.ticks:0", 9L)),
            OrderControl.tick(first, "clock.ticks:0", 2),
            OrderControl.tick(second, "clock.ticks:0", 3));
  }

  private static Decoding<OrderInput> inputs(RawRecord... records) throws Exception {
    return Decoding.of(new OrderReading.Inputs(Wire::codec), OrderReading.DEAD, records);
  }

  private static Decoding<OrderControl> controls(RawRecord... records) throws Exception {
    return Decoding.of(new OrderReading.Controls(Wire::codec), OrderReading.DEAD, records);
  }

  private Decoding<OfficerAct> acceptances(Environment environment, RawRecord... records)
      throws Exception {
    Path keys =
        Files.writeString(folder.resolve("directory.yaml"), DemoKeys.text("directory.yaml"));
    return Decoding.of(
        new OrderReading.Acceptances(Wire::codec, keys.toString(), environment),
        OrderReading.DEAD,
        records);
  }

  private static OfficerAct signed(OfficerAct draft) {
    return Signatures.sign(draft, DemoKeys.person(DemoKeys.FIRST_OFFICER));
  }

  private static OfficerAct act(ActKind kind, VictimReport report) {
    OfficerAct act = new OfficerAct();
    act.setActId("act-" + kind);
    act.setKind(kind);
    act.setOfficerId(DemoKeys.FIRST_OFFICER);
    act.setRole("DUTY_OFFICER");
    act.setAt(T0);
    act.setObjectId("object-1");
    act.setAccountToken(MULE);
    act.setReason("agreed");
    act.setReport(report);
    act.setDocuments(List.of());
    return act;
  }

  private static VictimReport report() {
    ReportedTransfer transfer =
        ReportedTransfer.newBuilder()
            .setPayer(Wire.account("victim-1", "B01"))
            .setPayee(Wire.account(MULE, "B03"))
            .setAmountFen(4_000_000)
            .setOccurredAt(T0)
            .build();
    return VictimReport.newBuilder()
        .setReportId("report-1")
        .setReportedAt(T0)
        .setReceivedAt(T0)
        .setHolderToken("h-victim-1")
        .setTakenBy("desk")
        .setReportChannel("110")
        .setTransfers(List.of(transfer))
        .build();
  }

  private static BankInbound inbound(String bank) {
    return new BankInbound(bank, receipt(bank));
  }

  private static StopPaymentReceipt receipt(String bank) {
    return StopPaymentReceipt.newBuilder()
        .setOrderId("order-1")
        .setApplicationId("application-1")
        .setAccountToken(MULE)
        .setBank(bank)
        .setPayloadSha256("00")
        .setResult(ReceiptResult.STOPPED)
        .setBalanceBeforeFen(5_000_000L)
        .setStartTime(T0)
        .setExpireTime(T0.plusSeconds(172_800))
        .setAt(T0)
        .build();
  }

  private static StopPaymentOrder order() {
    return StopPaymentOrder.newBuilder()
        .setOrderId("order-1")
        .setApplicationId("application-1")
        .setApplicationType("01")
        .setBank("B03")
        .setAccountToken(MULE)
        .setCipher(ByteBuffer.wrap(new byte[] {1}))
        .setAccountType("01")
        .setTransferAmountFen(4_000_000)
        .setTransferTime(T0)
        .setBankTransactionId("B03-1")
        .setReasonCode(ReasonCode.VICTIM_REPORT)
        .setEmergencyLevel("01")
        .setApplicationTime(T0)
        .setNotAfter(T0.plusSeconds(1_800))
        .setAuthorisation(
            new StandingReference(
                "auth-1", DemoKeys.AUTHORISER, "demo-head-1", ByteBuffer.wrap(new byte[] {1})))
        .build();
  }
}
