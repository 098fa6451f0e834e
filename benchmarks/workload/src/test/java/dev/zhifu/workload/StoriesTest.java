package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.events.IngressValidator;
import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One dense city of each set with every kind of story: what each leaves in the streams. */
class StoriesTest {
  private static final Run A = new Run(dense("A"));
  private static final Run B = new Run(dense("B"));
  private static final Run C = new Run(dense("C"));

  /** Every typology equally often, every look-alike often. */
  private static CitySettings dense(String set) {
    CitySettings plain = CitySettings.ofSet(set).withResidents(3000).withEnrichment(50);
    CitySettings.Fraud fraud = plain.fraud();
    Map<Typology, CitySettings.Mix> even = new EnumMap<>(Typology.class);
    fraud
        .typologies()
        .forEach((kind, mix) -> even.put(kind, new CitySettings.Mix(1, mix.sizeShift())));
    Map<InnocentKind, Double> many = new EnumMap<>(InnocentKind.class);
    plain.innocent().forEach((kind, rate) -> many.put(kind, 10 * Math.min(3, Math.max(1, rate))));
    return new CitySettings(
        plain.run(),
        plain.streams(),
        plain.people(),
        plain.activity(),
        plain.banks(),
        even(fraud, even),
        plain.crews(),
        plain.scripts(),
        many,
        plain.police(),
        plain.manners());
  }

  private static CitySettings.Fraud even(
      CitySettings.Fraud fraud, Map<Typology, CitySettings.Mix> mix) {
    return new CitySettings.Fraud(
        fraud.storiesPer30k(),
        fraud.prevalencePerHeadDay(),
        fraud.medianLossYuan(),
        fraud.lossSigma(),
        mix,
        fraud.dwell(),
        fraud.reportDelay(),
        fraud.cancelOnHold(),
        fraud.cancelOnHoldCoached(),
        fraud.cancelOnHoldUnaware(),
        fraud.cancelOnHoldImpostor(),
        fraud.cancelOnSms(),
        fraud.cancelOnCall(),
        fraud.cancelOnVisit(),
        fraud.muleConfirmsHold(),
        fraud.oneYuanStories(),
        fraud.nightStoryMinute());
  }

  /** A lived city and what it sent. */
  private static final class Run implements EventSink {
    final City city;
    final Map<InnocentKind, Double> innocent;
    final List<String> faults = new ArrayList<>();
    final List<TelecomEvent> telecom = new ArrayList<>();
    final List<BankAccessEvent> accesses = new ArrayList<>();
    final Map<String, BankTransaction> completed = new HashMap<>();
    final Map<String, Instant> oldestOfAccount = new HashMap<>();
    final List<TruthStory> stories;
    final Map<String, List<TruthTransaction>> byStory;

    Run(CitySettings settings) {
      innocent = settings.innocent();
      city = new City(settings, new HashIdentity());
      city.history(this);
      city.advanceTo(city.end(), this);
      stories = city.stories();
      byStory =
          city.transactions().stream().collect(Collectors.groupingBy(TruthTransaction::storyId));
    }

    private void check(SpecificRecord record) {
      IngressValidator.check(record).ifPresent(fault -> faults.add(fault + " in " + record));
    }

    @Override
    public void transaction(BankTransaction event) {
      check(event);
      if (event.getPhase() == TransactionPhase.COMPLETED) {
        completed.put(event.getSource() + "/" + event.getTransactionId(), event);
        if (event.getPayer() != null) {
          oldestOfAccount.putIfAbsent(event.getPayer().getAccountToken(), event.getOccurredAt());
        }
      }
    }

    @Override
    public void access(BankAccessEvent event) {
      check(event);
      accesses.add(event);
    }

    @Override
    public void telecom(TelecomEvent event) {
      check(event);
      telecom.add(event);
    }

    @Override
    public void report(VictimReport event) {
      check(event);
    }

    List<TruthStory> of(Enum<?> kind) {
      return stories.stream().filter(story -> story.kind().equals(kind.name())).toList();
    }

    List<BankTransaction> moves(TruthStory story, String role) {
      return byStory.getOrDefault(story.storyId(), List.of()).stream()
          .filter(move -> move.role().equals(role))
          .map(move -> completed.get(move.source() + "/" + move.transactionId()))
          .filter(move -> move != null)
          .toList();
    }

