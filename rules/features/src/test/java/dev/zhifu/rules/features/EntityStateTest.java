package dev.zhifu.rules.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes in which state is kept: what was written once stays readable. */
class EntityStateTest {
  private static final int FILLED = 20;

  private final List<String> passed = new ArrayList<>();

  /**
   * Bytes that version 1 of this program wrote; a file here is never edited, a new version adds its
   * own.
   */
  private static final Path WRITTEN = Path.of("src/test/resources/state");

  @Test
  void everyStateReadsBackAsItWasWritten() {
    PayeeState payee = filledPayee();
    PayerState payer = filledPayer();
    HolderState holder = filledHolder();

    assertThat(PayeeState.of(payee.toBytes()).toBytes()).isEqualTo(payee.toBytes());
    assertThat(PayerState.of(payer.toBytes()).toBytes()).isEqualTo(payer.toBytes());
    assertThat(HolderState.of(holder.toBytes()).toBytes()).isEqualTo(holder.toBytes());
    assertThat(PayerState.of(payer.toBytes()).lastBalanceFen()).isEqualTo(4_000);
    assertThat(PayeeState.of(payee.toBytes()).expiresAt()).isEqualTo(payee.expiresAt());
  }

  @Test
  void emptyStatesReadBackEmpty() {
    assertThat(PayeeState.of(new PayeeState().toBytes()).expiresAt()).isEqualTo(Long.MIN_VALUE);
    assertThat(PayerState.of(new PayerState().toBytes()).lastBalanceFen()).isNull();
    assertThat(HolderState.of(new HolderState().toBytes()).expiresAt()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void bytesOfAnEarlierProgramThatLackASectionReadWithItEmpty() {
    StateWriter older = new StateWriter(1);
    older.section(5, times -> List.of(7L, 7L, Long.MIN_VALUE).forEach(times::number));

    PayeeState state = PayeeState.of(older.toBytes());

    assertThat(state.lastCredit).isEqualTo(7);
    assertThat(state.ids.size()).isZero();
  }

  @Test
  void aSectionThatThisProgramDoesNotKnowIsSkipped() {
    StateWriter newer = new StateWriter(1);
    newer.section(99, body -> body.fixed(42));
    newer.section(4, times -> times.number(7));

    assertThat(HolderState.of(newer.toBytes()).newest).isEqualTo(7);
  }

  @Test
  void aLaterVersionIsRefusedWithTheWayOut() {
    byte[] later = {9};

    assertThatThrownBy(() -> PayerState.of(later))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("payer account state has version 9")
        .hasMessageContaining("reads 1 to 1");
  }

  @Test
  void bytesCutShortAreRefused() {
    byte[] whole = filledPayee().toBytes();
    byte[] cut = Arrays.copyOf(whole, whole.length - 3);

    assertThatThrownBy(() -> PayeeState.of(cut))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cut short");
  }

  @Test
  void theCommittedBytesOfVersionOneStillRead() throws IOException {
    assertThat(PayeeState.of(written("payee-v1-whole", filledPayee())).toBytes())
        .isEqualTo(filledPayee().toBytes());
    assertThat(PayerState.of(written("payer-v1-week", filledPayer())).toBytes())
        .isEqualTo(filledPayer().toBytes());
    assertThat(HolderState.of(written("holder-v1-money", filledHolder())).toBytes())
        .isEqualTo(filledHolder().toBytes());
  }

  /** ADR-0180: what is remembered of a message's content is made otherwise since. */
  @Test
  void payeeBytesFromBeforeContentsWereHashedAsAWholeKnowTheirCopies() throws IOException {
    PayeeState old = PayeeState.of(written("payee-v1", filledPayee()));
    Dedupe dedupe = new Dedupe(Limits.UNHEARD);

    for (int i = 0; i < FILLED; i++) {
      assertThat(dedupe.judge(old, filling(i))).as("t%d", i).isEqualTo(Dedupe.Verdict.COPY);
    }
    BankTransaction other = (BankTransaction) filling(3).getEvent();
    other.setAmountFen(1);
    assertThat(dedupe.judge(old, Events.enriched(other))).isEqualTo(Dedupe.Verdict.CONTRADICTION);
    assertThat(old.credits.size()).isEqualTo(filledPayee().credits.size());
  }

  @Test
  void bytesOfAHolderFromBeforeMoneyWasKeptReadWithoutAnyAndGoOn() throws IOException {
    byte[] old = written("holder-v1", new HolderState());
    HolderState state = HolderState.of(old);

    assertThat(state.toBytes()).isEqualTo(old);
    assertThat(state.calls.size()).isEqualTo(2);
    assertThat(state.newestMoney).isEqualTo(Long.MIN_VALUE);

    EnrichedEvent paid = Events.transfer("t", 120_000, "a", "m", 100);
    new HolderFeatures(Limits.UNHEARD).enrich(state, paid);

    assertThat(paid.getFeatures().getCallActive()).isTrue();
    assertThat(HolderState.of(state.toBytes()).newestMoney).isPositive();
  }

  @Test
  void thePayerBytesFromBeforeTheWeekReadWithTheWeekEmptyAndTheFirstMovementUnknown()
      throws IOException {
    PayerState now = filledPayer();

    PayerState old = PayerState.of(written("payer-v1", now));

    assertThat(old.lastMove).isEqualTo(now.lastMove);
    assertThat(old.payees.size()).isEqualTo(now.payees.size());
    assertThat(old.lastBalanceFen()).isEqualTo(now.lastBalanceFen());
    assertThat(old.week.size()).isZero();
    assertThat(old.firstMove).isEqualTo(Long.MIN_VALUE);
    assertThat(old.wokeAt).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void anAccountKnownFromBeforeTheFirstMovementWasKeptIsNeverTakenForNew() throws IOException {
    PayerState old = PayerState.of(written("payer-v1", filledPayer()));
    EnrichedEvent next = Events.transfer("x", 90 * Windows.DAY, "a", "b", 1_000);

    new PayerAccountFeatures(Limits.UNHEARD).enrich(old, next);
    EnrichedEvent after = Events.transfer("y", 91 * Windows.DAY, "a", "b", 1_000);
    new PayerAccountFeatures(Limits.UNHEARD).enrich(old, after);

    assertThat(next.getFeatures().getPayerKnownHours()).isNull();
    assertThat(after.getFeatures().getPayerKnownHours()).isNull();
    assertThat(after.getFeatures().getPayerSilenceDays24h()).isNull();
  }

  @Test
  void aLateMovementBreaksTheSilenceThatAnEarlierOneSeemedToEnd() {
    PayerState state = new PayerState();
    PayerAccountFeatures step = new PayerAccountFeatures(Limits.UNHEARD);
    step.enrich(state, Events.transfer("t1", 0, "a", "b", 100));
    step.enrich(state, Events.transfer("t3", 200 * Windows.DAY, "a", "b", 100));
    assertThat(state.silence).isEqualTo(200 * Windows.DAY);

    step.enrich(state, Events.transfer("t2", 200 * Windows.DAY - 1_000, "a", "b", 100));

    assertThat(state.wokeAt).isEqualTo(Events.T0.toEpochMilli() + 200 * Windows.DAY - 1_000);
    assertThat(state.silence).isEqualTo(200 * Windows.DAY - 1_000);
  }

  private static byte[] written(String name, EntityState state) throws IOException {
    Path file = WRITTEN.resolve(name + ".hex");
    if (Boolean.getBoolean("zhifu.state.write") && !Files.exists(file)) {
      Files.createDirectories(WRITTEN);
      Files.writeString(file, HexFormat.of().formatHex(state.toBytes()) + "\n");
    }
    return HexFormat.of().parseHex(Files.readString(file).strip());
  }

  @Test
  void sumsPastTheLimitAreAddedUpByTheHourAndNothingIsLost() {
    PayeeAccountFeatures step = new PayeeAccountFeatures(passed::add);
    PayeeState state = new PayeeState();
    EnrichedEvent last = null;
    int credits = PayeeState.MOST_SUMS * 3;
    for (int i = 0; i < credits; i++) {
      last = Events.transfer("t" + i, i * 5 * Windows.MINUTE, "a", "b", 100);
      step.enrich(state, last);
    }

    assertThat(last.getFeatures().getPayeeCreditFen15d()).isEqualTo(credits * 100L);
    assertThat(passed).containsOnly(PayeeState.LIMIT_SUMS);
    assertThat(state.sums.size()).isLessThanOrEqualTo(PayeeState.MOST_SUMS);
  }

  @Test
  void moreCreditsInAnHourThanTheLimitAreCounted() {
    PayeeAccountFeatures step = new PayeeAccountFeatures(passed::add);
    PayeeState state = new PayeeState();
    EnrichedEvent last = null;
    for (int i = 0; i < PayeeState.MOST_CREDITS + 10; i++) {
      last = Events.transfer("t" + i, i, "a" + i, "b", 100);
      step.enrich(state, last);
    }

    assertThat(last.getFeatures().getPayeeInDegree1h()).isEqualTo(PayeeState.MOST_CREDITS + 1);
    assertThat(passed).contains(PayeeState.LIMIT_CREDITS);
  }

  @Test
  void thePayeePaidLongestAgoIsForgottenFirst() {
    PayerAccountFeatures step = new PayerAccountFeatures(passed::add);
    PayerState state = new PayerState();
    for (int i = 0; i <= PayerState.MOST_PAYEES; i++) {
      step.enrich(state, Events.transfer("t" + i, i * Windows.HOUR, "a", "b" + i, 100));
    }
    EnrichedEvent forgotten = Events.transfer("x", 600 * Windows.HOUR, "a", "b0", 100);
    EnrichedEvent known = Events.transfer("y", 600 * Windows.HOUR, "a", "b1", 100);

    step.enrich(state, known);
    step.enrich(state, forgotten);

    assertThat(passed).contains(PayerState.LIMIT_PAYEES);
    assertThat(known.getFeatures().getPayeeFirstSeen()).isFalse();
    assertThat(forgotten.getFeatures().getPayeeFirstSeen()).isTrue();
  }

  private static PayeeState filledPayee() {
    PayeeState state = new PayeeState();
    PayeeAccountFeatures step = new PayeeAccountFeatures(Limits.UNHEARD);
    Dedupe dedupe = new Dedupe(Limits.UNHEARD);
    for (int i = 0; i < FILLED; i++) {
      EnrichedEvent event = filling(i);
      dedupe.judge(state, event);
      step.enrich(state, event);
    }
    return state;
  }

  private static EnrichedEvent filling(int i) {
    return Events.enriched(
        Events.transaction(
            "t" + i,
            i % 2 == 0 ? TransactionKind.QR_PAYMENT : TransactionKind.TRANSFER,
            i * 20 * Windows.MINUTE,
            "a" + i,
            "b",
            100 + i));
  }

  private static PayerState filledPayer() {
    PayerState state = new PayerState();
    PayerAccountFeatures step = new PayerAccountFeatures(Limits.UNHEARD);
    for (int i = 0; i < 20; i++) {
      EnrichedEvent event =
          Events.transfer("t" + i, i * 3 * Windows.HOUR, "a", i % 3 == 0 ? "a/2" : "b" + i, 1_000);
      ((BankTransaction) event.getEvent()).getPayer().setBalanceBeforeFen(5_000L);
      step.enrich(state, event);
      step.note(state, Events.transfer("c" + i, i * 3 * Windows.HOUR, "a/2", "a", 1_000));
    }
    return state;
  }

  private static HolderState filledHolder() {
    HolderState state = new HolderState();
    HolderFeatures step = new HolderFeatures(Limits.UNHEARD);
    step.enrich(state, Events.telecom(TelecomKind.CALL_START, "c1", 0, "a", "p"));
    step.enrich(state, Events.telecom(TelecomKind.CALL_END, "c1", 60_000, "a", "p"));
    step.enrich(state, Events.telecom(TelecomKind.CALL_START, "c2", 90_000, "a", "p"));
    step.enrich(state, Events.telecom(TelecomKind.APP_SESSION_START, "s", 95_000, "a", null));
    step.note(
        state,
        Events.enriched(
            Events.transaction(
                "l", TransactionKind.LOAN_DISBURSAL, 99_000, "lender", "a", 100_000)));
    step.enrich(state, Events.telecom(TelecomKind.URL_HIT, "u", 99_500, "a", null));
    PayerAccountFeatures payerStep = new PayerAccountFeatures(Limits.UNHEARD);
    for (int i = 0; i < 3; i++) {
      EnrichedEvent paid = Events.transfer("t" + i, 100_000 + i, "a", "b" + i, 1_000 + i);
      payerStep.enrich(new PayerState(), paid);
      step.enrich(state, paid);
    }
    step.enrich(
        state,
        Events.enriched(
            Events.transaction("w", TransactionKind.CASH_WITHDRAWAL, 110_000, "a", null, 5_000)));
    return state;
  }
}
