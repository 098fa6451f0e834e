package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.RecoveryTwin;
import dev.zhifu.desk.RefundCast;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.StopDetail;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceHop;
import dev.zhifu.wire.TraceParty;
import dev.zhifu.wire.TraceShare;
import dev.zhifu.wire.VictimReport;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a duty officer types into the search, and the case or report that it leads to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {
  private static final String VICTIM_CARD = "6217010000000311001";
  private static final String MULE_CARD = "6217020000000311002";
  private static final String MOBILE = "13900031107";
  private static final String CALLER = "0044 20 7946 0311";
  private static final Tokens TOKENS = new Tokens(Cast.TOKEN_KEY);

  private DeskRig rig;
  private HttpPerson officer;
  private FraudCase bare;

  /** A case by detection alone: no report, no order, so that only its evidence names accounts. */
  @BeforeAll
  void start() {
    rig = new DeskRig("search");
    Instant at = Cast.T0.minusSeconds(900);
    AccountRef victim = Cast.account("B01", VICTIM_CARD, "寻找", 8_000_000);
    AccountRef mule = Cast.account("B02", MULE_CARD, "被找", 0);
    TelecomEvent call =
        TelecomEvent.newBuilder(Cast.call("search", victim, at))
            .setNumberToken(TOKENS.number("86" + MOBILE))
            .setPeerToken(TOKENS.number("442079460311"))
            .build();
    var paid = Cast.transfer("search-1", victim, mule, 4_700_000, at.plusSeconds(300));
    RuleHit hit = Cast.hit("V03", RuleFamily.V, 0.86, call, paid, new dev.zhifu.wire.Features());
    bare = Cast.fraudCase(hit, 1, null);
    rig.topics().write("risk.enriched", call.getEventId(), Cast.enriched(call));
    rig.topics().write("risk.hits", hit.getHitId(), hit);
    rig.topics().write("risk.cases", bare.getCaseId(), bare);
    rig.caughtUp();
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private HttpResponse<String> find(String word) {
    return officer.post("/find", Map.of("word", word));
  }

  private String leadsTo(String word) {
    HttpResponse<String> answer = find(word);
    assertThat(answer.statusCode()).as(word + ": " + answer.body()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void anAccountThatIsOnlyPayerOrPayeeOfACaseWithoutAnOrderLeadsToIt() {
    assertThat(leadsTo(VICTIM_CARD)).isEqualTo("/case/" + bare.getCaseId());
    assertThat(leadsTo("6217 0200 0000 0311 002")).isEqualTo("/case/" + bare.getCaseId());
  }

  @Test
  void aTelephoneLeadsToItsOwnersCaseAndToWhomItCalled() {
    for (String typed : List.of(MOBILE, "+86 139-0003-1107", "86" + MOBILE, CALLER)) {
      assertThat(leadsTo(typed)).as(typed).isEqualTo("/case/" + bare.getCaseId());
    }
    assertThat(find("13900031108").body()).contains("没有找到");
  }

  @Test
  void theBeginningOfACaseIdAsPagesShowItLeadsToTheCase() {
    assertThat(leadsTo(bare.getCaseId().substring(0, 8))).isEqualTo("/case/" + bare.getCaseId());
  }

  @Test
  void anAccountOnTheMoneysWayLeadsToTheCase() {
    TraceEdge edge =
        TraceEdge.newBuilder()
            .setTransferId("B02:search-hop")
            .setOccurredAt(Cast.T0)
            .setAmountFen(1_000_000)
            .setPayer(new TraceParty("a".repeat(32), "B02", dev.zhifu.wire.AccountKind.PERSONAL))
            .setPayee(
                new TraceParty(
                    TOKENS.account("B03", "6217030000000311003"),
                    "B03",
                    dev.zhifu.wire.AccountKind.PERSONAL))
            .build();
    rig.topics()
        .write(
            "trace.hops",
            "hop",
            TraceHop.newBuilder()
                .setClaim("claim-of-search")
                .setCaseId(bare.getCaseId())
                .setReportedAt(Cast.T0)
                .setLossFen(1_000_000)
                .setVictimAccount("b".repeat(32))
                .setEdge(edge)
                .setLevel(2)
                .setShare(new TraceShare(List.of(), List.of(), 1L, 1L, false))
                .setRevision(1)
                .build());
    rig.caughtUp();
    assertThat(leadsTo("6217030000000311003")).isEqualTo("/case/" + bare.getCaseId());
  }

  @Test
  void aReportThatNoCaseStandsOnYetIsFoundByAccountDocumentAndName() {
    AccountRef payer = Cast.account("B01", "6217010000000312001", "报案", 1);
    AccountRef payee = Cast.account("B02", "6217020000000312002", "收款", 1);
    String holder = TOKENS.holder("150602197003031234");
    rig.topics()
        .write(
            "victim.reports",
            "R-search",
            VictimReport.newBuilder()
                .setReportId("R-search")
                .setReportedAt(Cast.T0)
                .setReceivedAt(Cast.T0)
                .setHolderToken(holder)
                .setTakenBy("officer-1")
                .setReportChannel("110")
                .setTransfers(
                    List.of(
                        ReportedTransfer.newBuilder()
                            .setPayer(payer)
                            .setPayee(payee)
                            .setAmountFen(1_000)
                            .setOccurredAt(Cast.T0)
                            .build()))
                .build());
    rig.caughtUp();
    rig.centre()
        .identities()
        .keep(holder, new ClearIdentity(TokenKind.HOLDER, "其木格·白", "150602197003031234"));
    for (String typed :
        List.of(
            "R-search",
            "6217020000000312002",
            "150602197003031234",
            "其木格•白",
            "6217010000000312001")) {
      assertThat(leadsTo(typed)).as(typed).isEqualTo("/report/R-search");
    }
  }

  @Test
  void severalCasesAreListedWithTheWayAndEachIsAuditedAsAView() {
    DeskRig.Told one = rig.tell("同名甲", 2_000_000, "R-same-1");
    DeskRig.Told other = rig.tell("同名乙", 2_100_000, "R-same-2");
    rig.caughtUp();
    for (DeskRig.Told told : List.of(one, other)) {
      rig.centre()
          .identities()
          .keep(
              told.mule().getAccountToken(),
              new ClearIdentity(TokenKind.ACCOUNT, "周同名", "6217020000000000001"));
    }
    HttpResponse<String> found = find("周同名");
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.body())
        .contains("/case/" + one.opened().getCaseId(), "/case/" + other.opened().getCaseId())
        .contains("姓名", "止付对象")
        .doesNotContain("周同名");
    assertThat(
            rig.one(
                "select count(distinct object_id) from own.audit where what = 'VIEW FOUND' and"
                    + " person_id = 'officer-1'",
                Long.class))
        .isEqualTo(2);
    assertThat(
            rig.one(
                "select count(*) from own.audit where what = 'FIND' and object_id = '"
                    + TOKENS.name("周同名")
                    + "'",
                Long.class))
        .isEqualTo(1);
    assertThat(
            rig.one(
                "select string_agg(concat_ws(' ', what, object_id, detail), ' ') from own.audit",
                String.class))
        .doesNotContain("周同名");
  }

  @Test
  void aSearchForOnesOwnNameAndVeryManyGoToTheAuditor() {
    HttpPerson curious = new HttpPerson(rig.url()).login("officer-2", DemoPeople.PASSWORD);
    String own = rig.one("select name from own.person where person_id = 'officer-2'", String.class);
    String other =
        rig.one("select name from own.person where person_id = 'officer-3'", String.class);
    curious.post("/find", Map.of("word", own));
    assertThat(unusual("own name")).isEqualTo(1);
    curious.post("/find", Map.of("word", other));
    assertThat(unusual("a colleague''s name")).isEqualTo(1);
    for (int i = 2; i < dev.zhifu.desk.identities.Identities.MANY_SEARCHES; i++) {
      assertThat(unusual("searches: 60 within an hour")).isZero();
      curious.post("/find", Map.of("word", VICTIM_CARD));
    }
    assertThat(unusual("searches: 60 within an hour")).isEqualTo(1);
  }

  private long unusual(String detail) {
    return rig.one(
        "select count(*) from own.audit where what = 'UNUSUAL LOOK-UP' and person_id = 'officer-2'"
            + " and detail = '"
            + detail
            + "'",
        Long.class);
  }

  @Test
  void aNoticesNumberAndAnIdOfEveryKindLeadToWhatTheyAreAbout() {
    RefundCast cast = new RefundCast(rig, new RecoveryTwin(rig)).frozen("找编号");
    String caseId = cast.caseId();
    String address = "/case/" + caseId;
    StopPaymentRequest order = cast.told().draft();
    String notice = EventIds.noticeId(cast.freezeId());
    for (String word :
        List.of(
            order.getOrderId(),
            order.getApplicationId(),
            cast.freezeId(),
            notice,
            notice.substring(0, 10),
            cast.freezeId().substring(0, 10),
            rig.one(
                "select max(application_id) from seen.channel_request where object_id = '"
                    + cast.freezeId()
                    + "'",
                String.class),
            Cast.warning(cast.told().opened(), dev.zhifu.wire.WarningTier.HIGH).getWarningId())) {
      assertThat(leadsTo(word)).as(word).isEqualTo(address);
    }
    for (LifeKind kind :
        List.of(LifeKind.REFUND, LifeKind.VICTIM_HOLD, LifeKind.APPEAL, LifeKind.PAPER)) {
      LifeTransition life =
          LifeTransition.newBuilder()
              .setObjectId("of-" + kind)
              .setKind(kind)
              .setCaseId(caseId)
              .setSequence(1)
              .setState("X")
              .setEvent("X")
              .setRole("ENGINE")
              .setCause("m")
              .setTickAt(Cast.T0)
              .setDetail(StopDetail.newBuilder().setAccountToken("t").setBank("B02").build())
              .build();
      rig.topics().write("recovery.lives", life.getObjectId(), life);
      rig.caughtUp();
      assertThat(leadsTo("of-" + kind)).isEqualTo(address);
    }

    DeskRig.Told other = rig.tell("找管控", 1_100_000, null);
    RiskHold asked = Cast.hold(other.mule(), 31_100, Cast.T0);
    String hold = asked.getHoldId();
    rig.topics().write("bank.B02.holds", hold, asked);
    rig.topics().write("restriction.notices", asked.getNoticeId(), Cast.notice(asked));
    rig.caughtUp();
    for (String word : List.of(hold, asked.getNoticeId())) {
      assertThat(leadsTo(word))
          .as("before recovery knows of it: " + word)
          .isEqualTo("/case/" + other.opened().getCaseId());
    }
    new RecoveryTwin(rig).hold(asked, Cast.T0);
    for (String word : List.of(hold, asked.getNoticeId(), asked.getNoticeId().substring(0, 12))) {
      assertThat(leadsTo(word)).as(word).isEqualTo("/case/" + hold);
    }
    assertThat(find("of-nothing").body()).contains("没有找到");
  }

  /** An institution's letter names its own number, and whoever holds it knows no other. */
  @Test
  void theNumberOnADocumentLeadsToTheCaseHoweverItsBracketsAreTyped() {
    RefundCast cast = new RefundCast(rig, new RecoveryTwin(rig)).frozen("找文书");
    String address = "/case/" + cast.caseId();
    rig.topics()
        .write("recovery.lives", "freeze-paper", written("freeze-paper", cast.caseId(), freeze()));
    LifeTransition paper =
        written(
            "paper-1",
            cast.caseId(),
            StopDetail.newBuilder().setAccountToken("t").setBank("B02").build());
    paper.setDocuments(
        List.of("answer:高银函〔2026〕31 号", "receipt:HZ-0311", "to:柜员乌云", "desk:0477-000-9002"));
    rig.topics().write("recovery.lives", "paper-1", paper);
    rig.caughtUp();

    for (String typed :
        List.of(
            "鄂公（反诈）冻字〔2026〕311 号",
            "鄂公(反诈)冻字[2026]311号",
            "鄂公反诈冻字２０２６３１１号",
            "高银函2026-31号",
            "hz 0311")) {
      assertThat(leadsTo(typed)).as(typed).isEqualTo(address);
    }
    for (String typed : List.of("冻字〔2026〕3110 号", "柜员乌云", "0477-000-9002", "〔〕")) {
      assertThat(find(typed).body()).as(typed).contains("没有找到");
    }
    LifeTransition same = written("freeze-paper-2", bare.getCaseId(), freeze());
    rig.topics().write("recovery.lives", "freeze-paper-2", same);
    rig.caughtUp();
    assertThat(find("鄂公（反诈）冻字〔2026〕311 号").body())
        .contains(address, "/case/" + bare.getCaseId(), "文书号");
  }

  private static FreezeDetail freeze() {
    return FreezeDetail.newBuilder()
        .setApplicationId("application-paper")
        .setTarget(Cast.account("B02", "6217020000000311008", "纸质冻结", 0))
        .setAuthority(DeskRig.AUTHORITY)
        .setChannel(OrderChannel.PAPER)
        .setMode(FreezeMode.AMOUNT)
        .setAmountFen(1_000_000)
        .setTracedFen(1_000_000)
        .setTermMonths(6)
        .setDocumentNumber("鄂公（反诈）冻字〔2026〕311 号")
        .build();
  }

  private static LifeTransition written(String objectId, String caseId, Object detail) {
    return LifeTransition.newBuilder()
        .setObjectId(objectId)
        .setKind(detail instanceof FreezeDetail ? LifeKind.FREEZE : LifeKind.PAPER)
        .setCaseId(caseId)
        .setSequence(1)
        .setState("ACTIVE")
        .setEvent("X")
        .setRole("BANK")
        .setCause("m of " + objectId)
        .setTickAt(Cast.T0)
        .setDetail(detail)
        .build();
  }
}
