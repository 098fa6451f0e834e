package dev.zhifu.rules.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionPhase;
import org.junit.jupiter.api.Test;

/** What the features say in the cases that the rules are written for. */
class FeatureStepsTest {
  private final FeaturePipeline pipeline = new FeaturePipeline(Limits.UNHEARD);

  @Test
  void moneyThatComesInAndLeavesWithinMinutesShowsAsPassThrough() {
    see(Events.transfer("t1", 0, "v/1", "m/1", 5_000_000));

    Features out = see(Events.transfer("t2", 4 * Windows.MINUTE, "m/1", "x/1", 4_890_000));

    assertThat(out.getPayerCreditFen60m()).isEqualTo(5_000_000);
    assertThat(out.getPassThroughShare60m()).isEqualTo(0.978);
    assertThat(out.getDwellMinutes()).isEqualTo(4.0);
    assertThat(out.getPayeeFirstSeen()).isTrue();
  }

  @Test
  void ownMoneyMovedBetweenOwnAccountsIsNoCreditFromAnother() {
    Features in = see(Events.transfer("t1", 0, "v/1", "v/2", 5_000_000));

    Features out = see(Events.transfer("t2", 60_000, "v/2", "x/1", 5_000_000));

    assertThat(in.getOwnTransfer()).isTrue();
    assertThat(out.getPayerCreditFen60m()).isZero();
    assertThat(out.getPassThroughShare60m()).isNull();
    assertThat(out.getOwnSources5d()).isEqualTo(1);
  }

  @Test
  void anAwaitingTransferCountsItselfAndMovesNothing() {
    EnrichedEvent asked = Events.transfer("t1", 0, "v/1", "m/1", 100);
    Events.setPhase((BankTransaction) asked.getEvent(), TransactionPhase.AWAITING);
    asked.setEventId(((BankTransaction) asked.getEvent()).getEventId());

    Features first = see(asked);
    Features booked = see(Events.transfer("t1", 900, "v/1", "m/1", 100));

    assertThat(first.getPayerDebitFen60m()).isEqualTo(100);
    assertThat(first.getPhaseRepeats()).isFalse();
    assertThat(booked.getPayerDebitFen60m()).isEqualTo(100);
    assertThat(booked.getPayeeFirstSeen()).isTrue();
    assertThat(booked.getPhaseRepeats()).isTrue();
  }

  @Test
  void aReversalUndoesTheBalanceButNotWhatWasCounted() {
    EnrichedEvent booked = Events.transfer("t1", 0, "v/1", "m/1", 100);
    ((BankTransaction) booked.getEvent()).getPayer().setBalanceBeforeFen(1_000L);
    see(booked);
    assertThat(pipeline.payer("v/1").lastBalanceFen()).isEqualTo(900);
    EnrichedEvent reversed = Events.transfer("t1", 60_000, "v/1", "m/1", 100);
    BankTransaction transaction = (BankTransaction) reversed.getEvent();
    Events.setPhase(transaction, TransactionPhase.REVERSED);
    reversed.setEventId(transaction.getEventId());
    transaction.getPayer().setBalanceBeforeFen(900L);

    Features features = see(reversed);

    assertThat(pipeline.payer("v/1").lastBalanceFen()).isEqualTo(1_000);
    assertThat(features.getPayerDebitFen60m()).isEqualTo(100);
  }

  @Test
  void aCallUnderWayIsKnownWithItsPeerUntilItEnds() {
    see(Events.telecom(TelecomKind.CALL_START, "c1", 0, "v", "p"));

    Features during = see(Events.transfer("t1", 7 * Windows.MINUTE, "v/1", "m/1", 100));
    see(Events.telecom(TelecomKind.CALL_END, "c1", 8 * Windows.MINUTE, "v", "p"));
    Features after = see(Events.transfer("t2", 10 * Windows.MINUTE, "v/1", "m/1", 100));
    Features later = see(Events.transfer("t3", 38 * Windows.MINUTE, "v/1", "m/1", 100));

    assertThat(during.getCallActive()).isTrue();
    assertThat(during.getCallSeconds()).isEqualTo(420);
    assertThat(during.getCallerFirstContact()).isTrue();
    assertThat(during.getCallerPrefix()).isEqualTo(PrefixClass.INTERNATIONAL);
    assertThat(after.getCallActive()).isFalse();
    assertThat(after.getCallSeconds()).isEqualTo(480);
    assertThat(after.getSecondsSinceCall()).isEqualTo(120);
    assertThat(later.getCallSeconds()).isNull();
    assertThat(later.getSecondsSinceCall()).isEqualTo(1_800);
  }

