package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.view.Cases;
import dev.zhifu.desk.view.Papers;
import dev.zhifu.desk.view.Traced;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TraceAccount;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceParty;
import dev.zhifu.wire.TraceShare;
import dev.zhifu.wire.TraceTotals;
import dev.zhifu.wire.TransactionKind;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The lists behind a case's first look: history, orders of its report elsewhere, trace with who
 * else may be a victim, papers. What is left out is said, and shown when asked.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaseTrailCutTest {
  private static final String REPORT = "R-trail";
  private static final Pattern ELSEWHERE = Pattern.compile("data-elsewhere=");
  private static final Pattern SUSPECT = Pattern.compile("data-suspect=");
  private static final Pattern PAPER = Pattern.compile("data-paper=");
  private static final Pattern SCORED =
      Pattern.compile("<tr><td><time>[^<]*</time></td><td>[^<]*</td><td>[^<]*0\\.91");
  private static final int MORE = 7;

  private DeskRig rig;
  private HttpPerson officer;
  private FraudCase about;

  @BeforeAll
  void start() {
    rig = new DeskRig("trailcut");
    DeskRig.Told told = rig.tell("轨迹", 9_000_000, REPORT);
    about = told.opened();
    for (int i = 0; i < Cases.CHANGES_MAX + MORE; i++) {
      rig.topics()
          .write(
              "risk.cases",
              about.getCaseId(),
              FraudCase.newBuilder(about)
                  .setSequence(2 + i)
                  .setChange(CaseChangeKind.SCORE)
                  .setScore(0.91)
                  .build());
    }
    DeskRig.Told other = rig.tell("轨迹另案", 8_000_000, null);
    for (int i = 0; i < Cases.ORDERS_MAX + MORE; i++) {
      BankTransaction paid = rig.passOn(other, "另案下家" + i, 30_000, 60 + i);
      StopPaymentRequest draft = Cast.request(other.opened(), paid, REPORT, OrderState.DRAFT, 1);
      rig.topics().write("stop.requests", draft.getOrderId(), draft);
    }
    IntStream.range(0, Traced.ACCOUNTS_MAX + MORE).forEach(i -> trace(told, i));
    IntStream.range(0, Papers.SHOWN_MAX + MORE).forEach(this::paper);
    rig.caughtUp();
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private void trace(DeskRig.Told told, int i) {
    TraceParty account =
        i == 0 ? party(told.mule().getAccountToken()) : party("trail-" + i + "-of-this-test");
    List<TraceEdge> suspects =
        i > 0
            ? List.of()
            : IntStream.range(0, Traced.SUSPECTS_MAX + MORE)
                .mapToObj(
                    k ->
                        TraceEdge.newBuilder()
                            .setTransferId("B01:suspect-" + k)
                            .setOccurredAt(Cast.T0.minusSeconds(600 + k))
                            .setAmountFen(10_000 + k)
                            .setPayer(party("suspect-" + k + "-of-this-test"))
                            .setPayee(account)
                            .setKind(TransactionKind.TRANSFER)
                            .build())
                .toList();
    rig.topics()
        .write(
            "trace.cases",
            "t" + i,
            TraceCase.newBuilder()
                .setClaim(REPORT)
                .setCaseId(about.getCaseId())
                .setNumber(1 + i)
                .setAccount(
                    TraceAccount.newBuilder()
                        .setAccount(account)
                        .setLevel(i == 0 ? 1 : 2)
                        .setRevision(1)
                        .setReportedAt(Cast.T0)
                        .setLossFen(9_000_000)
                        .setInflows(List.of())
                        .setOutflows(List.of())
                        .setRemaining(
                            new TraceShare(List.of(100L), List.of(100L), 100L, 100L, false))
                        .setBalanceFen(1_000)
                        .setSuspects(suspects)
                        .build())
                .setTotals(
                    TraceTotals.newBuilder()
                        .setComplete(true)
                        .setWeight(1)
                        .setOnTheWay(0)
                        .setAccounts(1)
                        .setAtLimits(0)
                        .setLossFifoFen(9_000_000)
                        .setLossProRataFen(9_000_000)
                        .setThereFifoFen(100)
                        .setThereProRataFen(100)
                        .setEndedFifoFen(0)
                        .setEndedProRataFen(0)
                        .build())
                .build());
  }

  private static TraceParty party(String token) {
    return new TraceParty(token, "B02", AccountKind.PERSONAL);
  }

  private void paper(int i) {
    String id = "paper:trail:" + i;
    rig.topics()
        .write(
            "recovery.lives",
            id,
            LifeTransition.newBuilder()
                .setObjectId(id)
                .setKind(LifeKind.PAPER)
                .setCaseId("paper-case")
                .setSequence(1)
                .setState("TO_PRINT")
                .setEvent("PREPARED")
                .setRole("ENGINE")
                .setCause("m " + i)
                .setTickAt(Cast.T0.minusSeconds(i))
                .setDetail(
                    PaperDetail.newBuilder()
                        .setRequestId("trail:" + i)
                        .setCode("100101")
                        .setAbout(LifeKind.STOP_ORDER)
                        .setAboutId("order-" + i)
                        .setApplicationId("A-" + i)
                        .setBank("B02")
                        .setTarget(Cast.account("B02", "6217020000000099" + (100 + i), "纸", 0))
                        .setWords("")
                        .build())
                .build());
  }

  private String page(String path) {
    HttpResponse<String> answer = officer.get(path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static long count(Pattern what, String page) {
    return what.matcher(page).results().count();
  }

  private String address() {
    return "/case/" + about.getCaseId();
  }

  private String part(String name, String of) {
    return officer.getByHtmx(address() + "/part/" + name, rig.url() + of).body();
  }

  @Test
  void theHistoryShowsItsNewestAndAllOfItWhenAsked() {
    String page = page(address());
    assertThat(page).contains("data-cut=\"history\"", "另有更早的");
    assertThat(count(SCORED, page)).isEqualTo(Cases.CHANGES_MAX);
    String whole = page(address() + "?all=true");
    assertThat(whole).doesNotContain("data-cut=\"history\"");
    assertThat(count(SCORED, whole)).isEqualTo(Cases.CHANGES_MAX + MORE);
    assertThat(part("history", address())).contains("data-cut=\"history\"");
    assertThat(part("history", address() + "?all=true")).doesNotContain("data-cut");
  }

  @Test
  void theReportsOrdersOfOtherCasesDoTheSame() {
    String page = page(address());
    assertThat(page).contains("data-cut=\"elsewhere\"");
    assertThat(count(ELSEWHERE, page)).isBetween(Cases.ORDERS_MAX - 1L, (long) Cases.ORDERS_MAX);
    String whole = page(address() + "?all=true");
    assertThat(whole).doesNotContain("data-cut=\"elsewhere\"");
    assertThat(count(ELSEWHERE, whole)).isEqualTo(Cases.ORDERS_MAX + MORE);
  }

  @Test
  void whoElseMayBeAVictimIsSaidToBeMoreAndAllAreShownWhenAsked() {
    for (String part : List.of(page(address()), part("head", address()))) {
      assertThat(part).contains("data-cut=\"suspects\"", "只列金额最大的 " + Traced.SUSPECTS_MAX);
      assertThat(part).contains("尚未报案）：" + (Traced.SUSPECTS_MAX + MORE) + " 笔");
      assertThat(count(SUSPECT, part)).isEqualTo(Traced.SUSPECTS_MAX);
    }
    for (String part :
        List.of(page(address() + "?all=true"), part("head", address() + "?all=true"))) {
      assertThat(part).doesNotContain("data-cut=\"suspects\"");
      assertThat(count(SUSPECT, part)).isEqualTo(Traced.SUSPECTS_MAX + MORE);
    }
    officer.post("/language", Map.of("language", "en", "back", "/queue"));
    assertThat(page(address())).contains("The 20 largest stand here; there are more.");
    officer.post("/language", Map.of("language", "zh", "back", "/queue"));
  }

  @Test
  void aTraceOfMoreAccountsThanItsBoundSaysThatTheirMoneyIsLeftOut() {
    assertThat(page(address())).contains("以上合计仅含前 " + Traced.ACCOUNTS_MAX + " 个账户；另有更多账户及资金。");
  }

  @Test
  void papersShowThoseThatHaveWaitedLongestAndAllWhenAsked() {
    String page = page("/papers");
    assertThat(page).contains("data-cut=\"papers\"", "<a href=\"/papers?all=true\">");
    assertThat(count(PAPER, page)).isEqualTo(Papers.SHOWN_MAX);
    assertThat(page)
        .as("the last drawn up is the newest")
        .contains("paper:trail:" + (Papers.SHOWN_MAX + MORE - 1) + "\"")
        .doesNotContain("data-paper=\"paper:trail:0\"");
    String whole = page("/papers?all=true");
    assertThat(whole).doesNotContain("data-cut").contains("data-paper=\"paper:trail:0\"");
    assertThat(count(PAPER, whole)).isEqualTo(Papers.SHOWN_MAX + MORE);
  }
}
