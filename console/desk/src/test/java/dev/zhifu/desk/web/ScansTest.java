package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.intake.Scans;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.ingress.Vault;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What was attached to a report is looked at by who may, on record, and goes after its time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScansTest {
  private static final Instant NOW = Instant.parse("2026-03-03T02:00:00Z");
  private static final byte[] FORM = "%PDF-1.4 张桂兰".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DOCUMENT = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 7, 0, 3};
  private static final Pattern LINK =
      Pattern.compile("href=\"(/report/R-scans/scan/((?:form|id)-[0-9a-f]{32}))\"");

  private DeskRig rig;
  private Scans scans;

  @BeforeAll
  void start() {
    rig = new DeskRig("scans");
    rig.wallClock(NOW);
    rig.tell("扫描", 5_000_000, "R-scans");
    rig.caughtUp();
    scans = rig.centre().scans();
    scans.keep("R-scans", "form", "application/pdf", FORM);
    scans.keepOnce("R-scans", "id", "image/jpeg", DOCUMENT);
    scans.keepOnce("R-scans", "id", "image/jpeg", DOCUMENT);
    rig.store()
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "insert into own.draft_report (report_id, officer_id, begun_at, body) values"
                      + " ('R-scans', 'officer-1', now(), '{}')");
              handle.execute(
                  "insert into own.bank_report (report_id, bank, received_at, incident, operator)"
                      + " values ('R-scans', 'B02', now(), '冒充客服', '柜员')");
            });
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private HttpPerson as(String person) {
    return new HttpPerson(rig.url()).login(person, DemoPeople.PASSWORD);
  }

  private List<String> links(String page) {
    return LINK.matcher(page).results().map(found -> found.group(1)).toList();
  }

  private long lines(String person, String what) {
    return rig.one(
        "select count(*) from own.audit where person_id = '%s' and what = '%s' and object_id = 'R-scans'"
            .formatted(person, what),
        Long.class);
  }

  @Test
  @Order(1)
  void theyAreSeenByteForByteFromReportBankReportAndCaseAndEachLookIsOnRecord() {
    HttpPerson officer = as("officer-1");
    List<String> links = links(officer.get("/report/R-scans").body());
    assertThat(links).as("one form and, sent twice, one document").hasSize(2);
    assertThat(links(officer.get("/bank-reports").body())).isEqualTo(links);
    String caseId = rig.one("select case_id from seen.fraud_case", String.class);
    assertThat(links(officer.get("/case/" + caseId).body())).isEqualTo(links);

    HttpResponse<byte[]> form = officer.getForBytes(links.get(0));
    assertThat(form.statusCode()).isEqualTo(200);
    assertThat(form.body()).isEqualTo(FORM);
    assertThat(form.headers().firstValue("Content-Type")).hasValue("application/pdf");
    HttpResponse<byte[]> document = officer.getForBytes(links.get(1));
    assertThat(document.body()).isEqualTo(DOCUMENT);
    assertThat(document.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "sandbox")
                    .doesNotContain("script-src", "allow-"));
    assertThat(document.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(document.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(lines("officer-1", "VIEW SCAN")).isEqualTo(2);
    assertThat(
            rig.one(
                "select string_agg(detail, ' ' order by audit_id) from own.audit where what = 'VIEW SCAN'",
                String.class))
        .isEqualTo(links.get(0).replaceAll(".*/", "") + " " + links.get(1).replaceAll(".*/", ""));
  }

  @Test
  @Order(2)
  void nobodyElseSeesThemAndNoReportShowsAnothersScan() {
    String link = links(as("officer-1").get("/report/R-scans").body()).get(1);
    for (String person :
        List.of("author-1", "approver-1", "bank-b02", "grid-1", "auditor-1", "admin-1")) {
      assertThat(as(person).get(link).statusCode()).as(person).isEqualTo(403);
      assertThat(lines(person, "VIEW SCAN")).as(person).isZero();
    }
    assertThat(links(as("auditor-1").get("/report/R-scans").body()))
        .as("an auditor opens no identity, and a scan shows one")
        .isEmpty();
    assertThat(as("officer-1").get(link.replace("R-scans", "R-other")).statusCode()).isEqualTo(404);
    assertThat(new HttpPerson(rig.url()).get(link).statusCode()).isEqualTo(302);
  }

  @Test
  @Order(3)
  void theStoreHoldsNoneInClearAndTheVaultServesNoBulk() {
    assertThat(rig.one("select count(*) from own.attachment where not sealed", Long.class))
        .isZero();
    assertThat(
            rig.one(
                "select count(*) from own.attachment where position(decode('2550', 'hex') in content) = 1",
                Long.class))
        .as("no form begins with %P")
        .isZero();
    HttpPerson officer = as("officer-2");
    String link = links(officer.get("/report/R-scans").body()).get(0);
    for (int i = 0; i < Vault.OPENINGS_PER_MINUTE_MAX; i++) {
      assertThat(officer.get(link).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> refused = officer.get(link);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("身份库");
    assertThat(lines("officer-2", "SCAN REFUSED")).isEqualTo(1);
  }

  @Test
  @Order(4)
  void theirBytesGoAfterTheirTimeAndNotWhileACaseIsOpen() {
    scans.keep("R-of-nobody", "id", "image/jpeg", DOCUMENT);
    rig.wallClock(NOW.plus(Scans.KEPT));
    assertThat(scans.forget()).as("not a moment too soon").isZero();
    rig.wallClock(NOW.plus(Scans.KEPT).plus(Duration.ofSeconds(1)));
    assertThat(scans.forget()).as("the case of the other report is open").isEqualTo(1);
    assertThat(scans.of(List.of("R-of-nobody"))).allMatch(Scans.Scan::gone).hasSize(1);
    assertThat(scans.documents("R-of-nobody")).as("its hash stays").hasSize(1);

    rig.store().jdbi().useHandle(handle -> handle.execute("update seen.queue set is_open = false"));
    HttpPerson officer = as("officer-3");
    String link = links(officer.get("/report/R-scans").body()).get(0);
    assertThat(scans.forget()).isEqualTo(2);
    assertThat(scans.kinds("R-scans")).containsExactly("form", "id");
    HttpResponse<String> gone = officer.get(link);
    assertThat(gone.statusCode()).isEqualTo(410);
    assertThat(gone.body()).contains("校验值");
    assertThat(officer.get("/report/R-scans").body()).contains("保存期满").doesNotContain(link);
    assertThat(rig.one("select sum(octet_length(content)) from own.attachment", Long.class))
        .isZero();
    assertThat(lines("officer-3", "VIEW SCAN")).isZero();
  }
}
