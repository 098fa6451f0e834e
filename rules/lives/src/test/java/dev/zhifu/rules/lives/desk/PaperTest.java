package dev.zhifu.rules.lives.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.StopDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes on paper, and the word to lift a released stop. */
class PaperTest {

  private static Run sent() {
    FreezeDetail detail = Run.freeze(one -> one.setChannel(OrderChannel.PAPER));
    return Run.byLaw().filed().freezeSent(detail, Role.COUNTY_HEAD);
  }

  private static String paper(Run run) {
    return run.file.all(LifeKind.PAPER).stream()
        .map(LifeTransition::getObjectId)
        .reduce((one, other) -> other)
        .orElseThrow();
  }

  private static Run served(Run run) {
    run.act(LifeKind.PAPER, paper(run), "PRINTED", Role.CASE_OFFICER, null);
    return run.act(
        LifeKind.PAPER, paper(run), "SERVED", Role.CASE_OFFICER, null, "officer-2", "receipt:1");
  }

  private static PaperDetail answer(Run run, String event, long fen, Instant start) {
    return PaperDetail.newBuilder(PaperDesk.of(run.file.get(paper(run))))
        .setAnswer(event)
        .setAnswerFen(fen)
        .setStartTime(start)
        .build();
  }

  private static Run answered(Run run, String event, long fen, Instant start) {
    return run.act(
        LifeKind.PAPER,
        paper(run),
        "ANSWERED",
        Role.CASE_OFFICER,
        answer(run, event, fen, start),
        "answer:1");
  }

