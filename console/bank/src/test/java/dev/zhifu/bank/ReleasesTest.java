package dev.zhifu.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.bank.ReleaseAnswer.Result;
import dev.zhifu.bank.http.BankJson;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.crypto.Signer;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentReceipt;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {
  private static final Instant T0 = Instant.parse("2026-03-02T18:10:00Z");
  private static final String ORDER = "a".repeat(64);
  private static final String NUMBER = "6217010000000000011";
  private static final Signer OFFICER = DemoKeys.person(DemoKeys.FIRST_OFFICER);

  @TempDir private Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(T0);
  private final InMemoryBankCore core = new InMemoryBankCore(now::get);
  private BankLedger ledger;
  private ReleaseDesk desk;

  @BeforeEach
  void open() {
    core.open(new BankAccount(NUMBER, "张三", "01", 500_000, false));
    reopen();
    place(ORDER);
    ledger.order(
        StopPaymentReceipt.newBuilder()
            .setOrderId(ORDER)
            .setApplicationId("application")
            .setAccountToken("token")
            .setBank("B01")
            .setPayloadSha256("b".repeat(64))
            .setResult(ReceiptResult.STOPPED)
            .setBalanceBeforeFen(500_000L)
            .setAt(T0)
            .build());
  }

  private void place(String orderId) {
    core.placeStop(new StopCommand(orderId, NUMBER, T0, T0.plus(Duration.ofHours(48))));
  }

  private void reopen() {
    if (ledger != null) {
      ledger.close();
    }
    ledger = new BankLedger(folder.resolve("ledger.jsonl"));
    desk =
        new ReleaseDesk(
            new BankSettings(
                "B01",
                Environment.DEMO,
                DemoKeys.directory(),
                List.of(DemoKeys.bank("B01")),
                0,
                folder.resolve("unused.jsonl")),
            core,
            ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static StopRelease release(ActKind kind, String about, String token, Signer signer) {
    OfficerAct act =
        OfficerAct.newBuilder()
            .setActId("act-" + kind + about.substring(0, 4) + token + signer.keyId())
            .setKind(kind)
            .setOfficerId(DemoKeys.FIRST_OFFICER)
            .setRole("DUTY_OFFICER")
            .setSecondOfficerId("officer-4")
            .setAt(T0)
            .setObjectId(about)
            .setAccountToken(token)
            .setReason("BONA_FIDE")
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    return new StopRelease(ORDER, "application", Signatures.sign(act, signer));
  }

  @Test
  void aSignedReleaseLetsTheMoneyGoAndAnswersTheSameAfterARestart() {
    assertThat(core.availableFen(NUMBER)).isZero();
    StopRelease release = release(ActKind.RELEASE, ORDER, "token", OFFICER);
    ReleaseAnswer answer = desk.handle(release);
    assertThat(answer.result()).isEqualTo(Result.LIFTED);
    assertThat(answer.actId()).isEqualTo(release.act().getActId());
    assertThat(core.availableFen(NUMBER)).isEqualTo(500_000);
    now.set(T0.plusSeconds(60));
    reopen();
    assertThat(desk.handle(release)).isEqualTo(answer);
    assertThat(desk.handle(release(ActKind.UPHOLD_APPEAL, ORDER, "token", OFFICER)).result())
        .as("another act about a stop that has ended")
        .isEqualTo(Result.ALREADY_ENDED);
  }

  @Test
  void theExtensionIsLiftedWithTheStopAndOtherStopsStay() {
    place(EventIds.extensionId(ORDER));
    place("c".repeat(64));
    desk.handle(release(ActKind.RELEASE, ORDER, "token", OFFICER));
    assertThat(core.availableFen(NUMBER)).as("another order's stop stands").isZero();
    assertThat(core.liftStop("c".repeat(64))).isTrue();
    assertThat(core.availableFen(NUMBER)).isEqualTo(500_000);
  }

  @Test
  void whatNoOfficersKeySignedOrIsChangedLiftsNothingAndKeepsNoTrueActOut() {
    StopRelease good = release(ActKind.RELEASE, ORDER, "token", OFFICER);
    OfficerAct changed = OfficerAct.newBuilder(good.act()).setReason("NOT_INVOLVED").build();
    assertThat(desk.handle(new StopRelease(ORDER, "application", changed)).result())
        .isEqualTo(Result.BAD_SIGNATURE);
    assertThat(
            desk.handle(release(ActKind.RELEASE, ORDER, "token", DemoKeys.person(DemoKeys.AUTHOR)))
                .result())
        .isEqualTo(Result.BAD_SIGNATURE);
    assertThat(core.availableFen(NUMBER)).isZero();
    assertThat(desk.handle(good).result()).isEqualTo(Result.LIFTED);
  }

  @Test
  void anActAboutSomethingElseLiftsNothing() {
    assertThat(desk.handle(release(ActKind.RELEASE, "d".repeat(64), "token", OFFICER)).result())
        .isEqualTo(Result.BAD_AUTHORISATION);
    assertThat(desk.handle(release(ActKind.RELEASE, ORDER, "another", OFFICER)).result())
        .isEqualTo(Result.BAD_AUTHORISATION);
    assertThat(desk.handle(release(ActKind.REJECT_REQUEST, ORDER, "token", OFFICER)).result())
        .isEqualTo(Result.BAD_AUTHORISATION);
    assertThat(core.availableFen(NUMBER)).isZero();
  }

  @Test
  void anOrderThatWasNeverExecutedHasNoStopAndOneThatIsOverHasEnded() {
    StopRelease about = release(ActKind.RELEASE, "e".repeat(64), "token", OFFICER);
    assertThat(desk.handle(new StopRelease("e".repeat(64), "application", about.act())).result())
        .isEqualTo(Result.NOT_STOPPED);
    now.set(T0.plus(Duration.ofHours(48)));
    assertThat(desk.handle(release(ActKind.RELEASE, ORDER, "token", OFFICER)).result())
        .isEqualTo(Result.ALREADY_ENDED);
  }

  @Test
  void theViewCarriesTheSignedActWhole() {
    StopRelease release = release(ActKind.RELEASE, ORDER, "token", OFFICER);
    assertThat(BankJson.release(BankJson.view(release, "B01"))).isEqualTo(release);
    ReleaseAnswer answer = desk.handle(release);
    assertThat(BankJson.released(BankJson.view(answer))).isEqualTo(answer);
  }
}
