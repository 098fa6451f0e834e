package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.identities.Identities;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.AuditChain;
import dev.zhifu.desk.people.AuditLines;
import dev.zhifu.desk.people.DemoPeople;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An auditor finds a line among many, asks about what is unusual, and sees a changed one. */
class AuditWorkTest {
  private static final Pattern HIDDEN = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

  private final AtomicReference<Instant> clock = new AtomicReference<>(Cast.T0);
  private final Map<String, HttpPerson> people = new HashMap<>();
  private DeskRig rig;
  private Audit audit;

  @BeforeEach
  void start() {
    rig = new DeskRig("audit_work");
    rig.wallClock(Cast.T0);
    audit = new Audit(rig.store(), clock::get);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void anUnusualLookUpStaysUntilSomebodyElseHasExplainedIt() {
    audit.note("officer-2", Identities.UNUSUAL, "token-1", "own name");
    audit.note("auditor-1", Identities.UNUSUAL, "token-2", "own name");
    noted("officer-1", 400, "case-");
    HttpPerson auditor = as("auditor-1");
    String page = auditor.get("/audit").body();
    assertThat(page).contains("待询问的异常查看（2）").contains("data-unusual=\"1\"");
    assertThat(auditor.post("/audit/1/answer", Map.of("step", "EXPLAINED")).statusCode())
        .as("nothing is said")
        .isEqualTo(422);
    assertThat(auditor.post("/audit/2/answer", explained("自查")).statusCode()).isEqualTo(422);
    assertThat(auditor.post("/audit/3/answer", explained("不是异常")).statusCode()).isEqualTo(422);
    assertThat(as("officer-2").post("/audit/1/answer", explained("我自己")).statusCode())
        .isEqualTo(403);

    assertThat(auditor.post("/audit/1/answer", Map.of("step", "ASKED", "note", "电话问过")).body())
        .contains("data-unusual=\"1\"")
        .contains("电话问过");
    assertThat(auditor.post("/audit/1/answer", explained("核对同名人")).body())
        .doesNotContain("data-unusual=\"1\"")
        .contains("data-unusual=\"2\"");
    assertThat(auditor.post("/audit/1/answer", explained("再次")).statusCode()).isEqualTo(422);
    assertThat(
            rig.one(
                "select string_agg(what || ' ' || object_id || ' ' || detail, ';' order by"
                    + " audit_id) from own.audit where what like 'UNUSUAL %ED'",
                String.class))
        .isEqualTo("UNUSUAL ASKED 1 电话问过;UNUSUAL EXPLAINED 1 核对同名人");
  }

  @Test
  void everyLineIsReachedByPagesOfAFilterAndNoneTwice() {
    noted("officer-1", 250, "case-abc");
    noted("officer-2", 130, "case-xyz");
    clock.set(Cast.T0.plus(Duration.ofDays(2)));
    noted("officer-1", 30, "case-abc");

    assertThat(walked(Map.of("object", "case-abc"))).hasSize(280).doesNotHaveDuplicates();
    assertThat(walked(Map.of("person", "officer-2", "object", "case-x"))).hasSize(130);
    assertThat(walked(Map.of("person", "officer-1", "object", "case-x"))).isEmpty();
    assertThat(walked(Map.of("object", "case-"))).as("five characters are an id").isEmpty();
    assertThat(walked(Map.of("person", "officer-1", "from", "2026-03-04T00:00"))).hasSize(30);
    assertThat(
            walked(
                Map.of("object", "case-abc", "until", "2026-03-04T00:00", "person", "officer-1")))
        .hasSize(250);
    for (Map<String, String> wrong :
        List.of(
            Map.of("from", "gestern"),
            Map.of("object", "张三"),
            Map.of("object", "6217020000000004712"),
            Map.of("person", "李 四"))) {
      assertThat(as("auditor-1").post("/audit/lines", wrong).statusCode()).isEqualTo(422);
    }
    assertThat(
            rig.one(
                "select count(*) from own.audit where object_id like '%张%' or object_id like"
                    + " '6217%' or detail like '%李%'",
                Long.class))
        .as("what is typed stands in the audit")
        .isZero();
    assertThat(
            rig.one(
                "select count(*) from own.audit where what = 'VIEW AUDIT' and object_id ="
                    + " 'case-abc' and person_id = 'auditor-1'",
                Long.class))
        .as("what the auditor looked for is on record")
        .isGreaterThanOrEqualTo(4);
  }

  @Test
  void aFileHoldsTheLinesOfTheFilterAndIsOnRecord() {
    noted("officer-1", 150, "case-abc");
    assertThat(as("auditor-1").post("/audit/export", Map.of("object", "case-abc")).statusCode())
        .isEqualTo(200);
    assertThat(
            rig.one(
                "select detail from own.audit where what = 'EXPORT audit XLSX' and object_id ="
                    + " 'case-abc'",
                String.class))
        .isEqualTo("150 rows");
    assertThat(as("admin-1").post("/audit/export", Map.of()).statusCode()).isEqualTo(403);
  }

  @Test
  void theChainIsWalkedOnFromWhereItStoodAndEverythingAgainInRounds() {
    noted("officer-1", 2_500, "case-");
    AuditChain chain = audit.chain();
    AuditChain.State first = chain.look();
    assertThat(first.fault()).isZero();
    assertThat(first.all()).as("a page walks a part").isFalse();
    assertThat(first.checked()).isEqualTo(2_000);
    chain.walk();
    assertThat(chain.look()).isEqualTo(new AuditChain.State(0, 2_500, true, at()));
    assertThat(as("auditor-1").get("/audit").body()).contains("审计链完整");

    run("update own.audit set detail = 'changed' where audit_id = 7");
    assertThat(chain.look().fault()).as("not before its turn").isZero();
    chain.walk();
    assertThat(chain.look().fault()).isEqualTo(7);
    assertThat(as("auditor-1").get("/audit").body()).contains("第 7 行");
    run("update own.audit set detail = '' where audit_id = 7");
    chain.walk();
    assertThat(chain.look().fault()).isZero();
  }

  @Test
  void aNewLineThatDoesNotFitAndARewrittenEndAreFoundAtOnce() {
    noted("officer-1", 20, "case-");
    AuditChain chain = audit.chain();
    assertThat(chain.look().all()).isTrue();
    noted("officer-1", 5, "case-");
    run("update own.audit set person_id = 'officer-9' where audit_id = 23");
    assertThat(chain.look().fault()).isEqualTo(23);
    run("update own.audit set person_id = 'officer-1' where audit_id = 23");
    assertThat(chain.look()).extracting("fault", "checked").containsExactly(0L, 25L);

    run("delete from own.audit where audit_id > 24");
    assertThat(chain.look().fault()).as("lines that were there are gone").isEqualTo(25);
  }

  private static Instant at() {
    return Cast.T0;
  }

  private static Map<String, String> explained(String note) {
    return Map.of("step", "EXPLAINED", "note", note);
  }

  /** Ids of the lines on all pages of a filter, as their hashes. */
  private List<String> walked(Map<String, String> filter) {
    List<String> found = new ArrayList<>();
    Map<String, String> form = new HashMap<>(filter);
    while (form != null) {
      String page = as("auditor-1").post("/audit/lines", form).body();
      int before = found.size();
      Matcher line = Pattern.compile("<code title=\"(case-[a-z]+[0-9]+)\">").matcher(page);
      while (line.find()) {
        found.add(line.group(1));
      }
      assertThat(found.size() - before).isLessThanOrEqualTo(AuditLines.PAGE);
      form = older(page);
    }
    return found;
  }

  /** What the button to the next page sends; null without one. */
  private static Map<String, String> older(String page) {
    int from = page.indexOf("<form hx-post=\"/audit/lines\"");
    if (from < 0) {
      return null;
    }
    Map<String, String> form = new HashMap<>();
    Matcher hidden = HIDDEN.matcher(page.substring(from, page.indexOf("</form>", from)));
    while (hidden.find()) {
      form.put(hidden.group(1), hidden.group(2));
    }
    return form;
  }

  private int lines;

  private void noted(String person, int many, String object) {
    for (int i = 0; i < many; i++) {
      audit.note(person, "VIEW CASE", object + lines++, "");
    }
  }

  private void run(String sql) {
    rig.store().jdbi().useHandle(handle -> handle.execute(sql));
  }

  private HttpPerson as(String id) {
    return people.computeIfAbsent(
        id, unseen -> new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD));
  }
}
