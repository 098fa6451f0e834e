package dev.zhifu.jobs.score;

import static dev.zhifu.jobs.score.Fixtures.MULE;
import static dev.zhifu.jobs.score.Fixtures.T0;
import static dev.zhifu.jobs.score.Fixtures.hit;
import static dev.zhifu.jobs.score.Fixtures.retracted;
import static dev.zhifu.jobs.score.Fixtures.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.CurbKind;
import dev.zhifu.wire.CurbedAction;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bounds on actions in scoring by holder; each also after a restore. */
class CurbsTest {
  private static final long HOUR = 3_600_000;

  private KeyedBroadcastOperatorTestHarness<String, HolderInput, Curb, AccountInput> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness(null);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aLimitedRuleActsSoOftenAndThenProposes() throws Exception {
    curb(Curb.limit("l", "V03", 2, HOUR, T0));
    for (int victim = 1; victim <= 3; victim++) {
      send("v" + victim, T0 + victim);
    }
    assertThat(holds()).hasSize(2);
    restore();
    send("v4", T0 + 4);
    assertThat(holds()).as("the count outlives a restore").isEmpty();
    FraudCase limited = last(side(ScoreByHolder.CASES));
    assertThat(limited.getScore()).as("hits and scores go on").isEqualTo(0.7);
    assertThat(limited.getProposedActions()).contains(ActionCode.A2, ActionCode.A3);
    assertThat(limited.getCurbed())
        .containsExactly(
            new CurbedAction(ActionCode.A2, CurbKind.LIMIT, "V03"),
            new CurbedAction(ActionCode.A3, CurbKind.LIMIT, "V03"),
            new CurbedAction(ActionCode.A5, CurbKind.LIMIT, "V03"));
    send("v5", T0 + 4 + HOUR);
    assertThat(holds()).as("a span later").hasSize(1);
    curb(Curb.limit("l", "V03", -1, HOUR, T0 + 1));
    send("v6", T0 + 5 + HOUR);
    send("v7", T0 + 6 + HOUR);
    assertThat(holds()).as("without a limit").hasSize(3);
  }

  @Test
  void aLaterRevisionOfALimitedHitStaysLimited() throws Exception {
    curb(Curb.limit("l", "V03", 0, HOUR, T0));
    RuleHit first = send("v1", T0);
    RuleHit settled = RuleHit.newBuilder(first).setRevision(2).setIsFinal(true).build();
    curb(Curb.limit("l", "V03", -1, HOUR, T0 + 1));
    send(settled);
    assertThat(holds()).isEmpty();
    send(retracted(settled));
    assertThat(last(side(ScoreByHolder.CASES)).getCurbed()).isEmpty();
  }

  @Test
  void aSuppressedSubjectIsLetAloneUntilItsEnd() throws Exception {
    curb(Curb.suppress("s", SubjectKind.HOLDER, "v1", T0 + HOUR, T0));
    send("v1", T0 + 1);
    send("v2", T0 + 2);
    assertThat(holds()).extracting(hold -> hold.getAccount().getAccountToken()).hasSize(1);
    assertThat(side(ScoreByHolder.WARNINGS)).extracting(w -> w.getHolderToken()).containsOnly("v2");
    assertThat(part("v1", T0 + 3).hold()).isFalse();
    restore();
    send("v1", "t2", T0 + 4);
    assertThat(holds()).isEmpty();
    assertThat(last(side(ScoreByHolder.CASES)).getCurbed())
        .extracting(CurbedAction::getBecause)
        .containsOnly(CurbKind.SUPPRESSION);
    send("v1", "t3", T0 + HOUR);
    assertThat(holds()).as("with the next evidence after the end").isNotEmpty();
  }

  @Test
  void theKillSwitchStopsEveryActionAndLiftsGoOn() throws Exception {
    RuleHit before = send("v0", T0);
    curb(Curb.kill("k", T0 + 1));
    send("v1", T0 + 2);
    assertThat(holds()).hasSize(1);
    assertThat(side(ScoreByHolder.WARNINGS)).hasSize(1);
    assertThat(part("v1", T0 + 3).hold()).isFalse();
    assertThat(last(side(ScoreByHolder.CASES)).getCurbed())
        .extracting(CurbedAction::getAction)
        .as("a request is no automatic action")
        .containsExactly(ActionCode.A2, ActionCode.A3);
    send(retracted(before));
    assertThat(holds()).extracting(RiskHold::getAction).endsWith(HoldAction.LIFT);
    restore();
    send("v2", T0 + 4);
    assertThat(holds()).as("still killed after a restore").isEmpty();
    curb(Curb.revive("r", T0 + 5));
    curb(Curb.kill("k", T0 + 1));
    send("v3", T0 + 6);
    assertThat(holds()).as("an older act read again changes nothing").hasSize(1);
  }

  private void curb(Curb curb) throws Exception {
    harness.processBroadcastElement(curb, 0);
  }

  private RuleHit send(String victim, long atMs) throws Exception {
    return send(victim, "t-" + victim, atMs);
  }

  private RuleHit send(String victim, String transaction, long atMs) throws Exception {
    RuleHit hit =
        hit(
            "V03",
            RuleFamily.V,
            0.7,
            KeyKind.HOLDER,
            victim,
            transfer(transaction, victim, MULE, 40_000, atMs),
            ActionCode.A2,
            ActionCode.A3,
            ActionCode.A5);
    send(hit);
    return hit;
  }

  private void send(RuleHit hit) throws Exception {
    harness.processElement(
        new HolderInput(hit.getKey(), hit, null, null), hit.getOccurredAt().toEpochMilli());
  }

  private PartReport part(String victim, long atMs) throws Exception {
    PartReport part =
        new PartReport(
            "B01:t-" + victim + ":COMPLETED",
            "t-" + victim,
            "B01",
            atMs,
            atMs + 500,
            KeyKind.HOLDER,
            victim,
            Side.DEBIT,
            MULE,
            0,
            false,
            null);
    harness.processElement(new HolderInput(victim, null, part, null), atMs);
    return last(harness.extractOutputValues().stream().filter(one -> one.part() != null).toList())
        .part();
  }

  private List<RiskHold> holds() {
    return side(ScoreByHolder.HOLDS);
  }

  private void restore() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness(snapshot);
  }

  private static KeyedBroadcastOperatorTestHarness<String, HolderInput, Curb, AccountInput> harness(
      OperatorSubtaskState restored) throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new ScoreByHolder(ScoreSettings.defaults()), List.of(Curbs.HOLDERS)),
            HolderInput::holder,
            Types.STRING,
            1,
            1,
            0);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(restored == null));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }

  private <T> List<T> side(OutputTag<T> tag) {
    List<T> values = new ArrayList<>();
    if (harness.getSideOutput(tag) != null) {
      harness.getSideOutput(tag).forEach(record -> values.add(record.getValue()));
    }
    return values;
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
