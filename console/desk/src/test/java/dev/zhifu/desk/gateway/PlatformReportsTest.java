package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.warnings.WarningDesk;
import dev.zhifu.rules.lives.channel.MessageTwin;
import dev.zhifu.rules.lives.channel.PlatformMessage;
import dev.zhifu.rules.lives.channel.TransportCode;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.VictimReport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a bank behind the platform reports reaches officers as what others post to the gateway. */
class PlatformReportsTest {
  private static final String BANK = "B02";
  private static final String VICTIM_ID = "150602196203081234";
  private static final String VICTIM = "6217010000000000815";
  private static final String PAYEE = "6217020000000004711";
  private static final Instant START = Cast.T0.minusSeconds(3_600);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private DeskRig rig;
  private PlatformTwinServer twin;
  private PlatformReports reports;

  @BeforeEach
  void start() throws IOException {
    rig = new DeskRig("platform_reports");
    rig.caughtUp();
    twin = new PlatformTwinServer(0, List.of(BANK), WallClock.machine());
    reports = reports();
  }

  @AfterEach
  void stop() {
    reports.close();
    twin.close();
    rig.close();
  }

  private PlatformReports reports() {
    return new PlatformReports(
        rig.store(),
        Set.of(BANK),
        new HttpPlatformLine(URI.create(twin.address())),
        rig.centre(),
        WallClock.machine());
  }

  private static String id(int number) {
    return "00000000-0000-0000-0000-%012d".formatted(number);
  }

  private static String base64(String bytes) {
    return Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Map<String, String> report(int number) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("applicationID", id(number));
    fields.put("applicationType", "01");
    fields.put("applicationTime", MessageTwin.text(Cast.T0.minusSeconds(60)));
    fields.put("bankID", BANK);
    fields.put("victimName", "张桂兰");
    fields.put("victimPhone", "13800000000");
    fields.put("victimIDType", "01");
    fields.put("victimIDNumber", VICTIM_ID);
    fields.put("incidentDescription", "冒充公检法，要求转账到“安全账户”");
    fields.put("reportOrgName", "示例银行二");
    fields.put("operatorName", "柜员 07");
    fields.put("transferOut.AccountNumber", VICTIM);
    fields.put("transactions.1.time", MessageTwin.text(Cast.T0.minusSeconds(4_000)));
    fields.put("transactions.1.amount", "186000.00");
    fields.put("transactions.1.accountNumber", PAYEE);
    fields.put("transactions.1.accountName", "赵某");
    return fields;
  }

  private static Map<String, String> ownStop(int number) {
    Map<String, String> fields = report(number);
    fields.put("applicationType", "02");
    fields.put("accountNumber", PAYEE);
    fields.put("accountBalance", "141200.00");
    fields.put("startTime", MessageTwin.text(START));
    fields.put("expireTime", MessageTwin.text(START.plus(Duration.ofHours(48))));
    fields.put("attachments.03", base64("%PDF-1.4 form"));
    fields.put("attachments.04", base64("\u00ff\u00d8\u00ff123"));
    return fields;
  }

  private void posted(Map<String, String> fields) {
    MessageTwin.Reply reply =
        twin.with(one -> one.take(new PlatformMessage("100401", fields), Cast.T0));
    assertThat(reply.code()).as(reply.words()).isEqualTo(TransportCode.OK);
  }

  private List<VictimReport> taken() {
    return rig.topics().all("victim.reports").stream()
        .map(record -> Bodies.read(record.value(), VictimReport.class))
        .toList();
  }

