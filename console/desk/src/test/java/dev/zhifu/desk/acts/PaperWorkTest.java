package dev.zhifu.desk.acts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.StopDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaperWorkTest {
  private static final Instant AT = Instant.parse("2026-03-02T18:10:00Z");
  private static final AccountRef ACCOUNT =
      AccountRef.newBuilder()
          .setAccountToken("account")
          .setBank("B02")
          .setKind(AccountKind.PERSONAL)
          .build();

  private final Map<String, LifeTransition> lives = new HashMap<>();

  private LifeTransition add(LifeKind kind, String id, String state, Object detail) {
    LifeTransition life =
        LifeTransition.newBuilder()
            .setObjectId(id)
            .setKind(kind)
            .setCaseId("case")
            .setSequence(1)
            .setState(state)
            .setEvent("STATE")
            .setRole("ENGINE")
            .setCause("cause")
            .setTickAt(AT)
            .setDetail(detail)
            .build();
    lives.put(id, life);
    return life;
  }

  private LifeTransition paper(
      LifeKind about, String aboutId, String code, int sequence, String state) {
    return add(
        LifeKind.PAPER,
        "paper:" + aboutId + ":" + sequence,
        state,
        PaperDetail.newBuilder()
            .setRequestId(aboutId + ":" + sequence)
            .setCode(code)
            .setAbout(about)
            .setAboutId(aboutId)
            .setApplicationId("A")
            .setBank("B02")
            .setTarget(ACCOUNT)
            .setWords("")
            .setPrintedAt(AT.plusSeconds(30))
            .build());
  }

  private void order(String state) {
    add(
        LifeKind.STOP_ORDER,
        "O",
        state,
        StopDetail.newBuilder().setAccountToken("account").setBank("B02").build());
  }

  private void freeze(String state) {
    add(
        LifeKind.FREEZE,
        "F",
        state,
        FreezeDetail.newBuilder()
            .setApplicationId("A")
            .setTarget(ACCOUNT)
            .setAuthority("局")
            .setChannel(OrderChannel.PAPER)
            .setMode(FreezeMode.AMOUNT)
            .setAmountFen(100)
            .setTracedFen(100)
            .setTermMonths(6)
            .setTraceId("T")
            .setScope("户内")
            .build());
  }

  private List<String> answers(LifeTransition paper) {
    return PaperWork.answers(new CaseFile("case", lives), paper);
  }

  @Test
  void anOrderOnPaperCanBeAnsweredAsItsTableHasItAndAReleaseByBeingLifted() {
    order("SENT");
    LifeTransition stop = paper(LifeKind.STOP_ORDER, "O", "100101", 2, "SERVED");
    assertThat(answers(stop))
        .containsExactlyInAnyOrder(
            "BANK_STOPPED",
            "BANK_STOPPED_ZERO",
            "BANK_MISMATCH",
            "BANK_NOT_FOUND",
            "BANK_ALREADY_FROZEN",
            "BANK_TURNED_AWAY",
            "BANK_HAS_IT");
    order("ACTIVE");
    assertThat(answers(stop)).as("a second stop is a second order").isEmpty();
    LifeTransition extension = paper(LifeKind.STOP_ORDER, "O", "100105", 3, "SERVED");
    assertThat(answers(stop)).isEmpty();
    assertThat(answers(extension))
        .containsExactlyInAnyOrder(
            "STOP_EXTENDED",
            "BANK_MISMATCH",
            "BANK_NOT_FOUND",
            "BANK_ALREADY_FROZEN",
            "BANK_TURNED_AWAY",
            "BANK_HAS_IT");
    ((PaperDetail) extension.getDetail()).setAnswer("BANK_NOT_FOUND");
    assertThat(answers(extension)).as("said once").isEmpty();
    order("RELEASED");
    LifeTransition lift = paper(LifeKind.STOP_ORDER, "O", "100103", 4, "SERVED");
    assertThat(answers(stop)).isEmpty();
    assertThat(answers(lift)).containsExactly("BANK_LIFTED");
    ((PaperDetail) lift.getDetail()).setAnswer("BANK_LIFTED");
    assertThat(answers(lift)).as("said once").isEmpty();
  }

  @Test
  void onlyTheNewestPaperOfAnObjectIsAnswered() {
    freeze("RENEW_REVIEW");
    LifeTransition first = paper(LifeKind.FREEZE, "F", "100201", 9, "ANSWERED");
    LifeTransition second = paper(LifeKind.FREEZE, "F", "100205", 10, "SERVED");
    assertThat(answers(first)).isEmpty();
    assertThat(answers(second)).containsExactlyInAnyOrder("BANK_RENEWED", "BANK_REFUSED_RENEWAL");
    freeze("ACTIVE");
    assertThat(answers(second)).as("nothing is asked for").isEmpty();
  }

  @Test
  void thePaperForTheRestOfAFreezeIsAnsweredBesideItsRenewal() {
    freeze("RENEW_REVIEW");
    LifeTransition rest = paper(LifeKind.FREEZE, "F", "100203", 9, "SERVED");
    ((PaperDetail) rest.getDetail()).setWords(PaperTable.REST_OF_FREEZE);
    LifeTransition renewal = paper(LifeKind.FREEZE, "F", "100205", 10, "SERVED");
    assertThat(answers(rest)).as("nothing of it is asked").isEmpty();
    ((FreezeDetail) lives.get("F").getDetail()).setRestAskedFen(10L);
    assertThat(answers(rest)).containsExactly("REST_LIFTED");
    assertThat(answers(renewal)).containsExactlyInAnyOrder("BANK_RENEWED", "BANK_REFUSED_RENEWAL");
    freeze("RELEASED");
    ((FreezeDetail) lives.get("F").getDetail()).setRestAskedFen(10L);
    assertThat(answers(rest)).as("all of it is to be lifted").isEmpty();
  }

  private static LifeDraft draft(String event) {
    return LifeDraft.of(LifeKind.PAPER, "case", "paper:O:2", event, Role.DUTY_OFFICER, "");
  }

  private PaperDetail held() {
    order("SENT");
    return (PaperDetail) paper(LifeKind.STOP_ORDER, "O", "100101", 2, "SERVED").getDetail();
  }

  private static PaperWork.Answer answer(String event, String field, Long fen, Instant start) {
    return new PaperWork.Answer(event, field, fen, start, null, "7", "已办");
  }

  @Test
  void aStopEndsFortyEightHoursAfterTheBanksOwnStart() {
    LifeDraft answered =
        PaperWork.answered(draft("ANSWERED"), held(), answer("BANK_STOPPED", "", 500L, AT));
    PaperDetail told = (PaperDetail) answered.detail();
    assertThat(told.getExpireTime()).isEqualTo(AT.plus(Duration.ofHours(48)));
    assertThat(told.getAnswerFen()).isEqualTo(500);
    assertThat(answered.documents()).containsExactly("answer:7");
    assertThat(answered.reason()).isEqualTo("已办");
  }

  @Test
  void aMismatchNamesItsFieldAndWhatIsMissingIsSaid() {
    LifeDraft answered =
        PaperWork.answered(draft("ANSWERED"), held(), answer("BANK_MISMATCH", "TIME", 9L, AT));
    PaperDetail told = (PaperDetail) answered.detail();
    assertThat(answered.reason()).isEqualTo("TIME");
    assertThat(told.getAnswerFen()).as("nothing was found").isZero();
    assertThat(told.getStartTime()).isNull();
    assertThatThrownBy(
            () ->
                PaperWork.answered(
                    draft("ANSWERED"), held(), answer("BANK_MISMATCH", "COLOUR", null, null)))
        .hasMessage("paperLife.field");
    assertThatThrownBy(
            () ->
                PaperWork.answered(
                    draft("ANSWERED"), held(), answer("BANK_STOPPED", "", 500L, null)))
        .hasMessage("paperLife.start.missing");
    assertThatThrownBy(
            () ->
                PaperWork.answered(draft("ANSWERED"), held(), answer("BANK_STOPPED", "", null, AT)))
        .hasMessage("paperLife.sum");
  }

  @Test
  void servingPutsReceiptRecipientTimeAndDutyDeskOnRecord() {
    LifeDraft served =
        PaperWork.served(draft("SERVED"), held(), new PaperWork.Service("7", "赵", AT, "值班台"));
    assertThat(served.documents()).containsExactly("receipt:7", "to:赵", "at:" + AT, "desk:值班台");
    assertThat(served.needsTwo()).isTrue();
    assertThatThrownBy(
            () ->
                PaperWork.served(
                    draft("SERVED"),
                    held(),
                    new PaperWork.Service("7", "赵", AT.minusSeconds(1), "值班台")))
        .as("printed in that minute, not before it")
        .hasMessage("paperLife.servedBefore");
  }
}