    Set<TelecomKind> signalsOf(String holderToken) {
      return telecom.stream()
          .filter(event -> holderToken.equals(event.getHolderToken()))
          .map(TelecomEvent::getKind)
          .collect(Collectors.toSet());
    }
  }

  @BeforeAll
  static void sayTheSeeds() {
    for (Run run : List.of(A, B, C)) {
      System.out.println("seed " + run.city.summary().seed());
    }
  }

  @Test
  void everyRecordOfEveryStoryPassesTheIngressChecks() {
    assertThat(A.faults).isEmpty();
    assertThat(B.faults).isEmpty();
    assertThat(C.faults).isEmpty();
  }

  @Test
  void everyTypologyTakesMoneyAndEveryLookAlikeHappens() {
    for (Run run : List.of(A, B, C)) {
      for (Typology typology : Typology.values()) {
        assertThat(run.of(typology)).as(typology.name()).isNotEmpty();
        assertThat(run.of(typology)).as(typology.name()).anyMatch(story -> story.lossFen() > 0);
      }
      assertThat(C.innocent).as("set C has every kind").containsOnlyKeys(InnocentKind.values());
      for (InnocentKind kind : run.innocent.keySet()) {
        assertThat(run.of(kind)).as(kind.name()).isNotEmpty();
        assertThat(run.of(kind)).as(kind.name()).allMatch(story -> !story.fraud());
      }
      assertThat(run.city.summary().networks()).containsKeys(SimBanks.KIND, ScoreRunners.KIND);
    }
  }

  @Test
  void everyStyleOfMovingMoneyIsSomeCrews() {
    for (Run run : List.of(A, C)) {
      Set<String> styles = new HashSet<>();
      run.stories.forEach(story -> styles.add(story.style()));
      assertThat(styles)
          .containsAll(Arrays.stream(MuleStyle.values()).map(MuleStyle::name).toList());
    }
  }

  @Test
  void aTakeoverIsManySmallDebitsWithinMinutes() {
    List<TruthStory> small =
        A.of(Typology.SCREEN_TAKEOVER).stream()
            .filter(story -> story.plannedFen() < 25_000_00L)
            .toList();
    assertThat(small).isNotEmpty();
    assertThat(small)
        .anySatisfy(
            story -> {
              List<BankTransaction> debits = A.moves(story, "debit");
              assertThat(debits).hasSizeGreaterThanOrEqualTo(3);
              assertThat(debits).allMatch(debit -> debit.getAmountFen() <= 2_000_00L);
            });
  }

  @Test
  void cashForACourierIsTakenAtTheCounterAndNoReportCanNameAnAccount() {
    List<TruthStory> handedOver =
        A.of(Typology.FAMILY_EMERGENCY).stream()
            .filter(story -> !A.moves(story, "cashToCourier").isEmpty())
            .toList();
    assertThat(handedOver).isNotEmpty();
    for (TruthStory story : handedOver) {
      assertThat(A.moves(story, "cashToCourier"))
          .allMatch(cash -> cash.getKind() == TransactionKind.CASH_WITHDRAWAL)
          .allMatch(cash -> cash.getChannel() == Channel.COUNTER);
      assertThat(story.reportId()).isNull();
      assertThat(story.accounts()).isEmpty();
    }
  }

  @Test
  void whoseCallsAreForwardedLosesMoneyFromADeviceBoundToday() {
    for (Typology typology : List.of(Typology.FORWARDED_CALLS, Typology.STOLEN_SIM)) {
      List<TruthStory> paid = A.of(typology).stream().filter(story -> story.paidFen() > 0).toList();
      assertThat(paid).isNotEmpty();
      for (TruthStory story : paid) {
        Set<String> bound =
            A.accesses.stream()
                .filter(access -> access.getKind() == AccessKind.DEVICE_BOUND)
                .filter(
                    access ->
                        story.payerAccountToken().equals(access.getAccount().getAccountToken()))
                .map(BankAccessEvent::getDeviceToken)
                .collect(Collectors.toSet());
        assertThat(A.moves(story, "payment"))
            .allMatch(payment -> bound.contains(payment.getDeviceToken()));
        assertThat(A.signalsOf(story.victimHolderToken()))
            .containsAnyOf(TelecomKind.CALL_FWD_SET, TelecomKind.SIM_SWAP, TelecomKind.ESIM);
      }
    }
  }

