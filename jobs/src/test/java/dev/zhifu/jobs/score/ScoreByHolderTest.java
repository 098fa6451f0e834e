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
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class ScoreByHolderTest {
  /** Some moment before these tests. */
  private static final long LEFT_MS = 1_000;

  private static final long HOUR = 3_600_000;
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
  void anAbsenceDecidedWhileASourceWasSilentHoldsAndIsForwardedAsSuch() throws Exception {
    RuleHit guessed = RuleHit.newBuilder(V03).setIdleSources(List.of("telecom.events")).build();
    try (var harness = harness()) {
      send(harness, guessed);

      assertThat(side(harness, ScoreByHolder.HOLDS))
          .extracting(RiskHold::getAction)
          .containsExactly(HoldAction.PLACE);
      assertThat(links(harness)).singleElement().matches(HolderScore::idle);
    }
  }

  @Test
  void aHitOnANumberOpensThatNumbersCaseAndWarnsAndHoldsNobody() throws Exception {
    RuleHit called =
        hit(
            "T09",
            RuleFamily.T,
            0.7,
            KeyKind.NUMBER,
            "sim-1",
            PAYMENT,
            ActionCode.A2,
            ActionCode.A7);
    called.setTransaction(null);
    try (var harness = harness()) {
      harness.processElement(new HolderInput(SubjectKey.ofNumber("sim-1"), called, null, null), T0);

      assertThat(side(harness, ScoreByHolder.CASES))
          .singleElement()
          .satisfies(
              change -> {
                assertThat(change.getSubjectKind()).isEqualTo(SubjectKind.NUMBER);
                assertThat(change.getSubject()).isEqualTo("sim-1");
                assertThat(change.getProposedActions())
                    .containsExactly(ActionCode.A2, ActionCode.A7);
              });
      assertThat(side(harness, ScoreByHolder.WARNINGS)).isEmpty();
      assertThat(side(harness, ScoreByHolder.HOLDS)).isEmpty();
      assertThat(links(harness)).isEmpty();
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
      var operator = (CoBroadcastWithKeyedOperator<?, ?, ?, ?>) harness.getOperator();
      var scoring = (ScoreByHolder) operator.getUserFunction();
      assertThat(scoring.lifts().sinceRetraction().getCount()).isEqualTo(1);
    }
  }

  @Test
  void onePaymentHasOneHoldForAllItsHitsAndAnotherPaymentItsOwn() throws Exception {
    try (var harness = harness()) {
      send(harness, V03, T02, hourly(2), retracted(V03));

      List<RiskHold> placed = List.copyOf(side(harness, ScoreByHolder.HOLDS));
      assertThat(placed)
          .as("T02 still stands on the payment that V03 let go")
          .extracting(RiskHold::getAction, RiskHold::getBankTransactionId)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(HoldAction.PLACE, "B02-t1"),
              org.assertj.core.groups.Tuple.tuple(HoldAction.PLACE, "B02-t2"));
      assertThat(placed.get(0).getHoldId()).isNotEqualTo(placed.get(1).getHoldId());

      send(harness, retracted(T02));
      assertThat(last(side(harness, ScoreByHolder.HOLDS)))
          .extracting(RiskHold::getAction, RiskHold::getHoldId)
          .containsExactly(HoldAction.LIFT, placed.get(0).getHoldId());
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
      for (String name : List.of("hits", "hits-index", "holds", "holds-index", "head", "limited")) {
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

  @Test
  void twiceTheHitsCostTwiceTheReadsAndNoMoreTimersOrScans() throws Exception {
    Cost once = cost(100);
    Cost twice = cost(200);

    assertThat(once.cases()).isEqualTo(200);
    assertThat(twice.cases()).isEqualTo(400);
    assertThat(twice.reads()).isLessThan(once.reads() * 22 / 10);
    assertThat(twice.scans()).isEqualTo(once.scans()).isPositive();
    assertThat(List.of(once.timers(), twice.timers())).containsOnly(1);
  }

  /** What so many hits of one holder, an hour apart, cost until all is forgotten. */
  private static Cost cost(int hits) throws Exception {
    ScoreByHolder scoring = new ScoreByHolder(ScoreSettings.defaults());
    try (var harness = create(scoring)) {
      harness.open();
      for (int i = 0; i < hits; i++) {
        send(harness, hourly(i));
        harness.watermark(T0 + i * HOUR);
      }
      int timers = harness.numEventTimeTimers();
      harness.watermark(Long.MAX_VALUE);
      return new Cost(
          scoring.stateReads(),
          scoring.stateScans(),
          timers,
          side(harness, ScoreByHolder.CASES).size());
    }
  }

  private record Cost(long reads, long scans, int timers, int cases) {}

  private static RuleHit hourly(int i) {
    return hit(
        "V03",
        RuleFamily.V,
        0.7,
        KeyKind.HOLDER,
        VICTIM,
        transfer("t" + i, VICTIM, MULE, 40_000, T0 + i * HOUR),
        ActionCode.A3);
  }

  @Test
  void hitsFromBeforeTheIndexAreReadAndForgotten() throws Exception {
    OperatorSubtaskState snapshot;
    try (var old = create(new HitsWithoutIndex())) {
      old.open();
      send(old, hourly(2), hourly(0), hourly(1));
      snapshot = old.snapshot(1, 1);
    }
    try (var harness = create()) {
      harness.initializeState(snapshot);
      harness.open();
      send(harness, T02);

      FraudCase change = last(side(harness, ScoreByHolder.CASES));
      assertThat(change.getCaseId()).isEqualTo("case-1");
      assertThat(change.getFamilies()).containsExactly(RuleFamily.V, RuleFamily.T);

      harness.watermark(Long.MAX_VALUE);
      assertThat(last(side(harness, ScoreByHolder.CASES)).getScore()).isZero();
      try (Stream<?> keys =
          harness
              .getOperator()
              .getKeyedStateBackend()
              .getKeys("score-holder.hits.v1", VoidNamespace.INSTANCE)) {
        assertThat(keys).isEmpty();
      }
    }
  }

  /** Keeps hits as the job did before there was an index, with a timer for each. */
  private static final class HitsWithoutIndex
      extends KeyedBroadcastProcessFunction<String, HolderInput, Curb, AccountInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(
        HolderInput input, ReadOnlyContext context, Collector<AccountInput> out) throws Exception {
      getRuntimeContext()
          .getMapState(
              new MapStateDescriptor<>(
                  "score-holder.hits.v1", Types.STRING, TypeInformation.of(RuleHit.class)))
          .put(input.hit().getHitId(), input.hit());
      getRuntimeContext()
          .getState(
              new ValueStateDescriptor<>(
                  "score-holder.head.v1", TypeInformation.of(CaseHead.class)))
          .update(CaseHead.opened("case-1", T0).changed(0.7, T0 + 2 * HOUR));
      context
          .timerService()
          .registerEventTimeTimer(Shares.at(input.hit()) + ScoreSettings.defaults().hitMemoryMs());
    }

    @Override
    public void processBroadcastElement(Curb curb, Context context, Collector<AccountInput> out) {}
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
    return create(new ScoreByHolder(ScoreSettings.defaults()));
  }

  private static KeyedBroadcastOperatorTestHarness<String, HolderInput, Curb, AccountInput> create(
      KeyedBroadcastProcessFunction<String, HolderInput, Curb, AccountInput> scoring)
      throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(scoring, List.of(Curbs.HOLDERS)),
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
      harness.processElement(
          new HolderInput(VICTIM, hit, null, null, hit.getHolds() ? 0 : LEFT_MS), T0);
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
