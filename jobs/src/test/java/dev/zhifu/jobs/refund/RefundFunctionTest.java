package dev.zhifu.jobs.refund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccountBooks;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BookBalance;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundFinding;
import dev.zhifu.wire.RefundNotice;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundWay;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** Any order of arrival, copies, restores and rescaling come to the same books, plans and files. */
class RefundFunctionTest {
  private static final int GROUPS = 128;
  private static final int ROUNDS = Integer.getInteger("refund.orders", 12);
  private static final long SEED = Long.getLong("refund.seed", 20_260_601L);
  private static final long T0 = RefundSpecimens.T0.toEpochMilli();

  /** Two accounts frozen in two cases, three victims of whom one lies on both, two payments. */
  private static List<RefundInput> story() {
    List<RefundInput> story = new ArrayList<>();
    story.add(RefundInput.hold(hold(HoldResult.APPLIED, 7_000)));
    story.add(RefundInput.hold(hold(HoldResult.RELEASED, 0)));
    story.add(RefundInput.stop(stop(1, OrderState.SENT)));
    story.add(RefundInput.stop(stop(2, OrderState.ACTIVE)));
    story.add(RefundInput.stop(stop(3, OrderState.CONVERTED)));
    story.add(RefundInput.life(RefundSpecimens.freeze("f1", "case-1", "mule-1", 4, 100_000, 0)));
    story.add(RefundInput.life(RefundSpecimens.freeze("f2", "case-2", "mule-2", 4, 30_000, 0)));
    story.add(RefundInput.claim(RefundSpecimens.claim("R-a", "case-1", "a", 60_000)));
    story.add(RefundInput.claim(RefundSpecimens.claim("R-b", "case-1", "b", 90_000)));
    story.add(RefundInput.claim(RefundSpecimens.claim("R-c", "case-2", "c", 20_000)));
    story.add(
        RefundInput.examined(
            RefundSpecimens.examined(
                "f1", "case-1", "mule-1", List.of(found("R-a", 60_000), found("R-b", 50_000)))));
    story.add(
        RefundInput.examined(
            RefundSpecimens.examined(
                "f2", "case-2", "mule-2", List.of(found("R-b", 40_000), found("R-c", 20_000)))));
    List<RefundShare> first =
        List.of(
            RefundSpecimens.share("a", 60_000, 60_000, 0, 54_546),
            RefundSpecimens.share("b", 90_000, 50_000, 0, 45_454));
    List<RefundShare> second =
        List.of(
            RefundSpecimens.share("b", 90_000, 40_000, 0, 20_000),
            RefundSpecimens.share("c", 20_000, 20_000, 0, 10_000));
    pay(story, "r1", "f1", "case-1", "mule-1", first, 100_000);
    pay(story, "r2", "f2", "case-2", "mule-2", second, 30_000);
    return story;
  }

  private static void pay(
      List<RefundInput> story,
      String refund,
      String freeze,
      String caseId,
      String account,
      List<RefundShare> shares,
      long fen) {
    var detail = RefundSpecimens.refund(freeze, shares);
    var paid = RefundSpecimens.refund(freeze, shares);
    paid.setPaidFen(fen);
    String[][] steps = {
      {"OPENED", "OPENED"},
      {"PREPARED", "PREPARED"},
      {"ISSUED", "SERVED"},
      {"EXECUTED", "BANK_PAID"}
    };
    for (int i = 0; i < steps.length; i++) {
      story.add(
          RefundInput.life(
              RefundSpecimens.life(
                  refund,
                  LifeKind.REFUND,
                  caseId,
                  i + 1,
                  steps[i][0],
                  steps[i][1],
                  i == 3 ? paid : detail)));
    }
    story.add(RefundInput.life(RefundSpecimens.freeze(freeze, caseId, account, 5, 0, fen)));
  }

  private static RefundFinding found(String claim, long fen) {
    return new RefundFinding(claim, RefundWay.PRORATA, fen, fen, "why");
  }

  private static RiskHoldOutcome hold(HoldResult result, long fen) {
    return RiskHoldOutcome.newBuilder()
        .setHoldId("hold-1")
        .setBank("B01")
        .setResult(result)
        .setHeldFen(fen)
        .setAt(RefundSpecimens.T0)
        .build();
  }

  private static StopPaymentRequest stop(long sequence, OrderState state) {
    return StopPaymentRequest.newBuilder()
        .setOrderId("order-1")
        .setApplicationId("00000000-0000-0000-0000-000000000001")
        .setOrdinal(1)
        .setSequence(sequence)
        .setState(state)
        .setOrigin(OrderOrigin.REPORT)
        .setCaseIds(List.of("case-1"))
        .setTarget(
            AccountRef.newBuilder()
                .setAccountToken("mule-1")
                .setBank("B01")
                .setKind(AccountKind.PERSONAL)
                .build())
        .setTransferAmountFen(60_000)
        .setTransferTime(RefundSpecimens.T0)
        .setTracedFen(60_000)
        .setScore(1)
        .setFamilies(List.of())
        .setHitIds(List.of())
        .setReasonCode(ReasonCode.HOP_OF_REPORT)
        .setBasisAt(RefundSpecimens.T0)
        .setCause("cause-" + sequence)
        .setTickAt(RefundSpecimens.T0.plusSeconds(sequence))
        .build();
  }

