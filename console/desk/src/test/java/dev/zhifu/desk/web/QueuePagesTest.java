package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.SheetText;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A queue longer than a page: paged to its end, narrowed by tier and bank, and taken away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueuePagesTest {
  private static final Pattern LINE = Pattern.compile("data-case-id=\"([^\"]+)\"");
  private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");
  private static final int CASES = 130;

  private final Set<String> all = new HashSet<>();
  private DeskRig rig;
  private HttpPerson officer;
  private String urgent;
  private String elsewhere;
  private String rebate;
  private String far;

  @BeforeAll
  void start() {
    rig = new DeskRig("queuepages");
    for (int i = 0; i < CASES; i++) {
      // Some weigh the same: the place in the queue still tells them apart.
      String report = i == 11 ? "R-rebate" : null;
      if (report != null) {
        reported(report);
      }
      DeskRig.Told one = rig.tell("第" + i, 1_000_000 + 10_000L * (i / 3), report);
      all.add(one.opened().getCaseId());
      if (i == 7) {
        urgent = one.opened().getCaseId();
        VictimWarning warning = Cast.warning(one.opened(), WarningTier.URGENT);
        rig.topics().write("victim.warnings", warning.getWarningId(), warning);
      }
      if (i == 9) {
        elsewhere = one.opened().getCaseId();
        var moved = rig.passOn(one, "下家", 400_000, 60);
        var draft = Cast.request(one.opened(), moved, null, OrderState.DRAFT, 1);
        rig.topics().write("stop.requests", draft.getOrderId(), draft);
      }
      if (i == 11) {
        rebate = one.opened().getCaseId();
      }
      if (i == 13) {
        far = one.opened().getCaseId();
        movedTo("150625", one.hit());
      }
    }
    rig.caughtUp();
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  /** A report whose officer asked for the township and judged otherwise than the rules. */
  private void reported(String id) {
    rig.store()
        .execute(
            "insert into own.draft_report (report_id, officer_id, begun_at, body) values (?,"
                + " 'officer-1', ?, jsonb_build_object('township', 'station-1'))",
            id,
            Cast.T0);
    rig.topics()
        .write(
            "victim.reports",
            id,
            VictimReport.newBuilder()
                .setReportId(id)
                .setReportedAt(Cast.T0.minusSeconds(300))
                .setReceivedAt(Cast.T0.minusSeconds(300))
                .setTakenBy("officer-1")
                .setHolderToken(
                    Cast.account("B01", "6217010000000000011", "李秀英", 0).getHolderToken())
                .setReportChannel("110")
                .setTypology("V01")
                .setTransfers(List.of())
                .build());
  }

  private void movedTo(String region, RuleHit hit) {
    BankTransaction paid = hit.getTransaction();
    BankTransaction there =
        BankTransaction.newBuilder(paid)
            .setPayer(AccountRef.newBuilder(paid.getPayer()).setRegion(region).build())
            .build();
    RuleHit moved = RuleHit.newBuilder(hit).setRevision(2).setTransaction(there).build();
    rig.topics().write("risk.hits", moved.getHitId(), moved);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static List<String> lines(String page) {
    List<String> found = new ArrayList<>();
    Matcher line = LINE.matcher(page);
    while (line.find()) {
      found.add(line.group(1));
    }
    return found;
  }

  private static String next(String page) {
    Matcher next = NEXT.matcher(page);
    return next.find() ? next.group(1).replace("&amp;", "&") : "";
  }

  @Test
  void pageByPageComesEveryCaseOnceAndEachPageSaysOfHowMany() {
    List<String> found = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String address = "/queue?filter=all";
    while (!address.isEmpty()) {
      String page = officer.get(address).body();
      List<String> lines = lines(page);
      assertThat(page).contains("显示 " + lines.size() + " 件，共 " + CASES + " 件");
      assertThat(officer.get(address.replace("/queue?", "/queue/lines?")).body())
          .as("what renews itself is the same page")
          .contains("data-case-id=\"" + lines.get(0), "共 " + CASES + " 件");
      found.addAll(lines);
      sizes.add(lines.size());
      address = next(page);
    }
    assertThat(sizes).containsExactly(60, 60, 10);
    assertThat(found).hasSize(CASES).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void itIsNarrowedByTierAndBankAndSoAreTheCounts() {
    assertThat(lines(officer.get("/queue?tier=URGENT").body())).containsExactly(urgent);
    String page = officer.get("/queue?bank=B03&filter=all").body();
    assertThat(lines(page)).containsExactly(elsewhere);
    assertThat(page)
        .contains("<i id=\"count-all\">1</i>")
        .contains("href=\"/queue?bank=B03&amp;filter=sign\"")
        .contains("<option value=\"B03\" selected>")
        .doesNotContain("rel=\"next\"");
    assertThat(lines(officer.get("/queue?tier=URGENT&bank=B03").body())).isEmpty();
  }

  @Test
  void itIsNarrowedByWhatTheVictimWasDeceivedByAndByPlace() {
    String page = officer.get("/queue?typology=V01").body();
    assertThat(lines(page)).as("the report's word before the rules'").containsExactly(rebate);
    assertThat(page)
        .contains(
            "<option value=\"V01\" selected>刷单返利 (V01)</option>", "<i id=\"count-all\">1</i>");
    assertThat(officer.get("/queue?typology=V03").body()).contains("共 " + (CASES - 1) + " 件");
    assertThat(lines(officer.get("/queue?place=150625").body())).containsExactly(far);
    assertThat(officer.get("/queue?place=150602").body())
        .as("a banner and the townships in it")
        .contains("共 " + (CASES - 1) + " 件", "<option value=\"150602\" selected>东胜区</option>");
    page = officer.get("/queue?place=station-1").body();
    assertThat(lines(page)).containsExactly(rebate);
    assertThat(page).contains("<option value=\"station-1\" selected>示例镇派出所</option>");
    assertThat(lines(officer.get("/queue?place=150625&typology=V01").body())).isEmpty();
    assertThat(officer.get("/queue?place=150602&typology=V03").body())
        .as("its pages stay narrowed")
        .contains("href=\"/queue?typology=V03&amp;place=150602&amp;after=");
  }

  @Test
  void whatTheAddressAsksForAndNobodyKnowsIsSaid() {
    Map<String, String> said =
        Map.of(
            "filter=x", "筛选项“x”不是",
            "tier=x", "预警等级“x”不是",
            "bank=B99", "银行“B99”不在银行名录中",
            "typology=V15", "诈骗类型“V15”不在",
            "place=<b>", "地点“&lt;b&gt;”不是旗区",
            "after=1~a", "起始位置“1~a”不是");
    said.forEach(
        (address, sentence) -> {
          String page =
              officer.get("/queue?" + address.replace("<", "%3C").replace(">", "%3E")).body();
          assertThat(page).as(address).contains("class=\"fault\" role=\"alert\"", sentence);
          assertThat(lines(page)).as("narrowed by what is known alone").hasSize(60);
        });
    String page = officer.get("/queue?tier=URGENT&bank=B99").body();
    assertThat(lines(page)).containsExactly(urgent);
    assertThat(page).contains("银行“B99”").doesNotContain("预警等级“");
    assertThat(officer.get("/queue?tier=&bank=&place=&typology=").body())
        .as("what the form sends empty is not said")
        .doesNotContain("role=\"alert\" class=\"fault\"", "class=\"fault\" role=\"alert\"");
    assertThat(officer.get("/queue?tier=" + "x".repeat(500)).body())
        .contains("“" + "x".repeat(40) + "”");
  }

  @Test
  void noFileIsWrittenForWhatNobodyKnows() {
    var answer = officer.post("/export/queue", Map.of("form", "xlsx", "bank", "B99"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("未生成文件", "银行“B99”不在银行名录中", "href=\"/queue\"");
  }

  @Test
  void itsFileHoldsWhatThePageWasNarrowedToBeyondOnePage() throws IOException {
    String whole = file(Map.of("form", "xlsx", "filter", "all"));
    assertThat(all).allSatisfy(id -> assertThat(whole).contains(id));
    assertThat(whole).contains("显示 " + CASES + " 件，共 " + CASES + " 件");
    String narrowed = file(Map.of("form", "xlsx", "filter", "sign", "bank", "B03"));
    assertThat(all)
        .allSatisfy(id -> assertThat(narrowed.contains(id)).isEqualTo(id.equals(elsewhere)));
    assertThat(file(Map.of("form", "xlsx", "filter", "mine"))).contains("显示 0 件，共 0 件");
    String placed = file(Map.of("form", "xlsx", "typology", "V01", "place", "station-1"));
    assertThat(placed).contains("刷单返利 · 示例镇派出所", "显示 1 件，共 1 件", rebate);
    assertThat(
            rig.store()
                .rows(
                    (row, context) -> row.getString(1),
                    "select detail from own.audit where what = 'EXPORT queue XLSX' order by"
                        + " audit_id"))
        .containsExactly(
            CASES + " rows, filter all",
            "1 rows, bank B03, filter sign",
            "0 rows, filter mine",
            "1 rows, typology V01, place station-1, filter all");
  }

  private String file(Map<String, String> form) throws IOException {
    return SheetText.of(officer.postForBytes("/export/queue", form).body());
  }
}
