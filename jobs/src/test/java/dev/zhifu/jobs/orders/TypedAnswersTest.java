package dev.zhifu.jobs.orders;

import static dev.zhifu.jobs.orders.Fixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.paper.TypedAnswers;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Answers to orders that went on paper. */
class TypedAnswersTest {
  private static final long START = T0 + MINUTE;

  private static LifeTransition answered(
      StopPaymentRequest order, String answer, String reason, Long startMs) {
    AccountRef target =
        AccountRef.newBuilder()
            .setAccountToken(MULE)
            .setBank(BANK)
            .setKind(AccountKind.PERSONAL)
            .build();
    return LifeTransition.newBuilder()
        .setObjectId("paper:" + order.getOrderId())
        .setKind(LifeKind.PAPER)
        .setCaseId("case-1")
        .setSequence(4)
        .setFromState("SERVED")
        .setState("ANSWERED")
        .setEvent("ANSWERED")
        .setRole("CASE_OFFICER")
        .setReason(reason)
        .setCause("act-typed")
        .setTickAt(Instant.ofEpochMilli(START))
        .setDetail(
            PaperDetail.newBuilder()
                .setRequestId(order.getOrderId() + ":2")
                .setCode("100101")
                .setAbout(LifeKind.STOP_ORDER)
                .setAboutId(order.getOrderId())
                .setApplicationId(order.getApplicationId())
                .setBank(BANK)
                .setTarget(target)
                .setWords("stop")
                .setAnswer(answer)
                .setAnswerFen(500)
                .setStartTime(startMs == null ? null : Instant.ofEpochMilli(startMs))
                .build())
        .build();
  }

  private static OrderInput typed(LifeTransition life) {
    return OrderInput.typed(TypedAnswers.of(life).orElseThrow(), "recovery.lives", 0, 7);
  }

  private static OrderRun sent() {
    return OrderRun.ready().propose(proposal());
  }

  @Test
  void anAnswerTypedInMovesTheOrderAsABanksOwnWould() {
    OrderRun run = sent();
    run.take(typed(answered(run.last(), "BANK_STOPPED", "", START)));

    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(run.notices.get(0).getUntil())
        .as("48 h from the institution's own start")
        .isEqualTo(Instant.ofEpochMilli(START + 48 * HOUR));
    assertThat(run.alarms).isEmpty();
    int requests = run.requests.size();
    run.take(typed(answered(run.requests.get(0), "BANK_STOPPED", "", START)));
    assertThat(run.requests).as("a copy").hasSize(requests);
  }

  /** The paper about the extension of an order in force, answered. */
  private static LifeTransition extended(OrderRun run, String answer, Long startMs) {
    LifeTransition life = answered(run.last(), answer, "", startMs);
    PaperDetail paper = (PaperDetail) life.getDetail();
    paper.setCode("100105");
    paper.setApplicationId(run.last().getExtensionId());
    return life;
  }

  @Test
  void anAnswerToAnExtensionOnPaperExtends() {
    long later = T0 + 40 * HOUR;
    OrderRun run = sent();
    run.take(typed(answered(run.last(), "BANK_STOPPED", "", START))).tick(later);
    run.act(extension(run.last(), "act-extend", later));
    assertThat(run.last().getState()).isEqualTo(OrderState.ACTIVE);
    assertThat(run.last().getExtensionId())
        .as("told, so that recovery makes the paper")
        .isEqualTo(Envelopes.open(run.orders.get(1).envelope()).getApplicationId());

    OrderRun refused = sent();
    refused.take(typed(answered(refused.last(), "BANK_STOPPED", "", START))).tick(later);
    refused.act(extension(refused.last(), "act-extend", later));
    refused.take(typed(extended(refused, "BANK_NOT_FOUND", null)));
    assertThat(refused.state()).isEqualTo(OrderState.ACTIVE);
    assertThat(refused.alarmKinds()).containsExactly(OrderAlarm.Kind.TURNED_AWAY);

    run.take(typed(extended(run, "STOP_EXTENDED", later + MINUTE)));
    assertThat(run.state()).isEqualTo(OrderState.EXTENDED);
    assertThat(run.notices.get(run.notices.size() - 1).getUntil())
        .isEqualTo(Instant.ofEpochMilli(later + MINUTE + 48 * HOUR));
    assertThat(run.alarms).isEmpty();
    int requests = run.requests.size();
    run.take(typed(extended(run, "STOP_EXTENDED", later + MINUTE)));
    assertThat(run.requests).as("a copy").hasSize(requests);
  }

  @Test
  void aMismatchNamesItsField() {
    OrderRun run = sent();
    LifeTransition life = answered(run.last(), "BANK_MISMATCH", "AMOUNT", null);
    run.take(typed(life));

    assertThat(TypedAnswers.of(life).orElseThrow().getResult())
        .isEqualTo(ReceiptResult.MISMATCH_AMOUNT);
    assertThat(run.state()).isEqualTo(OrderState.MISMATCH);
  }

  @Test
  void aLateAnswerOnPaperStillCountsAsAStop() {
    OrderRun run = sent();
    StopPaymentRequest order = run.last();
    for (int minute = 1; minute <= 10; minute++) {
      run.tick(T0 + minute * MINUTE);
    }
    assertThat(run.state()).isEqualTo(OrderState.TIMEOUT);

    run.take(typed(answered(order, "BANK_STOPPED", "", START)));

    assertThat(run.state()).isEqualTo(OrderState.ACTIVE);
  }

  @Test
  void itWaitsForAnOrderThatIsReadBackLater() {
    OrderRun first = sent();
    OrderRun fresh =
        new OrderRun(
            OrderSettings.defaults(dev.zhifu.wire.Environment.DEMO), KEYS, SigningGuard.all());
    fresh.tick(T0).take(typed(answered(first.last(), "BANK_STOPPED", "", START)));
    fresh.take(record(first.orders.get(0), 0));

    assertThat(fresh.state()).isEqualTo(OrderState.ACTIVE);
  }

  @Test
  void whatIsNoAnswerToAnOrderIsNone() {
    StopPaymentRequest order = sent().last();
    LifeTransition served =
        LifeTransition.newBuilder(answered(order, "BANK_STOPPED", "", START))
            .setState("SERVED")
            .build();
    LifeTransition freeze = answered(order, "BANK_FROZE", "", START);
    ((PaperDetail) freeze.getDetail()).setAbout(LifeKind.FREEZE);
    LifeTransition lift = answered(order, "BANK_LIFTED", "", null);
    ((PaperDetail) lift.getDetail()).setCode("100103");

    assertThat(TypedAnswers.of(served)).isEmpty();
    assertThat(TypedAnswers.of(freeze)).isEmpty();
    assertThat(TypedAnswers.of(lift)).isEmpty();
  }
}
