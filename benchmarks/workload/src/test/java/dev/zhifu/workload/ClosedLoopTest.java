package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The city with something like an engine: what comes back moves money, and only as it should. */
class ClosedLoopTest {
  private static final CitySettings SETTINGS =
      CitySettings.defaults().withResidents(2000).withEnrichment(12);

  /**
   * Holds large transfers, warns who makes them, and stops the accounts that accepted reports name.
   */
  private static final class CrudeEngine implements EventSink {
    private final City city;
    private final long holdFromFen;
    private final boolean stops;
    private final Random shuffle;
    private final List<Runnable> answers = new ArrayList<>();

    CrudeEngine(City city, long holdFromFen, boolean stops, long shuffle) {
      this.city = city;
      this.holdFromFen = holdFromFen;
      this.stops = stops;
      this.shuffle = new Random(shuffle);
    }

    @Override
    public void transaction(BankTransaction event) {
      if (event.getPhase() == TransactionPhase.AWAITING && event.getAmountFen() >= holdFromFen) {
        answers.add(() -> city.decided(hold(event)));
        answers.add(() -> city.warned(warning(event)));
      }
    }

    private static TransferDecision hold(BankTransaction event) {
      return new TransferDecision(
          event.getEventId(),
          event.getTransactionId(),
          event.getSource(),
          DecisionKind.HOLD,
          ReasonCode.VICTIM_AT_RISK,
          event.getOccurredAt(),
          event.getAnswerBy());
    }

    private static VictimWarning warning(BankTransaction event) {
      return new VictimWarning(
          "W-" + event.getEventId(),
          1,
          "case",
          event.getPayer().getHolderToken(),
          WarningTier.HIGH,
          ActionCode.A2,
          "V00",
          event.getOccurredAt(),
          true);
    }

    @Override
    public void officerAct(OfficerActDraft act) {
      if (stops && act.kind() == ActKind.ACCEPT_REPORT) {
        for (ReportedTransfer transfer : act.report().getTransfers()) {
          answers.add(() -> stop(transfer, act.at()));
        }
      }
    }

    private void stop(ReportedTransfer transfer, Instant at) {
      String number = ClearIdentity.numberOf(transfer.getPayee().getAccountToken());
      CityBank bank = city.bank(transfer.getPayee().getBank());
      assertThat(bank.transaction(transfer.getPayeeBankTransactionId()))
          .hasValueSatisfying(
              booking -> {
                assertThat(booking.accountNumber()).isEqualTo(number);
                assertThat(booking.amountFen()).isEqualTo(transfer.getAmountFen());
                assertThat(booking.credit()).isTrue();
              });
      bank.placeStop(number, "O-" + number, at);
    }

    CitySummary run() {
      city.history(this);
      while (!city.finished()) {
        city.step(this);
        Collections.shuffle(answers, shuffle);
        answers.forEach(Runnable::run);
        answers.clear();
      }
      return city.summary();
    }
  }

  private static CitySummary run(long holdFromFen, boolean stops, long shuffle) {
    return new CrudeEngine(new City(SETTINGS, new ClearIdentity()), holdFromFen, stops, shuffle)
        .run();
  }

  @Test
  void holdsKeepMoneyBackAndStopsKeepWhatIsStillThere() {
    CitySummary without = City.withoutEngine(SETTINGS);
    CitySummary with = run(5_000_00L, true, 1);
    System.out.println("without " + without);
    System.out.println("with    " + with);

    assertThat(with.holdAnswers()).isPositive();
    assertThat(with.heldBackFen()).isPositive();
    assertThat(with.victimLossFen()).isLessThan(without.victimLossFen());
    assertThat(with.keptShare(without)).isBetween(0.1, 1.0);
    assertThat(
            with.victimLossFen()
                + with.heldBackFen()
                - with.heldBackOnMulesFen()
                + with.preventedFen()
                + with.stillHeldFen())
        .as("every fen that is not lost is accounted for")
        .isCloseTo(without.victimLossFen(), withinPercentage(2));
    assertThat(with.stops()).isPositive();
    assertThat(with.stoppedFen()).isLessThanOrEqualTo(with.balanceStoppedFen());
    assertThat(with.wrongOrders()).as("reports name no innocent account").isZero();
    assertThat(with.wrongHoldsByStory()).containsKey("ORDINARY");
    assertThat(with.rightHolds() + sum(with)).isEqualTo((int) with.holdAnswers());
  }

  private static int sum(CitySummary summary) {
    return summary.wrongHoldsByStory().values().stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void stopsAloneStayUnderTheCeiling() {
    CitySummary without = City.withoutEngine(SETTINGS);
    CitySummary with = run(Long.MAX_VALUE, true, 1);

    assertThat(with.heldBackFen()).isZero();
    assertThat(with.stoppedFen()).isPositive().isLessThanOrEqualTo(with.stoppedCeilingFen());
    assertThat(with.victimLossFen())
        .as("nobody is hindered from paying")
        .isEqualTo(without.victimLossFen());
  }

  @Test
  void theOrderInWhichEffectsAreFedChangesNothing() {
    assertThat(run(5_000_00L, true, 1)).isEqualTo(run(5_000_00L, true, 2));
  }
}