  @Test
  void aCallWhoseEndComesFirstIsKnownByItsLength() {
    EnrichedEvent end = Events.telecom(TelecomKind.CALL_END, "c1", 600_000, "v", "p");
    ((TelecomEvent) end.getEvent()).setDurationSeconds(600);
    see(end);
    see(Events.telecom(TelecomKind.CALL_START, "c1", 0, "v", "p"));

    Features late = see(Events.transfer("t1", 300_000, "v/1", "m/1", 100));

    assertThat(late.getCallActive()).isTrue();
    assertThat(late.getCallSeconds()).isEqualTo(300);
  }

  @Test
  void aCallWhoseEndWasLostIsOverAfterFourHours() {
    see(Events.telecom(TelecomKind.CALL_START, "c1", 0, "v", "p"));

    assertThat(see(Events.transfer("t1", 4 * Windows.HOUR, "v/1", "m", 1)).getCallActive())
        .isTrue();
    assertThat(see(Events.transfer("t2", 4 * Windows.HOUR + 1, "v/1", "m", 1)).getCallActive())
        .isFalse();
  }

  @Test
  void aPayeePaidHalfAYearAgoCountsAsNew() {
    see(Events.transfer("t1", 0, "v/1", "m/1", 100));

    assertThat(see(Events.transfer("t2", 179 * Windows.DAY, "v/1", "m/1", 1)).getPayeeFirstSeen())
        .isFalse();
    assertThat(see(Events.transfer("t3", 359 * Windows.DAY, "v/1", "m/1", 1)).getPayeeFirstSeen())
        .isTrue();
  }

  @Test
  void aForwardingAndANewSimAreRememberedForADayAndForThree() {
    see(Events.telecom(TelecomKind.CALL_FWD_SET, "f", 0, "v", "p"));
    see(Events.telecom(TelecomKind.SIM_SWAP, "s", 1_000, "v", null));

    Features soon = see(Events.transfer("t1", 5_000, "v/1", "m/1", 1));
    Features nextDay = see(Events.transfer("t2", Windows.DAY, "v/1", "m/1", 1));
    Features thirdDay = see(Events.transfer("t3", 3 * Windows.DAY + 1_000, "v/1", "m/1", 1));

    assertThat(soon.getSecondsSinceForward()).isEqualTo(5);
    assertThat(soon.getSecondsSinceSim()).isEqualTo(4);
    assertThat(nextDay.getSecondsSinceForward()).isNull();
    assertThat(nextDay.getSecondsSinceSim()).isEqualTo(86_399);
    assertThat(thirdDay.getSecondsSinceSim()).isNull();
  }

  @Test
  void aForwardingToANumberInTouchBeforeIsNone() {
    EnrichedEvent forward = Events.telecom(TelecomKind.CALL_FWD_SET, "f", 0, "v", "p");
    ((TelecomEvent) forward.getEvent()).setFirstContact(false);
    see(forward);

    assertThat(see(Events.transfer("t1", 5_000, "v/1", "m/1", 1)).getSecondsSinceForward())
        .isNull();
  }

  private Features see(EnrichedEvent event) {
    assertThat(pipeline.enrich(event)).isEqualTo(Dedupe.Verdict.NEW);
    return event.getFeatures();
  }

  @Test
  void anUnknownHolderIsAnotherHolder() {
    dev.zhifu.wire.AccountRef known =
        dev.zhifu.wire.AccountRef.newBuilder()
            .setAccountToken("a")
            .setHolderToken("h")
            .setBank("B01")
            .build();
    dev.zhifu.wire.AccountRef unknown =
        dev.zhifu.wire.AccountRef.newBuilder().setAccountToken("b").setBank("B02").build();

    assertThat(StepKeys.holderOf(unknown)).isEqualTo("b");
    assertThat(StepKeys.holderOf(known)).isNotEqualTo(StepKeys.holderOf(unknown));
  }
}