  @Test
  void theStoryInOrderConservesEveryFen() throws Exception {
    Run run = new Run();
    run.open(1, null);
    for (RefundInput input : story()) {
      run.tell(input);
      assertThat(run.sums()).as("after %s", input).containsOnly(0L);
    }
    run.tick(T0 + 120_000);
    run.close();

    assertThat(run.balances("mule-1"))
        .containsEntry("AT_LARGE mule-1", -100_000L)
        .containsEntry("REFUNDED a", 54_546L)
        .containsEntry("REFUNDED b", 45_454L)
        .hasSize(3);
    assertThat(run.balances("hold:hold-1")).isEmpty();
    assertThat(run.victims.get("b").getRefundedFen()).isEqualTo(65_454);
    assertThat(run.victims.get("b").getParts()).hasSize(2);
    assertThat(run.notices).containsOnlyKeys("r1:3", "r2:3");
    assertThat(run.alarms).isEmpty();
    // What b is still without bounds a later round on either account.
    assertThat(run.plans.get("f2").getVictims().get(0).getRefundedFen()).isEqualTo(65_454);
  }

  @Test
  void whatABankHasNotLiftedYetIsFrozenInTheBooksAndInNoPlan() throws Exception {
    Run run = new Run();
    run.open(1, null);
    run.tell(RefundInput.life(RefundSpecimens.freeze("f1", "case-1", "mule-1", 4, 100_000, 0)));
    LifeTransition reduced = RefundSpecimens.freeze("f1", "case-1", "mule-1", 5, 40_000, 0);
    ((FreezeDetail) reduced.getDetail()).setRestFen(60_000L);
    run.tell(RefundInput.claim(RefundSpecimens.claim("R-a", "case-1", "a", 60_000)));
    run.tell(
        RefundInput.examined(
            RefundSpecimens.examined("f1", "case-1", "mule-1", List.of(found("R-a", 60_000)))));
    run.tell(RefundInput.life(reduced));
    run.tick(T0 + 60_000);
    assertThat(run.balances("mule-1")).containsEntry("FROZEN mule-1", 100_000L);
    assertThat(run.plans.get("f1").getFrozenFen()).isEqualTo(40_000);

    run.tell(RefundInput.life(RefundSpecimens.freeze("f1", "case-1", "mule-1", 6, 40_000, 0)));
    run.tick(T0 + 120_000);
    run.close();
    assertThat(run.balances("mule-1")).containsEntry("FROZEN mule-1", 40_000L);
    assertThat(run.alarms).as("books and freezes agree").isEmpty();
  }

