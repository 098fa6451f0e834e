package dev.zhifu.jobs.score;

import static dev.zhifu.jobs.score.Fixtures.MULE;
import static dev.zhifu.jobs.score.Fixtures.T0;
import static dev.zhifu.jobs.score.Fixtures.VICTIM;
import static dev.zhifu.jobs.score.Fixtures.hit;
import static dev.zhifu.jobs.score.Fixtures.retracted;
import static dev.zhifu.jobs.score.Fixtures.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.jobs.flow.HolderScore;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class ScoreByHolderTest {
  private static final BankTransaction PAYMENT = transfer("t1", VICTIM, MULE, 40_000, T0);
  private static final RuleHit V03 =
      hit(
          "V03",
          RuleFamily.V,
          0.7,
          KeyKind.HOLDER,
          VICTIM,
          PAYMENT,
          ActionCode.A2,
          ActionCode.A3,
          ActionCode.A5);
  private static final RuleHit T02 =
      hit("T02", RuleFamily.T, 0.5, KeyKind.HOLDER, VICTIM, PAYMENT, ActionCode.A3);

  @Test
  void aHitOpensACaseWarnsHoldsAndIsForwardedToThePayee() throws Exception {
    try (var harness = harness()) {
      send(harness, V03);

      assertThat(side(harness, ScoreByHolder.CASES))
          .extracting(FraudCase::getChange, FraudCase::getScore)
          .containsExactly(org.assertj.core.groups.Tuple.tuple(CaseChangeKind.OPENED, 0.7));
      assertThat(side(harness, ScoreByHolder.WARNINGS))
          .extracting(VictimWarning::getTier, VictimWarning::getTypology)
          .containsExactly(org.assertj.core.groups.Tuple.tuple(WarningTier.HIGH, "V03"));
      assertThat(side(harness, ScoreByHolder.HOLDS))
          .extracting(RiskHold::getAction)
          .containsExactly(HoldAction.PLACE);
      assertThat(side(harness, ScoreByHolder.HOLDS).get(0).getBankTransactionId())
          .isEqualTo("B02-t1");
      assertThat(side(harness, ScoreByHolder.NOTICES)).hasSize(1);
      assertThat(links(harness))
          .singleElement()
          .satisfies(
              link -> {
                assertThat(link.targetAccount()).isEqualTo(MULE);
                assertThat(link.shares())
                    .extracting(share -> share.getRuleId())
                    .containsExactly("V03");
              });
    }
  }

  @Test
  void aSecondFamilyRaisesTheCaseAndTheWarning() throws Exception {
    try (var harness = harness()) {
      send(harness, V03, T02);

      FraudCase last = last(side(harness, ScoreByHolder.CASES));
      assertThat(last.getFamilies()).containsExactly(RuleFamily.V, RuleFamily.T);
      assertThat(last(side(harness, ScoreByHolder.WARNINGS)).getTier())
          .isEqualTo(WarningTier.URGENT);
      assertThat(last(links(harness)).shares()).hasSize(2);
    }
  }

  @Test
  void theSameRevisionTwiceChangesNothing() throws Exception {
    try (var harness = harness()) {
      send(harness, V03, V03);

      assertThat(side(harness, ScoreByHolder.CASES)).hasSize(1);
      assertThat(side(harness, ScoreByHolder.HOLDS)).hasSize(1);
    }
  }

  @Test
  void aRetractionLiftsTheHoldWithdrawsTheWarningAndTheLink() throws Exception {
    try (var harness = harness()) {
      send(harness, V03, retracted(V03));

      assertThat(side(harness, ScoreByHolder.HOLDS))
          .extracting(RiskHold::getAction)
          .containsExactly(HoldAction.PLACE, HoldAction.LIFT);
      assertThat(last(side(harness, ScoreByHolder.NOTICES)).getInForce()).isFalse();
      assertThat(last(side(harness, ScoreByHolder.WARNINGS)).getHolds()).isFalse();
      assertThat(last(links(harness)).shares()).isEmpty();
      assertThat(last(side(harness, ScoreByHolder.CASES)).getScore()).isZero();
    }
  }

  @Test
  void theTransferThatMatchedIsHeldAndTheNextOneIsNot() throws Exception {
    try (var harness = harness()) {
      send(harness, V03);
      harness.processElement(new HolderInput(VICTIM, null, part(PAYMENT.getEventId()), null), T0);
      harness.processElement(new HolderInput(VICTIM, null, part("B01:lunch:AWAITING"), null), T0);

      List<PartReport> parts = parts(harness);
      assertThat(parts).extracting(PartReport::hold).containsExactly(true, false);
      assertThat(parts).extracting(PartReport::score).containsOnly(0.7);
    }
  }

  @Test
  void anAcceptedReportReachesTheAccountsOfTheCase() throws Exception {
    try (var harness = harness()) {
      send(harness, V03);
      harness.processElement(
          new HolderInput(VICTIM, null, null, new AcceptedReport("r1", VICTIM, T0 + 1000, "act-1")),
          T0);

      assertThat(last(links(harness)).reportId()).isEqualTo("r1");
      assertThat(last(side(harness, ScoreByHolder.CASES)).getReportId()).isEqualTo("r1");
    }
  }

  @Test
  void aHitIsForgottenAfterItsTimeAndTheCaseKeepsItsIdUntilMuchLater() throws Exception {
    ScoreSettings settings = ScoreSettings.defaults();
    try (var harness = harness()) {
      send(harness, V03);
      String caseId = last(side(harness, ScoreByHolder.CASES)).getCaseId();

      harness.watermark(T0 + settings.hitMemoryMs());
      assertThat(last(side(harness, ScoreByHolder.CASES)).getScore()).isZero();
      assertThat(last(side(harness, ScoreByHolder.CASES)).getCaseId()).isEqualTo(caseId);
      assertThat(last(links(harness)).shares()).isEmpty();

      harness.watermark(T0 + 3 * settings.caseMemoryMs());
      assertThat(harness.numEventTimeTimers()).isZero();
      for (String name : List.of("hits", "holds", "head", "limited")) {
        try (Stream<?> keys =
            harness
                .getOperator()
                .getKeyedStateBackend()
                .getKeys("score-holder." + name + ".v1", VoidNamespace.INSTANCE)) {
          assertThat(keys).as(name).isEmpty();
        }
      }
    }
  }

  @Test
  void aRestoreInTheMiddleKeepsTheCase() throws Exception {
    OperatorSubtaskState snapshot;
    String caseId;
    try (var harness = harness()) {
      send(harness, V03);
      caseId = last(side(harness, ScoreByHolder.CASES)).getCaseId();
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = create()) {
      harness.initializeState(snapshot);
      harness.open();
      send(harness, T02);

      FraudCase change = last(side(harness, ScoreByHolder.CASES));
      assertThat(change.getCaseId()).isEqualTo(caseId);
      assertThat(change.getSequence()).isEqualTo(2);
      assertThat(change.getScore()).isCloseTo(0.85, org.assertj.core.api.Assertions.within(1e-9));
    }
  }

  private static PartReport part(String eventId) {
    return new PartReport(
        eventId,
        "t1",
        "B01",
        T0,
        T0 + 800,
        KeyKind.HOLDER,
        VICTIM,
        Side.DEBIT,
        MULE,
        0,
        false,
        null);
  }

  private static KeyedBroadcastOperatorTestHarness<String, HolderInput, Curb, AccountInput>
      harness() throws Exception {
    var harness = create();
    harness.open();
    return harness;
  }

  private static KeyedBroadcastOperatorTestHarness<String, HolderInput, Curb, AccountInput> create()
      throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new ScoreByHolder(ScoreSettings.defaults()), List.of(Curbs.HOLDERS)),
            HolderInput::holder,
            Types.STRING,
            1,
            1,
            0);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
    return harness;
  }

  private static void send(
      KeyedBroadcastOperatorTestHarness<String, HolderInput, Curb, AccountInput> harness,
      RuleHit... hits)
      throws Exception {
    for (RuleHit hit : hits) {
      harness.processElement(new HolderInput(VICTIM, hit, null, null), T0);
    }
  }

  private static List<HolderScore> links(
      KeyedBroadcastOperatorTestHarness<String, HolderInput, Curb, AccountInput> harness) {
    return harness.extractOutputValues().stream()
        .filter(one -> one.link() != null)
        .map(AccountInput::link)
        .toList();
  }

  private static List<PartReport> parts(
      KeyedBroadcastOperatorTestHarness<String, HolderInput, Curb, AccountInput> harness) {
    return harness.extractOutputValues().stream()
        .filter(one -> one.part() != null)
        .map(AccountInput::part)
        .toList();
  }

  private static <T> List<T> side(
      KeyedBroadcastOperatorTestHarness<String, HolderInput, Curb, AccountInput> harness,
      OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    List<T> values = new ArrayList<>();
    if (records != null) {
      for (StreamRecord<T> record : records) {
        values.add(record.getValue());
      }
    }
    return values;
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