  @Test
  void aShortVideoCallComesBeforeTheTwoPaymentsOfADeepfake() {
    assertThat(A.of(Typology.DEEPFAKE_CALL))
        .filteredOn(story -> story.paidFen() > 0)
        .isNotEmpty()
        .allSatisfy(
            story ->
                assertThat(A.telecom)
                    .anyMatch(
                        event ->
                            story.victimHolderToken().equals(event.getHolderToken())
                                && event.getKind() == TelecomKind.APP_SESSION_END
                                && Set.of(AppClass.MEETING, AppClass.OFFSHORE_IM)
                                    .contains(event.getAppClass())
                                && event.getDurationSeconds() <= 600
                                && event.getOccurredAt().toEpochMilli() <= story.lastLossAt()));
  }

  @Test
  void aSimBankDialsManyResidents() {
    TruthStory rack =
        A.stories.stream()
            .filter(story -> story.kind().equals(SimBanks.KIND))
            .max(java.util.Comparator.comparingInt(story -> story.numberTokens().size()))
            .orElseThrow();
    Set<String> called =
        A.telecom.stream()
            .filter(event -> event.getPeerToken() != null)
            .filter(event -> rack.numberTokens().contains(event.getPeerToken()))
            .map(TelecomEvent::getNumberToken)
            .collect(Collectors.toSet());
    assertThat(called).hasSizeGreaterThan(50);
    assertThat(rack.lossFen()).isZero();
  }

  @Test
  void anAccountThatWakesHasBeenSilentForHalfAYear() {
    assertThat(A.of(InnocentKind.SLEEPING_ACCOUNT))
        .isNotEmpty()
        .anySatisfy(
            story ->
                assertThat(story.accounts())
                    .anySatisfy(
                        account ->
                            assertThat(A.oldestOfAccount.get(account.token()))
                                .isNotNull()
                                .isBefore(A.city.start().minusSeconds(185 * 86_400L))));
  }

  @Test
  void truthTellsLossAndTheLastTransfer() {
    List<TruthStory> all = new ArrayList<>(A.stories);
    all.addAll(C.stories);
    for (TruthStory story : all) {
      if (story.paidFen() > 0) {
        assertThat(story.lossFen()).isEqualTo(story.paidFen() - story.rebateFen());
        assertThat(story.firstTransferAt()).isLessThanOrEqualTo(story.lastLossAt());
        assertThat(story.lastLossAt()).isLessThanOrEqualTo(story.lastTransferAt());
      }
    }
  }

  @Test
  void setBKnowsLessThanSetA() {
    assertThat(A.telecom).allMatch(event -> event.getHolderToken() != null);
    assertThat(B.telecom).anyMatch(event -> event.getHolderToken() == null);
    assertThat(B.telecom)
        .anyMatch(
            event -> event.getKind() == TelecomKind.CALL_START && event.getFirstContact() == null);
  }

  @Test
  void setCKnowsLessThanSetAToo() {
    assertThat(C.telecom).anyMatch(event -> event.getHolderToken() == null);
    assertThat(C.telecom)
        .anyMatch(
            event -> event.getKind() == TelecomKind.CALL_START && event.getFirstContact() == null);
  }

  @Test
  void aVisitorPaysManyShopsAndOneGuide() {
    assertThat(C.of(InnocentKind.TOURIST))
        .isNotEmpty()
        .anySatisfy(
            story -> {
              List<BankTransaction> shops = C.moves(story, "bargain");
              assertThat(shops).hasSizeGreaterThanOrEqualTo(3);
              assertThat(shops).allMatch(paid -> paid.getChannel() == Channel.QR);
              assertThat(C.moves(story, "guide")).hasSize(1);
              assertThat(C.moves(story, "cash"))
                  .allMatch(cash -> cash.getKind() == TransactionKind.CASH_WITHDRAWAL);
            });
  }

  @Test
  void aPromotionHasOnePriceAndGivesLittleBack() {
    assertThat(C.of(InnocentKind.SHOP_PROMOTION))
        .isNotEmpty()
        .allSatisfy(
            story ->
                assertThat(
                        C.moves(story, "bargain").stream()
                            .map(BankTransaction::getAmountFen)
                            .distinct())
                    .hasSizeLessThanOrEqualTo(1))
        .anySatisfy(
            story -> {
              assertThat(C.moves(story, "bargain")).hasSizeGreaterThan(15);
              assertThat(C.moves(story, "promotion")).isNotEmpty();
            });
  }
}
