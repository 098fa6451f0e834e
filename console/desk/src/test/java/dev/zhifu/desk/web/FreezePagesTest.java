package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.RecoveryTwin;
import dev.zhifu.desk.RefundCast;
import dev.zhifu.desk.people.DemoPeople;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A freeze that ends soon, asked over HTTP: read anew by the legal office, renewed by the head. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreezePagesTest {
  private DeskRig rig;
  private RecoveryTwin recovery;
  private HttpPerson legal;
  private HttpPerson head;

  @BeforeAll
  void start() {
    rig = new DeskRig("freezepages");
    recovery = new RecoveryTwin(rig);
    legal = new HttpPerson(rig.url()).login("legal-1", DemoPeople.PASSWORD);
    head = new HttpPerson(rig.url()).login("head-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static HttpResponse<String> review(HttpPerson person, String freezeId, String caseId) {
    return person.post("/freeze/" + freezeId + "/review", Map.of("case", caseId, "reason", "同意续冻"));
  }

  private static String lives(HttpPerson person, String caseId) {
    return person.get("/case/" + caseId + "/part/lives").body();
  }

  @Test
  void theLegalOfficeReadsItAnewAndTheHeadRenews() {
    RefundCast soon = new RefundCast(rig, recovery);
    soon.frozen("续冻页", Cast.T0.minus(Duration.ofDays(170)));
    String caseId = soon.caseId();
    assertThat(lives(legal, caseId)).contains("FREEZE.RENEWAL_REVIEW", "续行冻结，待法制审核");
    assertThat(lives(head, caseId))
        .contains("FREEZE.RENEWAL_ASKED", "续冻", "已经法制审核")
        .doesNotContain("FREEZE.RENEWAL_REVIEW");

    assertThat(review(head, soon.freezeId(), caseId).statusCode())
        .as("the head is not the legal office")
        .isEqualTo(403);
    assertThat(review(legal, soon.freezeId(), caseId).statusCode()).isEqualTo(200);
    recovery.answer(Cast.T0);
    assertThat(lives(legal, caseId)).doesNotContain("FREEZE.RENEWAL_REVIEW");

    assertThat(
            head.post(
                    "/life",
                    Map.of(
                        "case", caseId,
                        "life", "FREEZE",
                        "object", soon.freezeId(),
                        "event", "RENEWAL_ASKED",
                        "reason", "案件仍在侦办"))
                .statusCode())
        .isEqualTo(200);
    recovery.answer(Cast.T0);
    assertThat(lives(head, caseId)).contains("续冻办理中").doesNotContain("FREEZE.RENEWAL_ASKED");
  }

  @Test
  void aFreezeWithMonthsToRunIsNotReadForItsRenewal() {
    RefundCast fresh = new RefundCast(rig, recovery);
    fresh.frozen("尚早页");
    assertThat(lives(legal, fresh.caseId())).doesNotContain("FREEZE.RENEWAL_REVIEW");
    assertThat(review(legal, fresh.freezeId(), fresh.caseId()).statusCode()).isEqualTo(404);
  }
}