  @Test
  void aFreezeOnPaperIsPrintedServedAndAnsweredByHand() {
    Run run = sent();
    assertThat(run.state(paper(run))).isEqualTo("TO_PRINT");
    PaperDetail printed = PaperDesk.of(run.file.get(paper(run)));
    assertThat(printed.getRequestId()).isEqualTo(run.requests.get(0).getRequestId());
    assertThat(printed.getAmountFen()).isEqualTo(4_000_000);
    assertThat(printed.getTermMonths()).isEqualTo(6);

    served(run);
    assertThat(run.state(paper(run))).isEqualTo("SERVED");
    assertThat(run.state(Run.FREEZE)).as("no answer, no freeze").isEqualTo("SENT");
    answered(run, "BANK_FROZE", 4_000_000, run.now());

    assertThat(run.state(paper(run))).isEqualTo("ANSWERED");
    assertThat(run.state(Run.FREEZE)).isEqualTo("ACTIVE");
    assertThat(run.frozenDetail().getFrozenFen()).isEqualTo(4_000_000);
    assertThat(run.frozenDetail().getStartAt()).isEqualTo(run.now());
    assertThat(run.frozenDetail().getDocumentNumber()).as("the bank's number").isEqualTo("1");
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void aPaperThatIsNotServedYetMakesNoBankLate() {
    Run run = sent();
    run.to(run.now().plus(Duration.ofMinutes(6)));
    assertThat(run.alarms).filteredOn(alarm -> alarm.getKind() == LifeKind.FREEZE).isEmpty();
  }

  @Test
  void byThePlatformNoPaperIsMade() {
    Run run = Run.byLaw().filed().frozen();

    assertThat(run.file.all(LifeKind.PAPER)).isEmpty();
  }

  @Test
  void eachStepThatStaysOutIsAlarmedByTheClockAsOurOwnServiceLevel() {
    Run run = sent();
    run.pass(Duration.ofMinutes(11));
    run.act(LifeKind.PAPER, paper(run), "PRINTED", Role.CASE_OFFICER, null);
    run.pass(Duration.ofHours(4));
    run.act(
        LifeKind.PAPER, paper(run), "SERVED", Role.CASE_OFFICER, null, "officer-2", "receipt:1");
    run.pass(Duration.ofHours(24));
    run.pass(Duration.ofDays(30));

    assertThat(run.alarms)
        .filteredOn(alarm -> alarm.getKind() == LifeKind.PAPER)
        .hasSize(3)
        .allSatisfy(alarm -> assertThat(alarm.getAlarm()).isEqualTo("OVERDUE"))
        .allSatisfy(alarm -> assertThat(alarm.getWords()).contains("our own service level"));
  }

  @Test
  void whatIsDoneInTimeAlarmsNothing() {
    Run run = served(sent());
    answered(run, "BANK_FROZE", 4_000_000, run.now());
    run.pass(Duration.ofDays(5));

    assertThat(run.alarms).filteredOn(alarm -> alarm.getKind() == LifeKind.PAPER).isEmpty();
  }

  @Test
  void whatIsNotServedByTwoWithAReceiptOrIsAnsweredWithoutTheAnswerChangesNothing() {
    Run run = sent();
    run.act(LifeKind.PAPER, paper(run), "PRINTED", Role.CASE_OFFICER, null);
    run.act(LifeKind.PAPER, paper(run), "SERVED", Role.CASE_OFFICER, null, "receipt:1");
    assertThat(run.lastAlarm()).contains("TWO_OFFICERS");
    run.act(LifeKind.PAPER, paper(run), "SERVED", Role.CASE_OFFICER, null, "officer-2");
    assertThat(run.lastAlarm()).contains("RECEIPT_KEPT");
    answered(run, "BANK_FROZE", 4_000_000, run.now());
    assertThat(run.state(paper(run))).as("never served").isEqualTo("PRINTED");

    run.act(
        LifeKind.PAPER, paper(run), "SERVED", Role.CASE_OFFICER, null, "officer-2", "receipt:1");
    run.act(
        LifeKind.PAPER,
        paper(run),
        "ANSWERED",
        Role.CASE_OFFICER,
        answer(run, "BANK_FROZE", 4_000_000, run.now()));
    assertThat(run.lastAlarm()).contains("ANSWER_KEPT");
    answered(run, "BANK_FROZE", 4_000_000, null);
    assertThat(run.lastAlarm()).contains("ANSWER_FITS");
    answered(run, "BANK_PAID", 1, run.now());
    assertThat(run.lastAlarm()).contains("ANSWER_FITS");
    run.verified = false;
    answered(run, "BANK_FROZE", 4_000_000, run.now());
    assertThat(run.lastAlarm()).contains("ACT_VERIFIED");

    assertThat(run.state(paper(run))).isEqualTo("SERVED");
    assertThat(run.state(Run.FREEZE)).isEqualTo("SENT");
  }

  @Test
  void noPersonMakesAPaperThatNoLifeAskedFor() {
    Run run = Run.byLaw().filed();
    PaperDetail forged = PaperDesk.of(sent().file.all(LifeKind.PAPER).get(0));
    run.act(LifeKind.PAPER, "paper:forged", "PREPARED", Role.CASE_OFFICER, forged);

    assertThat(run.file.all(LifeKind.PAPER)).isEmpty();
    assertThat(run.alarmKinds()).containsExactly("ACT_REFUSED");
  }

  @Test
  void aPaperIsVoidedWithAReason() {
    Run run = sent();
    run.act(LifeKind.PAPER, paper(run), "VOIDED", Role.CASE_OFFICER, null);

    assertThat(run.state(paper(run))).isEqualTo("VOID");
    run.pass(Duration.ofDays(1));
    assertThat(run.alarms).filteredOn(alarm -> alarm.getKind() == LifeKind.PAPER).isEmpty();
  }

  @Test
  void anOrderToABankThatReadsNoneGoesOnPaperOnceAndItsAnswerIsForStopOrders() {
    Run run = Run.byLaw().emergency();
    run.channel = OrderChannel.PAPER;
    run.stop(OrderState.SIGNED, OrderState.SENT, 3).stop(OrderState.SENT, OrderState.SENT, 4);

    assertThat(run.codes()).containsExactly("100101");
    assertThat(run.file.all(LifeKind.PAPER)).hasSize(1);
    served(run);
    answered(run, "BANK_MISMATCH", 0, null);
    assertThat(run.lastAlarm()).as("which field").contains("ANSWER_FITS");
    answered(run, "BANK_STOPPED", 500, run.now());

    assertThat(run.state(paper(run))).isEqualTo("ANSWERED");
    assertThat(run.state(Run.STOP)).as("stop-orders moves it").isEqualTo("SENT");
  }

  @Test
  void anExtensionToABankThatReadsNoneGoesOnPaperOnceAndItsAnswerIsForStopOrders() {
    Run run = Run.byLaw().emergency();
    run.channel = OrderChannel.PAPER;
    run.stop(OrderState.SIGNED, OrderState.SENT, 3);
    run.stop(OrderState.SENT, OrderState.ACTIVE, 4);
    run.extensionId = "00000000-0000-0000-0000-000000000002";
    run.stop(OrderState.ACTIVE, OrderState.ACTIVE, 5).stop(OrderState.ACTIVE, OrderState.ACTIVE, 6);

    assertThat(run.codes()).containsExactly("100101", "100105");
    ChannelRequest asked = run.requests.get(1);
    assertThat(asked.getApplicationId()).isEqualTo(run.extensionId);
    assertThat(asked.getChannel()).isEqualTo(OrderChannel.PAPER);
    assertThat(asked.getAuthorisation()).as("the officer's act").isEqualTo("cause-5");
    assertThat(run.file.all(LifeKind.PAPER)).hasSize(2);
    String paper = extension(run);
    run.act(LifeKind.PAPER, paper, "PRINTED", Role.CASE_OFFICER, null);
    run.act(LifeKind.PAPER, paper, "SERVED", Role.CASE_OFFICER, null, "officer-2", "receipt:1");
    typed(run, paper, "BANK_STOPPED", run.now());
    assertThat(run.lastAlarm()).as("an answer to the first order").contains("ANSWER_FITS");
    typed(run, paper, "STOP_EXTENDED", null);
    assertThat(run.lastAlarm()).as("no stop without its start").contains("ANSWER_FITS");
    typed(run, paper, "STOP_EXTENDED", run.now());

    assertThat(run.state(paper)).isEqualTo("ANSWERED");
    assertThat(run.state(Run.STOP)).as("stop-orders moves it").isEqualTo("ACTIVE");
    run.stop(OrderState.ACTIVE, OrderState.EXTENDED, 7);
    assertThat(run.codes()).as("once").containsExactly("100101", "100105");
  }

  private static String extension(Run run) {
    return run.file.all(LifeKind.PAPER).stream()
        .filter(life -> PaperDesk.of(life).getCode().equals("100105"))
        .map(LifeTransition::getObjectId)
        .findFirst()
        .orElseThrow();
  }

  private static void typed(Run run, String paper, String event, Instant start) {
    PaperDetail answer =
        PaperDetail.newBuilder(PaperDesk.of(run.file.get(paper)))
            .setAnswer(event)
            .setStartTime(start)
            .build();
    run.act(LifeKind.PAPER, paper, "ANSWERED", Role.CASE_OFFICER, answer, "answer:1");
  }

  @Test
  void whatExtendsIsNoAnswerToTheFirstOrder() {
    Run run = Run.byLaw().emergency();
    run.channel = OrderChannel.PAPER;
    run.stop(OrderState.SIGNED, OrderState.SENT, 3);
    served(run);
    answered(run, "STOP_EXTENDED", 500, run.now());

    assertThat(run.lastAlarm()).contains("ANSWER_FITS");
    assertThat(run.state(paper(run))).isEqualTo("SERVED");
  }

  @Test
  void anExtensionToABankThatReadsOrdersMakesNoPaper() {
    Run run = Run.byLaw().emergency().stop(OrderState.SENT, OrderState.ACTIVE, 4);
    run.extensionId = "00000000-0000-0000-0000-000000000002";
    run.stop(OrderState.ACTIVE, OrderState.ACTIVE, 5);

    assertThat(run.requests).isEmpty();
  }

  @Test
  void aPaperForABanksOwnStopSaysThatItIsLate() {
    Run run = Run.byLaw().emergency();
    run.channel = OrderChannel.PAPER;
    run.ownStop =
        new OwnStop(
            "cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd",
            run.now(),
            run.now().plus(Duration.ofHours(48)),
            5L,
            true);
    run.stop(OrderState.SIGNED, OrderState.SENT, 3);

    assertThat(run.requests.get(0).getWords()).contains("late paperwork");
  }

  @Test
  void toABankThatReadsOrdersNothingGoesOnPaper() {
    Run run = Run.byLaw().emergency().stop(OrderState.SIGNED, OrderState.SENT, 3);

    assertThat(run.requests).isEmpty();
    assertThat(run.file.all(LifeKind.PAPER)).isEmpty();
  }

  @Test
  void aReleasedStopIsLiftedByAWordOfItsOwnAndTheBankAnswers() {
    Run run = Run.byLaw().emergency();
    run.stop(OrderState.SENT, OrderState.ACTIVE, 3);
    run.stop(OrderState.ACTIVE, OrderState.RELEASED, 4);

    assertThat(run.requests).extracting(ChannelRequest::getCode).containsExactly("100103");
    assertThat(run.requests.get(0).getChannel()).isEqualTo(OrderChannel.PLATFORM);
    assertThat(run.requests.get(0).getAuthorisation()).isEqualTo("cause-4");
    run.answer(LifeKind.STOP_ORDER, Run.STOP, "BANK_LIFTED", 0, null);
    run.pass(Duration.ofMinutes(10));

    assertThat(((StopDetail) run.file.get(Run.STOP).getDetail()).getLiftedAt()).isNotNull();
    assertThat(run.alarms).isEmpty();
  }

  @Test
  void aBankThatDoesNotSayThatItLiftedIsPhoned() {
    Run run = Run.byLaw().emergency();
    run.stop(OrderState.ACTIVE, OrderState.RELEASED, 4);
    run.pass(Duration.ofMinutes(1)).pass(Duration.ofMinutes(2)).pass(Duration.ofMinutes(2));

    assertThat(run.alarmKinds())
        .containsExactly("ESCALATE_BANK", "ESCALATE_BANNER", "ESCALATE_CITY");
    run.pass(Duration.ofHours(1));
    assertThat(run.alarms).hasSize(3);
  }

  @Test
  void onlyAReleasedStopIsLiftedAndByItsOwnBank() {
    Run run = Run.byLaw().emergency().stop(OrderState.SENT, OrderState.ACTIVE, 3);
    run.answer(LifeKind.STOP_ORDER, Run.STOP, "BANK_LIFTED", 0, null);
    assertThat(run.alarmKinds()).containsExactly("ANSWER_OUT_OF_PLACE");

    run.stop(OrderState.ACTIVE, OrderState.RELEASED, 4);
    dev.zhifu.wire.ChannelAnswer other =
        run.answerOf(LifeKind.STOP_ORDER, Run.STOP, "BANK_LIFTED", 0, null);
    other.setBank("B99");
    run.answer(other);

    assertThat(((StopDetail) run.file.get(Run.STOP).getDetail()).getLiftedAt()).isNull();
    assertThat(run.alarmKinds()).isEqualTo(List.of("ANSWER_OUT_OF_PLACE", "ANSWER_OUT_OF_PLACE"));
  }

  @Test
  void anOrderThatThePlatformDoesNotAnswerGoesOnPaperUnderTheSameId() {
    Run run = Run.byLaw().emergency();
    run.channel = OrderChannel.PLATFORM;
    run.stop(OrderState.SIGNED, OrderState.SENT, 2);
    run.stop(OrderState.SENT, OrderState.SENT, 3);
    assertThat(run.requests).as("the platform carries it: nothing to print").isEmpty();

    run.stop(OrderState.SENT, OrderState.TIMEOUT, 4);

    assertThat(run.requests).hasSize(1);
    ChannelRequest fallback = run.requests.get(0);
    assertThat(fallback.getCode()).isEqualTo("100101");
    assertThat(fallback.getChannel()).isEqualTo(OrderChannel.PAPER);
    assertThat(fallback.getApplicationId()).isEqualTo("a");
    assertThat(fallback.getWords()).contains("管理平台逾时未答复").contains("gave no answer in time");
    assertThat(run.state(paper(run))).isEqualTo("TO_PRINT");
  }

  @Test
  void anExtensionThatThePlatformDoesNotAnswerGoesOnPaperOnceUnderItsOwnId() {
    Run run = Run.byLaw().emergency();
    run.channel = OrderChannel.PLATFORM;
    run.stop(OrderState.SIGNED, OrderState.SENT, 2);
    run.stop(OrderState.SENT, OrderState.ACTIVE, 3);
    run.extensionId = "00000000-0000-0000-0000-000000000002";
    run.stop(OrderState.ACTIVE, OrderState.ACTIVE, 4);
    assertThat(run.requests).as("the platform carries it").isEmpty();

    run.mover = Role.CLOCK;
    run.stop(OrderState.ACTIVE, OrderState.ACTIVE, 5);
    run.mover = Role.ENGINE;
    run.stop(OrderState.ACTIVE, OrderState.ACTIVE, 6);

    assertThat(run.codes()).containsExactly("100105");
    ChannelRequest fallback = run.requests.get(0);
    assertThat(fallback.getChannel()).isEqualTo(OrderChannel.PAPER);
    assertThat(fallback.getApplicationId()).isEqualTo(run.extensionId);
    assertThat(fallback.getWords()).contains("管理平台逾时未答复").contains("gave no answer in time");
    String paper = extension(run);
    run.act(LifeKind.PAPER, paper, "PRINTED", Role.CASE_OFFICER, null);
    run.act(LifeKind.PAPER, paper, "SERVED", Role.CASE_OFFICER, null, "officer-2", "receipt:1");
    typed(run, paper, "STOP_EXTENDED", run.now());
    assertThat(run.state(paper)).isEqualTo("ANSWERED");
  }

  @Test
  void anExtensionThatABankReadByItselfAndDoesNotAnswerIsNotPrinted() {
    Run run = Run.byLaw().emergency();
    run.stop(OrderState.SENT, OrderState.ACTIVE, 3);
    run.extensionId = "00000000-0000-0000-0000-000000000002";
    run.mover = Role.CLOCK;
    run.stop(OrderState.ACTIVE, OrderState.ACTIVE, 4);

    assertThat(run.requests).as("its duty desk is phoned").isEmpty();
  }

  /** What {@code StopLifts} takes a request for by its role and states. */
  @Test
  void theClockOfStopOrdersLeavesAStopInForceAsItIsOnlyForASilentExtension() {
    assertThat(
            OrderTable.law().rows().stream()
                .filter(row -> row.roles().contains(Role.CLOCK))
                .filter(row -> row.event().driver() == OrderEvent.Driver.STOP_ORDERS)
                .filter(row -> row.from().contains(row.to()))
                .filter(row -> OrderTable.IN_FORCE.contains(row.to()))
                .map(row -> row.event()))
        .containsOnly(OrderEvent.EXTENSION_UNANSWERED);
  }

  @Test
  void anOrderThatThePlatformAnsweredIsNeverPrinted() {
    Run run = Run.byLaw().emergency();
    run.channel = OrderChannel.PLATFORM;
    run.stop(OrderState.SIGNED, OrderState.SENT, 2);
    run.stop(OrderState.SENT, OrderState.ACTIVE, 3);
    run.extensionId = "extension-id-of-36-characters-0000-1";
    run.stop(OrderState.ACTIVE, OrderState.ACTIVE, 4);
    assertThat(run.requests).isEmpty();

    run.stop(OrderState.ACTIVE, OrderState.RELEASED, 5);

    assertThat(run.requests).extracting(ChannelRequest::getCode).containsExactly("100103");
    assertThat(run.requests.get(0).getChannel()).isEqualTo(OrderChannel.PLATFORM);
    assertThat(run.file.all(LifeKind.PAPER)).isEmpty();
  }

  @Test
  void aBankWithADirectChannelIsPhonedAndNothingIsPrinted() {
    Run run = Run.byLaw().emergency();
    run.stop(OrderState.SIGNED, OrderState.SENT, 2);
    run.stop(OrderState.SENT, OrderState.TIMEOUT, 3);
    assertThat(run.requests).isEmpty();
  }
}
