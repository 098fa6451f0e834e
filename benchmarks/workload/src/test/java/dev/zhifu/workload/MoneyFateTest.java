package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where victims' money went, and banks that are not connected. */
class MoneyFateTest {
  private static final CitySettings SETTINGS =
      CitySettings.defaults().withResidents(2000).withEnrichment(12);

  /** Stops the accounts that accepted reports name, at their banks that are connected. */
  private static final class StopsReported implements EventSink {
    private final City city;
    private final Duration bankTakes;
    private final List<BankTransaction> transactions = new ArrayList<>();
    private final List<BankAccessEvent> accesses = new ArrayList<>();
    private final List<Runnable> acts = new ArrayList<>();

    StopsReported(City city, Duration bankTakes) {
      this.city = city;
      this.bankTakes = bankTakes;
    }

    @Override
    public void transaction(BankTransaction event) {
      transactions.add(event);
    }

    @Override
    public void access(BankAccessEvent event) {
      accesses.add(event);
    }

    @Override
    public void officerAct(OfficerActDraft act) {
      if (act.kind() == ActKind.ACCEPT_REPORT) {
        for (ReportedTransfer transfer : act.report().getTransfers()) {
          acts.add(() -> stop(transfer, act.at()));
        }
      }
    }

    private void stop(ReportedTransfer transfer, Instant at) {
      CityBank bank = city.bank(transfer.getPayee().getBank());
      if (bank.connected()) {
        String number = ClearIdentity.numberOf(transfer.getPayee().getAccountToken());
        bank.placeStop(number, "O-" + number, at.plus(bankTakes));
      }
    }

    List<StoryMoneyFate> live() {
      city.history(this);
      while (!city.finished()) {
        city.step(this);
        acts.forEach(Runnable::run);
        acts.clear();
      }
      return city.fates();
    }
  }

  private static List<StoryMoneyFate> live(Set<String> cut, Duration bankTakes) {
    City city = new City(SETTINGS, new ClearIdentity());
    city.disconnect(cut);
    return new StopsReported(city, bankTakes).live();
  }

  @Test
  void everyFenPaidIsKeptOrHasAReason() {
    for (StoryMoneyFate fate : live(Set.of("B03", "B07"), Duration.ofMinutes(2))) {
      assertThat(sum(fate.paidHow())).as(fate.storyId()).isEqualTo(fate.paidFen());
      assertThat(fate.stoppedFen() + fate.heldOnMulesFen() + sum(fate.lostWhy()))
          .as("%s: %s", fate.storyId(), fate)
          .isEqualTo(fate.paidFen());
      assertThat(sum(fate.lostAs())).isLessThanOrEqualTo(fate.paidFen());
    }
  }

  @Test
  void withoutAnEngineNothingIsKeptAndMostIsOutBeforeTheReport() {
    List<StoryMoneyFate> fates = City.fatesWithoutEngine(SETTINGS);

    assertThat(fates).hasSize(SETTINGS.storiesPerDay());
    assertThat(total(fates, LostWhy.NOT_SIGNED)).isZero();
    assertThat(total(fates, LostWhy.OUT_BEFORE_REPORT)).isPositive();
    assertThat(fates)
        .allSatisfy(fate -> assertThat(fate.stoppedFen() + fate.heldWithVictimFen()).isZero());
    long loss = fates.stream().mapToLong(fate -> fate.paidFen() - fate.rebateFen()).sum();
    assertThat(loss).isEqualTo(City.withoutEngine(SETTINGS).victimLossFen());
  }

  @Test
  void aBankThatIsNotConnectedNeitherReportsNorObeys() {
    Set<String> cut = Set.of("B01", "B02", "B03", "B04", "B05", "B06");
    City city = new City(SETTINGS, new ClearIdentity());
    city.disconnect(cut);
    StopsReported sink = new StopsReported(city, Duration.ZERO);
    List<StoryMoneyFate> fates = sink.live();

    assertThat(sink.accesses).noneMatch(event -> cut.contains(event.getSource())).isNotEmpty();
    assertThat(sink.transactions).noneMatch(event -> cut.contains(event.getSource()));
    List<BankTransaction> seenByPayee =
        sink.transactions.stream()
            .filter(event -> event.getPayer() != null && cut.contains(event.getPayer().getBank()))
            .toList();
    assertThat(seenByPayee)
        .isNotEmpty()
        .allSatisfy(
            event -> {
              assertThat(event.getPhase()).isEqualTo(TransactionPhase.COMPLETED);
              assertThat(event.getSource()).isEqualTo(event.getPayee().getBank());
              assertThat(event.getPayer().getHolderToken()).isNull();
              assertThat(event.getPayer().getBalanceBeforeFen()).isNull();
              assertThat(event.getPayerBooking()).isNull();
            });
    assertThat(total(fates, LostWhy.BANK_NOT_CONNECTED)).isPositive();
    List<StoryMoneyFate> all = live(Set.of(), Duration.ZERO);
    assertThat(ceiling(fates)).isLessThan(ceiling(all));
    assertThat(kept(fates)).isLessThan(kept(all));
  }

  @Test
  void aSlowBankKeepsLessAndSaysSo() {
    List<StoryMoneyFate> fast = live(Set.of(), Duration.ZERO);
    List<StoryMoneyFate> slow = live(Set.of(), Duration.ofHours(6));

    assertThat(kept(slow)).isLessThan(kept(fast));
  }

  @Test
  void onceHistoryIsOutNoBankCanBeDisconnected() {
    City city = new City(SETTINGS, new ClearIdentity());
    assertThatThrownBy(() -> city.disconnect(Set.of("B13")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("B13");
    city.history(EventSink.NONE);
    assertThatThrownBy(() -> city.disconnect(Set.of("B01")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the history");
  }

  @Test
  void aHoldThatABankPlacesLaterDoesNothingOnceItIsLifted() {
    City city = new City(SETTINGS, new ClearIdentity());
    List<TruthAccount> accounts = new ArrayList<>();
    city.accounts(accounts::add);
    TruthAccount some = accounts.get(0);
    CityBank bank = city.bank(some.bank());
    String number = ClearIdentity.numberOf(some.token());
    Instant later = city.start().plusSeconds(600);
    CityBank.Placed placed =
        bank.placeHold(number, "H1", null, later, city.start().plusSeconds(7200));
    assertThat(placed.startTime()).isEqualTo(later);
    bank.placeHold(number, "H2", null, later, city.start().plusSeconds(7200));
    assertThat(bank.lift("H2")).isTrue();
    city.advanceTo(later.plusSeconds(60), EventSink.NONE);
    assertThat(city.summary().riskHolds()).isEqualTo(1);
  }

  private static long sum(java.util.Map<?, Long> parts) {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long total(List<StoryMoneyFate> fates, LostWhy why) {
    return fates.stream().mapToLong(fate -> fate.lostWhy().getOrDefault(why, 0L)).sum();
  }

  private static long ceiling(List<StoryMoneyFate> fates) {
    return fates.stream().mapToLong(StoryMoneyFate::ceilingFen).sum();
  }

  private static long kept(List<StoryMoneyFate> fates) {
    return fates.stream().collect(Collectors.summingLong(StoryMoneyFate::stoppedFen));
  }
}