  @Test
  void anyOrderWithCopiesRestoresAndOtherParallelismComesToTheSame() throws Exception {
    Run orderly = new Run();
    orderly.open(1, null);
    for (RefundInput input : story()) {
      orderly.tell(input);
    }
    orderly.close();
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      Random random = new Random(seed);
      List<RefundInput> inputs = story();
      inputs.addAll(story());
      Collections.shuffle(inputs, random);
      Run run = new Run();
      run.open(1, null);
      int saveAt = random.nextInt(inputs.size());
      int crashAt = saveAt + random.nextInt(inputs.size() - saveAt + 1);
      OperatorSubtaskState saved = null;
      for (int i = 0; i < crashAt; i++) {
        if (i == saveAt) {
          saved = run.operator.snapshot(1, 1);
        }
        run.tell(inputs.get(i));
      }
      saved = saved == null ? run.operator.snapshot(1, 1) : saved;
      run.close();
      run.open(1 + random.nextInt(3), saved);
      for (RefundInput input : inputs.subList(saveAt, inputs.size())) {
        run.tell(input);
      }
      run.tick(T0 + 600_000);
      run.tick(T0 + 1_200_000);
      run.close();

      assertThat(run.facts()).as("seed %d", seed).isEqualTo(orderly.facts());
      assertThat(run.alarms).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void aReceiptThatNoFreezeFollowsIsAnAlarmAfterAMinute() throws Exception {
    Run run = new Run();
    run.open(1, null);
    for (RefundInput input : story()) {
      boolean freezeAfterwards =
          input.life() != null
              && input.life().getKind() == LifeKind.FREEZE
              && input.life().getSequence() == 5
              && input.life().getObjectId().equals("f1");
      if (!freezeAfterwards) {
        run.tell(input);
      }
    }
    run.tick(T0 + 60_000);
    run.tick(T0 + 180_000);
    run.close();

    assertThat(run.alarms.values())
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.getAlarm()).isEqualTo("BOOKS");
              assertThat(alarm.getWords()).contains("SETTLED", "mule-1", "-100000");
            });
  }

  @Test
  void moreLeavingAFreezeThanLayInItIsRefusedAndAnAlarm() throws Exception {
    Run run = new Run();
    run.open(1, null);
    run.tell(RefundInput.life(RefundSpecimens.freeze("f1", "case-1", "mule-1", 4, 100_000, 0)));
    LifeTransition wrong = RefundSpecimens.freeze("f1", "case-1", "mule-1", 5, -5, 100_005);
    run.tell(RefundInput.life(wrong));
    run.close();

    assertThat(run.alarms.values())
        .extracting(RecoveryAlarm::getWords)
        .singleElement()
        .asString()
        .contains("ENTRY_ALLOWED");
    assertThat(run.balances("mule-1")).containsEntry("FROZEN mule-1", 100_000L);
  }

  @Test
  void whoGotMoreThanWasLostIsAnAlarm() throws Exception {
    Run run = new Run();
    run.open(1, null);
    for (RefundInput input : story()) {
      boolean claimOfB = input.claim() != null && input.claim().claim().equals("R-b");
      run.tell(
          claimOfB
              ? RefundInput.claim(RefundSpecimens.claim("R-b", "case-1", "b", 60_000))
              : input);
    }
    run.close();

    assertThat(run.alarms.values())
        .extracting(RecoveryAlarm::getWords)
        .singleElement()
        .asString()
        .contains("WITHIN_LOSS", "65454");
  }

  /** The operator with what it said last. */
  private static final class Run {
    private final Map<String, AccountBooks> books = new TreeMap<>();
    private final Map<String, RefundPlan> plans = new TreeMap<>();
    private final Map<String, VictimFile> victims = new TreeMap<>();
    private final Map<String, RefundNotice> notices = new TreeMap<>();
    private final Map<String, RecoveryAlarm> alarms = new TreeMap<>();
    private KeyedTwoInputStreamOperatorTestHarness<String, RefundInput, Long, RefundPlan> operator;

    private void open(int parallelism, OperatorSubtaskState state) throws Exception {
      int index =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              RefundFunction.KEY, GROUPS, parallelism);
      operator =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new KeyedCoProcessOperator<>(new RefundFunction()),
              input -> RefundFunction.KEY,
              tick -> RefundFunction.KEY,
              Types.STRING,
              GROUPS,
              parallelism,
              index);
      operator.setStateBackend(new EmbeddedRocksDBStateBackend());
      if (state != null) {
        operator.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, GROUPS, 1, parallelism, index));
      }
      operator.open();
    }

    private void tell(RefundInput input) throws Exception {
      operator.processElement1(new StreamRecord<>(input));
      hear();
    }

    private void tick(long ms) throws Exception {
      operator.processElement2(new StreamRecord<>(ms));
      hear();
    }

    private void hear() {
      operator.extractOutputValues().forEach(plan -> plans.put(plan.getFreezeId(), plan));
      operator.getOutput().clear();
      drain(RefundFunction.BOOKS).forEach(one -> books.put(one.getAccount(), one));
      drain(RefundFunction.VICTIMS).forEach(one -> victims.put(one.getVictim(), one));
      drain(RefundFunction.NOTICES).forEach(one -> notices.put(one.getNoticeId(), one));
      drain(RefundFunction.ALARMS).forEach(one -> alarms.put(one.getAlarmId(), one));
    }

    private <T> List<T> drain(OutputTag<T> tag) {
      Queue<StreamRecord<T>> side = operator.getSideOutput(tag);
      List<T> values = new ArrayList<>();
      while (side != null && !side.isEmpty()) {
        values.add(side.poll().getValue());
      }
      return values;
    }

    private void close() throws Exception {
      operator.close();
    }

    private Set<Long> sums() {
      Set<Long> sums = new TreeSet<>(Set.of(0L));
      books.values().forEach(one -> sums.add(one.getSumFen()));
      return sums;
    }

    private Map<String, Long> balances(String account) {
      Map<String, Long> balances = new TreeMap<>();
      for (BookBalance balance : books.get(account).getBalances()) {
        balances.put(balance.getKind() + " " + balance.getOf(), balance.getFen());
      }
      return balances;
    }

    /** All that counts in the end: revisions and causes tell the way there. */
    private Map<String, String> facts() {
      Map<String, String> facts = new TreeMap<>();
      for (String account : books.keySet()) {
        // A hold that was over before it was heard of has no books.
        if (!balances(account).isEmpty()) {
          facts.put("books " + account, balances(account).toString());
        }
      }
      plans.forEach(
          (id, plan) ->
              facts.put(
                  "plan " + id, RefundPlan.newBuilder(plan).setRevision(0).build().toString()));
      victims.forEach((id, file) -> facts.put("victim " + id, file.toString()));
      notices.forEach((id, notice) -> facts.put("notice " + id, notice.toString()));
      return facts;
    }
  }
}