  private static void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      assertThat(System.nanoTime()).as(what).isLessThan(end);
    }
  }

  @Test
  void anOwnStopIsAReportThatAnOfficerAcceptsWithItsPaperworkClockShownAsOurs() {
    posted(ownStop(1));
    until("a report", () -> taken().size() == 1);
    VictimReport report = taken().get(0);
    assertThat(report.getTakenBy()).isEqualTo("bank " + BANK);
    assertThat(report.getTransfers().get(0).getAmountFen()).isEqualTo(18_600_000);
    OwnStop own = report.getTransfers().get(0).getOwnStop();
    assertThat(own.getApplicationId())
        .as("the bank's own number is what the order names as its original")
        .isEqualTo(id(1));
    assertThat(own.getStartTime()).isEqualTo(START);
    assertThat(own.getExpireTime()).isEqualTo(START.plus(Duration.ofHours(48)));
    assertThat(own.getBalanceFen()).isEqualTo(14_120_000);
    assertThat(report.getTransfers().get(0).getBasis()).isEqualTo(new StopBasis(id(1), true));

    BankReports kept = new BankReports(rig.store());
    BankReports.Line line = kept.find(report.getReportId()).orElseThrow();
    assertThat(line.bank()).isEqualTo(BANK);
    assertThat(line.scans()).isEqualTo(2);
    assertThat(line.paperworkDue(kept.within())).contains(START.plus(Duration.ofHours(24)));
    rig.caughtUp();
    HttpPerson officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
    assertThat(officer.get("/bank-reports").body())
        .as("the clock is said to be our own service level, as for every bank")
        .contains("银行已自行止付", "141,200.00", report.getReportId(), "本系统服务标准")
        .doesNotContain(VICTIM_ID, PAYEE);
    assertThat(officer.post("/report/" + report.getReportId() + "/accept", Map.of()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aReportIsReadOnceAndWhatCannotBeTakenHoldsNobodyUp() {
    posted(report(1));
    Map<String, String> elsewhere = report(2);
    elsewhere.put("bankID", "B01");
    posted(elsewhere);
    Map<String, String> unknown = report(3);
    unknown.put("transactions.1.accountNumber", "9999000000004711");
    posted(unknown);
    posted(report(4));
    until("both good ones", () -> taken().size() == 2);
    assertThat(taken())
        .extracting(one -> one.getTransfers().get(0).getBasis().getCaseReport())
        .containsExactly(id(1), id(4));
    reports.close();
    reports = reports();
    posted(report(5));
    until("the next after a restart", () -> taken().size() == 3);
    assertThat(taken().get(2).getTransfers().get(0).getOwnStop()).isNull();
  }

  /** A bank behind the platform hears from nobody here what was wrong: officers must. */
  @Test
  void whatCouldNotBeTakenStandsOnThePageAndRings() {
    Map<String, String> elsewhere = report(2);
    elsewhere.put("bankID", "B01");
    posted(elsewhere);
    Map<String, String> unknown = report(3);
    unknown.put("transactions.1.accountNumber", "9999000000004711");
    posted(unknown);
    posted(report(4));
    until("the good one", () -> taken().size() == 1);
    rig.caughtUp();

    HttpPerson officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
    String page = officer.get("/bank-reports").body();
    assertThat(page)
        .contains("data-refused=\"" + id(2) + "\"", "bankID is 'B01'", "未能受理：无人收到")
        .contains("data-refused=\"" + id(3) + "\"", "prefix of no bank")
        .doesNotContain("data-refused=\"" + id(4) + "\"", "9999000000004711", VICTIM_ID);
    assertThat(officer.get("/alarms/bell").body()).contains("待受理的银行案件举报 3");
  }

  @Test
  void whatAReportWasTakenWithoutIsNamedToTheOfficer() {
    Map<String, String> fields = report(1);
    fields.put("victimPhone", "none");
    for (int i = 2; i <= 9; i++) {
      fields.put("transactions." + i + ".time", MessageTwin.text(Cast.T0.minusSeconds(4_000)));
      fields.put("transactions." + i + ".amount", "1000.00");
      fields.put("transactions." + i + ".accountName", "赵某");
      if (i != 3) {
        fields.put("transactions." + i + ".accountNumber", PAYEE);
      }
    }
    fields.put("attachments.01", base64("%PDF-1.4 officer"));
    fields.put("attachments.03", base64("\u0089PNG form"));
    fields.put("attachments.04", "no base64!");
    posted(fields);
    until("a report", () -> taken().size() == 1);
    VictimReport report = taken().get(0);
    assertThat(report.getTransfers()).hasSize(Clear.TRANSFERS_MAX);
    rig.caughtUp();

    HttpPerson officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
    assertThat(officer.get("/bank-reports").body())
        .contains("第 3 笔转账没有账号", "第 8 笔转账超出", "第 9 笔转账超出", "示例银行二 柜员 07")
        .contains("附件 01 不是申请表", "附件 03 不是 JPEG", "附件 04 不是 JPEG", "被害人电话不是")
        .doesNotContain("第 7 笔转账");
    assertThat(new BankReports(rig.store()).find(report.getReportId()).orElseThrow().scans())
        .isZero();
  }

  @Test
  void aScanInLinesAndTheVictimsNumberAreKept() {
    Map<String, String> fields = report(1);
    fields.put("attachments.03", base64("%PDF-1.4 form").replaceFirst("(.{8})", "$1\r\n"));
    posted(fields);
    until("a report", () -> taken().size() == 1);
    rig.caughtUp();
    String reportId = taken().get(0).getReportId();
    assertThat(new BankReports(rig.store()).find(reportId).orElseThrow().scans()).isEqualTo(1);
    assertThat(
            new WarningDesk(rig.store(), null, null, List.of())
                .numbersOf(taken().get(0).getHolderToken()))
        .as("by which whoever is sent may phone; the number itself lies in the vault")
        .containsExactly(rig.centre().tokens().number("8613800000000"));
  }

  /** The ticks stand still and lag behind: what is right by the wall clock is not thrown away. */
  @Test
  void aReportAheadOfTheTicksWaitsForThem() {
    Map<String, String> fields = report(1);
    fields.put("applicationTime", MessageTwin.text(Cast.T0.plusSeconds(900)));
    posted(fields);
    posted(report(2));
    rig.tick(Cast.T0.plusSeconds(200));
    assertThat(taken()).isEmpty();
    rig.tick(Cast.T0.plusSeconds(700));
    until("both, in their order", () -> taken().size() == 2);
    assertThat(taken())
        .extracting(one -> one.getTransfers().get(0).getBasis().getCaseReport())
        .containsExactly(id(1), id(2));
    assertThat(new BankReports(rig.store()).refused()).isEmpty();
    Map<String, String> never = report(3);
    never.put("applicationTime", "29990101000000");
    posted(never);
    until("refused", () -> new BankReports(rig.store()).refused().size() == 1);
  }

  @Test
  void whatIsNoCaseReportIsNoneToAnybody() {
    reports.close();
    PlatformMessage other = new PlatformMessage("100405", report(1));
    reports =
        new PlatformReports(
            rig.store(),
            Set.of(BANK),
            new PlatformLine() {
              @Override
              public Reply send(PlatformMessage message) {
                throw new AssertionError("nothing is sent");
              }

              @Override
              public Page reports(long after) {
                return after > 0 ? new Page(List.of(), after) : new Page(List.of(other), 1);
              }
            },
            rig.centre(),
            WallClock.machine());
    until("refused", () -> new BankReports(rig.store()).refused().size() == 1);
    assertThat(new BankReports(rig.store()).refused().get(0).why())
        .startsWith("txCode is '100405'");
    assertThat(taken()).isEmpty();
  }
}
