package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rings until somebody acknowledges it, and that a press silences what its page showed. */
class BellTest {
  private static final Pattern SHOWN = Pattern.compile("name=\"shown\" value=\"([^\"]+)\"");

  private DeskRig rig;
  private HttpPerson officer;

  @BeforeEach
  void start() {
    rig = new DeskRig("bell");
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  /** What the button of the page as it stands now acknowledges. */
  private List<Map.Entry<String, String>> button() {
    rig.caughtUp();
    return SHOWN
        .matcher(officer.get("/alarms/bell").body())
        .results()
        .map((MatchResult one) -> Map.entry("shown", one.group(1)))
        .toList();
  }

  private String press(List<Map.Entry<String, String>> button) {
    return officer.post("/alarms/acknowledge", button).body();
  }

  private List<String> noted() {
    return rig.store()
        .rows(
            (row, context) -> row.getString(1),
            "select object_id from own.audit where what = 'ACKNOWLEDGE' order by audit_id");
  }

  @Test
  void aPressSilencesWhatItsPageShowedAndNotWhatCameMeanwhile() {
    String first = rig.tell("先来", 900_000, "R-1").draft().getOrderId();
    String second = rig.tell("同来", 900_000, "R-2").draft().getOrderId();
    List<Map.Entry<String, String>> shown = button();
    assertThat(shown)
        .extracting(Map.Entry::getValue)
        .containsExactlyInAnyOrder(Shell.mark(first), Shell.mark(second));
    String unseen = rig.tell("后到", 900_000, "R-3").draft().getOrderId();
    rig.caughtUp();

    assertThat(press(shown))
        .contains("新的待签 1 件")
        .contains(Shell.mark(unseen))
        .doesNotContain(unseen);
    assertThat(noted()).as("order by order").containsExactlyInAnyOrder(first, second);

    press(shown);
    press(List.of());
    assertThat(button()).extracting(Map.Entry::getValue).containsExactly(Shell.mark(unseen));
    assertThat(noted()).as("nothing more was heard").hasSize(2);
    assertThat(press(button())).doesNotContain("class=\"alarm\"");
  }

  @Test
  void whatMustBeDoneWithinHoursRingsByItsKindUntilAcknowledged() {
    DeskRig.Told one = rig.tell("多事", 900_000, null);
    alarm("due", "RELEASE_DUE", one, Cast.T0);
    alarm("near", "END_NEAR", one, Cast.T0);
    alarm("also-near", "END_NEAR", one, Cast.T0);
    alarm("books", "BOOKS", one, Cast.T0);
    alarm("old", "APPEAL", one, Cast.T0.minus(Duration.ofHours(25)));
    VictimWarning warning = Cast.warning(one.opened(), WarningTier.URGENT);
    rig.topics().write("victim.warnings", warning.getWarningId(), warning);
    StopPaymentRequest sent = Cast.next(one.draft(), OrderState.SENT, "sent", Cast.T0);
    StopPaymentRequest misnamed = Cast.next(sent, OrderState.MISMATCH, "receipt", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics().write("stop.requests", sent.getOrderId(), misnamed);
    List<String> ringing =
        List.of(
            "due",
            "near",
            "also-near",
            "warning:" + warning.getWarningId(),
            "order:" + misnamed.getOrderId() + ":" + misnamed.getSequence());
    List<Map.Entry<String, String>> shown = button();
    assertThat(shown)
        .extracting(Map.Entry::getValue)
        .containsExactlyInAnyOrderElementsOf(ringing.stream().map(Shell::mark).toList());
    String bell = officer.get("/alarms/bell").body();
    assertThat(bell).contains("应予解除 1", "即将期满 2", "紧急预警，尚未派人 1", "核对不符的指令 1");
    officer.post("/language", Map.of("language", "en"));
    assertThat(officer.get("/alarms/bell").body())
        .contains("release is due 1", "an end comes near 2", "urgent warning, nobody sent 1");
    officer.post("/language", Map.of("language", "zh"));

    List<Map.Entry<String, String>> form = new ArrayList<>(shown);
    form.add(Map.entry("rings", "true"));
    alarm("meanwhile", "NOT_DELIVERED", one, Cast.T0);
    rig.caughtUp();
    assertThat(press(form)).contains("平台未受理报文 1").doesNotContain("即将期满");
    assertThat(noted()).containsExactlyInAnyOrderElementsOf(ringing);
    assertThat(officer.get("/alarms").body()).as("it stands in its list").contains("即将期满");
  }

  @Test
  void anEscalationIsOverWhenTheBankHasAnsweredAndAWarningWhenSomebodyIsSent() {
    DeskRig.Told one = rig.tell("逾时", 900_000, null);
    StopPaymentRequest sent = Cast.next(one.draft(), OrderState.SENT, "sent", Cast.T0);
    StopPaymentRequest silent = Cast.next(sent, OrderState.TIMEOUT, "tick", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics().write("stop.requests", sent.getOrderId(), silent);
    alarm("three", "ESCALATE_BANNER", one, Cast.T0);
    VictimWarning warning = Cast.warning(one.opened(), WarningTier.URGENT);
    rig.topics().write("victim.warnings", warning.getWarningId(), warning);
    rig.caughtUp();
    assertThat(officer.get("/alarms/bell").body())
        .contains("逾时未答：升级至旗县中心 1", "逾时未反馈的指令 1", "紧急预警，尚未派人 1");

    StopPaymentRequest active = Cast.next(silent, OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics().write("stop.requests", active.getOrderId(), active);
    officer.post("/warning/" + warning.getWarningId() + "/send", Map.of("contact", "station-1"));
    rig.caughtUp();
    assertThat(officer.get("/alarms/bell").body()).doesNotContain("class=\"alarm\"");
  }

  /** Whose account it is waits for the bank: that the officer has decided frees nobody's money. */
  @Test
  void anEscalationOfALiftRingsUntilTheBankHasLifted() {
    DeskRig.Told one = rig.tell("未解除", 900_000, null);
    StopPaymentRequest sent = Cast.next(one.draft(), OrderState.SENT, "sent", Cast.T0);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    StopPaymentRequest freed =
        Cast.next(active, OrderState.RELEASED, "act", Cast.T0.minusSeconds(60));
    for (StopPaymentRequest step : List.of(sent, active, freed)) {
      rig.topics().write("stop.requests", step.getOrderId(), step);
    }
    alarm("sent-late", "ESCALATE_BANK", one, Cast.T0.minusSeconds(600));
    alarm("lift-late", "ESCALATE_BANNER", one, Cast.T0);
    rig.caughtUp();
    assertThat(officer.get("/alarms/bell").body())
        .contains("逾时未答：升级至旗县中心 1")
        .doesNotContain("逾时未答：联系银行值班台");
    assertThat(orders(one)).contains("银行尚未答复已解除");

    rig.store()
        .execute(
            "insert into own.platform_lift (bank, object_id, decided_at, lifted_at) values ('B02', ?,"
                + " ?, ?)",
            freed.getOrderId(),
            Cast.T0,
            Cast.T0);
    assertThat(officer.get("/alarms/bell").body()).doesNotContain("逾时未答");
    assertThat(orders(one)).as("by the platform").contains("银行答复：已解除");
  }

  private String orders(DeskRig.Told one) {
    return officer.get("/case/" + one.opened().getCaseId() + "/part/orders").body();
  }

  private void alarm(String id, String kind, DeskRig.Told one, Instant at) {
    rig.topics()
        .write(
            "recovery.alarms",
            id,
            new RecoveryAlarm(
                id,
                kind,
                LifeKind.STOP_ORDER,
                one.draft().getOrderId(),
                one.opened().getCaseId(),
                "said",
                "cause of " + id,
                at));
  }
}
